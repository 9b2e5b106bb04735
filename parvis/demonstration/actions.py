"""The demonstration's clock: how fast it runs, and where it is sent to. Each function is one transaction."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from parvis.centres.models import Centre, OpeningException
from parvis.demonstration.ground import Ground, minutes
from parvis.demonstration.models import Demonstration

SPEEDS = (0, 1, 10, 60)
OPENS, CLOSES = time(9), time(18)  # of a day on which the centre would be closed
OPEN_ANYWAY = {
    "en": "Open for the demonstration",
    "fr": "Ouvert pour la démonstration",
    "fi": "Avoinna esittelyä varten",
}
NEAR = 2.0  # seconds from the real time that are the real time


class Backwards(Exception):
    """Time only goes forward: what has happened has happened."""


def set_clock(*, centre: Centre, shows: datetime, speed: int, real: datetime) -> Centre:
    """From ``real`` on, the centre's clock shows ``shows`` and runs ``speed`` times as fast as the real one."""
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = real, shows, speed
    if speed == 1 and abs((shows - real).total_seconds()) < NEAR:
        centre.clock_set_at = centre.clock_showed = None
    centre.save(update_fields=["clock_set_at", "clock_showed", "clock_speed"])
    return centre


@transaction.atomic
def set_speed(*, demonstration: Demonstration, speed: int, real: datetime) -> Demonstration:
    """Let the day run at ``speed``: 0 stands still, 1 is life."""
    centre = Centre.objects.select_for_update(no_key=True).get(pk=demonstration.centre_id)
    set_clock(centre=centre, shows=centre.now(), speed=speed, real=real)
    demonstration.centre = centre
    return demonstration


@transaction.atomic
def jump(*, demonstration: Demonstration, to: datetime) -> Demonstration:
    """Ask to be at ``to``: whoever plays lets everything before it happen first. Raises ``Backwards``."""
    demonstration = Demonstration.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=demonstration.pk
    )
    if to < demonstration.centre.now():
        raise Backwards
    demonstration.jump_to = to
    demonstration.save(update_fields=["jump_to"])
    return demonstration


@transaction.atomic
def open_anyway(*, ground: Ground, day: date) -> list[tuple[int, int]]:
    """On a day off, the demonstration is open all the same, as an exception says. Returns the day's hours."""
    hours = list(ground.hours(day, day)[day])
    if hours:
        return hours
    OpeningException.objects.filter(site=ground.site, day=day).delete()
    OpeningException.objects.create(site=ground.site, day=day, opens=OPENS, closes=CLOSES, reason=OPEN_ANYWAY)
    return [(minutes(OPENS), minutes(CLOSES))]
