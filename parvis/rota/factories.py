"""Half-days, needs, terms and duty slots for tests and the demonstration."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any
from uuid import uuid4

from parvis.accounts.models import User
from parvis.centres.factories import LONG_AGO
from parvis.centres.models import Centre, Site, Theme
from parvis.partners.models import Belonging, Institution, Liaison
from parvis.rota.models import (
    DutyKind,
    DutySlot,
    HalfDay,
    Leave,
    Need,
    PatternHalfDay,
    PatternNeed,
    RosterCall,
    SchoolHoliday,
    Season,
    Terms,
    Wish,
    WishForHalfDay,
    WorkingPattern,
)

_next = count(1)
MORNING, AFTERNOON = (time(9), time(12, 30)), (time(13, 30), time(17))
NOON_OF = time(12)


def main_site(centre: Centre) -> Site:
    return centre.sites.get(kind=Site.Kind.MAIN)


def a_season(centre: Centre, **fields: Any) -> Season:
    """A season without half-days, in force since long ago, all the time, unless said otherwise."""
    usual: dict[str, Any] = {"name": f"Season {next(_next)}", "valid_from": LONG_AGO}
    return Season.objects.create(centre=centre, **usual | fields)


def a_pattern_half_day(
    season: Season, weekday: int, starts: time = MORNING[0], ends: time | None = None, **fields: Any
) -> PatternHalfDay:
    """A half-day of the season's week at the main site, three and a half hours long unless said otherwise."""
    site = fields.pop("site", None) or main_site(season.centre)
    return PatternHalfDay.objects.create(
        season=season, site=site, weekday=weekday, starts=starts, ends=ends or _after(starts), **fields
    )


def a_pattern_need(half_day: PatternHalfDay, theme: Theme | None = None, **fields: Any) -> PatternNeed:
    """Two seats of advice for ``theme``; without a theme, the reception."""
    return PatternNeed.objects.create(half_day=half_day, theme=theme, **_usual_need(theme) | fields)


def a_school_holiday(centre: Centre, first: date, last: date, **fields: Any) -> SchoolHoliday:
    usual = {"name": f"Holidays {next(_next)}"}
    return SchoolHoliday.objects.create(centre=centre, first_day=first, last_day=last, **usual | fields)


def a_half_day(centre: Centre, day: date, starts: time = MORNING[0], **fields: Any) -> HalfDay:
    """A half-day of the calendar at the main site, three and a half hours long unless said otherwise."""
    usual: dict[str, Any] = {"ends": _after(starts)}
    site = fields.pop("site", None) or main_site(centre)
    return HalfDay.objects.create(centre=centre, site=site, date=day, starts=starts, **usual | fields)


def a_need(half_day: HalfDay, theme: Theme | None = None, **fields: Any) -> Need:
    """Two seats of advice for ``theme``; without a theme, the reception."""
    return Need.objects.create(half_day=half_day, theme=theme, **_usual_need(theme) | fields)


def terms_for(person: User, centre: Centre, *themes: Theme, **fields: Any) -> Terms:
    """What ``person`` does on duty, since long ago. ``learning``: themes that they learn."""
    learning = fields.pop("learning", ())
    terms = Terms.objects.create(person=person, centre=centre, **{"since": LONG_AGO} | fields)
    terms.themes.set(themes)
    terms.learning.set(learning)
    return terms


def a_pattern(
    person: User, centre: Centre, weekday: int, part: str, wish: Wish = Wish.CAN, weeks: str = "every"
) -> WorkingPattern:
    """What ``person`` answers for one part of a weekday."""
    return WorkingPattern.objects.create(
        person=person, centre=centre, weekday=weekday, part=part, wish=wish, weeks=weeks
    )


def a_wish(person: User, half_day: HalfDay, wish: Wish = Wish.CAN) -> WishForHalfDay:
    """What ``person`` answers for one half-day."""
    return WishForHalfDay.objects.create(person=person, half_day=half_day, wish=wish)


def a_leave(person: User, centre: Centre, first: date, last: date | None = None, **fields: Any) -> Leave:
    """Days on which ``person`` does not come."""
    usual: dict[str, Any] = {"key": uuid4(), "said_at": noon(first), "said_by": person}
    return Leave.objects.create(
        person=person, centre=centre, first_day=first, last_day=last or first, **usual | fields
    )


def a_roster_call(centre: Centre, first: date, last: date, deadline: date, **fields: Any) -> RosterCall:
    """An open call, asked on its deadline's morning unless said otherwise."""
    usual: dict[str, Any] = {"key": uuid4(), "opened_at": noon(deadline)}
    return RosterCall.objects.create(
        centre=centre, first_day=first, last_day=last, deadline=deadline, **usual | fields
    )


def comes_from(person: User, centre: Centre, institution: Institution, since: date = LONG_AGO) -> Belonging:
    """``person`` is lent by ``institution``."""
    return Belonging.objects.create(person=person, centre=centre, institution=institution, valid_from=since)


def speaks_for(person: User, centre: Centre, institution: Institution) -> Liaison:
    """``person``, who holds the role of a partner's coordinator, answers for the people of ``institution``."""
    return Liaison.objects.create(person=person, centre=centre, institution=institution)


def a_duty_slot(
    centre: Centre,
    person: User | None,
    day: date,
    starts: time = MORNING[0],
    theme: Theme | None = None,
    **fields: Any,
) -> DutySlot:
    """``person`` on duty: advice for ``theme``, the reception without one. The half-day is made where it is missing.

    The institution is the one they belong to on that day, unless ``institution`` says otherwise.
    """
    half_day = (
        fields.pop("half_day", None) or HalfDay.objects.filter(centre=centre, date=day, starts=starts).first()
    )
    half_day = half_day or a_half_day(centre, day, starts)
    belonging = Belonging.objects.on(day).filter(centre=centre, person=person).first() if person else None
    usual: dict[str, Any] = {
        "duty": DutyKind.ADVICE if theme else DutyKind.RECEPTION,
        "institution": belonging.institution if belonging else None,
        "changed_at": noon(day),
    }
    return DutySlot.objects.create(
        centre=centre, half_day=half_day, person=person, theme=theme, **usual | fields
    )


def noon(day: date) -> datetime:
    """An instant of ``day``."""
    return datetime.combine(day, NOON_OF, UTC)


def _usual_need(theme: Theme | None) -> dict[str, Any]:
    return {"duty": DutyKind.ADVICE if theme else DutyKind.RECEPTION, "seats": 2 if theme else 1}


def _after(starts: time) -> time:
    """Three and a half hours later, on the same day."""
    minutes = min(starts.hour * 60 + starts.minute + 210, 23 * 60 + 59)
    return time(minutes // 60, minutes % 60)
