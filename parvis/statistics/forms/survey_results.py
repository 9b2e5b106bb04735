"""What may be asked of a survey: one question or all, crossed by another, of which days, beside which wave."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.statistics.queries.surveys.asked import Asked, Part, Shown
from parvis.surveys.models import Collection

CELLS = [
    (Shown.NUMBER.value, _("How many")),
    (Shown.PERCENT.value, _("Percent of the line")),
]
DOUBT = (Shown.DOUBT.value, _("How far off a percentage may be"))


class SurveyResultsForm(forms.Form):
    """The question in the address; nothing said is the whole survey, question by question."""

    rows = forms.ChoiceField(label=_("Question"), required=False)
    columns = forms.ChoiceField(label=_("Crossed by"), required=False)
    shown = forms.ChoiceField(label=_("In the cells"), required=False)
    part = forms.ChoiceField(label=pgettext_lazy("of a survey", "Days"), required=False)
    other = forms.ChoiceField(label=_("Beside"), required=False)

    def __init__(
        self,
        *args: Any,
        parts: Sequence[Part],
        questions: Sequence[tuple[str, str]],
        waves: Sequence[Collection],
        is_sample: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {one.key: one for one in parts}
        self.waves = {str(one.pk): one for one in waves}
        choices: dict[str, list[tuple[str, Any]]] = {
            "rows": [("", _("All questions")), *questions],
            "columns": [("", _("Nothing")), *questions],
            "shown": [*CELLS, *([DOUBT] if is_sample else [])],
            "part": [(one.key, one.label or _("The whole survey")) for one in parts],
            "other": [("", _("No other wave")), *((str(one.pk), _dated(one)) for one in waves)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # as declared above
            field.choices = offered
        for name in ("part", "other"):
            if len(choices[name]) == 1:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("columns") and not data.get("rows"):
            self.add_error("rows", _("Choose the question that is crossed."))
        if data.get("columns") and data.get("columns") == data.get("rows"):
            self.add_error("columns", _("Choose another question than that of the lines."))
        if data.get("columns") and data.get("other"):
            self.add_error("other", _("Two questions that are crossed stand alone: take one of them away."))
        return data

    @property
    def asked(self) -> Asked:
        """The question; what is not said is the whole."""
        data = self.cleaned_data
        shown = data.get("shown") or Shown.NUMBER
        return Asked(
            self.parts[data.get("part", "")],
            data.get("rows", ""),
            data.get("columns", ""),
            Shown(shown),
            self.waves.get(data.get("other", "")),
        )


def _dated(survey: Collection) -> str:
    days = f"{date_format(survey.opens_on, 'j F Y')} – {date_format(survey.closes_on or survey.opens_on, 'j F Y')}"
    return f"{survey.name} · {days}" if survey.name else days
