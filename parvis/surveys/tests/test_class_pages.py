"""The page on which a class's screen is made, the teacher's screen, and the page of its code."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.surveys.actions.classes import close_round, open_round
from parvis.surveys.factories import a_class, an_open_version, answered
from parvis.surveys.models import ClassRound, Response

pytestmark = pytest.mark.django_db
EN = {"headers": {"accept-language": "en"}}


@pytest.fixture
def centre():
    return a_centre(name="Lyon", languages=["fr", "en"])


@pytest.fixture
def version(centre):
    return an_open_version(centre, audience="pupil")


@pytest.fixture
def today(centre):
    return centre.local_day(centre.now())


@pytest.fixture
def screen(centre, version, today):
    return a_class(version, centre, today)


def at(screen, more=""):
    return f"/class/{screen.token}/{more}"


def test_the_facilitator_makes_a_screen_and_gets_the_teachers_link(client, centre, version, today):
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    here = f"/c/{centre.slug}/surveys/class/"
    assert here in client.get(f"/c/{centre.slug}/surveys/").text
    said = {
        "key": str(uuid4()),
        "version": version.pk,
        "pupils": "24",
        "minutes": "30",
        "opens_on": today.isoformat(),
        "closes_on": today.isoformat(),
    }
    places = {client.post(here, said).headers["Location"] for _twice in range(2)}
    (place,) = places
    screen = ClassRound.objects.get()
    assert at(screen) in client.get(place).text
    assert f"/s/{screen.collection.token}/" not in client.get(place).text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"pupils": "9"}, "fewer than ten"),
        ({"closes_on": "1999-01-01"}, "before the first"),
        ({"closes_on": "2999-01-01"}, "two months at most"),
        ({"name": "Mr Martin Dupont"}, "Martin Dupont"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, centre, version, today, wrong, why):
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    said = {"key": str(uuid4()), "version": version.pk, "pupils": "24", "minutes": "30"}
    days = {"opens_on": today.isoformat(), "closes_on": today.isoformat()}
    page = client.post(f"/c/{centre.slug}/surveys/class/", said | days | wrong)
    assert (page.status_code, why in page.text, ClassRound.objects.count()) == (422, True, 0)


def test_without_a_questionnaire_for_pupils_the_page_says_what_to_do(client, centre):
    an_open_version(centre)
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    assert "No questionnaire for pupils is open" in client.get(f"/c/{centre.slug}/surveys/class/").text


def test_the_teachers_screen_from_its_opening_to_its_totals(client, centre, screen, today):
    ready = client.get(at(screen), **EN)
    assert "Pupils: 24. They answer with their own phones" in ready.text
    assert 'class="qr"' not in ready.text
    assert "Set-Cookie" not in ready.headers
    client.post(at(screen, "open/"))
    row = ClassRound.objects.get()
    page = client.get(at(screen), **EN).text
    assert 'class="qr"' in page
    assert f"{row.code[:3]} {row.code[3:]}" in page
    for _pupil in range(12):
        answered(screen.collection, {"again": "yes"}, today)
    assert '<b class="num">12</b>' in client.get(at(screen), **EN).text
    client.post(at(screen, "close/"))
    over = client.get(at(screen), **EN).text
    assert "Answers: 12 of 24" in over
    assert "Totals only" in over
    assert client.post(at(screen, "open/")).status_code == 302
    assert ClassRound.objects.get().state == ClassRound.State.OVER
    assert client.post(at(screen, "nothing/")).status_code == 404


def test_fewer_than_ten_show_nothing(client, centre, screen, today):
    client.post(at(screen, "open/"))
    for _pupil in range(9):
        answered(screen.collection, {"again": "yes"}, today)
    client.post(at(screen, "close/"))
    page = client.get(at(screen), **EN).text
    assert "Fewer than ten have answered." in page
    assert "class-table" not in page


def test_the_link_ends_by_itself(client, centre, version, today):
    before = a_class(version, centre, today - timedelta(days=9))
    ran = a_class(version, centre, today - timedelta(days=1))
    then = centre.now() - timedelta(days=1)
    open_round(screen=ran, at=then)
    close_round(screen=ran, at=then)
    for one in (before, ran):
        page = client.get(at(one), **EN)
        assert (page.status_code, "This screen is over" in page.text) == (410, True)
    assert client.get("/class/nothing/").status_code == 404


def test_phones_are_told_when_the_screen_is_not_open(client, screen):
    here = f"/s/{screen.collection.token}/"
    assert client.get(here).status_code == 410
    client.post(at(screen, "open/"))
    assert client.get(here).status_code == 200
    client.post(at(screen, "close/"))
    assert client.post(here, {"q-again": "yes", "key": str(uuid4())}).status_code == 410
    assert Response.objects.count() == 0


def test_six_figures_lead_to_the_questions(client, screen):
    client.post(at(screen, "open/"))
    code = ClassRound.objects.get().code
    assert client.get("/q/").status_code == 200
    for typed in (code, f" {code[:3]} {code[3:]} "):
        assert client.post("/q/", {"code": typed}).headers["Location"] == f"/s/{screen.collection.token}/"
    other = f"{(int(code) + 1) % 1_000_000:06}"
    for typed in ("", "abc", other, "9" * 400):
        page = client.post("/q/", {"code": typed}, **EN)
        assert (page.status_code, "No screen has this code" in page.text) == (422, True)
    client.post(at(screen, "close/"))
    assert client.post("/q/", {"code": code}).status_code == 422


def test_a_flood_of_codes_is_held_up(client):
    for _n in range(90):
        client.post("/q/", {"code": "111111"})
    held = client.post("/q/", {"code": "111111"})
    assert (held.status_code, held.headers["Retry-After"]) == (429, "600")


def test_the_team_sees_totals_only(client, centre, screen, today):
    client.post(at(screen, "open/"))
    for n in range(24):
        answered(screen.collection, {"again": "yes" if n else "no", "more": "Chairs"}, today)
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    page = client.get(f"/c/{centre.slug}/surveys/{screen.collection_id}/").text
    assert "Pupils are minors" in page
    assert "too few to show" in page
    assert "percent of" not in page


def test_who_may_not_and_who_is_elsewhere(client, centre, screen):
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert client.get(f"/c/{centre.slug}/surveys/class/").status_code == 403
    other = a_centre(name="Nantes")
    client.force_login(a_person(Role.FACILITATOR, centre=other))
    assert client.get(f"/c/{centre.slug}/surveys/class/").status_code == 404
    assert client.get(f"/c/{other.slug}/surveys/{screen.collection_id}/").status_code == 404
