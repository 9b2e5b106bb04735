"""The way in, and one's own account."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from e2e.walk.places.place import Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _way_in(scene)
    yield from _account(scene)


def _way_in(scene: Scene) -> Iterator[Place]:
    for name in (
        "login",
        "reset_password",
        "reset_password_done",
        "inactive",
        "reset_password_from_key_done",
    ):
        yield Place(f"account_{name}", "", reverse(f"account_{name}"))
    link = scene.links["new password"]
    typed = link[: link.index("-")] + "-set-password/"
    yield Place("account_reset_password_from_key", "", link, leads=typed)
    yield Place("account_reset_password_from_key", "", "/account/password/reset/key/1-x/")
    yield Place("mfa_authenticate", "half", reverse("mfa_authenticate"))


def _account(scene: Scene) -> Iterator[Place]:
    def own(*names: str, who: str = "staff") -> Iterator[Place]:
        for name in names:
            yield Place(name, who, reverse(name))

    yield from own("accounts:account", "accounts:roles", "account_change_password", "usersessions_list")
    yield from own(
        "account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"
    )
    yield from own("account_reauthenticate")
    yield from own("account_set_password", who="new")
    yield from own("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", who="guarded")
    yield from own("mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_reauthenticate", who="guarded")
    passkey = scene.people["guarded"].authenticator_set.get(type="webauthn").pk
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield Place(name, "guarded", reverse(name, kwargs={"pk": passkey}))
