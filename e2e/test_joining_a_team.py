"""A director invites somebody, who chooses a password, comes in, and later signs in with a passkey alone."""

import re

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.journey
GOOD = "a wide open square"


INSIDE = re.compile(r"^https?://[^/]+/(?!account/|invitations/)")
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_device(page):
    """Gives the browser a device that recognises its person at once."""
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def link_from_the_director(page, site, accessible):
    """What the director copies, after filling in the page with the keyboard."""
    page.goto(site + "/c/lyon/team/")
    accessible(page)
    page.get_by_role("link", name="Invite somebody").press("Enter")
    page.get_by_label("E-mail").fill("jo@example.org")
    page.get_by_label("Adviser").press("Space")
    accessible(page)
    page.get_by_label("E-mail").press("Enter")
    page.wait_for_selector("#link")
    accessible(page)
    return page.locator("#link").input_value()


def come_in(page, link, accessible):
    """A new colleague's own page."""
    page.goto(link)
    accessible(page)
    page.get_by_label("Name").fill("Jo")
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("button", name="Come in").press("Enter")
    page.wait_for_url(INSIDE)


def add_a_passkey(page, site, accessible):
    """The password once more, then the device, then the codes for the day it is lost."""
    page.goto(site + "/account/2fa/passkeys/add/")
    accessible(page)
    page.get_by_label("Password").fill(GOOD)
    page.get_by_role("button", name="Go on").press("Enter")
    page.get_by_label("A name for it").fill("my phone")
    accessible(page)
    page.get_by_label("Let it open my account without a password").press("Space")
    page.get_by_role("button", name="Ask the device").press("Enter")
    page.wait_for_url("**/2fa/recovery-codes/")
    accessible(page)
    assert page.locator(".codes li").count() == 10


def test_from_the_invitation_to_a_passkey(site, person, accessible):
    centre = a_centre(slug="lyon", name="Lyon", languages=["en", "fr"])
    ana = a_person(Role.DIRECTOR, centre=centre, name="Ana", language="en")
    link = link_from_the_director(person("desk", language="en", user=ana), site, accessible)

    phone = with_a_device(person("phone", language="en"))
    come_in(phone, link, accessible)
    add_a_passkey(phone, site, accessible)

    phone.goto(site + "/account/logout/")
    phone.get_by_role("button", name="Sign out").press("Enter")
    phone.wait_for_url(site + "/")
    phone.goto(site + "/account/login/")
    accessible(phone)
    phone.get_by_role("button", name="Sign in with a passkey").press("Enter")
    phone.wait_for_url(INSIDE)
    phone.goto(site + "/account/")
    assert phone.get_by_label("Name").input_value() == "Jo"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("device", ["desk", "phone"])
def test_each_page_of_ones_own_account_is_accessible(site, person, accessible, device, language):
    page = person(device, language=language, user=a_person(name="Jo", language=language))
    own = ["", "2fa/", "2fa/passkeys/", "sessions/", "roles/", "password/set/", "logout/"]
    for path in own:
        page.goto(f"{site}/account/{path}")
        accessible(page)
    page = person(device, language=language)
    for path in ("login/", "password/reset/", "password/reset/done/", "inactive/", "password/reset/key/1-x/"):
        page.goto(f"{site}/account/{path}")
        accessible(page)


def test_a_device_that_knows_nobody_says_so(site, person, accessible):
    page = with_a_device(person("desk", language="en"))
    page.goto(site + "/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.get_by_role("alert").wait_for()
    assert "Nothing has changed" in page.get_by_role("alert").inner_text()
    accessible(page)


def test_a_removal_is_undone_by_keyboard(site, person, accessible):
    centre = a_centre(slug="lyon", name="Lyon")
    ana = a_person(Role.DIRECTOR, centre=centre, name="Ana", language="en")
    jo = a_person(Role.ADVISER, centre=centre, name="Jo")
    page = person("desk", language="en", user=ana)
    page.goto(site + "/c/lyon/team/")
    page.get_by_role("link", name="Remove Jo").press("Enter")
    page.wait_for_url("**/removal/")
    accessible(page)
    page.get_by_role("button", name="Remove from the team").press("Enter")
    page.get_by_role("button", name="Undo").wait_for()
    accessible(page)
    assert not jo.assignments.exists()
    page.get_by_role("button", name="Undo").press("Enter")
    page.get_by_text("Jo is back in the team.").wait_for()
    assert [one.role for one in jo.assignments.all()] == ["adviser"]
