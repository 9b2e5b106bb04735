"""Several type in at once, on a real file database and on PostgreSQL: each sheet is there once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.centres.factories import a_centre
from parvis.surveys.actions import paper
from parvis.surveys.factories import a_pile, asked_in
from parvis.surveys.models import PaperBatch, Refusals, Response, Way, Words

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 6, 1)
SHEETS = 12


def all_at_once(*works):
    start = Barrier(len(works))

    def one(work):
        try:
            start.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def typed_in(pile, keys):
    for n, key in enumerate(keys):
        paper.enter_sheet(batch=pile, key=key, given={"hours": str(n), "more": "The chairs"})


def test_three_clerks_with_a_pile_each():
    survey = asked_in(a_centre(), way=Way.PAPER)
    piles = [a_pile(survey, DAY) for _n in range(3)]
    all_at_once(*(partial(typed_in, pile, [uuid4() for _n in range(SHEETS)]) for pile in piles))
    assert list(PaperBatch.objects.values_list("entered", flat=True)) == [SHEETS] * 3
    assert (Response.objects.count(), Words.objects.count()) == (3 * SHEETS, 3 * SHEETS)


def test_three_clerks_at_one_pile():
    pile = a_pile(asked_in(a_centre(), way=Way.PAPER), DAY)
    all_at_once(*(partial(typed_in, pile, [uuid4() for _n in range(SHEETS)]) for _who in range(3)))
    assert PaperBatch.objects.get().entered == Response.objects.count() == 3 * SHEETS


def test_the_same_sheet_by_six_clicks_is_one_and_taken_back_once():
    pile, key = a_pile(asked_in(a_centre(), way=Way.PAPER), DAY), uuid4()
    all_at_once(*[partial(typed_in, pile, [key])] * 6)
    assert (PaperBatch.objects.get().entered, Response.objects.count(), Words.objects.count()) == (1, 1, 1)
    gone = all_at_once(*[partial(paper.take_back, batch=pile, key=key)] * 6)
    assert sorted(gone) == [False] * 5 + [True]
    assert (PaperBatch.objects.get().entered, Response.objects.count(), Words.objects.count()) == (0, 0, 0)


def test_the_same_blank_sheet_by_six_clicks_is_one():
    pile, key = a_pile(asked_in(a_centre(), way=Way.PAPER), DAY), uuid4()
    became = PaperBatch.Became.UNREADABLE
    all_at_once(*[partial(paper.count_sheet, batch=pile, key=key, became=became)] * 6)
    assert PaperBatch.objects.get().unreadable == Refusals.objects.get().number == 1
