"""When people came whom somebody answered, on the spot: what a sample survey is weighed to."""

from __future__ import annotations

from datetime import date, time

from django.db.models import Exists, OuterRef

from parvis.centres.models import Centre
from parvis.reception.models import Act, Arrival, Period, State, Ticket
from parvis.reception.queries.figures import ANSWERED_AT_ENTRY, AWAY


def contacts_on_the_spot(centre: Centre, first: date, last: date) -> list[tuple[date, time]]:
    """The local day and time of each contact of the day pages that came through the door: two queries."""
    received = Period.objects.filter(ticket=OuterRef("pk"), state=State.INTERVIEW, undone_at=None)
    tickets = (
        Ticket.objects.filter(centre=centre, date__range=(first, last))
        .exclude(state=State.VOID)
        .exclude(arrival=Arrival.PHONE_CALL)
        .annotate(came=Exists(received))
        .values_list("date", "taken_at", "arrival", "came")
    )
    loose = (
        Act.objects.counted()
        .filter(centre=centre, date__range=(first, last), ticket=None, past_import=None, at__isnull=False)
        .exclude(kind=Act.Kind.NON_CONTACT)
        .exclude(channel__key__in=AWAY)
        .values_list("date", "at")
    )
    found = [(day, at) for day, at, arrival, came in tickets if came or arrival in ANSWERED_AT_ENTRY]
    found += [(day, at) for day, at in loose if at]
    return [(day, centre.local(at).time()) for day, at in found]
