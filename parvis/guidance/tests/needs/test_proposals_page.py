"""The list of proposals: by state, what is overdue, whom to ask, words; and nothing that counts a colleague."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.guidance.queries.needs.page import by_month
from parvis.guidance.queries.needs.proposals import Asked, proposals_of

from .house import AT, TODAY, a_house, moved, noted, proposed, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def titles(house, **asked):
    return [line.proposal.title for line in proposals_of(house.centre, Asked(**asked), TODAY).lines]


def test_open_ones_by_state_the_overdue_first(house):
    proposed(house, "Late idea", due=TODAY - timedelta(days=1))
    proposed(house, "Idea for June", due=TODAY + timedelta(days=90))
    proposed(house, "Idea")
    moved(house, proposed(house, "Begun"), "agreed", "under_way")
    moved(house, proposed(house, "Dropped"), "dropped")
    assert titles(house) == ["Begun", "Late idea", "Idea for June", "Idea"]
    assert titles(house, state="overdue") == ["Late idea"]
    assert titles(house, state="dropped") == ["Dropped"]
    assert len(titles(house, state="all")) == 5


def test_by_theme_whom_to_ask_and_words(house):
    proposed(house, "Atelier du soir", owner=house.director, plan="Un mardi par mois, à la médiathèque")
    proposed(house, "Garde d’enfants", themes=[house.jobs])
    assert titles(house, theme=house.jobs) == ["Garde d’enfants"]
    assert titles(house, owner=str(house.director.pk)) == ["Atelier du soir"]
    assert titles(house, owner="nobody") == ["Garde d’enfants"]
    assert titles(house, words="MEDIATHEQUE soir") == ["Atelier du soir"]
    assert titles(house, words="mediatheque garde") == []


def test_the_page_marks_what_is_overdue_with_a_word(house):
    proposed(house, "Late", due=TODAY - timedelta(days=1), needs=[noted(house)], codes=[house.funding])
    page = house.open("proposals").content.decode()
    assert "overdue</span>" in page
    assert "2 needs gathered" in page
    assert "looking for somebody" in page


def test_an_empty_list_teaches_and_a_search_without_a_find_says_so(house):
    assert "From a need to something that is there" in house.open("proposals").content.decode()
    proposed(house)
    assert "No proposal fits" in house.open("proposals", more="?words=nothing+like+it").content.decode()
    assert house.open("proposals", more="?state=x&theme=y&owner=z").status_code == 200


def test_no_figure_stands_beside_a_colleague(house):
    for n in range(3):
        proposed(house, f"Idea {n}", owner=house.director)
    form = house.open("proposals").content.decode().split('<select name="owner"')[1].split("</select>")[0]
    assert house.director.name in form
    assert not any(char.isdigit() for char in form.split(house.director.name)[1].split("<")[0])


def test_a_proposal_shows_whether_what_it_answers_is_missing_less_often(house):
    recorded(house, house.funding, at=AT - timedelta(days=60))
    recorded(house, house.funding, house.transport)
    recorded(house, house.funding, at=AT - timedelta(days=400))
    codes = [house.funding, house.transport]
    months = by_month(house.centre, codes, TODAY)
    assert (len(months), months[0][0].isoformat(), months[-1]) == (
        12,
        "2025-04-01",
        (TODAY.replace(day=1), 2),
    )
    assert [times for _month, times in months[-3:]] == [1, 0, 2]
    assert by_month(house.centre, [], TODAY) == []
    bare, made = proposed(house), proposed(house, codes=codes)
    assert "How often it was missing" in house.open("proposal", pk=made.pk).content.decode()
    assert "How often it was missing" not in house.open("proposal", pk=bare.pk).content.decode()


def test_one_and_three_cost_the_same(house):
    def queries(name, **parts) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert house.open(name, **parts).status_code == 200
        return len(asked)

    def another():
        return proposed(house, owner=house.director, needs=[noted(house)], codes=[house.funding])

    made = another()
    one = queries("proposals"), queries("proposal", pk=made.pk), queries("proposal_change", pk=made.pk)
    another()
    made = another()
    moved(house, made, "agreed", "under_way")
    assert (
        queries("proposals"),
        queries("proposal", pk=made.pk),
        queries("proposal_change", pk=made.pk),
    ) == one


def test_who_may_and_who_may_not(house):
    people = (house.receptionist, house.director, house.administrator, house.stranger)
    assert [house.open("proposals", by=one).status_code for one in people] == [200, 200, 403, 404]
    assert AT.date() == TODAY
