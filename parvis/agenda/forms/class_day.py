"""The day of a class as its planner types it: groups, workshops with their rooms, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.agenda.actions.day_plan import DaySaid, StationSaid
from parvis.agenda.forms.sessions import ROOM_GONE
from parvis.agenda.models import ClassVisit, DayPlan, Room
from parvis.agenda.queries.class_day import ClassDay, proposed_sizes
from parvis.agenda.queries.class_day_choices import Offered

GROUPS, STATIONS = 8, 6
INTERVIEWS = "interviews"


@dataclass(frozen=True)
class StationLine:
    """One workshop of the form."""

    number: int
    fields: list[BoundField]

    @property
    def filled(self) -> bool:
        """Whether a workshop is chosen there."""
        return bool(self.fields[0].value()) or any(field.errors for field in self.fields)


class DayForm(forms.Form):
    """Groups, stations and times. ``said`` is the day;"""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    welcome = forms.IntegerField(label=_("Minutes to arrive and to say welcome"), min_value=0, max_value=180)
    minutes = forms.IntegerField(label=_("Minutes of a turn"), min_value=5, max_value=240)
    change = forms.IntegerField(label=_("Minutes between two turns"), min_value=0, max_value=60)
    each = forms.IntegerField(
        label=_("Workshops that each group sees"),
        min_value=1,
        max_value=STATIONS,
        required=False,
        help_text=_("Empty: all of them."),
    )
    break_after = forms.IntegerField(label=_("Break after turn"), min_value=1, max_value=40, required=False)
    break_minutes = forms.IntegerField(
        label=_("Minutes of the break"), min_value=0, max_value=180, required=False
    )

    def __init__(self, *args: Any, day: ClassDay, offered: Offered, groups: int = 0, **kwargs: Any) -> None:
        self.visit, self.offered = day.visit, offered
        usual = _as_planned(day, day.plan) if day.plan else _proposed(day.visit, offered)
        if groups:
            usual |= _sizes(proposed_sizes(day.visit.pupils, groups))
        super().__init__(*args, **kwargs | {"initial": usual})
        for number in range(1, GROUPS + 1):
            label = gettext("Group %(n)d") % {"n": number}
            self.fields[f"size_{number}"] = forms.IntegerField(label=label, min_value=1, required=False)
        workshops = [("", "—"), *((str(one.pk), str(one.kit)) for one in offered.kits)]
        workshops.append((INTERVIEWS, gettext("Individual interviews")))
        rooms = [("", "—"), *((str(one.pk), str(one)) for one in offered.rooms)]
        people = [("", "—"), *((str(one.pk), str(one)) for one in offered.people)]
        for number in range(1, STATIONS + 1):
            self._station(number, workshops, rooms, people)

    def _station(self, number: int, workshops: list[Any], rooms: list[Any], people: list[Any]) -> None:
        choice = forms.TypedChoiceField
        self.fields[f"workshop_{number}"] = choice(label=_("Workshop"), choices=workshops, required=False)
        self.fields[f"room_{number}"] = choice(
            label=_("Room"), choices=rooms, required=False, error_messages={"invalid_choice": ROOM_GONE}
        )
        self.fields[f"person_{number}"] = choice(label=_("Who leads it"), choices=people, required=False)
        self.fields[f"places_{number}"] = forms.IntegerField(
            label=_("Pupils at once, at most"), min_value=1, max_value=300, required=False
        )
        self.fields[f"compulsory_{number}"] = forms.BooleanField(label=_("For every group"), required=False)

    @property
    def sizes(self) -> list[BoundField]:
        """The fields of the groups."""
        return [self[f"size_{number}"] for number in range(1, GROUPS + 1)]

    @property
    def lines(self) -> list[StationLine]:
        """The fields of the workshops, one line each."""
        names = ("workshop", "room", "person", "places", "compulsory")
        return [
            StationLine(number, [self[f"{name}_{number}"] for name in names])
            for number in range(1, STATIONS + 1)
        ]

    @property
    def clock(self) -> list[BoundField]:
        """The fields of times."""
        return [
            self[name] for name in ("welcome", "minutes", "change", "each", "break_after", "break_minutes")
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        total = sum(self._groups(data))
        if total != self.visit.pupils and not any(f"size_{n}" in self.errors for n in range(1, GROUPS + 1)):
            said = gettext("The groups have %(total)d pupils together, the class has %(pupils)d.")
            self.add_error("size_1", said % {"total": total, "pupils": self.visit.pupils})
        chosen = [n for n in range(1, STATIONS + 1) if data.get(f"workshop_{n}")]
        if not chosen:
            self.add_error("workshop_1", gettext("Choose at least one workshop."))
        for number in range(1, STATIONS + 1):
            extra = data.get(f"room_{number}") or data.get(f"person_{number}")
            if extra and not data.get(f"workshop_{number}") and f"workshop_{number}" not in self.errors:
                self.add_error(f"workshop_{number}", gettext("Which workshop?"))
        if data.get("break_minutes") is None and "break_minutes" not in self.errors:
            data["break_minutes"] = 15
        return data

    @property
    def said(self) -> DaySaid:
        """What the action takes."""
        data = self.cleaned_data
        kits = {str(one.pk): one for one in self.offered.kits}
        rooms = {str(one.pk): one for one in self.offered.rooms}
        people = {str(one.pk): one for one in self.offered.people}
        stations = [
            StationSaid(
                kit_version=kits.get(data[f"workshop_{n}"]),
                room=rooms.get(data[f"room_{n}"]),
                person=people.get(data[f"person_{n}"]),
                places=data[f"places_{n}"],
                compulsory=data[f"compulsory_{n}"],
            )
            for n in range(1, STATIONS + 1)
            if data.get(f"workshop_{n}")
        ]
        times = ("welcome", "minutes", "change", "each", "break_after", "break_minutes", "version")
        return DaySaid(groups=self._groups(data), stations=stations, **{name: data[name] for name in times})

    @property
    def workshop_names(self) -> list[str]:
        """What the workshops are called, in the order in which the rotation counts them."""
        return list(
            dict.fromkeys(
                str(one.kit_version.kit) if one.kit_version else gettext("Individual interviews")
                for one in self.said.stations
            )
        )

    def field_of(self, room: object) -> str | None:
        """The field in which a room was chosen; none where it was not."""
        for number in range(1, STATIONS + 1):
            if isinstance(room, Room) and self.cleaned_data.get(f"room_{number}") == str(room.pk):
                return f"room_{number}"
        return None

    @staticmethod
    def _groups(data: dict[str, Any]) -> list[int]:
        sizes = [data.get(f"size_{number}") for number in range(1, GROUPS + 1)]
        return [size for size in sizes if size]


def _sizes(sizes: list[int]) -> dict[str, Any]:
    return {f"size_{n}": sizes[n - 1] if n <= len(sizes) else None for n in range(1, GROUPS + 1)}


def _proposed(visit: ClassVisit, offered: Offered) -> dict[str, Any]:
    """As many groups as workshops, and the kits that the teacher asked for."""
    asked = {kit.pk for kit in visit.kits.all()}
    wanted = [one for one in offered.kits if one.kit_id in asked][:STATIONS]
    rows: list[str] = [str(one.pk) for one in wanted] + [INTERVIEWS] * visit.interviews
    proposed: dict[str, Any] = _sizes(proposed_sizes(visit.pupils, max(1, len(rows))))
    for number in range(1, STATIONS + 1):
        proposed[f"compulsory_{number}"] = True
        if number <= len(rows):
            proposed[f"workshop_{number}"] = rows[number - 1]
            if number <= len(wanted) and wanted[number - 1].people:
                proposed[f"places_{number}"] = wanted[number - 1].people
    longest = max((one.minutes for one in wanted), default=30)
    return proposed | {"version": 0, "welcome": 15, "minutes": longest, "change": 5, "break_minutes": 15}


def _as_planned(day: ClassDay, plan: DayPlan) -> dict[str, Any]:
    planned: dict[str, Any] = _sizes([group.pupils for group in day.groups])
    for number in range(1, STATIONS + 1):
        planned[f"compulsory_{number}"] = True
    for number, one in enumerate(day.stations, 1):
        planned[f"workshop_{number}"] = str(one.kit_version_id) if one.kit_version_id else INTERVIEWS
        planned |= {f"room_{number}": one.room_id, f"person_{number}": one.person_id}
        planned |= {f"places_{number}": one.places, f"compulsory_{number}": one.compulsory}
    names = ("version", "welcome", "minutes", "change", "each", "break_after", "break_minutes")
    return planned | {name: getattr(plan, name) for name in names}
