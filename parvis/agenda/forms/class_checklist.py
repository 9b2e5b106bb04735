"""One more thing to see to before a class comes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.agenda.visitor_name_lists import refuse_lists
from parvis.shared.free_text import NoNameField


class ItemForm(forms.Form):
    """What is to be seen to, and by whom."""

    use_required_attribute = False
    text = NoNameField(label=_("What is to be seen to"), max_length=160, validators=[refuse_lists])
    for_teacher = forms.BooleanField(label=_("The teacher sees to it"), required=False)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].country = country  # type: ignore[attr-defined]
