"""Appointments and classes announced beforehand, without a name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from parvis.centres.models import Centre, Code, Theme
from parvis.reception.actions.errors import NotOfThisCentre, StateChanged
from parvis.reception.actions.tickets import Arriving, issue_ticket
from parvis.reception.models import Arrival, Expected, Ticket

WAY_IN = {
    Expected.Kind.APPOINTMENT: Arrival.APPOINTMENT,
    Expected.Kind.CLASS: Arrival.CLASS,
}


@transaction.atomic
def expect(
    *, centre: Centre, key: UUID, kind: Expected.Kind, at: datetime, theme: Theme, language: str, size: int
) -> Expected:
    """Write down that somebody, or a class of ``size``, will come ``at`` a time for a theme. The same ``key`` once.

    Raises ``NotOfThisCentre``.
    """
    if theme.centre_id != centre.pk or language not in centre.languages:
        raise NotOfThisCentre
    said = {"centre": centre, "kind": kind, "at": at, "theme": theme, "language": language, "size": size}
    expected, _new = Expected.objects.get_or_create(key=key, defaults=said)
    if expected.centre_id != centre.pk:
        raise NotOfThisCentre
    return expected


@transaction.atomic
def welcome_expected(
    *, expected: Expected, key: UUID, at: datetime, size: int | None = None, priority: Code | None = None
) -> Ticket:
    """Those who were announced have arrived: they join the one queue, with the size that really came."""
    expected = (
        Expected.objects.select_for_update(no_key=True, of=("self",))
        .select_related("centre", "theme")
        .get(pk=expected.pk)
    )
    if before := Ticket.objects.filter(expected=expected).first():
        return before
    if expected.cancelled_at is not None:
        raise StateChanged
    arriving = Arriving(
        theme=expected.theme,
        language=expected.language,
        arrival=WAY_IN[Expected.Kind(expected.kind)],
        size=size or expected.size,
        priority=priority,
        expected=expected,
    )
    return issue_ticket(centre=expected.centre, arriving=arriving, key=key, at=at)


@transaction.atomic
def cancel_expected(*, expected: Expected, at: datetime) -> Expected:
    """They will not come. Raises ``StateChanged`` if they already have."""
    expected = Expected.objects.select_for_update(no_key=True, of=("self",)).get(pk=expected.pk)
    if Ticket.objects.filter(expected=expected).exists():
        raise StateChanged
    if expected.cancelled_at is None:
        expected.cancelled_at = at
        expected.save(update_fields=["cancelled_at"])
    return expected
