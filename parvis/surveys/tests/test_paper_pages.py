"""The pages on which filled sheets are typed in."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.surveys.actions.paper import finish_batch
from parvis.surveys.factories import a_collection, a_pile, asked_in
from parvis.surveys.models import PaperBatch, Refusals, Response, Way

pytestmark = pytest.mark.django_db
SENT = {"q-again": "no", "q-why_not": "wait", "q-themes": ["job"], "q-sure.before": "2", "q-sure.now": "5"}


@pytest.fixture
def centre():
    return a_centre(name="Lyon", languages=["fr", "en"])


@pytest.fixture
def survey(centre):
    return asked_in(centre, way=Way.PAPER)


@pytest.fixture
def today(centre):
    return centre.local_day(centre.now())


@pytest.fixture
def clerk(client, centre):
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    return client


def at(centre, more=""):
    return f"/c/{centre.slug}/sheets/{more}"


def test_a_pile_is_begun_and_typed_in_sheet_by_sheet(clerk, centre, survey, today):
    assert at(centre, f"{survey.pk}/") in clerk.get(at(centre)).text
    said = {"key": str(uuid4()), "day": today.isoformat(), "language": "fr", "sheets": "3"}
    places = {clerk.post(at(centre, f"{survey.pk}/"), said).headers["Location"] for _twice in range(2)}
    (here,) = places
    assert PaperBatch.objects.count() == 1
    page = clerk.get(here).text
    assert "0 of 3" in page
    assert 'data-code="2"' in page
    for _twice in range(2):
        assert clerk.post(here, SENT | {"key": said["key"]}).headers["Location"] == here
    assert Response.objects.get().answers["sure"] == {"before": 2, "now": 5}
    assert "1 of 3" in clerk.get(here).text


def test_blank_unreadable_back_and_the_end(clerk, centre, survey, today):
    pile = a_pile(survey, today, sheets=4)
    here = at(centre, f"{pile.key}/")
    for deed in ("declined", "unreadable"):
        clerk.post(f"{here}{deed}/", {"key": str(uuid4())})
    assert sorted(Refusals.objects.values_list("kind", "number")) == [("declined", 1), ("unreadable", 1)]
    clerk.post(here, SENT | {"key": (key := str(uuid4()))})
    assert key in clerk.get(here).text
    for _twice in range(2):
        clerk.post(f"{here}back/", {"key": key})
    assert Response.objects.count() == 0
    done = clerk.post(f"{here}finish/", follow=True)
    assert "Typed in: 0. Blank: 1. Unreadable: 1." in done.text
    assert "Sheets that were announced and not typed in: 2." in done.text
    assert clerk.get(here).headers["Location"] == at(centre)
    late = clerk.post(here, SENT | {"key": str(uuid4())}, follow=True)
    assert "finished meanwhile" in late.text
    assert Response.objects.count() == 0
    assert clerk.post(f"{here}nothing/", {"key": str(uuid4())}).status_code == 404


def test_what_is_wrong_is_said_beside_the_question_and_the_rest_stays(clerk, centre, survey, today):
    here = at(centre, f"{a_pile(survey, today).key}/")
    page = clerk.post(here, SENT | {"key": (key := str(uuid4())), "q-hours": "99"})
    assert (page.status_code, Response.objects.count()) == (422, 0)
    assert "Please give a number from 0 to 24." in page.text
    assert 'value="wait" data-code="2" checked' in page.text
    assert key in page.text
    empty = clerk.post(here, {"key": key})
    assert (empty.status_code, "Nothing is marked on this sheet." in empty.text) == (422, True)


def test_a_day_to_come_or_on_which_nobody_was_asked_is_refused(clerk, centre, survey, today):
    for day, why in (
        (today + timedelta(days=1), "not come yet"),
        (today.replace(year=1999), "Nobody was asked"),
    ):
        said = {"key": str(uuid4()), "day": day.isoformat(), "language": "fr"}
        page = clerk.post(at(centre, f"{survey.pk}/"), said)
        assert (page.status_code, why in page.text) == (422, True)
    assert PaperBatch.objects.count() == 0


def test_the_list_shows_open_piles_at_the_same_number_of_queries(
    clerk, centre, survey, today, django_assert_num_queries
):
    a_pile(survey, today, sheets=30)
    clerk.get(at(centre))
    with django_assert_num_queries(4):
        assert "0 of 30" in clerk.get(at(centre)).text
    for _more in range(2):
        a_pile(a_collection(survey.version, way=Way.PAPER), today)
        finish_batch(batch=a_pile(survey, today, sheets=77))
    with django_assert_num_queries(4):
        page = clerk.get(at(centre)).text
    assert "0 of 77" not in page


def test_a_centre_without_paper_says_so(clerk, centre):
    asked_in(centre)
    assert "No survey is on paper" in clerk.get(at(centre)).text


def test_the_printed_sheet_and_only_in_the_surveys_languages(clerk, centre, survey):
    made = clerk.get(at(centre, f"{survey.pk}/fr.pdf"))
    assert (made.status_code, made.content[:5]) == (200, b"%PDF-")
    assert clerk.get(at(centre, f"{survey.pk}/ar.pdf")).status_code == 404


def test_the_survey_leads_to_the_sheets_and_has_no_poster(client, centre, survey):
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    page = client.get(f"/c/{centre.slug}/surveys/{survey.pk}/").text
    assert at(centre) in page
    assert f"/s/{survey.token}/" not in page
    assert client.get(f"/c/{centre.slug}/surveys/{survey.pk}/poster/").status_code == 404


def test_who_may_not_and_who_is_elsewhere(client, centre, survey, today):
    pile = a_pile(survey, today)
    places = [at(centre), at(centre, f"{survey.pk}/"), at(centre, f"{pile.key}/")]
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre))
    assert [client.get(one).status_code for one in places] == [403] * 3
    other = a_centre(name="Nantes")
    client.force_login(a_person(Role.RECEPTIONIST, centre=other))
    assert [client.get(one).status_code for one in places] == [404] * 3
    assert client.get(at(other, f"{pile.key}/")).status_code == 404
    assert client.get(at(other, f"{survey.pk}/")).status_code == 404
