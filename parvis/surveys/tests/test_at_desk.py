"""What an adviser may show at the end of a talk, and a screen that is handed over."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.surveys.factories import a_collection, an_open_version, asked_in
from parvis.surveys.models import Response, Sample, Way

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(name="Lyon", languages=["fr", "en"])


@pytest.fixture
def adviser(client, centre):
    client.force_login(a_person(Role.ADVISER, centre=centre))
    return client


def here(centre, more=""):
    return f"/c/{centre.slug}/opinion/{more}"


def test_a_code_for_phones_and_a_button_for_the_advisers_screen(adviser, centre):
    phone, screen = asked_in(centre, name="By phone"), asked_in(centre, way=Way.ADVISER, name="At desks")
    page = adviser.get(here(centre)).text
    assert page.count('class="qr"') == 1
    assert here(centre, f"{screen.pk}/") in page
    assert here(centre, f"{phone.pk}/") not in page


def test_what_is_not_for_visitors_at_a_desk_is_not_there(adviser, centre):
    today = centre.local_day(centre.now())
    asked_in(centre, way=Way.KIOSK)
    asked_in(centre, opens_on=today + timedelta(days=1))
    a_collection(an_open_version(centre, audience="teacher"))
    drawn = asked_in(centre, closes_on=today)
    Sample.objects.create(
        collection=drawn,
        site=centre.sites.get(),
        unit=Sample.Unit.DAY,
        method=Sample.Method.STRATIFIED,
        seed="s",
    )
    asked_in(a_centre(name="Nantes"))
    assert "No survey asks visitors at desks today" in adviser.get(here(centre)).text


def test_handing_over_signs_the_adviser_out_and_forgets_their_pages(adviser, centre):
    screen = asked_in(centre, way=Way.ADVISER)
    gone = adviser.post(here(centre, f"{screen.pk}/"))
    assert gone.headers["Location"] == f"/s/{screen.token}/"
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    assert adviser.get(here(centre)).status_code == 302, "signed out"
    asked = adviser.get(f"/s/{screen.token}/?language=en").text
    assert "data-shared" in asked
    sent = adviser.post(f"/s/{screen.token}/?language=en", {"q-again": "yes", "key": str(uuid4())})
    assert Response.objects.get().answers == {"again": "yes"}
    assert f"?next={here(centre)}" in adviser.get(sent.headers["Location"]).text


def test_only_an_advisers_screen_of_this_centre_is_handed_over(adviser, centre):
    for one in (asked_in(centre), asked_in(a_centre(name="Nantes"), way=Way.ADVISER)):
        assert adviser.post(here(centre, f"{one.pk}/")).status_code == 404
    assert adviser.get(here(centre)).status_code == 200, "still signed in"


def test_from_a_talk_the_ticket_stays_behind(adviser, centre):
    led = adviser.get(f"/c/{centre.slug}/desk/tickets/4711/opinion/")
    assert led.headers["Location"] == here(centre)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_a_fixed_number_of_queries(adviser, centre, rows, django_assert_num_queries):
    version = an_open_version(centre)
    for _row in range(rows):
        a_collection(version)
        a_collection(version, way=Way.ADVISER)
    adviser.get(here(centre))
    with django_assert_num_queries(3):
        adviser.get(here(centre))


def test_who_may_not_and_who_is_elsewhere(client, centre):
    asked_in(centre)
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert client.get(here(centre)).status_code == 403
    client.force_login(a_person(Role.ADVISER, centre=a_centre(name="Nantes")))
    assert client.get(here(centre)).status_code == 404
