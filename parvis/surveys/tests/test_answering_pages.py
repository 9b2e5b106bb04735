"""The pages on which surveys are answered."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from parvis.centres.factories import a_centre
from parvis.surveys.factories import asked_in
from parvis.surveys.models import Refusals, Response, Way, Words

pytestmark = pytest.mark.django_db
ALL = {
    "q-again": "no",
    "q-why_not": "wait",
    "q-themes": ["job", "choose"],
    "q-welcome": "4",
    "q-hours": "7",
    "q-since": "2026-05-01",
    "q-places.desk": "good",
    "q-places.library": "bad",
    "q-sure.before": "2",
    "q-sure.now": "5",
    "q-more": "Chairs by the window",
}


@pytest.fixture
def centre():
    return a_centre(name="Lyon", languages=["fr", "en", "ar"])


def address(collection, more=""):
    return f"/s/{collection.token}/{more}"


def test_each_kind_of_question_is_asked_in_the_language_chosen(client, centre, django_assert_num_queries):
    collection = asked_in(centre)
    with django_assert_num_queries(8):
        page = client.get(address(collection, "?language=fr")).text
    for kind in ("yes_no", "choice", "several", "scale", "number", "date", "grid", "pair", "text"):
        assert f"survey-{kind}" in page
    assert '<html lang="fr" dir="ltr">' in page
    assert "À propos de again ?" in page
    assert "Avant" in page
    assert "Set-Cookie" not in client.get(address(collection)).headers


def test_what_is_sent_is_kept_once_and_says_nothing_else(client, centre):
    collection, key = asked_in(centre), uuid4()
    for _twice in range(2):
        sent = client.post(address(collection, "?language=fr"), ALL | {"key": str(key)})
        assert (sent.status_code, sent.headers["Location"]) == (
            302,
            address(collection, "?language=fr&thanks=1"),
        )
    kept = Response.objects.get()
    assert (kept.key, kept.language, kept.day) == (key, "fr", centre.local_day(centre.now()))
    assert kept.answers["places"] == {"desk": "good", "library": "bad"}
    assert kept.answers["sure"] == {"before": 2, "now": 5}
    assert {field.name for field in Response._meta.get_fields()} == {
        *("id", "key", "collection", "day", "language", "answers")
    }
    assert Words.objects.get().text == "Chairs by the window"


def test_without_a_script_each_section_is_a_page_and_answers_go_along(client, centre):
    collection = asked_in(centre)
    page = client.post(address(collection), {"q-again": "no", "go": "0", "key": str(uuid4())}).text
    assert 'name="q-again" value="no" checked' in page
    asked = page.index('data-question="why_not"')
    assert "hidden" not in page[asked : asked + 90].split(">")[0].replace("data-needed hidden", "")
    assert Response.objects.count() == 0


def test_a_question_that_is_not_asked_is_hidden_and_its_answer_dropped(client, centre):
    collection = asked_in(centre)
    page = client.get(address(collection)).text
    tag = page[page.index('data-question="why_not"') :].split(">")[0]
    assert " hidden" in tag
    client.post(address(collection), {"q-again": "yes", "q-why_not": "wait", "key": str(uuid4())})
    assert Response.objects.get().answers == {"again": "yes"}


def test_what_is_wrong_is_said_beside_the_question_and_the_rest_stays(client, centre):
    collection = asked_in(centre)
    sent = {"q-again": "yes", "q-hours": "99", "q-more": "Call 06 12 34 56 78", "key": str(uuid4())}
    page = client.post(address(collection, "?language=en"), sent)
    assert page.status_code == 422
    assert "Please give a number from 0 to 24." in page.text
    assert "06 12 34 56 78" in page.text
    assert 'value="yes" checked' in page.text
    assert sent["key"] in page.text
    nothing = client.post(address(collection, "?language=en"), {"key": str(uuid4())})
    assert (nothing.status_code, "There is no answer yet" in nothing.text) == (422, True)
    assert Response.objects.count() == 0


def test_a_key_that_is_none_is_replaced(client, centre):
    client.post(address(collection := asked_in(centre)), {"q-again": "yes", "key": "mine"})
    assert isinstance(Response.objects.get(collection=collection).key, UUID)


def test_no_thanks_and_what_was_left_are_counted_as_totals(client, centre):
    collection = asked_in(centre, way=Way.KIOSK)
    for said in ("declined", "declined", "unfinished"):
        sent = client.post(address(collection), {said: "1"})
        assert "declined=1" in sent.headers["Location"]
    assert sorted(Refusals.objects.values_list("kind", "number")) == [("declined", 2), ("unfinished", 1)]


def test_a_survey_that_is_over_or_none_says_so(client, centre):
    today = centre.local_day(centre.now())
    over = asked_in(centre, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    for answer in (client.get(address(over)), client.post(address(over), ALL)):
        assert answer.status_code == 410
    paper = asked_in(centre, way=Way.PAPER)
    assert [client.get(one).status_code for one in (address(paper), "/s/nothing/")] == [404, 404]
    assert Response.objects.count() == 0


def test_a_shared_screen_speaks_the_houses_language_and_a_phone_its_own(client, centre):
    asks = {"headers": {"accept-language": "ar"}}
    kiosk, link = asked_in(centre, way=Way.KIOSK), asked_in(centre)
    assert '<html lang="fr"' in client.get(address(kiosk), headers={"accept-language": "en"}).text
    assert '<html lang="en"' in client.get(address(link), headers={"accept-language": "en"}).text
    assert '<html lang="fr"' in client.get(address(link), **asks).text  # not worded in Arabic


def test_a_flood_is_held_up_and_kept_on_the_device(client, centre):
    collection = asked_in(centre)
    for _n in range(120):
        client.post(address(collection), {"q-again": "yes", "key": str(uuid4())})
    held = client.post(address(collection), {"q-again": "yes", "key": str(uuid4())})
    assert (held.status_code, held.headers["Retry-After"], Response.objects.count()) == (429, "600", 120)
