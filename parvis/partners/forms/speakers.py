"""For which institutions a partner's coordinator speaks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.partners.models import Institution, Relation


class SpeaksForm(forms.Form):
    """A tick for each partner."""

    def __init__(
        self, *args: Any, partners: Collection[Relation], now: Collection[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.institution_id): one.institution for one in partners}
        self.fields["institutions"] = forms.MultipleChoiceField(
            label=_("Speaks for the people of"),
            required=False,
            choices=[(pk, one.name) for pk, one in self.by_pk.items()],
            initial=[str(pk) for pk in now],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("They see and answer for these people in the rota, and for nobody else."),
        )

    def institutions(self) -> list[Institution]:
        """Those that were ticked."""
        return [self.by_pk[pk] for pk in self.cleaned_data["institutions"]]
