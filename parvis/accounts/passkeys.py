"""What a browser says of a passkey, before the sign-in library reads it.

Anybody may send it anything. The library expects JSON with a credential's parts, and breaks off with an error of the server
where a number has thousands of digits, lists lie thousands deep in each other, or the credential's name is missing.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn import forms as library
from django import forms
from django.core.exceptions import ValidationError


class CredentialField(forms.JSONField):
    """A credential, as far as one can see before its signature is looked at."""

    def to_python(self, value: Any) -> Any:
        try:
            said = super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise self._invalid(value) from error
        if said is not None and not (isinstance(said, dict) and "rawId" in said):
            raise self._invalid(value)
        return said

    def bound_data(self, data: Any, initial: Any) -> Any:
        """As it came: a credential is never shown, and each works once."""
        return data

    def prepare_value(self, value: Any) -> Any:
        """Nothing is filled in again."""
        return ""

    def _invalid(self, value: Any) -> ValidationError:
        return ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""})


class Careful:
    """Mixed into the library's forms."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = getattr(self, "fields", {})
        fields["credential"] = CredentialField(required=True, widget=forms.HiddenInput)


class SignInByPasskey(Careful, library.LoginWebAuthnForm):  # type: ignore[misc]
    """Instead of a password."""


class SecondStepByPasskey(Careful, library.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """After the password."""


class PasskeyAgain(Careful, library.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something that matters."""
