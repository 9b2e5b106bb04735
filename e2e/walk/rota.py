"""A rota's ground for the walk: a season, school holidays, half-days laid out, terms, answers, a call."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.rota import actions
from parvis.rota.actions.seasons import Named
from parvis.rota.factories import a_leave, a_pattern, a_roster_call, a_school_holiday, terms_for
from parvis.rota.models import HalfDay, Part, Season, Wish


def a_rota(centre: Centre, people: dict[str, User], at: datetime) -> dict[str, int]:
    """Rows by name."""
    today = centre.local_day(at)
    said = Named("Printemps", Season.During.ALWAYS, date(2026, 1, 1))
    season = actions.begin_season(centre=centre, said=said, like=None, day=today)
    holiday = a_school_holiday(centre, date(2026, 4, 11), date(2026, 4, 26), name="Vacances de printemps")
    actions.make_half_days(centre=centre, first=today, last=today + timedelta(days=27), at=at)
    themes = list(centre.themes.order_by("position"))
    for name in ("staff", "calling", "talking"):
        terms_for(people[name], centre, *themes[:2], learning=themes[2:3], languages=["fr", "en"], per_week=3)
        a_pattern(people[name], centre, 1, Part.MORNING, Wish.PREFERS)
        a_pattern(people[name], centre, 3, Part.AFTERNOON, Wish.RATHER_NOT)
    a_leave(people["staff"], centre, today + timedelta(days=6), today + timedelta(days=9))
    call = a_roster_call(
        centre, today, today + timedelta(days=27), today + timedelta(days=5), words="À vous."
    )
    actions.answer_call(call=call, person=people["calling"], by=people["calling"], at=at)
    half_day = HalfDay.objects.filter(centre=centre).latest("date", "starts")
    return {
        "season": season.pk,
        "season half-day": season.half_days.all()[0].pk,
        "school holiday": holiday.pk,
        "half-day": half_day.pk,
        "roster call": call.pk,
    }
