"""The mail that says that an answer is there. It holds neither question, answer nor code: it passes other machines."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from parvis.accounts import mail
from parvis.guidance.models import Question
from parvis.guidance.queries.question_keys import opened_question, reply_to_of

TRIES = 6
WAIT = timedelta(minutes=10)  # before the second try; twice as long before each further one
TEMPLATE = "guidance/visitor/mail/answer.txt"


@task()
def tell_answer(pk: int, link: str, tried: int = 0) -> None:
    """Sends the mail about a question's answer, if it is still due; where no server takes it, again later."""
    with transaction.atomic():  # the row is claimed first: two workers send one mail
        if not Question.objects.filter(pk=pk, mail_due=True).update(mail_due=False):
            return
    question = Question.objects.select_related("thread", "centre").get(pk=pk)
    opened = opened_question(question)
    address = reply_to_of(opened, question) if opened else ""
    if not address:
        return
    context = {"centre": question.centre, "link": link}
    if not mail.send(TEMPLATE, to=address, language=question.language, context=context) and mail.goes_out():
        _again(pk, link, tried + 1)


def _again(pk: int, link: str, tried: int) -> None:
    if tried >= TRIES:
        return
    with transaction.atomic():
        open_ones = Question.objects.filter(pk=pk).exclude(reply_to=b"")
        if not open_ones.update(mail_due=True):
            return
    after = timezone.now() + WAIT * 2 ** (tried - 1)
    tell_answer.using(run_after=after).enqueue(pk, link, tried)
