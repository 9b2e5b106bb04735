"""What may be typed about a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from parvis.accounts.forms import GOOD_PASSWORD, LANGUAGES, IntroductionForm
from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions.team import roles_at
from parvis.centres.models import Place


class RolesForm(forms.Form):
    """One or several roles among those of the place."""

    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"),
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["roles"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(role.value, role.label) for role in Role if role in roles_at(place)]


class InviteForm(RolesForm):
    """Whom to invite. ``key`` is made by the page, so that sending it twice invites once."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES, widget=forms.RadioSelect)
    key = forms.CharField(min_length=22, max_length=64, widget=forms.HiddenInput)

    field_order = ["email", "roles", "language", "key"]


class SendAgainForm(forms.Form):
    """The page's key alone."""

    key = forms.CharField(min_length=22, max_length=64)


class JoinForm(IntroductionForm):
    """What a new colleague says about themselves."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = User(email=self.email, name=cleaned.get("name", ""))
        if password := cleaned.get("password"):
            try:
                validate_password(password, person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned
