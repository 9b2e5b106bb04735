"""An ordinary week, one line a day, and a day that differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.service_models import HoursPreset


class TimeInput(forms.TimeInput):
    """The browser's own control, in minutes."""

    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DateInput(forms.DateInput):
    """The browser's own calendar; it sends ISO dates whatever it shows."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


@dataclass(frozen=True)
class DayLine:
    """One day of the form: its name and its pairs of opening and closing time."""

    name: str
    stretches: list[tuple[BoundField, BoundField]]

    @property
    def errors(self) -> list[str]:
        """What is wrong on that day."""
        return [str(error) for pair in self.stretches for field in pair for error in field.errors]


class HoursForm(forms.Form):
    """The stretches of a week. An empty line is a closed day; ``cleaned_data["hours"]`` is in order."""

    use_required_attribute = False

    def __init__(self, *args: Any, week: Iterable[HoursPreset] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_day: dict[int, list[HoursPreset]] = {day: [] for day in range(7)}
        for row in week:
            by_day[row.weekday].append(row)
        self.per_day = max(2, *(len(rows) for rows in by_day.values()))
        for day, rows in by_day.items():
            in_order = sorted(rows, key=lambda row: row.opens)
            for n in range(self.per_day):
                self._add(day, n, in_order[n] if n < len(in_order) else None)

    def _add(self, day: int, n: int, row: HoursPreset | None) -> None:
        for name, label in [("opens", _("Opens")), ("closes", _("Closes"))]:
            text = f"{WEEKDAYS[day]}, {label}" if n == 0 else f"{WEEKDAYS[day]}, {label} ({n + 1})"
            self.fields[f"{day}_{n}_{name}"] = time_field(text, getattr(row, name, None))

    def lines(self) -> list[DayLine]:
        """One line a day, for the template."""
        return [
            DayLine(
                str(WEEKDAYS[day]),
                [(self[f"{day}_{n}_opens"], self[f"{day}_{n}_closes"]) for n in range(self.per_day)],
            )
            for day in range(7)
        ]

    def clean(self) -> dict[str, Any]:
        found = []
        for day in range(7):
            names = [(f"{day}_{n}_opens", f"{day}_{n}_closes") for n in range(self.per_day)]
            found += [HoursPreset(day, opens, closes) for opens, closes in stretches(self, names)]
        return self.cleaned_data | {"hours": tuple(found)}


def time_field(label: str, initial: time | None = None) -> forms.TimeField:
    """One time of day; its label is for screen readers, because the line has a name of its own."""
    return forms.TimeField(
        required=False,
        widget=TimeInput(**{"aria-label": label}),
        initial=initial,
        error_messages={"invalid": _("Write the time as 09:30.")},
    )


def stretches(form: forms.Form, names: Iterable[tuple[str, str]]) -> list[tuple[time, time]]:
    """The filled pairs of one day in order; an error beside the field where a pair is wrong."""
    found: list[tuple[time, time]] = []
    for pair in names:
        opens, closes = (form.cleaned_data.get(name) for name in pair)
        if opens is None and closes is None:
            continue
        if wrong := _wrong(opens, closes, found[-1][1] if found else None):
            if not any(form.errors.get(name) for name in pair):
                form.add_error(pair[0], wrong)
        elif opens and closes:
            found.append((opens, closes))
    return found


def _wrong(opens: Any, closes: Any, last: Any) -> str:
    """What is wrong with one stretch, or nothing."""
    if opens is None or closes is None:
        return gettext("Give both times, or none.")
    if opens >= closes:
        return gettext("It closes before it opens. For hours past midnight, use two days.")
    if last is not None and opens < last:
        return gettext("These two stretches overlap.")
    return ""
