"""The voluntary questions, as a visitor reads them. Each can be skipped; the first digits of a postcode are enough."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Code, CodeList
from parvis.reception.actions.profile import QUESTIONS
from parvis.reception.queries.acts import Choices

ASKED = {
    CodeList.FIRST_VISIT: _("Is this your first visit here?"),
    CodeList.AGE_BAND: _("How old are you?"),
    CodeList.GENDER: _("You are…"),
    CodeList.STATUS: _("What do you do at the moment?"),
    CodeList.EDUCATION: _("How far have you gone at school or in training?"),
    CodeList.REFERRAL: _("How did you hear about us?"),
}


class ProfileForm(forms.Form):
    """One radio group a question, none chosen; “not communicated” is offered by skipping, not as an answer."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    commune_prefix = forms.CharField(
        label=_("Where do you live? The first three characters of your postcode are enough."),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        self.by_pk: dict[str, Code] = {}
        for code_list in QUESTIONS:
            codes = [code for code in choices.of(code_list) if not code.not_communicated]
            if not codes:
                continue
            self.by_pk |= {str(code.pk): code for code in codes}
            self.fields[code_list.value] = forms.ChoiceField(
                label=ASKED[code_list],
                required=False,
                widget=forms.RadioSelect,
                choices=[(str(code.pk), str(code)) for code in codes],
            )
        self.order_fields([*[code_list.value for code_list in QUESTIONS], "commune_prefix", "key"])

    def clean_commune_prefix(self) -> str:
        """Only the first three letters or digits are kept, whatever was typed."""
        return re.sub(r"[^0-9A-Z]", "", self.cleaned_data["commune_prefix"].upper())[:3]

    @property
    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def answers(self) -> list[Code]:
        return [self.by_pk[pk] for name in QUESTIONS if (pk := self.cleaned_data.get(name.value))]
