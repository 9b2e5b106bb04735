"""Nothing about an answer says who gave it, or when: no key, no order, no trace of the hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection

from parvis.centres.factories import a_centre
from parvis.surveys.actions.answering import record_answers
from parvis.surveys.actions.forgetting import forget_keys, forget_words, mix_answers
from parvis.surveys.factories import a_collection, a_draft, answered, asked_in
from parvis.surveys.models import Response, Words

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
NIGHT = datetime(2026, 6, 2, 2, tzinfo=UTC)


def lying(table: str) -> list[int]:
    """The keys in the order in which the database keeps the rows."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY {place}")
        return [row[0] for row in cursor.fetchall()]


def test_sqlite_keeps_no_hidden_number_of_a_row():
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own")
    collection = asked_in(a_centre())
    came = [answered(collection, {"hours": n, "more": f"word {n}"}, DAY) for n in range(12)]
    for table in ("surveys_response", "surveys_words"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid, id FROM {table}")
            assert all(rowid == key for rowid, key in cursor.fetchall())
        assert lying(table) == sorted(lying(table))
    keys = [one.pk for one in came]
    assert not all(a < b for a, b in pairwise(keys)), "keys grow with time"
    assert min(keys) > 2**40, "drawn from all numbers, not counted"


def test_after_the_night_rows_lie_in_an_order_drawn_anew_and_say_the_same():
    collection = asked_in(a_centre())
    came = [answered(collection, {"hours": n, "more": f"word {n}"}, DAY).pk for n in range(12)]
    before = list(Response.objects.order_by("answers__hours").values("key", "day", "language", "answers"))
    assert mix_answers(at=NIGHT) == 24
    after = list(Response.objects.order_by("answers__hours").values("key", "day", "language", "answers"))
    assert after == before
    assert set(Words.objects.values_list("text", flat=True)) == {f"word {n}" for n in range(12)}
    assert not set(came) & set(Response.objects.values_list("pk", flat=True))
    assert lying("surveys_response") == sorted(lying("surveys_response"))
    assert lying("surveys_words") == sorted(lying("surveys_words"))


def test_after_the_night_all_rows_came_in_one_transaction():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's own")
    collection = asked_in(a_centre())
    for n in range(3):
        answered(collection, {"hours": n}, DAY)
    mix_answers(at=NIGHT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(DISTINCT xmin::text) FROM surveys_response")
        assert cursor.fetchone() == (1,)


def test_old_answers_are_left_as_they_lie():
    collection = asked_in(a_centre())
    old = answered(collection, {"hours": 1}, DAY - timedelta(days=60))
    assert mix_answers(at=NIGHT) == 0
    assert Response.objects.get().pk == old.pk


def test_words_stand_apart_from_the_other_answers_and_by_month():
    collection = asked_in(a_centre())
    response = answered(collection, {"again": "yes", "more": "  The   chairs "}, date(2026, 6, 17))
    assert response.answers == {"again": "yes", "more": True}
    kept = Words.objects.get()
    assert (kept.text, kept.month, kept.question.key) == ("The chairs", date(2026, 6, 1), "more")


def test_words_are_forgotten_after_a_year_and_that_something_was_written_stays():
    collection = asked_in(a_centre())
    answered(collection, {"more": "The chairs"}, DAY)
    assert forget_words(at=datetime(2027, 6, 30, 2, tzinfo=UTC)) == 0
    assert forget_words(at=datetime(2027, 8, 6, 2, tzinfo=UTC)) == 1
    assert Response.objects.get().answers == {"more": True}


def test_what_a_device_called_its_answers_goes_after_a_week():
    collection, key = asked_in(a_centre()), uuid4()
    said = {"collection": collection, "language": "fr", "given": {"again": "yes"}, "day": DAY}
    assert record_answers(key=key, **said) == record_answers(key=key, **said)
    assert Response.objects.count() == 1
    mix_answers(at=NIGHT)
    assert record_answers(key=key, **said).key == key  # a second try after the night is still the same
    assert Response.objects.count() == 1
    assert forget_keys(at=datetime(2026, 6, 8, 2, tzinfo=UTC)) == 0
    assert forget_keys(at=datetime(2026, 6, 9, 2, tzinfo=UTC)) == 1
    assert Response.objects.get().key is None


def test_a_draft_and_its_questions_have_ordinary_keys():
    """Only what people answer is drawn: a draft is found by its number."""
    assert a_draft(a_centre()).pk < 2**40


def test_a_collection_is_found_by_an_address_that_nobody_guesses():
    version = asked_in(centre := a_centre()).version
    tokens = {a_collection(version, centre).token for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {22}
