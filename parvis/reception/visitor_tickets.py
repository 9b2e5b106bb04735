"""What a ticket's page and paper carry: its address, its code, its name."""

from __future__ import annotations

from typing import Any

import segno
from django.urls import reverse

from parvis.centres.models import Centre, TicketStyle
from parvis.centres.visitor_words import label, word_for
from parvis.reception.models import NumberLease, Ticket
from parvis.reception.waiting import Wait, expected_waits


def qr_code(text: str) -> str:
    """An address as a QR code: SVG without a size of its own, for print and screen, with its quiet zone."""
    svg: str = segno.make(text, error="m", micro=False).svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )
    return svg


def follow_path(ticket: Ticket) -> str:
    """The address of the ticket's own page, below the house's."""
    return reverse("reception:follow", kwargs={"token": ticket.token})


def wait_of(ticket: Ticket) -> Wait:
    """The wait of a ticket that was just given."""
    return expected_waits(ticket.centre, ticket.centre.now()).for_ticket(ticket.number)


def lease_for_device(lease: NumberLease, centre: Centre, seconds: float) -> dict[str, Any]:
    """A block of numbers as the device keeps it: each with its word in the centre's languages."""
    has_words = centre.ticket_style == TicketStyle.WORD
    numbers = []
    for number in range(lease.first, lease.last + 1):
        key = word_for(lease.date, centre.pk, number) if has_words else ""
        numbers.append([number, {code: label(key, code) for code in centre.languages} if key else {}])
    return {"day": lease.date.isoformat(), "seconds": seconds, "numbers": numbers}
