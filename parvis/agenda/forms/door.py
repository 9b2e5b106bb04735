"""What a door page says: somebody is here, it was a slip, so many came in. And the count at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.agenda.actions.counting import LISTS, Count
from parvis.agenda.models import Session
from parvis.centres.models import Code

MOST = 9999
OLDEST = timedelta(days=2).total_seconds()


class DoorForm(forms.Form):
    """One thing noted at the door. ``age``: how many seconds ago, where it is handed in late."""

    do = forms.ChoiceField(choices=[(one, one) for one in ("here", "undo", "click")])
    key = forms.UUIDField(required=False)
    token = forms.SlugField(max_length=32, required=False)
    came = forms.IntegerField(min_value=1, max_value=60, required=False)
    count = forms.IntegerField(min_value=-60, max_value=60, required=False)
    age = forms.FloatField(min_value=0, max_value=OLDEST, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["key"] = said.get("key") or uuid4()
        said["age"] = timedelta(seconds=said.get("age") or 0)
        return said


class CountForm(forms.Form):
    """How many came, and of each list how many fit each entry; what is left is not communicated."""

    participants = forms.IntegerField(label=_("People in the room"), min_value=0, max_value=MOST)
    online = forms.IntegerField(label=_("People online"), min_value=0, max_value=MOST, required=False)

    def __init__(self, *args: Any, session: Session, codes: list[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {f"code-{code.pk}": code for code in codes if not code.not_communicated}
        for name, code in self.codes.items():
            self.fields[name] = forms.IntegerField(
                label=code.label, min_value=0, max_value=MOST, required=False
            )
        if not session.is_online:
            del self.fields["online"]

    def lists(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The entries of each list, as the page shows them."""
        return [
            (str(code_list.label), fields)
            for code_list in LISTS
            if (fields := [self[name] for name, code in self.codes.items() if code.list == code_list])
        ]

    def count(self) -> Count:
        """What was said."""
        said = self.cleaned_data
        heads = {code: said[name] for name, code in self.codes.items() if said.get(name)}
        return Count(said["participants"], said.get("online") or 0, heads)
