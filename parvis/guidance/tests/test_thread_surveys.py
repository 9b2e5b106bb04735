"""A questionnaire inside a thread: offered once, answered elsewhere, and nothing leads from one to the other."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from parvis.centres.factories import a_centre
from parvis.guidance.actions.surveys import put_survey_aside
from parvis.guidance.factories import a_thread
from parvis.guidance.models import Thread
from parvis.guidance.opened import read_surveys
from parvis.guidance.queries.visitor_surveys import offered_survey
from parvis.guidance.visitor_limits import limiter
from parvis.surveys.actions.collections import close_collection
from parvis.surveys.factories import a_collection, an_open_version
from parvis.surveys.models import Response, Way

pytestmark = pytest.mark.django_db
MINE = "/thread/mine/?language=en"
THREE_MONTHS = timedelta(days=90)
ASKS = "would like to know what became of it"


@pytest.fixture(autouse=True)
def _no_tries_before():
    limiter().storage.reset()


@pytest.fixture
def centre():
    return a_centre(name="Lyon", languages=["fr", "en"])


@pytest.fixture
def survey(centre):
    return a_collection(an_open_version(centre), way=Way.THREAD, after_days=90)


def begun(centre, before=THREE_MONTHS):
    return a_thread(centre, timezone.now() - before)


def opened_in(receipt):
    client = Client()
    assert client.post("/thread/", {"code": receipt.letters()}).status_code == 302
    return client


def address(survey):
    return f"/thread/mine/surveys/{survey.key}/?language=en"


@pytest.mark.parametrize(("days", "offered"), [(88, False), (91, True)])
def test_it_is_offered_once_the_thread_is_old_enough(centre, survey, days, offered):
    _opened, receipt = begun(centre, timedelta(days=days))
    client = opened_in(receipt)
    assert (ASKS in client.get(MINE).text) is offered
    assert client.post(address(survey)).status_code == (302 if offered else 404)


def test_it_leads_to_the_questions_and_is_not_offered_again(centre, survey):
    opened, receipt = begun(centre)
    client = opened_in(receipt)
    gone = client.post(address(survey), {"go": "1"})
    assert gone.headers["Location"] == f"/s/{survey.token}/?language=en"
    page = client.get(MINE).text
    assert ASKS not in page
    assert f"/s/{survey.token}/" in page, "who left it finds the way again"
    assert read_surveys(Thread.objects.get(), opened.key) == {survey.key}


def test_taken_up_and_put_aside_leave_the_same_trace(centre, survey):
    sizes = []
    for said in ({"go": "1"}, {}):
        opened, receipt = begun(centre)
        client = opened_in(receipt)
        for _twice in range(2):
            client.post(address(survey), said)
        now = Thread.objects.get(pk=opened.thread.pk)
        sizes.append(len(now.surveys_seen))
        assert read_surveys(now, opened.key) == {survey.key}
        assert str(survey.key).encode() not in bytes(now.surveys_seen)
    assert sizes[0] == sizes[1]


def test_an_answer_says_nothing_of_the_thread_nor_the_thread_of_the_answer(centre, survey):
    _opened, receipt = begun(centre)
    client = opened_in(receipt)
    place = client.post(address(survey), {"go": "1"}).headers["Location"]
    before = Thread.objects.values().get()
    asked = client.get(place)
    assert "thread" not in asked.text.lower()
    client.post(place, {"q-again": "yes", "key": str(uuid4())})
    assert Response.objects.get().answers == {"again": "yes"}
    assert Thread.objects.values().get() == before
    assert client.cookies["thread"]["path"] == "/thread/"


def test_only_that_of_its_own_centre_while_it_lasts(centre, survey):
    other = a_centre(name="Nantes")
    _opened, receipt = a_thread(other, timezone.now() - THREE_MONTHS)
    assert ASKS not in opened_in(receipt).get(MINE).text
    assert opened_in(receipt).post(address(survey)).status_code == 404
    link = a_collection(survey.version, way=Way.LINK)
    _own, own = begun(centre)
    client = opened_in(own)
    assert client.post(address(link)).status_code == 404
    today = centre.local_day(centre.now())
    close_collection(collection=survey, on=today - timedelta(days=1))
    assert ASKS not in client.get(MINE).text


def test_without_the_code_nothing_is_put_aside(centre, survey):
    begun(centre)
    sent = Client().post(address(survey), {"go": "1"})
    assert sent.headers["Location"].startswith("/thread/")
    assert bytes(Thread.objects.get().surveys_seen) == b""


def test_one_after_the_other(centre, survey):
    opened, _receipt = begun(centre)
    second = a_collection(survey.version, way=Way.THREAD)
    today = centre.local_day(centre.now())
    for expected in (survey, second):
        offered = offered_survey(opened, today)
        assert (offered.survey, offered.is_new) == (expected, True)
        put_survey_aside(opened=opened, survey=expected)
        opened.thread.refresh_from_db()
    assert offered_survey(opened, today).is_new is False


def test_what_is_kept_is_taken_away_and_erased_with_the_thread(centre, survey):
    opened, receipt = begun(centre)
    put_survey_aside(opened=opened, survey=survey)
    client = opened_in(receipt)
    assert client.get("/thread/mine/data/").json()["surveys_offered"] == [str(survey.key)]
