"""Error pages say what happened, what was kept, and what to do, in the language of the page."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


@pytest.mark.django_db
def test_an_address_that_leads_nowhere(client):
    response = client.get("/nowhere/", headers={"accept-language": "fr"})
    assert response.status_code == 404
    assert "Rien n’est perdu" in response.content.decode()


@pytest.mark.django_db
def test_a_form_that_was_open_for_too_long():
    response = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "a"})
    assert response.status_code == 403
    assert "Nothing was changed" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "500.html"]
)
def test_each_comes_out_without_any_context(name):
    page = render_to_string(name)
    assert 'href="/"' in page
    assert "<h1>" in page


def test_visitors_read_them_in_their_language():
    with translation.override("ar"):
        page = render_to_string("500.html")
    assert 'dir="rtl"' in page
    assert "Something went wrong" not in page
