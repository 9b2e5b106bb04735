"""How a call is said aloud, in the visitor's own language."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from parvis.reception.models import Ticket


def said_aloud(ticket: Ticket) -> str:
    """“Heron 12, desk 3”, in the ticket's language, as a voice reads it. The ticket is at a seat."""
    desk = ticket.seat.desk.name if ticket.seat else ""
    with translation.override(ticket.language):
        return _("%(ticket)s, desk %(desk)s") % {"ticket": ticket.name_in(ticket.language), "desk": desk}
