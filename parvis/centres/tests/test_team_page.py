"""The team's pages: who sees them, what they show, what their buttons do."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.actions import team as actions
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment, Invitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(slug="lyon", name="Lyon")


@pytest.fixture
def director(client, centre):
    person = a_person(Role.DIRECTOR, centre=centre, name="Ana", language="en")
    client.force_login(person)
    return person


def text(response):
    """What a page says, its spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def invited(centre, email="new@example.org", **fields):
    given = {"roles": [Role.ADVISER], "language": "en", "by": None, "key": email.ljust(30, "k")}
    return actions.invite(place=centre, email=email, at=timezone.now(), address=str, **given | fields)


def new_person(key="a key that the page made, once", **fields):
    return {"email": "new@example.org", "roles": ["adviser"], "language": "fr", "key": key} | fields


def test_the_page_shows_people_with_their_roles_and_open_invitations(client, centre, director):
    a_person(Role.ADVISER, Role.FACILITATOR, centre=centre, name="Chloé", email="chloe@example.org")
    a_person(Role.NETWORK_COORDINATOR, centre=centre, name="Nadia")
    a_person(Role.ADVISER, centre=a_centre(), name="Somebody elsewhere")
    invited(centre)
    said = text(client.get("/c/lyon/team/"))
    assert "2 people work here" in said
    assert "Ana (you)" in said
    assert re.search(r"Chloé chloe@example.org Adviser Facilitator", said)
    assert re.search(r"Invited new@example.org The link works until", said)
    assert re.search(r"From the network .* Nadia", said)
    assert "Somebody elsewhere" not in said


@pytest.mark.parametrize("more", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, centre, director, more, django_assert_num_queries):
    for n in range(more):
        a_person(Role.ADVISER, Role.RECEPTIONIST, centre=centre)
        invited(centre, f"guest-{n}@example.org", by=director)
    with django_assert_num_queries(
        5
    ):  # session with person, centre with roles; members, guests, coordinators
        client.get("/c/lyon/team/")


def test_search_finds_names_without_accents_and_addresses(client, centre, director):
    a_person(Role.ADVISER, centre=centre, name="Élodie Petit", email="ep@example.org")
    for search in ("elodie", "PETIT", "ep@"):
        said = text(client.get("/c/lyon/team/", {"q": search}))
        assert "Élodie Petit" in said
        assert "Ana (you)" not in said
    assert "Nobody by that name" in text(client.get("/c/lyon/team/", {"q": "zzz"}))


def test_search_answers_with_the_list_alone(client, centre, director):
    page = client.get("/c/lyon/team/", {"q": "ana"}, headers={"HX-Request": "true", "HX-Target": "members"})
    assert page.content.decode().startswith('<div id="members"')
    assert "<h1" not in page.content.decode()


def test_a_network_without_a_coordinators_page_is_404(client, centre, director):
    assert client.get(f"/n/{centre.network.slug}/team/").status_code == 404


def test_inviting_shows_the_link_once_and_not_again(client, centre, director):
    shown = client.post("/c/lyon/team/invitations/", new_person())
    link = re.search(r'value="http://testserver(/invitations/\w{64}/)"', shown.content.decode())[1]
    assert Invitation.objects.get().invited_by == director
    assert link not in client.get("/c/lyon/team/").content.decode()
    client.logout()
    assert client.get(link).status_code == 200


def test_sending_the_page_twice_shows_the_same_link(client, centre, director):
    first, second = (client.post("/c/lyon/team/invitations/", new_person()) for _ in range(2))
    links = [re.search(r"/invitations/\w{64}/", page.content.decode())[0] for page in (first, second)]
    assert links[0] == links[1]
    assert Invitation.objects.count() == 1


def test_wrong_input_is_kept_and_explained(client, centre, director):
    page = client.post("/c/lyon/team/invitations/", new_person(email="nobody", roles=[]))
    assert page.status_code == 422
    assert "Choose at least one role." in text(page)
    assert 'value="nobody"' in page.content.decode()
    assert "a key that the page made, once" in page.content.decode()


@pytest.mark.parametrize("role", ["network_coordinator", "king"])
def test_a_centre_cannot_give_other_roles(client, centre, director, role):
    assert client.post("/c/lyon/team/invitations/", new_person(roles=[role])).status_code == 422
    assert not Invitation.objects.exists()


def test_an_address_already_here_or_invited_is_explained(client, centre, director):
    a_person(Role.ADVISER, centre=centre, email="here@example.org")
    invited(centre)
    assert "already invited" in text(client.post("/c/lyon/team/invitations/", new_person()))
    there = new_person(email="here@example.org", key="another key that the page made")
    assert "already works here" in text(client.post("/c/lyon/team/invitations/", there))


def test_the_old_form_of_a_withdrawn_invitation_gets_a_new_key(client, centre, director):
    client.post("/c/lyon/team/invitations/", new_person())
    actions.withdraw_invitation(invitation=Invitation.objects.get(), at=timezone.now())
    page = client.post("/c/lyon/team/invitations/", new_person())
    assert page.status_code == 422
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    assert client.post("/c/lyon/team/invitations/", new_person(key=key)).status_code == 200


def test_an_invitation_is_sent_again_and_withdrawn(client, centre, director):
    invitation = invited(centre).invitation
    old = invitation.digest
    assert (
        client.post(f"/c/lyon/team/invitations/{invitation.pk}/sending/", {"key": "k" * 30}).status_code
        == 200
    )
    invitation.refresh_from_db()
    assert invitation.digest != old
    client.post(f"/c/lyon/team/invitations/{invitation.pk}/withdrawal/")
    assert "new@example.org" not in text(client.get("/c/lyon/team/"))


def test_an_invitation_of_another_centre_is_not_found(client, centre, director):
    other = invited(a_centre()).invitation
    for what in ("sending", "withdrawal"):
        assert (
            client.post(f"/c/lyon/team/invitations/{other.pk}/{what}/", {"key": "k" * 30}).status_code == 404
        )


def test_roles_are_changed(client, centre, director):
    person = a_person(Role.ADVISER, centre=centre)
    client.post(f"/c/lyon/team/{person.pk}/roles/", {"roles": ["receptionist", "facilitator"]})
    assert set(person.assignments.values_list("role", flat=True)) == {"receptionist", "facilitator"}


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (["adviser"], "Somebody must be able to invite others"),
        ([], "Choose at least one role."),
    ],
)
def test_the_last_manager_cannot_give_it_up(client, centre, director, roles, said):
    page = client.post(f"/c/lyon/team/{director.pk}/roles/", {"roles": roles})
    assert page.status_code == 422
    assert said in text(page)


def test_nobody_adds_a_role_to_themselves_beside_a_colleague(client, centre, director):
    a_person(Role.ADMINISTRATOR, centre=centre)
    page = client.post(f"/c/lyon/team/{director.pk}/roles/", {"roles": ["director", "administrator"]})
    assert page.status_code == 422
    assert "Nobody gives a role to themselves" in text(page)


def test_giving_up_the_right_to_see_the_page_leads_home(client, centre, director):
    a_person(Role.ADMINISTRATOR, centre=centre)
    page = client.post(f"/c/lyon/team/{director.pk}/roles/", {"roles": []})
    assert page.status_code == 422
    Assignment.objects.create(person=director, role=Role.ADVISER, centre=centre)
    page = client.post(f"/c/lyon/team/{director.pk}/roles/", {"roles": ["adviser"]})
    assert page["Location"] == "/"


def test_somebody_of_another_centre_is_not_found(client, centre, director):
    person = a_person(Role.ADVISER, centre=a_centre())
    for what in ("roles", "removal"):
        assert client.get(f"/c/lyon/team/{person.pk}/{what}/").status_code == 404


def test_a_removal_asks_first_and_offers_to_undo(client, centre, director):
    person = a_person(Role.ADVISER, Role.FACILITATOR, centre=centre, name="Chloé")
    assert "Remove Chloé from Lyon?" in text(client.get(f"/c/lyon/team/{person.pk}/removal/"))
    page = client.post(f"/c/lyon/team/{person.pk}/removal/", follow=True)
    assert "Chloé has left the team." in text(page)
    assert not person.assignments.exists()

    note = re.search(r'name="removed" value="([^"]+)"', page.content.decode())[1]
    client.post("/c/lyon/team/removals/undo/", {"removed": note})
    assert set(person.assignments.values_list("role", flat=True)) == {"adviser", "facilitator"}
    assert "has left the team" not in text(client.get(f"/c/lyon/team/?removed={note}"))


def test_an_undo_is_signed_and_for_one_centre(client, centre, director):
    other = a_centre(slug="paris")
    Assignment.objects.create(person=director, role=Role.DIRECTOR, centre=other)
    person = a_person(Role.ADVISER, centre=other)
    page = client.post(f"/c/paris/team/{person.pk}/removal/", follow=True)
    note = re.search(r'name="removed" value="([^"]+)"', page.content.decode())[1]
    for tried in (note, note[:-1], "", "x"):
        page = client.post("/c/lyon/team/removals/undo/", {"removed": tried}, follow=True)
        assert "too late" in text(page)
    assert not person.assignments.exists()


def test_the_last_manager_is_not_removed(client, centre, director):
    page = client.post(f"/c/lyon/team/{director.pk}/removal/")
    assert page.status_code == 409
    assert "Nobody else here can invite people." in text(page)


def test_somebody_removed_sees_nothing_at_once(client, centre, director):
    person = a_person(Role.RECEPTIONIST, centre=centre)
    browser = Client()
    browser.force_login(person)
    assert browser.get("/c/lyon/start/").status_code == 200
    client.post(f"/c/lyon/team/{person.pk}/removal/")
    assert browser.get("/c/lyon/start/").status_code == 404


def test_coordinators_choose_one_another(client, centre):
    nadia = a_person(Role.NETWORK_COORDINATOR, centre=centre, name="Nadia", language="en")
    client.force_login(nadia)
    address = f"/n/{centre.network.slug}/team/"
    assert "Nadia (you)" in text(client.get(address))
    assert client.post(f"{address}invitations/", new_person(roles=["director"])).status_code == 422
    assert client.post(f"{address}invitations/", new_person(roles=["network_coordinator"])).status_code == 200
    assert client.post(f"{address}{nadia.pk}/removal/").status_code == 409
    assert Invitation.objects.get().network == centre.network
