"""What is written in a thread during a conversation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.guidance.models import Kind
from parvis.guidance.receipt_in_text import holds_receipt
from parvis.guidance.visitor_words import Who
from parvis.shared.free_text import NoNameField

LONG = 1_000  # letters
WRITTEN = [Kind.ASKED, Kind.UNDERSTOOD, Kind.OPTION, Kind.STEP, Kind.PLACE]  # by staff, in this order


class EntryForm(forms.Form):
    """One piece of a thread. A step says, too, who does it, until when and where."""

    text = NoNameField(
        label=_("In plain words, to the visitor"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    who = forms.ChoiceField(label=_("Who does it?"), choices=Who.choices, initial=Who.YOU, required=False)
    due = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    where = NoNameField(label=_("Where, or with what?"), max_length=200, required=False)

    def __init__(self, *args: Any, kind: Kind, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"id_{kind.value}_%s"} | kwargs)  # several on one page
        for name in ("text", "where"):
            self.fields[name].country = country  # type: ignore[attr-defined]
        if kind != Kind.STEP:
            del self.fields["who"], self.fields["due"]
        if kind not in (Kind.STEP, Kind.PLACE):
            del self.fields["where"]

    def clean(self) -> dict[str, Any]:
        """A code has no place in a thread: whoever reads along would have it."""
        said = super().clean() or {}
        for name in ("text", "where"):
            if holds_receipt(said.get(name) or ""):
                self.add_error(
                    name, _("This holds a code. A code belongs to the visitor alone: please take it out.")
                )
        return said

    def said(self) -> dict[str, Any]:
        """What the entry holds: what was filled in."""
        filled = {name: value for name, value in self.cleaned_data.items() if value}
        if "due" in filled:
            filled["due"] = filled["due"].isoformat()
        return filled
