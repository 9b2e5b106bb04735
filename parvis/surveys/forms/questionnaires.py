"""What a questionnaire is, what it is started from, and in which languages a version is opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.centres.forms.words import WordsField
from parvis.centres.words import own_name
from parvis.shared.free_text import NoNameField
from parvis.surveys.actions.questionnaires import Said
from parvis.surveys.models import Audience, Purpose
from parvis.surveys.queries.questionnaires import LanguageLine


class QuestionnaireForm(forms.Form):
    """Title, purpose, who answers, and whether it is anonymous."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices)
    audience = forms.ChoiceField(label=_("Who answers"), choices=Audience.choices)
    known = forms.BooleanField(
        label=_("Answers may say which institution they come from"),
        help_text=_("Only where partners answer. Nobody is ever named."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        languages: list[str],
        title: LazyI18nString | None = None,
        promised: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        self.fields["title"] = WordsField(label=_("Title"), languages=languages, max_length=80, initial=title)
        if promised:
            del self.fields["audience"], self.fields["known"]
        self.order_fields(["key", "title", "purpose", "audience", "known"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("known") and data.get("audience") != Audience.PARTNER:
            self.add_error("known", gettext("Only partners’ answers may say where they come from."))
        return data

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    def said(self, *, audience: Audience | None = None, anonymous: bool = True) -> Said:
        """What was typed; audience and anonymity as given where they are not asked any more."""
        data = self.cleaned_data
        asked = "audience" in self.fields
        return Said(
            title=data["title"],
            purpose=Purpose(data["purpose"]),
            audience=Audience(data["audience"]) if asked or audience is None else audience,
            anonymous=not data["known"] if asked else anonymous,
        )


class StartForm(forms.Form):
    """Starting from a model: which one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    source = forms.CharField(widget=forms.HiddenInput, max_length=80)


class OpeningForm(forms.Form):
    """In which languages a version may be answered, and what changed."""

    changes = NoNameField(
        label=_("What changed, and why"),
        required=False,
        help_text=_("For those who compare the figures of two versions."),
    )

    def __init__(self, *args: Any, languages: list[LanguageLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = [line for line in languages if line.whole]
        self.fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages"),
            choices=[(line.code, own_name(line.code)) for line in whole],
            widget=forms.CheckboxSelectMultiple,
            initial=[line.code for line in whole],
            error_messages={"required": _("Choose at least one language.")},
        )
        self.order_fields(["languages", "changes"])
