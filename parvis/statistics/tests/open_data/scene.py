"""A centre with a year behind it, its facts in files, and that year published."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from i18nfield.strings import LazyI18nString

from parvis.centres.factories import a_theme
from parvis.centres.models import CodeList
from parvis.reception.factories import an_act, coded_centre
from parvis.reception.models import Act
from parvis.statistics.actions.open_data import Wanted, publish_year
from parvis.statistics.facts.refresh import rebuild
from parvis.statistics.models import Licence
from parvis.statistics.queries.open_data.pages import mark_of
from parvis.statistics.queries.open_data.year import year_of

PARIS = ZoneInfo("Europe/Paris")
YEAR = 2025
NOON = datetime(2026, 4, 14, 12, 0, tzinfo=PARIS)
NIGHT = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)
MOST, SOME, FEW = 25, 14, 3  # acts of a theme in January and in February, and of another in February


def a_year(**fields):
    """A centre that counted two themes in two months of 2025, one of them hardly at all; nothing is read into files yet."""
    centre = coded_centre(
        clock_set_at=NOON, clock_showed=NOON, clock_speed=0, languages=["fr", "en"], **fields
    )
    much, little = centre.themes.get(), a_theme(centre, "start", position=9)
    needs = list(centre.codes.filter(list=CodeList.NEED)[:2])
    for month, theme, n in ((1, much, MOST), (2, much, SOME), (2, little, FEW)):
        for number in range(n):
            at = datetime.combine(date(YEAR, month, 3) + timedelta(days=number % 20), time(10), PARIS)
            an_act(centre, at, themes=(theme,), codes=needs[: 1 + number % 2])
    an_act(
        centre, datetime(YEAR + 1, 1, 5, 10, tzinfo=PARIS)
    )  # work goes on: the night gathers every month up to it
    return centre


def a_closed_year(**fields):
    """The same with its facts in files, as the night makes them."""
    centre = a_year(**fields)
    rebuild(at=NIGHT)
    return centre


def corrected(centre):
    """One act more in January, noticed in the night after."""
    an_act(centre, datetime(YEAR, 1, 20, 15, tzinfo=PARIS), themes=(Act.objects.first().themes.first(),))
    rebuild(at=NIGHT + timedelta(days=1))


def wanted(centre, **said):
    """What a director asks for who looked at the year as it is."""
    seen = said.get("seen") or mark_of(year_of(centre, YEAR, NOON).frozen)
    return Wanted(
        said.get("year", YEAR),
        said.get("licence", Licence.CC_BY),
        LazyI18nString(said.get("title", {"fr": "Chiffres 2025", "en": "Figures of 2025"})),
        LazyI18nString(said.get("description", {"fr": "Tout ce qui est compté."})),
        seen,
    )


def an_edition(centre, *, by=None, at=NOON, key=None, **said):
    """The year published."""
    return publish_year(key=key or uuid4(), centre=centre, wanted=wanted(centre, **said), by=by, at=at)
