"""Sending a visitor on to an institution, asking what became of it, and taking it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Theme
from parvis.guidance import live_threads
from parvis.guidance.actions.entries import write_entry
from parvis.guidance.actions.errors import GuidanceError
from parvis.guidance.models import Entry, FollowUp, Redirection
from parvis.guidance.models import Kind as EntryKind
from parvis.guidance.opened import Opened
from parvis.guidance.receipt import ALPHABET
from parvis.guidance.visitor_redirections import told
from parvis.partners.models import Institution, Relation
from parvis.reception.models import Ticket

LENGTH = 5  # letters of a reference
FURTHEST = timedelta(days=366)
Kind = Redirection.Kind


class NotOfThisCentre(GuidanceError):
    """The theme, the institution or the visitor is another centre's, or no longer there."""

    sentence = _("That is no longer there. Reload the page and choose again.")


class AgreementMissing(GuidanceError):
    """Nobody is told about a visitor who did not agree."""

    sentence = _("Warm needs the visitor’s agreement. Without it, tell them where to go and choose cold.")


class NotThatDay(GuidanceError):
    """The appointment or the day to ask lies in the past, out of order, or more than a year ahead."""

    sentence = _("The appointment is today or later, and one asks about it on that day or after.")


class RedirectedOtherwise(GuidanceError):
    """The same page came again with something else in it."""

    sentence = _(
        "This was already noted, with something else in it. Look at what is noted before you change it."
    )


class TooLate(GuidanceError):
    """A redirection is taken back on its own day only: later it is in the figures."""

    sentence = _("This can be taken back on its own day only.")


class NothingToFollow(GuidanceError):
    """Nobody agreed to be asked about, or it was taken back."""

    sentence = _("There is nothing to ask about here: it was cold, or was taken back.")


@dataclass(frozen=True)
class Sending:
    """Where somebody is sent, and how. Days and hours are the centre's; nothing says who it is."""

    to: Institution
    theme: Theme
    kind: Redirection.Kind
    agreed: bool = False
    appointment_on: date | None = None
    appointment_at: time | None = None
    due_on: date | None = None
    note: str = ""


@transaction.atomic
def redirect_visitor(
    *,
    centre: Centre,
    key: UUID,
    sending: Sending,
    from_institution: Institution | None,
    at: datetime,
    ticket: Ticket | None = None,
    opened: Opened | None = None,
) -> Redirection:
    """Note that a visitor was sent on to an institution, by somebody of ``from_institution`` if that is known.

    Where their thread is ``opened`` as well, it is told there in their language. The same ``key`` again returns the first. Raises ``AgreementMissing``, ``NotThatDay``, ``NotOfThisCentre``,
    ``RedirectedOtherwise``, ``ConversationEnded``.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)  # the reference is drawn once
    day = centre.local_day(at)
    if before := Redirection.objects.filter(key=key).first():
        return _same(before, centre, sending)
    _check(centre, sending, ticket, day)
    warm = sending.kind == Kind.WARM
    redirection = Redirection(
        key=key,
        centre=centre,
        date=day,
        theme=sending.theme,
        from_institution=from_institution,
        to_institution=sending.to,
        kind=sending.kind,
        agreed=warm,
        appointment_on=sending.appointment_on,
        appointment_at=sending.appointment_at,
        due_on=sending.due_on,
        follow_up=FollowUp.OPEN if warm else "",
        ticket=ticket,
        reference=_new_reference(centre),
        note=sending.note,
    )
    if opened:
        redirection.entry = uuid4()
        said = told(redirection, language=opened.thread.language)
        write_entry(opened=opened, key=redirection.entry, kind=EntryKind.HAND_OVER, said=said, at=at)
    redirection.save()
    return redirection


@transaction.atomic
def follow_up(*, redirection: Redirection, outcome: FollowUp, at: datetime) -> Redirection:
    """Say what became of a warm redirection; ``OPEN`` again, that nobody has said yet. Twice changes nothing.

    Raises ``NothingToFollow``.
    """
    redirection = _locked(redirection)
    if not redirection.is_warm or redirection.undone_at:
        raise NothingToFollow
    if redirection.follow_up != outcome:
        redirection.follow_up = outcome
        is_open = outcome == FollowUp.OPEN
        redirection.settled_on = None if is_open else redirection.centre.local_day(at)
        redirection.save(update_fields=["follow_up", "settled_on"])
    return redirection


@transaction.atomic
def undo_redirection(*, redirection: Redirection, at: datetime) -> Redirection:
    """Take one of today back, also from the visitor's thread; it counts nowhere. Twice changes nothing. Raises ``TooLate``."""
    redirection = _locked(redirection)
    if redirection.date != redirection.centre.local_day(at):
        raise TooLate
    if redirection.undone_at is None:
        if redirection.entry and (line := Entry.objects.filter(key=redirection.entry).first()):
            line.delete()
            live_threads.changed(line.thread_id)
        redirection.undone_at, redirection.entry = at, None
        redirection.save(update_fields=["undone_at", "entry"])
    return redirection


def _locked(redirection: Redirection) -> Redirection:
    rows = Redirection.objects.select_for_update(no_key=True, of=("self",)).select_related("centre")
    return rows.get(pk=redirection.pk)


def _check(centre: Centre, sending: Sending, ticket: Ticket | None, day: date) -> None:
    theme, known = sending.theme, Relation.objects.filter(centre=centre, institution=sending.to)
    fits = theme.centre_id == centre.pk and theme.valid_from <= day
    fits = fits and (theme.valid_to is None or day < theme.valid_to) and known.open_on(day).exists()
    if not fits or (ticket and (ticket.centre_id != centre.pk or ticket.date != day)):
        raise NotOfThisCentre
    if sending.kind == Kind.COLD:
        if sending.agreed or sending.appointment_on or sending.appointment_at or sending.due_on:
            raise NotThatDay
        return
    if not sending.agreed:
        raise AgreementMissing
    first = sending.appointment_on or day
    if sending.due_on is None or not day <= first <= sending.due_on <= day + FURTHEST:
        raise NotThatDay
    if sending.appointment_at and not sending.appointment_on:
        raise NotThatDay


def _same(before: Redirection, centre: Centre, sending: Sending) -> Redirection:
    """What the same page noted before, with the same in it."""
    if before.centre_id != centre.pk:
        raise NotOfThisCentre
    kept: tuple[object, ...] = (before.to_institution_id, before.theme_id, before.kind, before.note)
    said: tuple[object, ...] = (sending.to.pk, sending.theme.pk, str(sending.kind), sending.note)
    kept += (before.appointment_on, before.appointment_at, before.due_on)
    if kept != (*said, sending.appointment_on, sending.appointment_at, sending.due_on):
        raise RedirectedOtherwise
    return before


def _new_reference(centre: Centre) -> str:
    """Five letters that nobody mistakes for others, and that this centre has not used."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
        if not Redirection.objects.filter(centre=centre, reference=drawn).exists():
            return drawn
