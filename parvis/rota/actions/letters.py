"""Each mail of the rota reaches each person once, also where the worker that wrote them was killed half-way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from parvis.accounts import mail
from parvis.accounts.models import User
from parvis.rota.models import Letter
from parvis.shared.killed import end_killed

QUIET = timedelta(seconds=30)  # a mail that is on its way for longer was cut off
KEPT = timedelta(days=30)


def send_once(
    about: str, template: str, *, person: User, language: str, context: Mapping[str, object]
) -> bool:
    """Sends ``template`` to ``person`` unless it has left already, or somebody is just sending it. Returns whether it left now.

    ``about``: what it is about, the same at each try. Killed between sending and noting it, this one mail comes twice: no mail
    server tells which of the two it was.
    """
    if not _begun(about, person, timezone.now()):
        return False
    left = mail.send(template, to=person.email, language=language, context=context)
    if left or not mail.goes_out():
        Letter.objects.filter(about=about, person=person).update(left_at=timezone.now())
    return left


def _begun(about: str, person: User, now: datetime) -> bool:
    """Whether it is ours to send."""
    letter, new = Letter.objects.get_or_create(about=about, person=person, defaults={"begun_at": now})
    if new:
        return True
    cut_off = Letter.objects.filter(pk=letter.pk, left_at=None, begun_at__lt=now - QUIET)
    return bool(cut_off.update(begun_at=now))


def write_again(tasks: list[Task[Any, Any]], at: datetime) -> int:
    """Starts those tasks again whose worker was killed; returns how many. One that lives shares the work: nobody gets it twice."""
    begun = 0
    for one in tasks:
        tries = DBTaskResult.objects.running().filter(task_path=one.module_path, started_at__lt=at - QUIET)
        for row in tries:
            arguments = row.args_kwargs["args"]
            with transaction.atomic():
                if end_killed(one, *arguments, at=at):
                    one.enqueue(*arguments)
                    begun += 1
    return begun


def forget_letters(*, at: datetime) -> int:
    """Who was written to more than a month ago; returns how many."""
    return Letter.objects.filter(begun_at__lt=at - KEPT).delete()[0]
