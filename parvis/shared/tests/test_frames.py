"""The frames that every page stands in."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.utils import translation


@pytest.mark.django_db
def test_home_stands_in_the_staff_frame(client):
    page = client.get("/").content.decode()
    assert 'lang="en" dir="ltr"' in page
    assert 'href="#main"' in page
    assert "hx-headers" in page


def test_a_visitors_page_follows_the_language_and_its_direction():
    with translation.override("ar"):
        page = render_to_string("shared/visitor/page.html")
    assert 'lang="ar" dir="rtl"' in page
    assert "ground.rtl.css" in page
    assert "<nav" not in page
