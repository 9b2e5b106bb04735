"""The first person of an installation, or the way back in where nobody is left who can invite."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.actions import create_network, team
from parvis.centres.models import Centre, Invitation, Network, Place
from parvis.shared.address import public_address


class Command(BaseCommand):
    help = (
        "Prints an invitation link. Without --centre it leads to the assistant that opens the first centre;"
        " with --centre, into the team of a centre that nobody can invite to any more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="address with which the person will sign in")
        parser.add_argument(
            "--network", default="", help="name of the network; one of that name is used, else made"
        )
        parser.add_argument("--centre", default="", help="the centre's part of its addresses, as in c/lyon/")
        parser.add_argument(
            "--language", default="en", choices=[code for code, _name in settings.STAFF_LANGUAGES]
        )
        parser.add_argument(
            "--address", default="", help="where Parvis is reached, as in https://parvis.example.org"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        validate_email(options["email"])
        place = self.place(options["centre"], options["network"])
        link = self.invite(place, options["email"], options["language"], options["address"] or _own_address())
        self.stdout.write(f"Open this link within a week. It works once:\n\n{link}\n")

    def place(self, centre: str, network: str) -> Place:
        """The centre or network that is invited to; the first network is made here."""
        if centre:
            found = Centre.objects.filter(slug=centre).first()
            if found is None:
                raise CommandError(f"There is no centre “{centre}”.")
            return found
        networks = Network.objects.filter(name=network) if network else Network.objects.all()
        if networks.count() > 1:
            raise CommandError("There are several networks. Name one: --network")
        return networks.first() or create_network(
            name=network or "Network", service_models=[], at=timezone.now()
        )

    def invite(self, place: Place, email: str, language: str, address: str) -> str:
        """A link; for an address that is invited already, a new one."""

        def link(secret: str) -> str:
            return address.rstrip("/") + reverse("centres:invitation", args=[secret])

        role = Role.NETWORK_COORDINATOR if isinstance(place, Network) else Role.ADMINISTRATOR
        when: dict[str, Any] = {"key": secrets.token_urlsafe(32), "at": timezone.now(), "address": link}
        try:
            issued = team.invite(place=place, email=email, roles=[role], language=language, by=None, **when)
        except team.AlreadyInvited:
            waiting = Invitation.objects.at(place).unanswered().get(email=email.strip().lower())
            issued = team.send_again(invitation=waiting, **when)
        except team.AlreadyInTeam as known:
            raise CommandError(
                f"{email} already belongs to {place}. Sign in, or ask for a new password."
            ) from known
        return issued.link


def _own_address() -> str:
    """The address under which visitors reach this installation, as far as the settings say."""
    if found := public_address():
        return found
    host = next((host for host in settings.ALLOWED_HOSTS if host != "*"), "localhost").lstrip(".")
    return f"http://{host}:8000"
