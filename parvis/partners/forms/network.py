"""What a coordinator may say about a shared institution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.partners.models import Institution


class RenameForm(forms.Form):
    """Its name and type, for every centre."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As it calls itself. Institutions only, never a person.")
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("kind of institution", "Type"), choices=Institution.Kind.choices
    )


class OtherForm(forms.Form):
    """Another institution that is the same one."""

    gone = forms.ChoiceField(label=_("The same institution under another name"))

    def __init__(self, *args: Any, others: Sequence[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["gone"]
        field.choices = [("", ""), *((str(one.pk), one.name) for one in others)]
