"""A year leaves once it is closed and held, protected and for good; corrected, it leaves again beside the first."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.statistics.actions.open_data import (
    NotAsSeen,
    NothingNew,
    NotYet,
    publish_year,
    withdraw_edition,
)
from parvis.statistics.models import OpenEdition, PublishedTable, Touched
from parvis.statistics.queries.open_data.frozen import as_read
from parvis.statistics.queries.open_data.pages import Waits, years_of
from parvis.statistics.tests.open_data.scene import (
    FEW,
    MOST,
    NOON,
    SOME,
    YEAR,
    a_closed_year,
    a_year,
    an_edition,
    corrected,
    wanted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.DATA = tmp_path


def cells(edition, name):
    table = next(one for one in as_read(edition.content).tables if one.name == name)
    return dict(table.cells)


def test_small_figures_are_hidden_and_others_with_them():
    found = cells(an_edition(a_closed_year()), "contacts-by-theme-and-month")
    assert {at for at, n in found.items() if n is not None} == {
        ("start", "2025-01"),  # none at all
        ("training", "2025-02"),
        ("_T", "_T"),
    }
    assert (found["training", "2025-02"], found["_T", "_T"]) == (SOME, MOST + SOME + FEW)
    assert found["_T", "2025-02"] is None  # less those of training it would tell of three others


def test_what_is_told_and_hidden_is_in_the_log():
    edition = an_edition(a_closed_year())
    rows = PublishedTable.objects.filter(edition=edition)
    assert {(row.audience, row.first, row.last) for row in rows} == {
        ("public", date(2025, 1, 1), date(2025, 12, 31))
    }
    assert {row.question["axes"][0]["name"] for row in rows} == {"theme", "channel", "language", "need"}


def test_sent_twice_it_is_one_edition():
    centre, key = a_closed_year(), uuid4()
    said = wanted(centre)
    first = publish_year(key=key, centre=centre, wanted=said, by=None, at=NOON)
    again = publish_year(key=key, centre=centre, wanted=said, by=None, at=NOON + timedelta(minutes=1))
    assert (first, first.published_at) == (again, again.published_at)
    with pytest.raises(NothingNew):
        an_edition(centre)
    assert OpenEdition.objects.count() == 1


def test_a_year_that_runs_or_is_not_held_waits():
    centre = a_year()
    for year, why in ((2026, Waits.RUNS), (YEAR, Waits.NOT_HELD)):
        with pytest.raises(NotYet) as found:
            an_edition(centre, year=year, seen="x")
        assert found.value.waits is why


def test_a_day_that_changed_today_waits_for_the_night():
    centre = a_closed_year()
    Touched.objects.create(centre=centre, first=date(YEAR, 3, 1), last=date(YEAR, 3, 1))
    with pytest.raises(NotYet) as found:
        an_edition(centre, seen="x")
    assert found.value.waits is Waits.CHANGED


def test_only_what_was_looked_at_is_published():
    with pytest.raises(NotAsSeen):
        an_edition(a_closed_year(), seen="something else")
    assert not OpenEdition.objects.exists()


def test_a_correction_makes_a_new_edition_beside_the_first():
    centre = a_closed_year()
    first = an_edition(centre)
    assert years_of(centre, NOON)[1].late == 0
    corrected(centre)
    later = NOON + timedelta(days=1)
    assert (years_of(centre, later)[1].year, years_of(centre, later)[1].late) == (YEAR, 1)
    second = an_edition(centre, at=later)
    assert (first.number, second.number) == (1, 2)
    whole = MOST + SOME + FEW
    assert ["contacts-by-theme-and-month", ["_T", "_T"], whole, whole + 1] in second.changes
    assert cells(first, "contacts-by-theme-and-month")["_T", "_T"] == whole


def test_withdrawn_once_and_published_anew():
    centre = a_closed_year()
    edition, by = an_edition(centre), a_person(Role.DIRECTOR, centre=centre)
    withdraw_edition(edition=edition, reason="Wrong title", by=by, at=NOON)
    again = withdraw_edition(edition=edition, reason="Again", by=by, at=NOON + timedelta(hours=1))
    assert (again.reason, again.withdrawn_at) == ("Wrong title", NOON)
    assert an_edition(centre).number == 2


def test_another_centre_s_year_is_its_own():
    centre, other = a_year(), a_closed_year()
    assert an_edition(other).centre == other
    assert not OpenEdition.objects.filter(centre=centre).exists()
