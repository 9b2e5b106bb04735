"""The frames: a menu on a phone, a look that is remembered, a question before something that matters."""

from __future__ import annotations

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person, a_ready_centre

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("part", ["", "parts/", "forms/", "visitors/", "charts/"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_living_page_can_be_used_by_everybody(site, person, accessible, part, language):
    page = person("desk")
    page.goto(f"{site}/design/{part}?language={language}")
    accessible(page)


@pytest.mark.parametrize("part", ["", "parts/", "forms/", "visitors/", "charts/"])
def test_in_the_dark_too_and_nothing_leaves_the_phone_s_width(site, person, accessible, part):
    page = person("phone", color_scheme="dark")
    page.goto(f"{site}/design/{part}")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_look_is_remembered_on_the_device(site, person):
    page = person("desk", language="en")
    page.goto(f"{site}/design/")
    page.get_by_role("button", name="Dark").click()
    page.goto(f"{site}/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 25, 30)"


def test_a_question_is_asked_and_no_means_no(site, person):
    page = person("desk", language="en")
    page.goto(f"{site}/design/parts/")
    void = page.get_by_role("button", name="Void Heron 12")
    void.click()
    page.get_by_role("button", name="No, go back").click()
    assert not page.get_by_role("dialog").is_visible()
    assert void.evaluate("button => button === document.activeElement"), "focus is back where it was"
    void.click()
    with page.expect_navigation():
        page.get_by_role("button", name="Void the ticket").click()


def test_at_twice_the_size_nothing_is_cut(site, person):
    page = person("desk", viewport={"width": 640, "height": 400})
    for address in ("/", "/design/parts/", "/design/charts/"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_menu_of_a_centre_on_a_phone(site, person, accessible):
    centre = a_ready_centre()
    page = person("phone", language="en", user=a_person(Role.DIRECTOR, centre=centre, language="en"))
    page.goto(site)
    accessible(page)
    page.get_by_role("link", name="Announcement").click()
    page.wait_for_url("**/announcements/")
    accessible(page)
    page.get_by_role("button", name="Menu").click()
    menu = page.get_by_role("navigation", name=centre.name)
    assert menu.get_by_role("link", name="Announcement").get_attribute("aria-current") == "page"
    accessible(page)
    menu.get_by_role("button", name="Close").click()
    assert not menu.is_visible()


def test_one_signs_out_from_any_page(site, person):
    page = person("desk", language="en", user=a_person(Role.ADVISER, centre=a_ready_centre(), language="en"))
    page.goto(site)
    page.locator(".person > button").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(site + "/")
    assert page.get_by_role("link", name="Sign in", exact=True).is_visible()
