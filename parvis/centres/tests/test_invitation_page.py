"""The page behind an invitation's link."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import team as actions
from parvis.centres.factories import a_centre, a_network, a_person
from parvis.centres.models import Invitation

pytestmark = pytest.mark.django_db
GOOD = "a wide open square"
NEW = {"name": "Jo", "password": GOOD, "language": "fr"}


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def centre():
    return a_centre(slug="lyon", name="Lyon")


def link_to(place, email="new@example.org", roles=(Role.ADVISER,), language="en", at=None, by=None):
    return actions.invite(
        place=place,
        email=email,
        roles=roles,
        language=language,
        by=by,
        key=email.ljust(30, "k"),
        at=at or timezone.now(),
        address="/invitations/{}/".format,
    ).link


def test_a_new_colleague_comes_in_with_name_password_and_language(client, centre):
    link = link_to(centre, by=a_person(name="Ana"))
    page = client.get(link)
    assert "Welcome to Lyon Ana invites you as: Adviser" in text(page)
    assert "new@example.org" in text(page)

    response = client.post(link, NEW)
    person = User.objects.get(email="new@example.org")
    assert response["Location"] == "/"
    assert response.wsgi_request.user == person
    assert (person.name, person.language, person.check_password(GOOD)) == ("Jo", "fr", True)
    assert client.get("/c/lyon/start/").status_code == 200
    assert client.get("/account/sessions/").content.decode().count('class="line"') == 1


def test_the_page_speaks_the_language_of_the_invitation(client, centre):
    page = client.get(link_to(centre, language="fr"), headers={"accept-language": "en"})
    assert "Lyon : bienvenue" in text(page)
    assert 'lang="fr"' in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "new@example.org"}, "password"),
    ],
)
def test_wrong_input_is_kept_and_explained_and_the_link_still_works(client, centre, wrong, field):
    link = link_to(centre)
    page = client.post(link, NEW | wrong)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert GOOD not in page.content.decode()
    assert client.post(link, NEW).status_code == 302


def test_a_used_link_opens_nothing_for_somebody_else(client, centre):
    link = link_to(centre)
    client.post(link, NEW)
    other = Client()
    assert other.get(link).status_code == 410
    assert other.post(link, NEW | {"name": "Mallory"}).status_code == 410
    assert User.objects.filter(email="new@example.org").count() == 1


def test_the_second_tab_of_the_same_person_is_led_in(client, centre):
    link = link_to(centre)
    client.post(link, NEW)
    assert client.post(link, NEW)["Location"] == "/"
    assert client.get(link)["Location"] == "/"


def test_somebody_with_an_account_signs_in_and_accepts(client, centre):
    person = a_person(email="new@example.org", name="Jo", language="en")
    person.set_password(GOOD)
    person.save()
    link = link_to(centre)
    page = client.get(link)
    assert "You already have an account with new@example.org" in text(page)
    sign_in = re.search(r'href="(/account/login/\?next=[^"]+)"', page.content.decode())[1]
    back = client.post(sign_in, {"login": "new@example.org", "password": GOOD})
    assert back["Location"] == link
    assert "You are signed in as Jo" in text(client.get(link))
    welcome = client.post(link, follow=True)
    assert "Welcome to Lyon." in text(welcome)
    assert list(person.assignments.values_list("role", flat=True)) == ["adviser"]


def test_an_account_is_not_replaced_by_posting_the_form_for_newcomers(client, centre):
    a_person(email="new@example.org", name="Jo")
    client.post(link_to(centre), NEW | {"name": "Mallory"})
    assert User.objects.get(email="new@example.org").name == "Jo"
    assert Invitation.objects.get().accepted_at is None


def test_somebody_accepts_with_the_account_they_have_under_another_address(client, centre):
    person = a_person(email="private@example.org", language="en")
    client.force_login(person)
    link = link_to(centre)
    assert "private@example.org" in text(client.get(link))
    client.post(link)
    assert person.assignments.get().role == "adviser"


def test_a_closed_link_says_why(client, centre):
    now = timezone.now()
    expired = link_to(centre, "late@example.org", at=now - timedelta(days=8))
    withdrawn = link_to(centre, "out@example.org")
    actions.withdraw_invitation(invitation=Invitation.objects.get(email="out@example.org"), at=now)
    assert (client.get(expired).status_code, client.get(withdrawn).status_code) == (410, 410)
    assert "An invitation lasts a week" in text(client.get(expired))
    assert "was withdrawn" in text(client.get(withdrawn))
    assert client.post(expired, NEW).status_code == 410
    assert client.get("/invitations/" + "0" * 64 + "/").status_code == 404


def test_the_page_is_kept_by_no_browser_and_told_to_nobody(client, centre):
    page = client.get(link_to(centre))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


def test_the_first_coordinator_is_led_to_the_first_centre(client):
    network = a_network()
    link = link_to(network, roles=[Role.NETWORK_COORDINATOR])
    response = client.post(link, NEW)
    assert response["Location"] == "/centres/new/"
    assert client.get(response["Location"], follow=True).status_code == 200
