"""Half-days, slots and stretches for tests about duty as it happens."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import uuid4

from parvis.centres.models import Centre
from parvis.rota.models import DutyKind, DutySlot, HalfDay, Held, Terms

DAY = date(2026, 3, 12)  # a Thursday


def at(centre: Centre, hour: int, minute: int = 0, day: date = DAY, second: int = 0) -> datetime:
    """A time on the centre's clock."""
    return datetime.combine(day, time(hour, minute, second), centre.zone)


def a_half_day(centre: Centre, hours: tuple[int, int] = (9, 12), day: date = DAY) -> HalfDay:
    site = centre.sites.get(kind="main")
    ends = time(hours[1]) if hours[1] < 24 else time(23, 59)
    times = {"starts": time(hours[0]), "ends": ends}
    made, _new = HalfDay.objects.get_or_create(centre=centre, site=site, date=day, **times)
    return made


def a_slot(person, theme, half_day, *, institution=None, duty=DutyKind.ADVICE, **fields) -> DutySlot:
    return DutySlot.objects.create(
        centre=half_day.centre,
        half_day=half_day,
        person=person,
        institution=institution,
        duty=duty,
        theme=theme,
        changed_at=at(half_day.centre, 8, day=half_day.date),
        **fields,
    )


def a_stretch(slot, begun, ended, **fields) -> Held:
    usual = {
        "key": uuid4(),
        "centre": slot.centre,
        "slot": slot,
        "institution": slot.institution,
        "person": slot.person,
        "duty": slot.duty,
        "theme": slot.theme,
        "date": slot.half_day.date,
        "begun_at": begun,
        "ended_at": ended,
        "ending": Held.Ending.SEAT,
    }
    return Held.objects.create(**usual | fields)


def terms(person, centre, *themes, **fields) -> Terms:
    made = Terms.objects.create(
        **{"person": person, "centre": centre, "languages": ["fr"], "since": date(2020, 1, 1)} | fields
    )
    made.themes.set(themes)
    return made
