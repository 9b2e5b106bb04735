"""What is kept of answers, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.centres.factories import a_centre, a_ready_centre
from parvis.centres.models import CodeList
from parvis.partners.factories import an_institution
from parvis.surveys.actions.answering import (
    NotAskedNow,
    NothingAnswered,
    NotRight,
    count_refusal,
    record_answers,
)
from parvis.surveys.actions.collections import IsAnonymous, Put, close_collection, open_collection
from parvis.surveys.actions.forgetting import forget_keys
from parvis.surveys.actions.versions import close_version, open_version
from parvis.surveys.answers import Wrong, check
from parvis.surveys.factories import a_collection, a_draft, a_question_in, an_open_version, answered, asked_in
from parvis.surveys.models import QuestionKind, Refusals, Response, Version, Way, Words
from parvis.surveys.queries.choices import choices_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
ALL = {
    "again": "no",
    "why_not": "wait",
    "themes": ["job", "choose"],
    "welcome": "4",
    "hours": " 7 ",
    "since": "2026-05-01",
    "places": {"desk": "good", "library": "bad"},
    "sure": {"before": "2", "now": "5"},
    "more": "Chairs by the window",
}
KEPT = ALL | {
    "themes": ["choose", "job"],
    "welcome": 4,
    "hours": 7,
    "sure": {"before": 2, "now": 5},
    "more": True,
}


def test_each_kind_of_answer_is_kept_in_one_form():
    response = answered(asked_in(a_centre()), ALL, DAY, "fr")
    assert (response.answers, response.day, response.language) == (KEPT, DAY, "fr")


def test_an_answer_to_a_question_that_was_not_asked_is_dropped():
    response = answered(asked_in(a_centre()), {"again": "yes", "why_not": "nonsense"}, DAY)
    assert response.answers == {"again": "yes"}


@pytest.mark.parametrize(
    ("key", "given", "wrong"),
    [
        ("again", "perhaps", Wrong.NOT_OFFERED),
        ("again", ["yes"], Wrong.NOT_OFFERED),
        ("themes", ["job", "moon"], Wrong.NOT_OFFERED),
        ("welcome", "6", Wrong.OUT_OF_RANGE),
        ("welcome", "good", Wrong.NOT_A_NUMBER),
        ("hours", "1.5", Wrong.NOT_A_NUMBER),
        ("hours", "9" * 40, Wrong.NOT_A_NUMBER),
        ("since", "yesterday", Wrong.NOT_A_DAY),
        ("places", {"roof": "good"}, Wrong.NOT_OFFERED),
        ("places", {"desk": "middling"}, Wrong.NOT_OFFERED),
        ("sure", {"before": "2"}, Wrong.NEEDED),
        ("sure", {"before": "2", "now": "9"}, Wrong.OUT_OF_RANGE),
        ("more", "x" * 281, Wrong.TOO_LONG),
        ("more", "Ask Mr Martin Dupont", Wrong.NAMES_SOMEBODY),
        ("more", "Call me on 06 12 34 56 78", Wrong.NAMES_SOMEBODY),
        ("more", "martin@example.org knows", Wrong.NAMES_SOMEBODY),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(key, given, wrong):
    collection = asked_in(a_centre())
    with pytest.raises(NotRight) as refusal:
        answered(collection, {"themes": ["job"]} | {key: given}, DAY)
    assert {asked: fault.wrong for asked, fault in refusal.value.faults.items()} == {key: wrong}
    assert (Response.objects.count(), Words.objects.count()) == (0, 0)


def test_an_answer_that_is_needed_is_asked_for_only_where_its_question_is_asked():
    version = a_draft(centre := a_centre())
    a_question_in(version, "first")
    a_question_in(version, "then", QuestionKind.TEXT, only_if={"first": ["no"]}, required=True)
    a_question_in(version, "some", QuestionKind.SEVERAL, options=["a", "b", "c"], most=2)
    whole = Version.objects.whole().get(pk=version.pk)

    def look(given):
        return check(whole, choices_of(whole, centre, DAY), given, country="FR")

    assert look({"first": "yes"}).faults == {}
    assert {key: fault.wrong for key, fault in look({"first": "no"}).faults.items()} == {"then": Wrong.NEEDED}
    assert look({"some": ["a", "b", "c"]}).faults["some"].wrong == Wrong.TOO_MANY


def test_answers_from_a_list_are_the_centres_own_of_that_day():
    centre = a_ready_centre()
    version = a_draft(centre)
    a_question_in(version, "age", QuestionKind.CHOICE, code_list=CodeList.AGE_BAND)
    version = open_version(version=version, languages=["en", "fr"], on=DAY)
    collection = a_collection(version, opens_on=DAY)
    code = centre.codes.filter(list=CodeList.AGE_BAND).first()
    assert answered(collection, {"age": code.key}, DAY).answers == {"age": code.key}
    code.valid_to = date(2026, 7, 1)
    code.save()
    with pytest.raises(NotRight):
        answered(collection, {"age": code.key}, date(2026, 7, 1))


def test_answers_are_taken_while_the_survey_lasts():
    version = an_open_version(centre := a_centre())
    collection = a_collection(version, opens_on=DAY, closes_on=date(2026, 6, 3), languages=["fr"])
    for day, language in [(date(2026, 5, 31), "fr"), (date(2026, 6, 4), "fr"), (DAY, "en"), (DAY, "xx")]:
        with pytest.raises(NotAskedNow):
            answered(collection, ALL, day, language)
    answered(collection, ALL, date(2026, 6, 3), "fr")
    close_collection(collection=collection, on=DAY)
    with pytest.raises(NotAskedNow):
        answered(collection, ALL, date(2026, 6, 2), "fr")
    other = a_collection(version, centre)
    close_version(version=version, on=DAY)
    with pytest.raises(NotAskedNow):
        answered(other, ALL, DAY)


def test_nothing_at_all_is_no_answer():
    with pytest.raises(NothingAnswered):
        answered(asked_in(a_centre()), {"again": "", "themes": [], "more": "  "}, DAY)


def test_the_same_key_in_another_survey_is_another_answer_never_this_one():
    first, second, key = asked_in(centre := a_centre()), asked_in(centre), uuid4()
    said = {"key": key, "language": "en", "given": {"again": "yes"}, "day": DAY}
    one = record_answers(collection=first, **said)
    assert record_answers(collection=first, **said | {"given": {"again": "no"}}) == one
    assert record_answers(collection=second, **said).collection == second


def test_refusals_are_totals_of_a_day():
    collection = asked_in(a_centre())
    for kind, day in [
        ("declined", DAY),
        ("declined", DAY),
        ("unfinished", DAY),
        ("declined", date(2026, 6, 2)),
    ]:
        count_refusal(collection=collection, key=uuid4(), kind=Refusals.Kind(kind), day=day)
    assert sorted(Refusals.objects.values_list("day", "kind", "number")) == [
        (DAY, "declined", 2),
        (DAY, "unfinished", 1),
        (date(2026, 6, 2), "declined", 1),
    ]


def test_a_refusal_that_is_sent_again_counts_once_and_its_key_is_forgotten():
    collection, keys = asked_in(a_centre()), [uuid4(), uuid4()]
    for key in (*keys, *keys):
        count_refusal(collection=collection, key=key, kind=Refusals.Kind.DECLINED, day=DAY)
    row = Refusals.objects.get()
    assert (row.number, row.keys) == (2, sorted(str(key) for key in keys))
    noon = datetime.combine(DAY, time(12), UTC)
    assert [forget_keys(at=noon + timedelta(days=days)) for days in (7, 8, 8)] == [0, 1, 0]
    row.refresh_from_db()
    assert (row.number, row.keys) == (2, [])


def test_only_what_is_not_anonymous_is_put_to_one_institution():
    centre = a_centre()
    relation = an_institution(centre, "A school")
    put = Put(way=Way.LINK, opens_on=DAY, languages=["en"], institution=relation.institution)
    with pytest.raises(IsAnonymous):
        open_collection(version=an_open_version(centre), holder=centre, key=uuid4(), put=put)
    known = an_open_version(centre, audience="partner", anonymous=False)
    made = open_collection(version=known, holder=centre, key=uuid4(), put=put)
    assert made.institution == relation.institution
