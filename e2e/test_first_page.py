"""Somebody finds Parvis."""

import pytest

pytestmark = pytest.mark.journey


def test_the_first_page_opens_without_a_complaint(site, person):
    page = person("desk", language="en")
    page.goto(site + "/")
    assert page.locator("h1").count() == 1
