"""A centre with a quarter behind it, and a report about it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import CodeList
from parvis.reception.factories import an_act, coded_centre, codes_of
from parvis.statistics.actions.reports.drafting import Wanted, draft_report
from parvis.statistics.queries.reports.ready import model_of

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 4, 14, 12, 0, tzinfo=PARIS)
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


def a_worked_centre(acts: int = 12, **fields):
    """A centre that recorded so many acts on the days of March, one of them with something that could not be found."""
    centre = coded_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0, **fields)
    missing = codes_of(centre, CodeList.UNMET_NEED, centre.codes.filter(list=CodeList.UNMET_NEED).first().key)
    for n in range(acts):
        at = datetime.combine(date(2026, 3, 2) + timedelta(days=n % 20), time(10), PARIS)
        an_act(centre, at, codes=missing if n == 0 else ())
    return centre


def a_report(centre, model="ready:quarter", *, by=None, at=NOON, days=QUARTER, **said):
    """A draft of it."""
    found = model_of(centre, model)
    wanted = Wanted(found, *days, said.get("language", "en"), said.get("audience", found.audience))
    return draft_report(key=said.get("key", uuid4()), centre=centre, wanted=wanted, by=by, at=at)


def a_director(centre):
    """Somebody who composes reports."""
    return a_person(Role.DIRECTOR, centre=centre)
