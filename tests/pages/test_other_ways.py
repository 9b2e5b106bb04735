"""An address asked in a way that it does not answer: a page for people, a problem for programs, and “Allow” for both."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.django_db
BUTTON = "/thread/close/"  # only a button asks for it
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SAID = {
    "en": "There is nothing to read here",
    "fr": "Il n’y a rien à lire ici",
    "uk": "Тут немає що читати",
    "ar": "لا شيء يُقرأ هنا",
}


@pytest.mark.parametrize("language", SAID)
def test_a_visitor_reads_why_in_their_language_and_finds_a_way_on(client, language):
    response = client.get(BUTTON, headers=HTML | {"accept-language": language})
    page = response.content.decode()
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert (response["Content-Type"], response["Content-Language"]) == ("text/html; charset=utf-8", language)
    assert f"<h1>{SAID[language]}</h1>" in page
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert 'href="/"' in page


def test_the_address_may_name_the_language(client):
    response = client.get(BUTTON, {"language": "fr"}, headers=HTML | {"accept-language": "uk"})
    assert SAID["fr"] in response.content.decode()


def test_who_signed_in_reads_it_in_the_language_of_their_account(client):
    centre = a_centre()
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="fr"))
    address = reverse("centres:order_themes", kwargs={"centre": centre.slug})
    response = client.get(address, headers=HTML | {"accept-language": "uk"})
    assert (response.status_code, response["Allow"], response["Content-Language"]) == (405, "POST", "fr")
    assert SAID["fr"] in response.content.decode()


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "options"])
def test_every_other_way_is_answered_alike(client, method):
    response = getattr(client, method)(BUTTON, headers=HTML)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert SAID["en"] in response.content.decode()


def test_head_has_the_same_answer_without_its_body(client):
    response = client.head(BUTTON, headers=HTML)
    assert (response.status_code, response["Allow"], response.content) == (405, "POST", b"")
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_what_is_sent_to_a_page_that_only_shows_something(client):
    """Such a page is there to read: it is what was sent that made no sense."""
    response = client.put("/design/", headers=HTML)
    page = response.content.decode()
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "That could not be read" in page
    assert SAID["en"] not in page


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        (reverse("reception:sensor"), {}),
        (reverse("reception:sensor"), HTML),
        ("/devices/nothing/entries/", HTML),
        ("/at-the-door/nothing/", HTML),
        (BUTTON, {"accept": "application/json"}),
        (BUTTON, {"accept": "application/problem+json"}),
    ],
)
def test_a_program_gets_a_problem(client, address, headers):
    response = client.get(address, headers=headers)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Method Not Allowed",
        "status": 405,
        "detail": "This address answers POST.",
    }


def test_it_asks_the_database_for_nothing(settings):
    """The page of a missing address costs as much; what a view asked before it refused stays the view's."""
    centre = a_centre()
    person = a_person(Role.DIRECTOR, centre=centre)
    inside = reverse("centres:order_themes", kwargs={"centre": centre.slug})

    def queries(address: str, status: int, *, signed_in: bool) -> int:
        client = Client()
        if signed_in:
            client.force_login(person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, headers=HTML).status_code == status
        return len(asked)

    for signed_in, n in ((False, 0), (True, 1)):  # who it is
        assert queries(BUTTON, 405, signed_in=signed_in) == n
        assert queries("/nowhere/", 404, signed_in=signed_in) == n
    with_page = queries(inside, 405, signed_in=True)
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if not one.endswith("OtherWays")]
    assert queries(inside, 405, signed_in=True) == with_page
