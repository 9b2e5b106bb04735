"""Syntax of what the demonstration's page sends."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.demonstration.actions import SPEEDS


class SpeedForm(forms.Form):
    """One of the speeds."""

    speed = forms.TypedChoiceField(choices=[(speed, str(speed)) for speed in SPEEDS], coerce=int)


class JumpForm(forms.Form):
    """A moment, with its zone, as the page wrote it."""

    to = forms.DateTimeField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].input_formats = ["%Y-%m-%dT%H:%M:%S%z"]  # type: ignore[attr-defined]
