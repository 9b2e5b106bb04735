"""Where a session was dropped."""

from __future__ import annotations

from typing import Any

from django import forms

from parvis.agenda.models import Room
from parvis.centres.models import Centre


class DropForm(forms.Form):
    """On which day, and in the week out of which room into which other; ``sequence``: the page's."""

    sequence = forms.IntegerField(min_value=0)
    day = forms.DateField(input_formats=["%Y-%m-%d"])
    left = forms.ModelChoiceField(Room.objects.none(), required=False)
    room = forms.ModelChoiceField(Room.objects.none(), required=False)

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("left", "room"):
            field: Any = self.fields[name]
            field.queryset = Room.objects.filter(space__site__centre=centre).select_related("space__site")
