"""Signing in: by address and password, without telling strangers who has an account."""

import re

import pytest
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import NoReverseMatch, reverse

from parvis.accounts.models import User

pytestmark = pytest.mark.django_db
GOOD = "a wide open square"
LOGIN = "/account/login/"


@pytest.fixture
def ana():
    return User.objects.create_user("ana@example.org", GOOD, name="Ana", language="fr")


def sign_in(client, email, password, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def words(response):
    """What a page says, without what differs each time it is drawn."""
    return re.sub(r'value="[^"]*"|"[A-Za-z0-9]{64}"', "", response.content.decode())


def test_the_right_password_opens_the_first_page_in_ones_own_language(client, ana):
    response = sign_in(client, "ANA@example.org", GOOD, follow=True)
    assert response.redirect_chain == [(reverse("website:home"), 302)]
    assert response.wsgi_request.user == ana
    assert 'lang="fr"' in response.content.decode()


def test_passwords_are_kept_with_argon2(ana):
    assert ana.password.startswith("argon2$argon2id$")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, ana):
    wrong = sign_in(client, "ana@example.org", "not the right one")
    unknown = sign_in(client, "nobody@example.org", "not the right one")
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert words(wrong) == words(unknown)
    assert "nobody@example.org" in unknown.content.decode()  # what was typed is kept, except the password


def test_both_cost_the_same_slow_hash(client, ana, monkeypatch):
    hashed = []
    argon2 = hashers.Argon2PasswordHasher
    encode, verify = argon2.encode, argon2.verify
    monkeypatch.setattr(argon2, "encode", lambda *args, **more: hashed.append("e") or encode(*args, **more))
    monkeypatch.setattr(argon2, "verify", lambda *args, **more: hashed.append("v") or verify(*args, **more))
    sign_in(client, "ana@example.org", "not the right one")
    assert hashed == ["v"]
    sign_in(client, "nobody@example.org", "not the right one")
    assert hashed == ["v", "e"]


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_after_five_wrong_tries_an_address_waits_known_or_not(client, ana, email):
    for _try in range(5):
        sign_in(client, email, "not the right one")
    sixth = sign_in(client, email, GOOD)
    assert sixth.wsgi_request.user.is_anonymous
    assert "Too many failed login attempts" in sixth.content.decode()


def test_tries_are_counted_where_every_process_sees_them(client, ana, settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    sign_in(client, "ana@example.org", "not the right one")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM parvis_cache")
        keys = [key for (key,) in cursor.fetchall()]
    assert any("login_failed" in key for key in keys)
    assert not any("ana@" in key for key in keys)  # the address itself is only there as a digest


def test_thirty_tries_a_minute_from_one_place_are_too_many(client):
    for _try in range(30):
        client.post(LOGIN, {"login": "", "password": ""})
    response = client.post(LOGIN, {"login": "", "password": ""})
    assert response.status_code == 429
    assert "Wait five minutes" in response.content.decode()
    cache.clear()


def test_somebody_whose_account_is_closed_is_told_so_with_the_right_password_only(client, ana):
    ana.is_active = False
    ana.save()
    assert sign_in(client, "ana@example.org", GOOD, follow=True).redirect_chain == [
        ("/account/inactive/", 302)
    ]
    assert sign_in(client, "ana@example.org", "not the right one").status_code == 200


def test_signing_in_leads_back_to_the_page_that_asked_for_it(client, ana):
    response = client.post(f"{LOGIN}?next=/account/roles/", {"login": "ana@example.org", "password": GOOD})
    assert response["Location"] == "/account/roles/"


def test_signing_in_leads_to_no_other_host(client, ana):
    response = client.post(f"{LOGIN}?next=//evil.example/", {"login": "ana@example.org", "password": GOOD})
    assert response["Location"] == reverse("website:home")


def test_signing_out_needs_a_click(client, ana):
    client.force_login(ana)
    assert client.get("/account/logout/").wsgi_request.user.is_authenticated
    assert client.post("/account/logout/").wsgi_request.user.is_anonymous


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_confirm_email", "account_email_verification_sent"]
    + ["account_confirm_login_code", "account_request_login_code", "socialaccount_connections"],
)
def test_what_makes_no_sense_here_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/account/signup/", "/account/email/", "/account/3rdparty/"])
def test_guessed_addresses_of_the_library_are_not_there(client, path):
    assert client.get(path).status_code == 404


def test_a_forgotten_password_is_replaced_through_the_mail(client, ana):
    done = client.post("/account/password/reset/", {"email": "ana@example.org"}, follow=True)
    assert done.redirect_chain == [("/account/password/reset/done/", 302)]
    assert mail.outbox[0].subject == "Choisissez un nouveau mot de passe"  # her language, not the browser's
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    new = "another wide square"
    assert client.post(address, {"password1": new, "password2": new}).status_code == 302
    assert User.objects.get().check_password(new)
    assert mail.outbox[1].subject == "Votre compte Parvis"  # told, in case it was not her

    again = client.get(link, follow=True)
    assert (
        "Ce lien ne fonctionne plus" in again.content.decode() or "no longer works" in again.content.decode()
    )


def test_the_mail_leads_to_the_address_of_the_house_and_not_to_the_name_that_was_asked(client, ana, settings):
    settings.PUBLIC_ADDRESS = "https://parvis.example"
    client.post("/account/password/reset/", {"email": "ana@example.org"}, HTTP_HOST="localhost")
    [mail_sent] = mail.outbox
    assert "https://parvis.example/account/password/reset/key/" in mail_sent.body
    assert "//localhost" not in mail_sent.body


def test_asking_for_a_new_password_tells_nobody_whether_an_address_is_known(client, ana):
    known = client.post("/account/password/reset/", {"email": "ana@example.org"}, follow=True)
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert words(known) == words(unknown)
    assert [sent.to for sent in mail.outbox] == [["ana@example.org"], ["nobody@example.org"]]
    assert "account/password/reset/key" not in mail.outbox[1].body


def test_a_new_password_needs_twelve_characters(client, ana):
    client.force_login(ana)
    short = {"oldpassword": GOOD, "password1": "short", "password2": "short"}
    assert client.post("/account/password/change/", short).status_code == 200
    good = {"oldpassword": GOOD, "password1": "another wide square", "password2": "another wide square"}
    assert client.post("/account/password/change/", good).status_code == 302
    assert User.objects.get().check_password("another wide square")
    assert client.get("/account/").status_code == 200  # still signed in here


def test_a_mail_server_that_is_down_changes_no_answer(client, ana, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing listens there
    response = client.post("/account/password/reset/", {"email": "ana@example.org"})
    assert response["Location"] == "/account/password/reset/done/"


@pytest.mark.parametrize(
    "credential", ["[" * 100_000, '{"a":' * 50_000, "9" * 5000, "{}", "[]", "null", "5", ""]
)
def test_a_passkey_that_is_none_opens_nothing_and_breaks_nothing(client, credential):
    address = reverse("mfa_login_webauthn")
    client.get(address, headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"})
    answer = client.post(address, {"credential": credential})
    assert (answer.status_code, "_auth_user_id" in client.session) == (302, False)


def test_a_cookie_that_is_no_text_signs_nobody_in(client):
    client.cookies["sessionid"] = "\0" + "a" * 31  # PostgreSQL refuses such a text
    assert client.get(reverse("accounts:account")).url.startswith(reverse("account_login"))
