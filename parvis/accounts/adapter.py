"""How the sign-in library behaves here: nobody signs up by themselves, no page fails over a mail, secrets are sealed."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils import translation

from parvis.accounts.mail import UNREACHABLE
from parvis.accounts.models import User
from parvis.shared.address import linked

log = logging.getLogger(__name__)


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations, never from a public form."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With this installation's own address where it is known, whatever name the request was sent to."""
        found = str(super().get_reset_password_from_key_url(key))
        return linked(urlsplit(found).path) or found

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the person's language. A mail server that is down is for the log; the page answers as always."""
        person = User.objects.filter(email__iexact=email).first()
        try:
            with translation.override(person.language if person else translation.get_language()):
                super().send_mail(template_prefix, email, context)
        except UNREACHABLE as error:
            log.warning("The mail %s could not be sent: %s", template_prefix, error)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps secrets of authenticator apps sealed: a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> MultiFernet:
    """Seals with the signing key, opens with it or one of those before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [hashlib.sha256(b"parvis.accounts.second-factor" + str(key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
