"""What a teacher types to ask for a visit: the class, what it comes for, when and who asks. Never a pupil's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.agenda.models import MOST_PUPILS, Kit, PartOfDay, School
from parvis.agenda.queries.half_days import HalfDay, in_order
from parvis.agenda.queries.visitor_classes import Choices, label_of
from parvis.agenda.templatetags.visitor_classes import class_day
from parvis.agenda.visitor_class_words import Part
from parvis.agenda.visitor_name_lists import refuse_lists, refuse_names_of_pupils
from parvis.centres.models import Code
from parvis.shared.free_text.reading import fold

TYPED = "typed"  # the school is none of those that were found
MOST_DATES = 3
FARTHEST = timedelta(days=400)
NUMBER = {"inputmode": "numeric"}


class ClassForm(forms.Form):
    """Which class, and what it needs."""

    school = forms.CharField(
        label=_("Your school"),
        max_length=160,
        help_text=_("Type a few letters, and choose it if it is offered."),
        error_messages={"required": _("Please type the name of your school.")},
        widget=forms.TextInput(attrs={"list": "schools", "autocomplete": "off", "dir": "auto"}),
    )
    school_pick = forms.ChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)
    level = forms.ChoiceField(label=_("Level of the class"), required=False)
    stream = forms.ChoiceField(label=_("Stream of the class"), required=False)
    pupils = forms.IntegerField(
        label=_("How many pupils?"),
        min_value=1,
        max_value=MOST_PUPILS,
        help_text=_("The number only. We never ask for pupils’ names."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    adults = forms.IntegerField(
        label=_("How many adults come with them?"),
        min_value=1,
        max_value=50,
        initial=2,
        widget=forms.NumberInput(attrs=NUMBER),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that the class speaks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.CharField(
        label=_("What does the class need?"),
        max_length=400,
        required=False,
        help_text=_("A way without steps, a quiet place, an interpreter… Without names."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices, self.found = choices, list[School]()
        _offer(self, "level", [("", "–"), *_labelled(choices.levels)])
        _offer(self, "stream", [("", "–"), *_labelled(choices.streams)])
        _offer(self, "languages", choices.languages)
        typed = str(self.data.get("school", "")) if self.is_bound else ""
        self.found = [] if self._named(typed) else _alike(typed, choices.schools)
        if self.found:
            named = [(str(one.pk), label_of(one)) for one in self.found]
            _offer(self, "school_pick", [*named, (TYPED, _("None of these"))])
        else:
            del self.fields["school_pick"]
        for name, codes in (("level", choices.levels), ("stream", choices.streams)):
            if not codes:
                del self.fields[name]

    def clean_school(self) -> str:
        typed: str = " ".join(self.cleaned_data["school"].split())
        refuse_lists(typed)
        return typed

    def clean_needs(self) -> str:
        needs: str = self.cleaned_data["needs"]
        refuse_names_of_pupils(needs, country=self.choices.centre.country)
        return needs

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.found and "school" in said and not said.get("school_pick"):
            self.add_error("school_pick", _("Please choose one; the last one always fits."))
        return said

    def the_school(self) -> School | None:
        """The territory's school that is meant, if it is known."""
        picked = self.cleaned_data.get("school_pick")
        chosen = next((one for one in self.found if str(one.pk) == picked), None)
        return chosen or self._named(self.cleaned_data["school"])

    def _named(self, typed: str) -> School | None:
        """The only school of that very name."""
        wanted = fold(" ".join(typed.split()))
        same = [one for one in self.choices.schools if wanted in (fold(label_of(one)), fold(one.name))]
        return same[0] if len(same) == 1 else None


class WishesForm(forms.Form):
    """What the class comes for."""

    kits = forms.MultipleChoiceField(
        label=_("Workshops"), required=False, widget=forms.CheckboxSelectMultiple
    )
    interviews = forms.BooleanField(label=_("Individual interviews"), required=False)
    objectives = forms.MultipleChoiceField(
        label=_("What is the class to learn?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        _offer(self, "kits", [(str(one.kit.pk), one.kit.title) for one in choices.workshops])
        _offer(self, "objectives", _labelled(choices.objectives))
        for name, there in (("kits", choices.workshops), ("objectives", choices.objectives)):
            if not there:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("kits") and not said.get("interviews"):
            field = "kits" if "kits" in self.fields else "interviews"
            self.add_error(field, _("Please choose at least one workshop, or individual interviews."))
        return said

    def the_kits(self) -> list[Kit]:
        return [
            one.kit for one in self.choices.workshops if str(one.kit.pk) in self.cleaned_data.get("kits", [])
        ]

    def the_objectives(self) -> list[Code]:
        wanted = self.cleaned_data.get("objectives", [])
        return [one for one in self.choices.objectives if str(one.pk) in wanted]


class DatesForm(forms.Form):
    """When it can come, and whom to write to."""

    half_days = forms.MultipleChoiceField(
        label=_("Half-days with a free room: choose up to three"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    day_1 = forms.DateField(
        label=_("Another day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    part_1 = forms.ChoiceField(label=_("Part of that day"), required=False)
    day_2 = forms.DateField(
        label=_("One more day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    part_2 = forms.ChoiceField(label=_("Part of this day"), required=False)
    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We write to you there about the visit, and about nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    phone = forms.CharField(
        label=_("A phone number, for the day of the visit"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, free: Sequence[HalfDay], first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.free = first, free
        offered = dict.fromkeys([(one.day, one.part.value) for one in free])
        offered |= dict.fromkeys(self._chosen())  # what was free a moment ago is still a wish
        _offer(
            self,
            "half_days",
            [(f"{day}/{part}", said_half_day(day, part)) for day, part in sorted(offered, key=in_order)],
        )
        if not offered:
            del self.fields["half_days"]
        for number in (1, 2):
            _offer(self, f"part_{number}", list(Part.choices))
            self.fields[f"day_{number}"].widget.attrs["min"] = first.isoformat()

    def _chosen(self) -> list[tuple[date, str]]:
        """The half-days that the form sent, as far as they are days to come."""
        sent: Any = self.data
        found = [read_half_day(one) for one in (sent.getlist("half_days") if self.is_bound else [])][:20]
        return [one for one in found if one and self.first <= one[0] <= self.first + FARTHEST]

    def clean_half_days(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["half_days"]
        if len(chosen) > MOST_DATES:
            raise forms.ValidationError(_("Please choose three at most."))
        return chosen

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        refuse_lists(name)
        return name

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("day_1", "day_2"):
            day = said.get(name)
            if day and not self.first <= day <= self.first + FARTHEST:
                self.add_error(name, _("Please choose a later day: we need some time to prepare."))
        if not self.errors and not self.the_dates():
            self.add_error(
                "half_days" if "half_days" in self.fields else "day_1",
                _("Please choose a half-day, or type a day."),
            )
        return said

    def the_dates(self) -> list[tuple[date, str]]:
        said = self.cleaned_data
        chosen = [read_half_day(one) for one in said.get("half_days", [])]
        typed = [(said.get(f"day_{n}"), said.get(f"part_{n}") or PartOfDay.MORNING.value) for n in (1, 2)]
        return [one for one in chosen if one] + [(day, part) for day, part in typed if day]


def read_half_day(text: str) -> tuple[date, str] | None:
    """“2027-03-02/morning” as a form sends it, or nothing."""
    day, _slash, part = text.partition("/")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return (found, part) if part in PartOfDay.values else None


def said_half_day(day: date, part: str) -> str:
    """A half-day as the active language says it."""
    return f"{class_day(day)}, {Part(part).label}"


def _offer(form: forms.Form, name: str, choices: Sequence[Any]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


def _labelled(codes: Sequence[Code]) -> list[tuple[str, Any]]:
    return [(str(one.pk), one.label) for one in codes]


def _alike(typed: str, schools: Sequence[School], most: int = 6) -> list[School]:
    """Schools that hold every word that was typed; else those that hold the longest of them."""
    words = [one for one in fold(typed).replace(",", " ").split() if len(one) > 2]
    if not words:
        return []
    whole = [one for one in schools if all(word in fold(label_of(one)) for word in words)]
    if not whole and len(max(words, key=len)) > 4:
        whole = [one for one in schools if max(words, key=len) in fold(label_of(one))]
    return whole[:most]
