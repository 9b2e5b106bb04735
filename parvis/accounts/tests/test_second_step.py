"""Authenticator app, recovery codes, and where one is signed in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from parvis.accounts.models import User

pytestmark = pytest.mark.django_db
GOOD = "a wide open square"


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def ana(client):
    person = User.objects.create_user("ana@example.org", GOOD, name="Ana")
    client.post("/account/login/", {"login": "ana@example.org", "password": GOOD})
    return person


def with_app(client):
    """Sets up an authenticator app as a person would; returns its secret."""
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    client.post(asked["Location"], {"password": GOOD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    done = client.post("/account/2fa/totp/activate/", {"code": code_for(secret)}, follow=True)
    assert "Recovery codes" in done.content.decode()
    return secret


def test_the_app_is_asked_for_after_the_password(client, ana):
    secret = with_app(client)
    browser = Client()
    first = browser.post("/account/login/", {"login": "ana@example.org", "password": GOOD})
    assert first["Location"] == "/account/2fa/authenticate/"
    assert browser.get("/account/").status_code == 302
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    cache.clear()  # the app's own code was used a moment ago to set it up
    browser.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    assert browser.get("/account/").status_code == 200


def test_a_copy_of_the_database_alone_opens_no_account(client, ana):
    secret = with_app(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_a_recovery_code_works_once(client, ana):
    with_app(client)
    code = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
    for works in (True, False):
        browser = Client()
        browser.post("/account/login/", {"login": "ana@example.org", "password": GOOD})
        browser.post("/account/2fa/authenticate/", {"code": code})
        assert (browser.get("/account/").status_code == 200) is works


def test_the_codes_are_ten_and_can_be_downloaded(client, ana):
    with_app(client)
    text = client.get("/account/2fa/recovery-codes/download/").content.decode()
    assert len([line for line in text.splitlines() if line.strip().isdigit()]) == 10


@pytest.mark.parametrize(
    "path",
    ["2fa/", "2fa/passkeys/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/", "2fa/passkeys/add/"]
    + ["sessions/", "password/change/", "roles/", ""],
)
def test_each_page_speaks_like_parvis(client, ana, path):
    with_app(client)
    page = client.get(f"/account/{path}").content.decode()
    assert page.count("<h1") == 1
    assert 'class="frame' in page


def test_an_app_that_is_turned_off_is_not_asked_for(client, ana):
    with_app(client)
    client.post("/account/2fa/totp/deactivate/")
    browser = Client()
    assert browser.post("/account/login/", {"login": "ana@example.org", "password": GOOD})["Location"] == "/"


def elsewhere():
    browser = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0"})
    browser.post("/account/login/", {"login": "ana@example.org", "password": GOOD})
    return browser


def test_sessions_are_listed_and_ended_one_by_one(client, ana):
    one, two = elsewhere(), elsewhere()
    page = client.get("/account/sessions/").content.decode()
    assert page.count("Firefox, Linux") == 2
    session = UserSession.objects.get(session_key=one.session.session_key)
    client.post(f"/account/sessions/{session.pk}/end/")
    assert [browser.get("/account/").status_code for browser in (client, one, two)] == [200, 302, 200]


def test_all_other_sessions_are_ended_at_once(client, ana):
    one, two = elsewhere(), elsewhere()
    client.post("/account/sessions/")
    assert [browser.get("/account/").status_code for browser in (client, one, two)] == [200, 302, 302]


def test_nobody_ends_a_session_of_somebody_else(client, ana):
    session = UserSession.objects.get()
    other = Client()
    other.force_login(User.objects.create_user("jo@example.org", name="Jo"))
    assert other.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert client.get("/account/").status_code == 200


def test_a_new_password_ends_the_other_sessions(client, ana):
    other = elsewhere()
    new = "another wide square"
    client.post("/account/password/change/", {"oldpassword": GOOD, "password1": new, "password2": new})
    assert [browser.get("/account/").status_code for browser in (client, other)] == [200, 302]
