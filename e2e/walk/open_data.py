"""A year of a centre as open data, published and corrected."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.reception.factories import an_act
from parvis.statistics.actions.open_data import Wanted, publish_year
from parvis.statistics.facts.refresh import rebuild
from parvis.statistics.models import Licence, OpenEdition
from parvis.statistics.queries.open_data.pages import mark_of
from parvis.statistics.queries.open_data.year import year_of

YEAR = 2025


def an_open_year(centre: Centre, by: User, at: datetime) -> dict[str, int | str]:
    """The keys of its second edition; the first is listed beside it."""
    begins = datetime(YEAR, 3, 3, 10, tzinfo=centre.zone)
    for number in range(60):
        an_act(
            centre, begins + timedelta(days=number % 40), themes=list(centre.themes.all()[number % 2 :][:1])
        )
    rebuild(at=at)
    _published(centre, by, at)
    an_act(centre, begins + timedelta(days=2))
    rebuild(at=at)
    return {"open data: edition": _published(centre, by, at).pk}


def _published(centre: Centre, by: User, at: datetime) -> OpenEdition:
    title = LazyI18nString({"fr": f"Chiffres de {YEAR}", "en": f"Figures of {YEAR}"})
    said = LazyI18nString({"en": "Everything that was counted."})
    wanted = Wanted(YEAR, Licence.CC_BY, title, said, mark_of(year_of(centre, YEAR, at).frozen))
    return publish_year(key=uuid4(), centre=centre, wanted=wanted, by=by, at=at)
