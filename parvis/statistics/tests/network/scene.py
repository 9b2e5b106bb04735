"""A network of centres that open on weekdays, with acts, signed evenings and a clock that stands still."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import OpeningHours
from parvis.reception.factories import an_act, coded_centre
from parvis.reception.models import Day
from parvis.reception.queries.figures import figures_by_day

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 4, 14, 12, 0, tzinfo=PARIS)
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def a_centre_of(network=None, name="", *, acts=12, signed_until=date(2026, 3, 31), first=date(2026, 3, 2)):
    """A centre open from Monday to Friday, with so many acts on its first days; signed to a day."""
    named = {"name": name} if name else {}
    placed = {"network": network} if network else {}
    centre = coded_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0, **placed, **named)
    site = centre.sites.get()
    OpeningHours.objects.bulk_create(
        OpeningHours(site=site, weekday=day, opens=time(9), closes=time(17)) for day in range(5)
    )
    for n in range(acts):
        an_act(centre, datetime.combine(first, time(10), PARIS) + timedelta(minutes=n))
    sign(centre, first, signed_until)
    return centre


def sign(centre, first, last):
    """Every weekday's evening from the one to the other, with the figures as they stand."""
    if last < first:
        return
    for day, found in figures_by_day(centre, first, last).items():
        if day.weekday() < 5:
            signed = {"signed_at": NOON, "figures": found.to_sign(None)}
            Day.objects.update_or_create(centre=centre, date=day, defaults=signed)


def a_coordinator(centre):
    """Of the centre's network."""
    return a_person(Role.NETWORK_COORDINATOR, centre=centre, name="Ana Ribeiro")
