"""Which surveys a block of a report tells, and which of their questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from parvis.statistics.forms.parts import PartForm
from parvis.statistics.models import Part
from parvis.statistics.queries.reports.blocks.surveyed import offered, questions_offered
from parvis.surveys.models import Collection


class SurveyForm(PartForm):
    """Surveys of the period, and their questions. Nothing chosen is everything."""

    surveys = forms.MultipleChoiceField(
        label=_("Surveys"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the report’s period. If you choose none, all of them are told."),
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "If you choose none, all that can be told are. Questions that were put to some only are left out."
        ),
    )

    def prepare(self, part: Part) -> None:
        rows = offered(part)
        self._offer("surveys", [(str(one.pk), _named(one)) for one in rows])
        self._offer("questions", questions_offered(rows, part))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # as declared above
        field.choices = choices
        field.initial = [str(one) for one in self.part.settings.get(name, [])]
        if not choices:
            del self.fields[name]

    def settings(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "surveys": [int(one) for one in data.get("surveys", [])],
            "questions": list(data.get("questions", [])),
        }


def _named(survey: Collection) -> str:
    """“How was your visit? · Kiosk at the exit · 2 March 2026 – 27 March 2026”."""
    parts = [survey.version.asked_as, survey.name, str(survey.get_way_display())]
    days = date_format(survey.opens_on, "j F Y")
    if survey.closes_on:
        days += f" – {date_format(survey.closes_on, 'j F Y')}"
    return " · ".join([*(part for part in parts if part), days])
