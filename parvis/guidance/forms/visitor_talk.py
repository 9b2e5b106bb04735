"""One message of a talk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.guidance.forms.questions.answering import AnswerForm
from parvis.guidance.forms.visitor_ask import FurtherForm


class MessageForm(FurtherForm):
    """What a visitor says; ``after`` is what the same page said before."""

    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_message(self)

    def said_before(self) -> UUID | None:
        found: UUID | None = self.cleaned_data["after"]
        return found


class AnswerMessageForm(AnswerForm):
    """What an adviser says."""

    after = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_message(self)

    def said_before(self) -> UUID | None:
        found: UUID | None = self.cleaned_data["after"]
        return found


def as_message(form: forms.Form) -> None:
    """A short field, named as both sides read it."""
    field = form.fields["text"]
    field.label, field.help_text = _("Your message"), ""
    field.widget.attrs["rows"] = 3
