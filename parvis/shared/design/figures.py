"""Invented things for the living page: themes, a form, figures. Nothing here is read from or written to a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.shared.charts import Bars, Columns, Heat, Lines, Row, Series
from parvis.shared.shapes import SHAPES

TINTS = ("petrol", "sun", "coral", "leaf", "plum", "sky", "clay", "moss", "rose", "slate")


@dataclass(frozen=True)
class SampleTheme:
    """A theme as templates see one."""

    tint: str
    shape: str
    name: str | Promise = ""


THEMES = (
    SampleTheme("petrol", "circle", _("Choose a path")),
    SampleTheme("sun", "triangle", _("Find training")),
    SampleTheme("coral", "square", _("Find a job")),
    SampleTheme("plum", "drop", _("Change career")),
    SampleTheme("leaf", "star", _("Start a business")),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Name of the workshop"), help_text=_("As it stands on the door."), max_length=60
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=40)
    room = forms.ChoiceField(
        label=_("Room"), choices=[("1", _("Workshop room")), ("2", _("Blue corner")), ("3", _("Library"))]
    )
    theme = forms.MultipleChoiceField(
        label=_("Themes"),
        choices=[(theme.tint, theme.name) for theme in THEMES],
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.ChoiceField(
        label=_("How people come"),
        choices=[("site", _("On site")), ("phone", _("By phone")), ("online", _("Online"))],
        widget=forms.RadioSelect,
        initial="site",
    )
    words = forms.CharField(
        label=_("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    open_to_all = forms.BooleanField(
        label=_("Nobody has to register"), required=False, help_text=_("Seats are then given at the door.")
    )


def form(wrong: bool) -> SampleForm:
    """The sample form, empty or as it comes back."""
    if not wrong:
        return SampleForm(prefix="usual")
    data = {"wrong-name": "Write a CV", "wrong-seats": "0", "wrong-room": "2", "wrong-channel": "phone"}
    return SampleForm(data, prefix="wrong")


def context() -> dict[str, Any]:
    """Everything the samples are drawn from."""
    shapes = [SampleTheme(tint, shape) for tint, shape in zip(TINTS, SHAPES, strict=True)]
    return {
        "themes": THEMES,
        "shapes": shapes,
        "usual": form(wrong=False),
        "wrong": form(wrong=True),
        "colours": COLOURS,
        "bars": bars(),
        "columns": columns(stacked=False),
        "stacked": columns(stacked=True),
        "lines": lines(),
        "heat": heat(),
    }


COLOURS = (
    ("paper", _("the page")),
    ("card", _("surfaces")),
    ("ink", _("text")),
    ("muted", _("secondary text")),
    ("petrol", _("links, the main action")),
    ("sun", _("what is happening now")),
    ("sun-soft", _("gentle bands")),
    ("sky", _("gentle bands, hover")),
    ("sand", _("quiet areas")),
    ("coral", _("error, overdue")),
    ("leaf", _("done, held")),
    ("line", _("hairlines")),
    ("line-strong", _("borders of controls")),
)
HOURS = [f"{hour}:00" for hour in range(9, 18)]


def bars() -> Bars:
    """Contacts by theme in an invented week."""
    counts = (212, 164, 241, 97, 38)
    rows = [
        Row(theme.name, count, theme.tint, theme.shape) for theme, count in zip(THEMES, counts, strict=True)
    ]
    return Bars(_("Contacts by theme"), _("contacts"), rows, note=_("invented figures"))


def columns(*, stacked: bool) -> Columns:
    """Arrivals by hour and channel on an invented day."""
    return Columns(
        _("Arrivals by hour"),
        _("contacts"),
        HOURS,
        [
            Series(_("On site"), (8, 21, 26, 17, 12, 24, 29, 22, 9), "petrol"),
            Series(_("By phone"), (5, 9, 7, 3, 2, 6, 8, 4, 1), "sun"),
        ],
        note=_("invented figures"),
        across=_("Hour"),
        stacked=stacked,
    )


def lines() -> Lines:
    """Waits over invented weeks, with a week when nobody measured."""
    return Lines(
        _("Wait, week by week"),
        _("minutes"),
        [str(week) for week in range(36, 48)],
        [
            Series(_("Median"), (9, 8, 11, 10, None, 9, 7, 8, 8, 6, 7, 6), "petrol"),
            Series(_("90th percentile"), (24, 22, 31, 27, None, 25, 19, 21, 20, 16, 18, 17), "coral"),
        ],
        note=_("invented figures"),
        across=_("Week"),
    )


def heat() -> Heat:
    """Arrivals by hour and weekday in an invented month."""
    rows: list[tuple[str, list[int | None]]] = [
        (hour, [(place * 7 + day * 5) % 23 + (14 if 1 <= place <= 3 else 2) for day in range(5)])
        for place, hour in enumerate(HOURS)
    ]
    rows[4] = (HOURS[4], [6, 0, 7, None, 5])
    days = [WEEKDAYS_ABBR[day] for day in range(5)]
    return Heat(_("When people come"), _("arrivals in a month"), days, rows, note=_("invented figures"))
