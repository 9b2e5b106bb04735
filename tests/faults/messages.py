"""A cancelled session whose people are told, asked and killed from outside: a command a line on standard input, an answer in JSON a line.

``make N``: so many registrations with an address. ``cancel``: the session is cancelled, as a page does it. ``send``: as a worker writes to
everybody who is due. ``resume``: what the worker does when it starts and every hour. ``age``: as if two minutes had passed. ``told``: who
was written to, how often. As an argument: ``die K``: a worker that is killed when so many mails have left.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend
from django.db.models import F
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from parvis.agenda.actions import telling
from parvis.agenda.actions.addresses import keep_address
from parvis.agenda.actions.cancelling import cancel_session
from parvis.agenda.factories import a_coming, a_session, an_event
from parvis.agenda.models import Session, Told
from parvis.centres.factories import a_centre

MAILS = Path(os.environ["PARVIS_DATA"]) / "mails"
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
settings.EMAIL_FILE_PATH = str(MAILS)
TASK = telling.send_messages


def make(count: str) -> dict[str, object]:
    session = a_session(an_event(a_centre()))
    for n in range(int(count)):
        keep_address(coming=a_coming(session), email=f"reader{n}@example.org", at=timezone.now())
    return {}


def cancel() -> dict[str, object]:
    cancel_session(session=Session.objects.get(), why="The speaker is ill", at=timezone.now())
    return {}


def send() -> dict[str, object]:
    return {"sent": TASK.call(Session.objects.get().pk)}


def resume() -> dict[str, object]:
    at = timezone.now()
    return {"begun": telling.resume_messages(at=at), "late": telling.send_late_messages(at=at)}


def age() -> dict[str, object]:
    Told.objects.filter(left_at=None).update(begun_at=F("begun_at") - timedelta(minutes=2))
    DBTaskResult.objects.update(started_at=F("started_at") - timedelta(minutes=2))
    return {}


def told() -> dict[str, object]:
    text = "".join(path.read_text() for path in MAILS.glob("*")) if MAILS.exists() else ""
    counts = Counter(re.findall(r"^To: (\S+)$", text, re.MULTILINE))
    return {"counts": counts, "open": Told.objects.filter(left_at=None).count()}


def die(count: str) -> None:
    """As the worker has it: its row says that it runs. Killed before, between, or right after a mail."""
    row = DBTaskResult.objects.filter(task_path=TASK.module_path, status=TaskResultStatus.READY).first()
    if row is not None:
        row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now()
        row.save()
    real, left = EmailBackend.send_messages, int(count)

    def counted(backend: EmailBackend, messages: list[object]) -> int:
        nonlocal left
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return int(real(backend, messages) or 0)

    EmailBackend.send_messages = counted
    TASK.call(Session.objects.get().pk)


COMMANDS = {one.__name__: one for one in (make, cancel, send, resume, age, told)}

if __name__ == "__main__":
    if sys.argv[1:2] == ["die"]:
        die(sys.argv[2])
    for said in sys.stdin:
        name, *arguments = said.split()
        sys.stdout.write(json.dumps(COMMANDS[name](*arguments)) + "\n")
        sys.stdout.flush()
