"""The places of a session: given, offered and taken back while its row is locked, so that never more are promised than there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task

from parvis.agenda.actions.telling import tell_these
from parvis.agenda.models import AgendaSettings, Coming, Session, Told, Where

State = Coming.State
COUNTERS = ["room_taken", "online_taken"]
AHEAD = timedelta(hours=1)  # as far as the hourly look plans


def locked(session: Session) -> Session:
    """The session's row as it is now, held by this transaction; with its event and centre."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event", "centre")
    return rows.get(pk=session.pk)


def left(session: Session, where: str) -> int | None:
    """Places that nobody has and nobody was offered; none: no limit."""
    return session.online_left if where == Where.ONLINE else session.room_left


def take(session: Session, where: str, count: int) -> None:
    """So many places are taken from now on; below zero: given back. The caller holds the row and saves it."""
    if where == Where.ONLINE:
        session.online_taken += count
    else:
        session.room_taken += count


def give_back(session: Session, coming: Coming, state: Coming.State) -> None:
    """Whatever ``coming`` held or was offered is free again."""
    take(session, coming.where, -(coming.seats + coming.offered))
    coming.state, coming.seats, coming.offered, coming.offered_until = state, 0, 0, None
    coming.save()


def bring_up_to_date(session: Session, at: datetime) -> None:
    """What is due at ``at`` on a locked session: offers that ran out, places of those who did not come, offers to who waits."""
    if session.state == Session.State.PLANNED:
        _end_offers(session, at)
        _release(session, at)
        if at < session.begins_at:
            _offer(session, at)
    session.save(update_fields=COUNTERS)


def _end_offers(session: Session, at: datetime) -> None:
    for coming in offers_over(session, at).order_by("pk"):
        give_back(session, coming, State.LAPSED)


def offers_over(session: Session, at: datetime) -> QuerySet[Coming]:
    """Offers that have run out: by their deadline, or because it has begun, perhaps earlier than it was to begin."""
    offers = session.comings.filter(state=State.OFFERED)
    return offers if at >= session.begins_at else offers.filter(offered_until__lte=at)


def _release(session: Session, at: datetime) -> None:
    """Whoever was given a place after that moment keeps it."""
    moment = release_moment(session)
    if moment is not None and moment <= at:
        for coming in not_come(session, moment):
            give_back(session, coming, State.RELEASED)


def not_come(session: Session, moment: datetime) -> QuerySet[Coming]:
    """Those on site who had a place at ``moment`` and have not come."""
    return session.comings.filter(state=State.HELD, where=Where.ROOM, said_at__lt=moment)


def release_moment(session: Session) -> datetime | None:
    """When places of those who have not come are given to others; never, where the event does not say so."""
    minutes = session.event.release_minutes
    return None if minutes is None else session.begins_at - timedelta(minutes=minutes)


def _offer(session: Session, at: datetime) -> None:
    """In the order of waiting. Who wants more than is free, and not fewer, is passed over for now and keeps their rank."""
    rows = session.comings.filter(state=State.WAITING).order_by("waiting_since", "number")
    waiting = list(rows) if any(left(session, where) != 0 for where in Where) else []
    for coming in waiting:
        free = left(session, coming.where)
        offered = coming.wanted if free is None or free >= coming.wanted else free if coming.fewer else 0
        if offered > 0:
            _offer_to(session, coming, offered, at)


def _offer_to(session: Session, coming: Coming, offered: int, at: datetime) -> None:
    hours = AgendaSettings.objects.filter(centre=session.centre).values_list("offer_hours", flat=True).first()
    take(session, coming.where, offered)
    coming.state, coming.offered = State.OFFERED, offered
    usual = timedelta(hours=hours or AgendaSettings._meta.get_field("offer_hours").default)
    coming.offered_until = min(at + usual, session.begins_at)
    coming.save()
    before = coming.told.filter(about=Told.About.OFFER).count()
    tell_these(comings=[coming], about=Told.About.OFFER, sequence=before)
    later = settle_later.using(run_after=coming.offered_until)
    transaction.on_commit(partial(later.enqueue, session.pk))


@transaction.atomic
def settle(*, session: Session, at: datetime) -> Session:
    """Do what is due with a session's places; the session as it is then. Called when it has more places, and whenever it is read."""
    session = locked(session)
    bring_up_to_date(session, at)
    return session


def is_due(session: Session, at: datetime) -> bool:
    """Whether something is to be done before the session's places are shown; at most two queries."""
    if session.state != Session.State.PLANNED:
        return False
    moment = release_moment(session)
    if moment is not None and moment <= at and not_come(session, moment).exists():
        return True
    return offers_over(session, at).exists()


@task()
def settle_later(session: int) -> None:
    """At a deadline: what is due then."""
    if found := Session.objects.select_related("centre").filter(pk=session).first():
        settle(session=found, at=found.centre.now())


def settle_all(*, at: datetime) -> int:
    """Every hour: sessions that somebody waits for, or was offered places of; and those whose places are released soon.

    Returns how many sessions were looked at.
    """
    ahead = Session.objects.filter(state=Session.State.PLANNED, ends_at__gt=at).select_related(
        "event", "centre"
    )
    waited = Q(comings__state__in=[State.WAITING, State.OFFERED])
    looked = 0
    for session in ahead.filter(
        waited | Q(event__release_minutes__isnull=False, last_number__gt=0)
    ).distinct():
        now, moment = session.centre.now(), release_moment(session)
        if moment is not None and now < moment <= now + AHEAD:
            settle_later.using(run_after=moment).enqueue(session.pk)
        settle(session=session, at=now)
        looked += 1
    return looked
