"""What is said about an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.agenda.forms.words import LongWordsField
from parvis.agenda.models import MOST_AT_ONCE, Accessibility, Registration
from parvis.agenda.queries.events import LISTS, Offered
from parvis.agenda.queries.said import Said, Voice
from parvis.centres.forms.hours import DateInput
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre
from parvis.partners.forms.base import marked
from parvis.shared.speaking import language_names

MOST_VOICES = 12
EMPTY_VOICES = 2


class VoiceForm(forms.Form):
    """Somebody from outside who speaks; a row without a name is none."""

    name = forms.CharField(label=_("Name"), required=False, max_length=80)
    about = forms.CharField(label=_("Who they are, in a few words"), required=False, max_length=160)
    agreed_on = forms.DateField(label=_("Agreed to be named on"), required=False, widget=DateInput())
    named_until = forms.DateField(label=_("Named until"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("name") and not data.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", gettext("Say when they agreed: nobody is named without it."))
        if not data.get("name") and data.get("about"):
            self.add_error("name", gettext("Who is it?"))
        return data

    def voice(self) -> Voice | None:
        """What the action takes."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return Voice(data["name"], data["agreed_on"], data["about"], data["named_until"])


Voices = forms.formset_factory(
    VoiceForm, extra=EMPTY_VOICES, max_num=MOST_VOICES, validate_max=True, absolute_max=MOST_VOICES
)


class EventForm(forms.Form):
    """What, for whom, with whom, and how people come."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("What kind of event it is"))
    kit = forms.ChoiceField(
        label=_("Made from a kit"),
        required=False,
        help_text=_("Its sequence, material and notes are at hand then."),
    )
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    audiences = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing chosen: for everybody."),
    )
    objectives = forms.MultipleChoiceField(
        label=_("Objectives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Languages spoken"), widget=forms.CheckboxSelectMultiple)
    accessibility = forms.MultipleChoiceField(
        label=_("What makes it easier to come"),
        choices=Accessibility.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lead = forms.ChoiceField(label=_("Who leads it"), required=False)
    others = forms.MultipleChoiceField(
        label=_("Who organises it with others"), required=False, widget=forms.CheckboxSelectMultiple
    )
    named = forms.BooleanField(
        label=_("These institutions are named on the programme"),
        required=False,
        initial=True,
        help_text=_("As organisers. Whoever leads a session is never shown with an institution."),
    )
    registration = forms.ChoiceField(
        label=_("How people come"), choices=Registration.choices, widget=forms.RadioSelect
    )
    most_seats = forms.IntegerField(
        label=_("People in one registration, at most"), min_value=1, max_value=MOST_AT_ONCE
    )
    release_minutes = forms.IntegerField(
        label=_("Minutes before it begins at which places of those who have not come are given to others"),
        required=False,
        min_value=0,
        max_value=240,
        help_text=_("Empty: never."),
    )

    def __init__(
        self, *args: Any, centre: Centre, offered: Offered, said: Said | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        self.offered = offered
        words: dict[str, Any] = {"languages": centre.languages}
        self.fields["title"] = WordsField(
            label=_("Title"), max_length=120, initial=said.title if said else None, **words
        )
        self.fields["summary"] = WordsField(
            label=_("In one sentence"),
            max_length=240,
            required=False,
            initial=said.summary if said else None,
            **words,
        )
        self.fields["description"] = LongWordsField(
            label=_("Description"), max_length=4000, initial=said.description if said else None, **words
        )
        self._choices(centre)

    def _choices(self, centre: Centre) -> None:
        found = self.offered
        self._offer("kind", [("", ""), *((str(one.pk), str(one.label)) for one in found.kinds)])
        self._offer("kit", [("", gettext("no kit")), *((str(one.pk), str(one.kit)) for one in found.kits)])
        self._offer("themes", [(str(one.pk), marked(one)) for one in found.themes])
        for name, listed in LISTS.items():
            of = [one for one in found.codes if one.list == listed]
            self._offer(name, [(str(one.pk), str(one.label)) for one in of])
        self._offer("languages", language_names(centre.languages))
        bodies = [(str(one.pk), one.name) for one in found.institutions]
        self._offer("lead", [("", gettext("the centre itself")), *bodies])
        self._offer("others", bodies)
        for name in ("themes", *LISTS, "others"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key

    def said(self, voices: Iterable[Voice | None]) -> Said:
        """What the actions take."""
        data, found = self.cleaned_data, self.offered
        codes = {value for name in LISTS for value in data.get(name, [])}
        by_key = {str(one.pk): one for one in found.institutions}
        return Said(
            kind=next(one for one in found.kinds if str(one.pk) == data["kind"]),
            title=data["title"],
            summary=data["summary"],
            description=data["description"],
            kit_version=next((one for one in found.kits if str(one.pk) == data["kit"]), None),
            themes=frozenset(one for one in found.themes if str(one.pk) in data.get("themes", [])),
            codes=frozenset(one for one in found.codes if str(one.pk) in codes),
            languages=tuple(data["languages"]),
            accessibility=tuple(data["accessibility"]),
            registration=data["registration"],
            most_seats=data["most_seats"],
            release_minutes=data["release_minutes"],
            lead=by_key.get(data["lead"]),
            others=frozenset(by_key[one] for one in data.get("others", [])),
            named=data["named"],
            voices=tuple(one for one in voices if one),
        )


def event_values(said: Said) -> dict[str, Any]:
    """The form's values for what is said already."""
    return {
        "kind": str(said.kind.pk),
        "kit": str(said.kit_version.pk) if said.kit_version else "",
        "themes": [str(one.pk) for one in said.themes],
        **{name: [str(one.pk) for one in said.codes if one.list == listed] for name, listed in LISTS.items()},
        "languages": list(said.languages),
        "accessibility": list(said.accessibility),
        "lead": str(said.lead.pk) if said.lead else "",
        "others": [str(one.pk) for one in said.others],
        "named": said.named,
        "registration": said.registration,
        "most_seats": said.most_seats,
        "release_minutes": said.release_minutes,
    }


def voice_values(voices: Iterable[Voice]) -> list[dict[str, Any]]:
    """The rows' values."""
    return [
        {"name": one.name, "about": one.about, "agreed_on": one.agreed_on, "named_until": one.named_until}
        for one in voices
    ]


class PublishForm(forms.Form):
    """From when on everybody reads it: at once where no day is given."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("From which day on"), required=False, widget=DateInput(), help_text=_("Empty: at once.")
    )

    def start(self) -> date | None:
        """The day, if one is given."""
        day: date | None = self.cleaned_data["day"]
        return day
