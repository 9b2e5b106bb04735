"""An adviser's forms: sitting down, calling out of turn, handing over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Desk, Theme
from parvis.reception.actions.transfers import Target
from parvis.reception.models import Seat
from parvis.reception.models.ticket import NOTE, OutOfTurn
from parvis.reception.queries.lines import language_name
from parvis.rota.queries.on_the_day import Coming
from parvis.shared.free_text import NoNameField


class ThemesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several themes. A number that no column holds is no theme; SQLite's driver breaks off at it."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as error:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": ""}
            ) from error


class SeatForm(forms.Form):
    """Where one sits down, for which themes, in which languages."""

    place = forms.ChoiceField(label=_("Your seat"), widget=forms.RadioSelect)
    themes = ThemesField(
        Theme.objects.none(), label=_("Themes you receive for"), widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you receive in"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        centre: Centre,
        day: date,
        free: list[tuple[Desk, int]],
        last: Seat | None,
        coming: Coming | None = None,
        **kwargs: Any,
    ) -> None:
        usual: dict[str, Any] = {"languages": [centre.language]}
        if last:
            usual = {
                "place": f"{last.desk_id}-{last.place}",
                "themes": [theme.pk for theme in last.themes.all()],
                "languages": last.languages,
            }
        usual |= self._planned(coming, free, last) if coming else {}
        super().__init__(*args, **{"initial": usual} | kwargs)
        self.places = {f"{desk.pk}-{place}": (desk, place) for desk, place in free}
        self.field("place").choices = [(key, self._said(*where)) for key, where in self.places.items()]
        self.field("themes").queryset = Theme.objects.filter(centre=centre).open_on(day)
        self.field("languages").choices = [(code, language_name(code)) for code in centre.languages]

    def field(self, name: str) -> Any:
        return self.fields[name]

    @staticmethod
    def _planned(coming: Coming, free: list[tuple[Desk, int]], last: Seat | None) -> dict[str, Any]:
        """What the rota says: the theme, the languages, and a seat in the room, the one of last time if it is there."""
        slot = coming.slot
        said: dict[str, Any] = {"themes": [slot.theme_id]} if slot.theme_id else {}
        if coming.languages:
            said["languages"] = coming.languages
        there = [(desk, place) for desk, place in free if desk.space_id == slot.space_id]
        if there and not (last and (last.desk, last.place) in there):
            desk, place = there[0]
            said["place"] = f"{desk.pk}-{place}"
        return said

    @staticmethod
    def _said(desk: Desk, place: int) -> str:
        return str(_("Desk %(desk)s, seat %(place)s")) % {"desk": desk.name, "place": place}

    def cleaned_place(self) -> tuple[Desk, int]:
        """The desk and the place at it."""
        return self.places[self.cleaned_data["place"]]


class ChosenForm(forms.Form):
    """Why somebody is called before others."""

    reason = forms.ChoiceField(choices=OutOfTurn.choices, label=_("Why before others?"))


class HandOverForm(forms.Form):
    """To a theme, to a desk, or to the person on duty at a seat: one choice, as one chip."""

    to = forms.ChoiceField(label=_("Hand over to"), widget=forms.RadioSelect)
    note = NoNameField(
        label=_("A word for the colleague"),
        required=False,
        max_length=NOTE,
        help_text=_("So that nothing is told twice. The visitor may read it; it is forgotten tonight."),
    )

    def __init__(
        self,
        *args: Any,
        country: str,
        themes: list[Theme],
        seats: QuerySet[Seat] | list[Seat],
        desks: list[Desk],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets: dict[str, Target] = {f"theme-{theme.pk}": Target(theme=theme) for theme in themes}
        self.targets |= {f"seat-{seat.pk}": Target(seat=seat) for seat in seats}
        self.targets |= {f"desk-{desk.pk}": Target(desk=desk) for desk in desks}
        on_duty = [(f"seat-{seat.pk}", self._on_duty(seat)) for seat in seats]
        choices: Any = [
            (
                _("A theme: whoever is free first"),
                [(f"theme-{theme.pk}", str(theme.name)) for theme in themes],
            ),
            (_("Somebody on duty"), on_duty),
            (_("A desk: whoever sits there"), [(f"desk-{desk.pk}", self._desk(desk)) for desk in desks]),
        ]
        note: Any = self.fields["note"]
        note.country = country
        field: Any = self.fields["to"]
        field.choices = [group for group in choices if group[1]]

    @staticmethod
    def _on_duty(seat: Seat) -> str:
        themes = ", ".join(str(theme.name) for theme in seat.themes.all())
        return f"{HandOverForm._desk(seat.desk)} · {themes}"

    @staticmethod
    def _desk(desk: Desk) -> str:
        return str(_("Desk %(desk)s")) % {"desk": desk.name}

    def target(self) -> Target:
        """What the action takes."""
        return self.targets[self.cleaned_data["to"]]
