"""Which period, theme and proposals somebody wants to see. Everything stands in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Theme
from parvis.guidance.models import ProposalState
from parvis.guidance.queries.needs.page import Show
from parvis.guidance.queries.needs.periods import EARLIEST, Span, Stretch, Whole, own_period, period_of
from parvis.guidance.queries.needs.proposals import ALL, NOBODY, OPEN, OVERDUE, Asked


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class NeedsFilter(forms.Form):
    """A period, a theme, and whether a proposal covers it. What cannot be read falls back to this month."""

    span = forms.ChoiceField(choices=Span.choices, required=False)
    on = forms.DateField(required=False)
    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("To"), required=False, widget=DayInput)
    whole = forms.ChoiceField(label=_("widened to"), choices=Whole.choices, required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    show = forms.ChoiceField(label=_("Show"), choices=Show.choices, required=False)

    def __init__(self, *args: Any, themes: list[Theme], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(theme.pk): theme for theme in themes}
        self.today = today
        field: Any = self.fields["theme"]
        field.choices = [("", gettext("All themes")), *((pk, str(theme)) for pk, theme in self.by_pk.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if cleaned.get("span") == Span.OWN and not self.errors:
            if not first or not last:
                self.add_error("last" if first else "first", gettext("Choose the first and the last day."))
            elif first > last:
                self.add_error("last", gettext("The last day comes before the first one."))
            elif first < EARLIEST or first > self.today:
                self.add_error("first", gettext("There are needs for days until today only."))
        return cleaned

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_valid() or name in self.cleaned_data else None

    @property
    def stretch(self) -> Stretch:
        """The period asked for; this month where none is, or where it cannot be."""
        self.is_valid()
        span = Span(self._said("span") or Span.MONTH)
        if span == Span.OWN:
            if self.errors:
                return period_of(Span.MONTH, self.today)
            whole = Whole(self._said("whole") or Whole.WEEKS)
            last: date = min(self.cleaned_data["last"], self.today)
            return own_period(self.cleaned_data["first"], last, whole)
        on = self._said("on") or self.today
        return period_of(span, on if EARLIEST <= on <= self.today else self.today)

    @property
    def chosen_theme(self) -> Theme | None:
        return self.by_pk.get(self._said("theme") or "")

    @property
    def shown(self) -> str:
        return self._said("show") or ""


class ProposalFilter(forms.Form):
    """State, theme, whom to ask, and words. The first of ``owners`` is who looks."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.TextInput)
    state = forms.ChoiceField(label=_("State"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    owner = forms.ChoiceField(label=_("Whom to ask"), required=False)

    def __init__(self, *args: Any, themes: list[Theme], owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(theme.pk): theme for theme in themes}
        states = [
            (OPEN, gettext("Still open")),
            (OVERDUE, gettext("Overdue")),
            *ProposalState.choices,
            (ALL, gettext("All")),
        ]
        themes_offered = [("", gettext("All themes")), *((pk, str(one)) for pk, one in self.by_pk.items())]
        people = [("", gettext("Anybody")), *owners[:1], (NOBODY, gettext("Looking for somebody"))]
        people += owners[1:]
        for name, choices in {"state": states, "theme": themes_offered, "owner": people}.items():
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def asked(self) -> Asked:
        """What can be read of it."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(
            state=said.get("state") or OPEN,
            theme=self.by_pk.get(said.get("theme") or ""),
            owner=said.get("owner") or "",
            words=said.get("words") or "",
        )
