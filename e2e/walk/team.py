"""Who works here, in each state an account can be in; what comes to them by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.http import int_to_base36

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_person
from parvis.centres.models import Centre

if TYPE_CHECKING:
    from e2e.walk.scene import Scene

PASSWORD = "a wide open square"
PASSKEY = {"clientExtensionResults": {"credProps": {"rk": True}}}  # as much of one as the pages about it show


def some_people(centre: Centre) -> dict[str, User]:
    every = [role for role in Role]
    people = {
        "staff": a_person(*every, centre=centre, name="Samira Vidal"),
        "guarded": a_person(Role.DIRECTOR, centre=centre, name="Paul Renard"),
        "new": a_person(Role.ADVISER, centre=centre, name="Ana Ribeiro"),
        "half": a_person(Role.ADVISER, centre=centre, name="Thomas Keller", email="half@example.org"),
        "nobody": a_person(name="Jo"),
        "plain": a_person(Role.PARTNERSHIP_MANAGER, centre=centre, name="Claire Dumont"),
    }
    people |= {
        name: a_person(Role.ADVISER, centre=centre, name=name) for name in ("calling", "talking", "idle")
    }
    for name in ("staff", "guarded", "half"):
        people[name].set_password(PASSWORD)
        people[name].save()
    people["new"].set_unusable_password()
    people["new"].save()
    for name in ("guarded", "half"):
        TOTP.activate(people[name], generate_totp_secret())
        RecoveryCodes.activate(people[name])
    Authenticator.objects.create(
        user=people["guarded"],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My phone", "credential": PASSKEY},
    )
    return people


def some_links(scene: Scene) -> None:
    """What comes by mail: invitations in each state, and a way to a new password."""
    staff, now = scene.people["staff"], timezone.now()

    def invited(email: str, key: str, place=scene.centre, roles=(Role.ADVISER,)) -> str:
        address = "/invitations/{}/".format
        issued = team.invite(
            place=place,
            email=email,
            roles=roles,
            language="en",
            by=staff,
            key=key.ljust(30, "k"),
            at=now,
            address=address,
        )
        scene.rows[f"invitation {key}"] = issued.invitation.pk
        return issued.link

    scene.links |= {
        "new colleague": invited("new@example.org", "new"),
        "known colleague": invited(scene.people["nobody"].email, "known"),
        "coordinator": invited(
            "far@example.org", "network", scene.centre.network, (Role.NETWORK_COORDINATOR,)
        ),
    }
    person = scene.people["staff"]
    token = default_token_generator.make_token(person)
    scene.links["new password"] = f"/account/password/reset/key/{int_to_base36(person.pk)}-{token}/"
