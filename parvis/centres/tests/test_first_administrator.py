"""The command that lets the first person in."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_network, a_person
from parvis.centres.models import Invitation, Network

pytestmark = pytest.mark.django_db


def printed(**options):
    out = StringIO()
    call_command("first_administrator", stdout=out, **{"email": "first@example.org"} | options)
    return re.search(r"https?://\S+", out.getvalue())[0]


def test_an_empty_installation_gets_a_network_and_its_first_coordinator(client):
    link = printed(network="North", address="https://parvis.example.org/")
    assert link.startswith("https://parvis.example.org/invitations/")
    invitation = Invitation.objects.get()
    assert (invitation.network.name, invitation.roles, invitation.invited_by) == (
        "North",
        ["network_coordinator"],
        None,
    )
    path = link.removeprefix("https://parvis.example.org")
    response = client.post(path, {"name": "Jo", "password": "a wide open square", "language": "en"})
    assert response["Location"] == "/centres/new/"


def test_asking_twice_gives_a_new_link_and_makes_no_second_network():
    assert printed() != printed()
    assert (Network.objects.count(), Invitation.objects.count()) == (1, 1)


def test_a_centre_where_nobody_can_invite_gets_an_administrator():
    centre = a_centre(slug="lyon")
    printed(centre="lyon", language="fr")
    invitation = Invitation.objects.get()
    assert (invitation.centre, invitation.roles, invitation.language) == (centre, ["administrator"], "fr")


def test_what_cannot_be_is_said():
    a_centre(slug="lyon")
    a_network()
    with pytest.raises(CommandError, match="several networks"):
        printed()
    with pytest.raises(CommandError, match="no centre"):
        printed(centre="atlantis")


def test_somebody_who_is_in_already_is_told_so():
    centre = a_centre(slug="lyon")
    a_person(Role.ADVISER, centre=centre, email="first@example.org")
    with pytest.raises(CommandError, match="already belongs"):
        printed(centre="lyon")
