"""The page of needs: right figures by theme and period, what covers them, who may see it, and its files."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from parvis.guidance.actions import needs as actions
from parvis.guidance.queries.needs.page import needs_page
from parvis.guidance.queries.needs.periods import Span, period_of
from parvis.reception import actions as reception

from .house import AT, TODAY, a_house, moved, noted, proposed, recorded

pytestmark = pytest.mark.django_db
FEBRUARY = datetime(2026, 2, 12, 9, tzinfo=UTC)


@pytest.fixture
def house():
    return a_house()


def page_of(house, span=Span.MONTH, day=TODAY, **asked):
    themes = list(house.centre.themes.order_by("position", "pk"))
    return needs_page(house.centre, themes, period_of(span, day), **asked)


def counts(page):
    return [(line.label, line.times, line.before) for line in page.codes]


def test_each_need_counts_as_often_as_it_was_recorded_in_the_period(house):
    for _n in range(3):
        recorded(house, house.funding)
    recorded(house, house.transport, house.funding, at=FEBRUARY)
    assert counts(page_of(house)) == [("No_funding", 3, 1)]
    assert counts(page_of(house, Span.QUARTER)) == [("No_funding", 4, 0), ("Transport", 1, 0)]


def test_a_group_counts_as_many_as_it_was_and_what_was_undone_not_at_all(house):
    recorded(house, house.funding, kind="group", size=12)
    recorded(house, house.transport)
    reception.undo_act(act=house.centre.acts.latest("pk"), at=AT)
    assert counts(page_of(house)) == [("No_funding", 12, 0)]


def test_by_theme_and_what_touched_two_stands_under_both(house):
    recorded(house, house.funding, themes=[house.training, house.jobs])
    recorded(house, house.funding, themes=[house.jobs])
    page = page_of(house)
    assert {theme: dict(found) for theme, found in page.crossed.items()} == {
        house.training.pk: {house.funding.pk: 1},
        house.jobs.pk: {house.funding.pk: 2},
    }
    assert counts(page) == [("No_funding", 2, 0)]
    assert counts(page_of(house, theme=house.training)) == [("No_funding", 1, 0)]


def test_what_the_team_noted_stands_beside_and_is_never_added(house):
    recorded(house, house.funding)
    need = noted(house, voiced=4)
    noted(house, "Last month", day=TODAY - timedelta(days=30))
    noted(house, "About jobs", theme=house.jobs)
    page = page_of(house, theme=house.training)
    assert ([line.need for line in page.entries], page.total, page.voiced) == ([need], 1, 4)


def test_what_is_covered_by_a_proposal_that_was_not_dropped(house):
    recorded(house, house.funding, house.transport)
    need, bare = noted(house), noted(house, "Another")
    made = proposed(house, codes=[house.funding], needs=[need])
    moved(house, proposed(house, "No", codes=[house.transport], needs=[bare]), "dropped")
    page = page_of(house)
    assert [(line.code, line.proposals) for line in page.codes] == [
        (house.funding, [made]),
        (house.transport, []),
    ]
    assert page.bare == 1
    covered, uncovered = page_of(house, show="covered"), page_of(house, show="bare")
    assert [line.code for line in covered.codes] == [house.funding]
    assert [line.need for line in covered.entries] == [need]
    assert [line.code for line in uncovered.codes] == [house.transport]
    assert [line.need for line in uncovered.entries] == [bare]


def test_the_page_says_it_all(house):
    recorded(house, house.funding)
    noted(house, "Nothing in the evening")
    made = proposed(house, codes=[house.funding])
    page = house.open("needs").content.decode()
    for said in ("No_funding", "Nothing in the evening", made.title, "March 2026", "Find training"):
        assert said in page
    assert house.adviser.name not in page.split("<main")[1], "nobody signs a need"


def test_an_empty_centre_is_taught_the_first_step(house):
    assert "Note the first need" in house.open("needs").content.decode()
    noted(house)
    page = house.open("needs", more="?span=month&on=2025-01-01").content.decode()
    assert "Nothing was missing in this period" in page


def test_who_may_and_who_may_not(house):
    answers = {
        person: house.open("needs", by=person).status_code
        for person in (house.adviser, house.receptionist, house.director, house.administrator, house.stranger)
    }
    assert list(answers.values()) == [200, 200, 200, 403, 404]


def test_one_and_three_of_everything_cost_the_same(house):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert house.open("needs").status_code == 200
        return len(asked)

    def more() -> None:
        need = noted(house, "One more")
        recorded(house, house.funding, house.transport)
        proposed(house, codes=[house.funding, house.transport], needs=[need])

    more()
    one = queries()
    more()
    more()
    assert queries() == one


def test_wrong_dates_are_said_beside_their_field_and_this_month_is_shown(house):
    noted(house)
    answer = house.open("needs", more="?span=own&first=2026-03-09&last=2026-03-01")
    assert answer.status_code == 422
    assert "The last day comes before the first one." in answer.content.decode()
    assert "March 2026" in answer.content.decode()
    assert 'name="first" value="2026-03-09"' in answer.content.decode(), "what was typed is kept"


def test_files_hold_small_numbers_protected_and_name_nobody(house):
    for _n in range(13):
        recorded(house, house.funding)
    recorded(house, house.transport)
    noted(house, "=HYPERLINK(1)", voiced=3)
    noted(house, "Many", voiced=23)
    moved(house, proposed(house, owner=house.director, codes=[house.funding]), "dropped", outcome="Too dear.")
    answer = house.open("needs_csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    table = [row for row in rows if row[0] == "Recorded with acts" and row[2].startswith("times")]
    assert [(row[1], row[3]) for row in table] == [("No_funding", "–"), ("Transport", "–")], (
        "a single hidden line takes the smallest other with it"
    )
    voiced = {row[1]: row[3] for row in rows if row[2] == "voiced by, rounded to five"}
    assert voiced == {"'=HYPERLINK(1)": "–", "Many": "25"}
    assert ["Proposals", "An evening workshop", "What came of it", "Too dear."] in rows
    assert house.director.name not in answer.content.decode()
    book = load_workbook(BytesIO(house.open("needs_xlsx").content))
    assert book.sheetnames == ["Recorded with acts", "By theme", "Noted by the team", "Proposals"]
    assert "needs-2026-03-01-2026-03-31.csv" in answer["Content-Disposition"]


def test_an_empty_period_is_a_file_too(house):
    assert load_workbook(BytesIO(house.open("needs_xlsx").content)).sheetnames == ["Recorded with acts"]


def test_gathering_leads_to_a_new_proposal_or_adds_to_one(house):
    need, made = noted(house), proposed(house)
    ticked = {"code": house.funding.pk, "need": need.pk}
    new = house.post("needs_gather", ticked)
    assert new["Location"].endswith(f"proposals/new/?code={house.funding.pk}&need={need.pk}")
    form = house.as_(house.adviser).get(new["Location"]).content.decode()
    assert form.count(" checked") == 3, "both, and the theme of the need"
    house.post("needs_gather", ticked | {"proposal": made.pk})
    assert (list(made.needs.all()), list(made.codes.all())) == ([need], [house.funding])
    nothing = house.post("needs_gather", {"here": "?span=year"})
    assert nothing["Location"].endswith("/needs/?span=year")
    elsewhere = house.post("needs_gather", {"here": "https://example.org/"})
    assert elsewhere["Location"] == house.address("needs")


def test_another_centre_s_rows_are_not_gathered(house):
    other = a_house()
    foreign = noted(other)
    assert house.post("needs_gather", {"need": foreign.pk})["Location"] == house.address("needs")
    theirs = {"need": noted(house).pk, "proposal": proposed(other).pk}
    assert house.post("needs_gather", theirs).status_code == 404


def test_entries_are_read_only_through_their_own_centre(house):
    foreign = noted(a_house())
    for name in ("need", "need_withdraw", "need_restore"):
        assert house.post(name, pk=foreign.pk).status_code == 404
    assert actions.restore_need(need=foreign).withdrawn_at is None
