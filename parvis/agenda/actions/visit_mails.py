"""The message about each step of a visit: to its teacher, in their language, once; also where a worker was killed half-way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from parvis.accounts import mail
from parvis.agenda.models import Teacher, VisitStep
from parvis.agenda.visitor_class_words import Stage
from parvis.agenda.visitor_links import visit_link
from parvis.shared.killed import end_killed

QUIET = timedelta(seconds=60)  # a mail that is on its way for longer was cut off
TRIED_FOR = timedelta(days=3)
TEMPLATE = "agenda/visitor/mail/step.txt"


@task()
def tell_step(pk: int) -> bool:
    """Sends the message about a step unless it left already or somebody is just sending it. Returns whether it left now.

    Killed between sending and noting it, this one mail comes twice: no mail server tells which of the two it was.
    """
    step = VisitStep.objects.select_related("visit__centre").filter(pk=pk).first()
    teacher = Teacher.objects.filter(visit=step.visit).first() if step else None
    if step is None or teacher is None or not _begun(step, timezone.now()):
        return False
    visit = step.visit
    if step.state and step.state != visit.state:  # a later message says how it is now
        VisitStep.objects.filter(pk=pk).update(to_mail=False)
        return False
    context: dict[str, object] = {
        "visit": visit,
        "centre": visit.centre,
        "step": step,
        "link": visit_link(visit),
    }
    context["title"] = Stage(visit.state).label
    with timezone.override(visit.centre.zone):
        left = mail.send(TEMPLATE, to=teacher.email, language=visit.language, context=context)
    if left or not mail.goes_out():
        VisitStep.objects.filter(pk=pk).update(mailed_at=timezone.now())
    return left


def _begun(step: VisitStep, now: datetime) -> bool:
    """Whether it is ours to send."""
    free = Q(mail_begun_at=None) | Q(mail_begun_at__lt=now - QUIET)
    waiting = VisitStep.objects.filter(free, pk=step.pk, to_mail=True, mailed_at=None)
    return bool(waiting.update(mail_begun_at=now))


def send_waiting(*, at: datetime) -> int:
    """Messages that did not leave are sent now, for some days; returns how many were begun."""
    free = Q(mail_begun_at=None) | Q(mail_begun_at__lt=at - QUIET)
    waiting = VisitStep.objects.filter(
        free,
        to_mail=True,
        mailed_at=None,
        at__gt=at - TRIED_FOR,
        at__lt=at - QUIET,
        visit__teacher__isnull=False,
    )
    found = list(waiting.values_list("pk", flat=True))
    for pk in found:
        end_killed(tell_step, pk, at=at)
        tell_step.enqueue(pk)
    return len(found)
