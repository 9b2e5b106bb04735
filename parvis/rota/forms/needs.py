"""What may be typed about seasons, their half-days, and who is needed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput, TimeInput
from parvis.centres.models import Centre, Site, Space
from parvis.centres.words import own_name
from parvis.rota.actions.seasons import MOST_SEATS, Named, Stretching, Wanting
from parvis.rota.models import HalfDay, PatternHalfDay, Season
from parvis.rota.queries.seasons import Column


class SeasonForm(forms.Form):
    """A season’s name, and when it is in force."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("As colleagues call it: “Spring”, “Summer holidays”.")
    )
    during = forms.ChoiceField(
        label=_("In force"),
        choices=Season.During.choices,
        widget=forms.RadioSelect,
        initial=Season.During.ALWAYS,
    )
    valid_from = forms.DateField(label=_("From"), widget=DateInput())
    valid_to = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), help_text=_("The first day after it.")
    )

    def __init__(self, *args: Any, like: Collection[Season] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in like or ()}
        if like is not None:
            choices = [("", gettext("the opening hours"))] + [
                (pk, one.name) for pk, one in self.by_pk.items()
            ]
            self.fields["like"] = forms.ChoiceField(
                label=_("Its week begins as"), required=False, choices=choices, widget=forms.RadioSelect
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, end = data.get("valid_from"), data.get("valid_to")
        if first and end and end <= first:
            self.add_error("valid_to", gettext("It ends before it begins."))
        return data

    def said(self) -> Named:
        """What the actions take."""
        data = self.cleaned_data
        return Named(data["name"], Season.During(data["during"]), data["valid_from"], data["valid_to"])

    def like(self) -> Season | None:
        """Whose week is copied; None: the opening hours."""
        return self.by_pk.get(self.cleaned_data.get("like", ""))


class GridForm(forms.Form):
    """The seats of a week: numbers by half-day and duty."""

    def __init__(self, *args: Any, names: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in names:
            self.fields[name] = forms.IntegerField(required=False, min_value=0, max_value=MOST_SEATS)


def sites_of(centre: Centre, day: date, kept: int | None = None) -> list[Site]:
    """Sites that are open on ``day``, and the one that is used already."""
    return [
        site
        for site in centre.sites.all()
        if site.pk == kept or site.closed_on is None or site.closed_on > day
    ]


class HoursForm(forms.Form):
    """When a half-day is; of a week with its weekday, of the calendar with its date."""

    use_required_attribute = False
    starts = forms.TimeField(label=_("Begins"), widget=TimeInput())
    ends = forms.TimeField(label=_("Ends"), widget=TimeInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", gettext("It ends before it begins."))
        return data


class NewHalfDayForm(HoursForm):
    """One more half-day of a season’s week."""

    def __init__(self, *args: Any, centre: Centre, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sites = {str(site.pk): site for site in sites_of(centre, day)}
        weekdays = [(str(n), capfirst(str(name))) for n, name in WEEKDAYS.items()]
        self.fields["weekday"] = forms.ChoiceField(label=_("Weekday"), choices=weekdays)
        if len(self.sites) > 1:
            sites = [(pk, site.name) for pk, site in self.sites.items()]
            self.fields["site"] = forms.ChoiceField(label=_("Site"), choices=sites)
        self.order_fields(["site", "weekday", "starts", "ends"])

    def said(self) -> Stretching:
        """What the action takes."""
        data = self.cleaned_data
        site = self.sites[data["site"]] if "site" in data else next(iter(self.sites.values()))
        return Stretching(site, int(data["weekday"]), data["starts"], data["ends"])


@dataclass(frozen=True)
class NeedLine:
    """One duty of a half-day, with its fields."""

    column: Column
    seats: BoundField
    space: BoundField
    languages: list[BoundField]

    @property
    def asks(self) -> bool:
        """Whether a language is asked for."""
        return any(field.value() for field in self.languages)


class HalfDayForm(HoursForm):
    """One half-day whole: hours, marks, and for each duty seats, room and languages."""

    institutions_min = forms.IntegerField(
        label=_("Institutions, at least"), min_value=0, max_value=30, required=False
    )
    institutions_aim = forms.IntegerField(
        label=_("Institutions, aimed at"), min_value=0, max_value=30, required=False
    )
    unpopular = forms.BooleanField(label=_("Few like it: it is shared fairly"), required=False)

    def __init__(
        self, data: Any, *, centre: Centre, row: HalfDay | PatternHalfDay, columns: list[Column]
    ) -> None:
        plain = ("starts", "ends", "institutions_min", "institutions_aim", "unpopular")
        super().__init__(data, initial={name: getattr(row, name) for name in plain})
        self.columns, self.languages = columns, list(centre.languages)
        spaces = Space.objects.filter(site=row.site_id, closed_on=None)
        self.spaces = {str(one.pk): one for one in spaces}
        needs = {(need.duty, need.theme_id): need for need in row.needs.all()}
        rooms = [("", gettext("any room")), *((pk, str(one.name)) for pk, one in self.spaces.items())]
        for column in columns:
            need = needs.get((column.duty, column.theme.pk if column.theme else None))
            self._add(column, rooms, need)

    def _add(self, column: Column, rooms: list[tuple[str, str]], need: Any) -> None:
        name = f"{column.theme.name}" if column.theme else str(column.duty.label)
        self.fields[f"{column.key}.seats"] = forms.IntegerField(
            label=gettext("Seats: %(what)s") % {"what": name},
            required=False,
            min_value=0,
            max_value=MOST_SEATS,
            initial=need.seats if need else 0,
        )
        self.fields[f"{column.key}.space"] = forms.ChoiceField(
            label=gettext("Room: %(what)s") % {"what": name},
            required=False,
            choices=rooms,
            initial=str(need.space_id or "") if need else "",
        )
        for code in self.languages:
            self.fields[f"{column.key}.{code}"] = forms.IntegerField(
                label=own_name(code),
                required=False,
                min_value=0,
                max_value=MOST_SEATS,
                initial=need.languages.get(code) if need else None,
            )

    def lines(self) -> list[NeedLine]:
        """One line a duty, for the template."""
        return [
            NeedLine(
                column,
                self[f"{column.key}.seats"],
                self[f"{column.key}.space"],
                [self[f"{column.key}.{code}"] for code in self.languages],
            )
            for column in self.columns
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        least, aim = data.get("institutions_min") or 0, data.get("institutions_aim") or 0
        if aim and aim < least:
            self.add_error("institutions_aim", gettext("What is aimed at is not below the least."))
        for column in self.columns:
            seats = data.get(f"{column.key}.seats") or 0
            for code in self.languages:
                if (data.get(f"{column.key}.{code}") or 0) > seats:
                    self.add_error(f"{column.key}.{code}", gettext("More speakers than seats."))
        return data

    def needs(self) -> list[Wanting]:
        """Who is needed; duties without a seat are none."""
        data = self.cleaned_data
        return [
            Wanting(
                column.duty,
                column.theme,
                data[f"{column.key}.seats"] or 0,
                {code: n for code in self.languages if (n := data[f"{column.key}.{code}"])},
                self.spaces.get(data[f"{column.key}.space"]),
            )
            for column in self.columns
            if data[f"{column.key}.seats"]
        ]

    def marks(self) -> dict[str, Any]:
        """Hours and marks, as the actions take them."""
        data = self.cleaned_data
        return {
            "starts": data["starts"],
            "ends": data["ends"],
            "unpopular": data["unpopular"],
            "institutions_min": data["institutions_min"] or 0,
            "institutions_aim": data["institutions_aim"] or 0,
        }
