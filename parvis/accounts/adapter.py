"""How the sign-in library behaves here: nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations, never from a public form."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
