"""What every block of a report has: a heading, and which state of it was read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.shared.free_text import NoNameField
from parvis.statistics.models import Part


class PartForm(forms.Form):
    """The heading of a block, and which state of it was read."""

    title = NoNameField(label=_("Heading of the block"), max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        initial = {"title": part.title, "version": part.version}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.part = part
        self.prepare(part)

    def prepare(self, part: Part) -> None:
        """Adds the fields of this kind."""

    def said(self) -> dict[str, Any]:
        """What was typed into the block."""
        return dict(self.part.said)

    def settings(self) -> dict[str, Any]:
        """What the block asks for."""
        return dict(self.part.settings)

    def show_again(self, version: int) -> None:
        """The words stay; the next try knows what it replaces."""
        self.data = {**self.data.dict(), "version": version}  # type: ignore[attr-defined]  # what was posted
