"""Invitations, roles and leaving: the rules, their refusals, their boundaries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_centre, a_network, a_person
from parvis.centres.models import Assignment, Invitation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = "a key that the page made, once"


def link(secret):
    return f"https://parvis.example/{secret}"


def invited(place, email="new@example.org", roles=(Role.ADVISER,), key=KEY, at=AT, by=None, language="en"):
    return team.invite(
        place=place, email=email, roles=roles, language=language, by=by, key=key, at=at, address=link
    )


def roles_of(person, place):
    return set(Assignment.objects.at(place).filter(person=person).values_list("role", flat=True))


def test_an_invitation_keeps_the_digest_and_not_the_secret():
    issued = invited(a_centre(), email=" New@Example.org ", roles=[Role.RECEPTIONIST, Role.ADVISER])
    secret = issued.link.removeprefix("https://parvis.example/")
    stored = Invitation.objects.values().get()

    assert len(secret) == 64
    assert (stored["email"], stored["roles"]) == ("new@example.org", ["adviser", "receptionist"])
    assert (stored["digest"], stored["expires_at"]) == (team.digest_of(secret), AT + timedelta(days=7))
    assert secret not in map(str, stored.values())


def test_the_mail_speaks_the_chosen_language_and_holds_the_link(django_capture_on_commit_callbacks):
    director = a_person(name="Ana")
    with django_capture_on_commit_callbacks(execute=True):
        issued = invited(a_centre(name="Lyon"), by=director, language="fr")

    assert [sent.to for sent in mail.outbox] == [["new@example.org"]]
    assert mail.outbox[0].subject == "Votre invitation\u00a0: Lyon"
    assert issued.link in mail.outbox[0].body
    assert "Ana vous invite à travailler avec Lyon" in mail.outbox[0].body
    assert issued.mailed


def test_the_same_page_sent_twice_invites_once_and_mails_once(django_capture_on_commit_callbacks):
    centre = a_centre()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = invited(centre), invited(centre)

    assert (first.link, first.invitation) == (second.link, second.invitation)
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)


def test_the_key_of_one_centre_makes_another_link_in_another():
    assert invited(a_centre()).link != invited(a_centre()).link


def test_an_address_is_invited_once_at_a_time():
    centre = a_centre()
    invited(centre)
    with pytest.raises(team.AlreadyInvited):
        invited(centre, key="another key, of another page")


def test_somebody_of_the_team_is_not_invited():
    centre = a_centre()
    a_person(Role.ADVISER, centre=centre, email="new@example.org")
    with pytest.raises(team.AlreadyInTeam):
        invited(centre, email="NEW@example.org")


@pytest.mark.parametrize("roles", [[], [Role.NETWORK_COORDINATOR], [Role.ADVISER, Role.NETWORK_COORDINATOR]])
def test_a_centre_gives_every_role_but_the_coordinators(roles):
    with pytest.raises(team.RoleNotGivenHere):
        invited(a_centre(), roles=roles)


def test_a_network_gives_the_coordinators_role_only():
    network = a_network()
    with pytest.raises(team.RoleNotGivenHere):
        invited(network, roles=[Role.DIRECTOR])
    assert invited(network, roles=[Role.NETWORK_COORDINATOR]).invitation.network == network


def test_a_new_colleague_joins_with_name_password_and_language():
    centre = a_centre()
    invitation = invited(centre, roles=[Role.ADVISER, Role.FACILITATOR]).invitation

    person = team.join(invitation=invitation, name="Jo", password="a wide open square", language="fr", at=AT)

    assert (person.email, person.name, person.language) == ("new@example.org", "Jo", "fr")
    assert person.check_password("a wide open square")
    assert person.password.startswith("argon2")
    assert roles_of(person, centre) == {Role.ADVISER, Role.FACILITATOR}
    assert Invitation.objects.get().accepted_at == AT


def test_joining_twice_makes_one_account():
    invitation = invited(a_centre()).invitation
    new = {
        "invitation": invitation,
        "name": "Jo",
        "password": "a wide open square",
        "language": "fr",
        "at": AT,
    }
    team.join(**new)
    with pytest.raises(team.AccountExists):
        team.join(**new)
    assert User.objects.filter(email="new@example.org").count() == 1


@pytest.mark.parametrize(
    ("after", "open"), [(timedelta(days=7) - timedelta(seconds=1), True), (timedelta(days=7), False)]
)
def test_a_link_works_for_a_week(after, open):
    centre, person = a_centre(), a_person()
    invitation = invited(centre).invitation
    if not open:
        with pytest.raises(team.InvitationClosed):
            team.accept_invitation(invitation=invitation, person=person, at=AT + after)
        assert roles_of(person, centre) == set()
    else:
        team.accept_invitation(invitation=invitation, person=person, at=AT + after)
        assert roles_of(person, centre) == {Role.ADVISER}


def test_accepting_adds_to_the_roles_held_and_happens_once():
    centre = a_centre()
    person = a_person(Role.RECEPTIONIST, centre=centre)
    invitation = invited(centre).invitation
    assert team.accept_invitation(invitation=invitation, person=person, at=AT) == centre
    assert roles_of(person, centre) == {Role.RECEPTIONIST, Role.ADVISER}
    with pytest.raises(team.InvitationClosed):
        team.accept_invitation(invitation=invitation, person=a_person(), at=AT)


def test_a_withdrawn_link_opens_nothing():
    centre, person = a_centre(), a_person()
    invitation = invited(centre).invitation
    team.withdraw_invitation(invitation=invitation, at=AT)
    again = team.withdraw_invitation(invitation=invitation, at=AT + timedelta(hours=1))
    assert again.withdrawn_at == AT
    with pytest.raises(team.InvitationClosed):
        team.accept_invitation(invitation=invitation, person=person, at=AT)
    with pytest.raises(team.InvitationClosed):
        invited(centre)  # the browser's back button, and the old form sent again


def test_an_accepted_invitation_is_not_withdrawn():
    invitation = invited(a_centre()).invitation
    team.accept_invitation(invitation=invitation, person=a_person(), at=AT)
    with pytest.raises(team.InvitationClosed):
        team.withdraw_invitation(invitation=invitation, at=AT)


def test_sending_again_replaces_the_link_and_reopens_an_expired_one():
    later = AT + timedelta(days=30)
    first = invited(a_centre())
    second = team.send_again(
        invitation=first.invitation, key="another key of a later page", at=later, address=link
    )
    twice = team.send_again(
        invitation=first.invitation, key="another key of a later page", at=later, address=link
    )

    assert first.link != second.link == twice.link
    assert Invitation.objects.get().digest == team.digest_of(
        second.link.removeprefix("https://parvis.example/")
    )
    assert Invitation.objects.get().is_open(later + timedelta(days=6))


def test_roles_are_replaced_and_the_former_ones_returned():
    centre = a_centre()
    director = a_person(Role.DIRECTOR, centre=centre)
    person = a_person(Role.RECEPTIONIST, Role.ADVISER, centre=centre)
    before = team.change_roles(
        place=centre, person=person, roles=[Role.ADVISER, Role.DIRECTOR], by=director, at=AT
    )
    assert (before, roles_of(person, centre)) == (
        {Role.RECEPTIONIST, Role.ADVISER},
        {Role.ADVISER, Role.DIRECTOR},
    )


def test_nobody_gives_themselves_a_role_while_there_is_somebody_to_ask():
    centre = a_centre()
    administrator = a_person(Role.ADMINISTRATOR, centre=centre)
    both = [Role.ADMINISTRATOR, Role.DIRECTOR]
    a_person(Role.DIRECTOR, centre=centre)
    with pytest.raises(team.NotForOneself):
        team.change_roles(place=centre, person=administrator, roles=both, by=administrator, at=AT)
    assert roles_of(administrator, centre) == {Role.ADMINISTRATOR}


def test_somebody_alone_in_a_new_centre_takes_the_roles_they_need():
    centre = a_centre()
    administrator = a_person(Role.ADMINISTRATOR, centre=centre)
    a_person(Role.ADVISER, centre=centre)
    both = [Role.ADMINISTRATOR, Role.DIRECTOR]
    team.change_roles(place=centre, person=administrator, roles=both, by=administrator, at=AT)
    assert roles_of(administrator, centre) == set(both)


def test_the_last_one_who_can_invite_stays():
    centre = a_centre()
    director, administrator = (a_person(role, centre=centre) for role in (Role.DIRECTOR, Role.ADMINISTRATOR))
    a_person(Role.ADMINISTRATOR, centre=centre, is_active=False)  # a closed account helps nobody
    team.remove_from_team(place=centre, person=administrator, at=AT)
    with pytest.raises(team.LastManager):
        team.remove_from_team(place=centre, person=director, at=AT)
    with pytest.raises(team.LastManager):
        team.change_roles(place=centre, person=director, roles=[Role.ADVISER], by=director, at=AT)
    assert roles_of(director, centre) == {Role.DIRECTOR}


def test_the_last_coordinator_of_a_network_stays():
    centre = a_centre()
    coordinator = a_person(Role.NETWORK_COORDINATOR, centre=centre)
    with pytest.raises(team.LastManager):
        team.remove_from_team(place=centre.network, person=coordinator, at=AT)


def test_a_removal_touches_one_centre_and_is_undone():
    centre, other = a_centre(), a_centre()
    director = a_person(Role.DIRECTOR, centre=centre)
    person = a_person(Role.ADVISER, Role.FACILITATOR, centre=centre)
    Assignment.objects.create(person=person, role=Role.ADVISER, centre=other)

    held = team.remove_from_team(place=centre, person=person, at=AT)
    assert (roles_of(person, centre), roles_of(person, other)) == (set(), {Role.ADVISER})

    for _click in range(2):
        team.take_back_removal(place=centre, person=person, roles=held, by=director, at=AT)
    assert roles_of(person, centre) == {Role.ADVISER, Role.FACILITATOR}


def test_a_removal_is_not_undone_by_whom_it_concerns():
    centre = a_centre()
    person = a_person()
    with pytest.raises(team.NotForOneself):
        team.take_back_removal(place=centre, person=person, roles=[Role.DIRECTOR], by=person, at=AT)


def test_removing_somebody_who_left_already_changes_nothing():
    assert team.remove_from_team(place=a_centre(), person=a_person(), at=AT) == frozenset()
