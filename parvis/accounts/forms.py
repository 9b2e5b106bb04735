"""What people may type about themselves. The sign-in library's forms, without its placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as sign_in
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.accounts.passkeys import Careful

# Each language by its own name, whatever the page speaks.
LANGUAGES = [
    (code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.STAFF_LANGUAGES
]
GOOD_PASSWORD = _("At least 12 characters. A short sentence is good, and easy to remember.")


class IntroductionForm(forms.ModelForm[User]):
    """Name and language."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["name", "language"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class LanguageForm(forms.ModelForm[User]):
    """The language alone, from the person's corner of every page."""

    class Meta:
        model = User
        fields = ["language"]


class Worded:
    """Our words in the library's forms. A placeholder repeats the label and vanishes when it is needed."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = getattr(self, "fields", {})
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)


CODE = {"code": _("Code")}
TWICE = {"password1": _("New password"), "password2": _("The same once more")}
GOOD = {"password1": GOOD_PASSWORD}


class SignIn(Worded, sign_in.LoginForm):  # type: ignore[misc]
    labels = {"login": _("E-mail"), "password": _("Password")}
    helps = {"password": ""}


class ChangePassword(Worded, sign_in.ChangePasswordForm):  # type: ignore[misc]
    labels = {"oldpassword": _("Your password until now")} | TWICE
    helps = GOOD


class FirstPassword(Worded, sign_in.SetPasswordForm):  # type: ignore[misc]
    labels = TWICE
    helps = GOOD


class ForgottenPassword(Worded, sign_in.ResetPasswordForm):  # type: ignore[misc]
    """Sends a mail in any case, so that neither the answer nor its time tells whether an address is known."""

    labels = {"email": _("E-mail")}

    def save(self, request: Any, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        if self.users:
            super().save(request, **kwargs)
        else:
            get_adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class NewPassword(Worded, sign_in.ResetPasswordKeyForm):  # type: ignore[misc]
    labels = TWICE
    helps = GOOD


class PasswordAgain(Worded, sign_in.ReauthenticateForm):  # type: ignore[misc]
    labels = {"password": _("Password")}
    helps = {"password": ""}


class SecondStep(Worded, second_step.AuthenticateForm):  # type: ignore[misc]
    labels = CODE


class SecondStepAgain(Worded, second_step.ReauthenticateForm):  # type: ignore[misc]
    labels = CODE


class ActivateApp(Worded, app.ActivateTOTPForm):  # type: ignore[misc]
    labels = {"code": _("Type the six figures that it shows")}


class AddPasskey(Careful, Worded, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    labels = {"name": _("A name for it"), "passwordless": _("Let it open my account without a password")}
    helps = {
        "name": _("So that you know which one it is: my phone, the blue key."),
        "passwordless": _("The device then asks for its own code, finger or face."),
    }


class RenamePasskey(Worded, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    labels = {"name": _("A name for it")}
