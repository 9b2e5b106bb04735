"""Those who left an address are told what concerns them, each thing once, also where a worker was killed half-way.

What is to be told is a row of ``Told``, written in the transaction of what happened; a task sends it afterwards and ticks it off.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from parvis.accounts import mail
from parvis.agenda.actions.addresses import read_address
from parvis.agenda.models import Address, AgendaSettings, Coming, Session, Told
from parvis.agenda.queries.where import rooms_ahead
from parvis.shared.address import linked
from parvis.shared.killed import end_killed

QUIET = timedelta(seconds=30)  # a mail that is on its way for longer was cut off
State = Coming.State
CONCERNED = {Told.About.REMINDER: [State.HELD]}
STILL_COMING = [State.HELD, State.WAITING, State.OFFERED, State.CAME]
OF_THE_SESSION = {Told.About.MOVED, Told.About.CANCELLED}  # told again when it happens again


@transaction.atomic
def tell(*, session: Session, about: Told.About, at: datetime) -> int:
    """Tell everybody who comes to ``session``, or waits, and left an address. Said twice, each is told once.

    Returns to how many a message goes now. A session that moves a second time (its ``sequence`` grows) is told anew.
    """
    comings = session.comings.filter(state__in=CONCERNED.get(about, STILL_COMING))
    sequence = session.sequence if about in OF_THE_SESSION else 0
    return tell_these(comings=comings, about=about, sequence=sequence)


@transaction.atomic
def tell_these(*, comings: Iterable[Coming], about: Told.About, sequence: int = 0) -> int:
    """Tell those of ``comings`` who left an address, once for each ``sequence``. Returns how many."""
    found = Address.objects.filter(coming__in=[one.pk for one in comings])
    found = found.exclude(coming__in=Told.objects.filter(about=about, sequence=sequence).values("coming"))
    asked = list(found.values_list("coming", "coming__session"))
    rows = [Told(coming_id=coming, about=about, sequence=sequence) for coming, _session in asked]
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    for session in {session for _coming, session in asked}:
        transaction.on_commit(partial(send_messages.enqueue, session))
    return len(asked)


def remind(*, at: datetime) -> int:
    """Those who have a place and left an address are reminded, as many hours before as the centre says. Returns how many."""
    soon = Session.objects.filter(
        state=Session.State.PLANNED, begins_at__gt=at, begins_at__lte=at + timedelta(hours=168)
    ).filter(comings__address__isnull=False)
    told = 0
    for session in soon.select_related("centre").distinct():
        own = AgendaSettings.objects.filter(centre=session.centre).first() or AgendaSettings()
        if session.begins_at - timedelta(hours=own.reminder_hours) <= at:
            told += tell(session=session, about=Told.About.REMINDER, at=at)
    return told


@task()
def send_messages(session: int) -> int:
    """Sends what people of a session are still to be told. Returns how many mails left."""
    due = Told.objects.filter(coming__session=session, left_at=None).order_by("pk")
    return sum(_sent_once(pk) for pk in list(due.values_list("pk", flat=True)))


def _sent_once(pk: int) -> bool:
    """Sends one message, unless it left or somebody is just sending it.

    Killed between sending and ticking off, this one comes twice: no mail server tells which of the two it was.
    """
    now = timezone.now()
    free = Q(begun_at=None) | Q(begun_at__lt=now - QUIET)
    if not Told.objects.filter(free, pk=pk, left_at=None).update(begun_at=now):
        return False
    rows = Told.objects.select_related(
        "coming__session__event", "coming__session__site", "coming__session__centre__network"
    )
    told = rows.prefetch_related(rooms_ahead("coming__session__bookings")).get(pk=pk)
    address = Address.objects.filter(coming=told.coming_id).first()
    to = read_address(address) if address else ""
    left = bool(to) and _sent(told, to)
    if left or not to or not mail.goes_out():
        Told.objects.filter(pk=pk).update(left_at=timezone.now())
    return left


def _sent(told: Told, to: str) -> bool:
    coming = told.coming
    with timezone.override(coming.session.centre.zone):
        session = coming.session
        link = linked(reverse("agenda:mine", kwargs={"token": coming.token}))
        context = {"coming": coming, "session": session, "event": session.event, "link": link}
        template = f"agenda/visitor/mail/{told.about}.txt"
        return mail.send(template, to=to, language=coming.language, context=context)


def resume_messages(*, at: datetime) -> int:
    """Messages that a killed worker left go to those whom they have not reached; returns how many tasks began again."""
    begun = 0
    tries = DBTaskResult.objects.running().filter(
        task_path=send_messages.module_path, started_at__lt=at - QUIET
    )
    for row in tries:
        arguments = row.args_kwargs["args"]
        with transaction.atomic():
            if end_killed(send_messages, *arguments, at=at):
                send_messages.enqueue(*arguments)
                begun += 1
    return begun


def send_late_messages(*, at: datetime) -> int:
    """Messages that did not leave when they should: no mail server, or a cut before the task. Returns for how many sessions."""
    late = Told.objects.filter(left_at=None, coming__session__ends_at__gt=at)
    late = late.filter(Q(begun_at=None) | Q(begun_at__lt=at - QUIET))
    sessions = set(late.order_by().values_list("coming__session", flat=True))
    for session in sessions:
        send_messages.enqueue(session)
    return len(sessions)
