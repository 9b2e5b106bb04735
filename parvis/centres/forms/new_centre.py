"""The three pages of the assistant for a new centre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.forms.where import LanguagesField, WhereForm, choice
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Network, ProfileMoment, ServiceModel, TicketStyle
from parvis.centres.service_models import Preset, ThemePreset, preset

NEW_NETWORK = "new"


class ModelPage(WhereForm):
    """Page 1: which model, network, name, place, languages."""

    service_model = forms.ChoiceField(
        label=_("Which family of centre?"), choices=ServiceModel.choices, widget=forms.RadioSelect
    )
    network = forms.ChoiceField(label=_("Network"))
    network_name = forms.CharField(
        label=_("Name of the new network"),
        max_length=120,
        required=False,
        help_text=_("The centres that share a name, a charter and figures."),
    )
    name = forms.CharField(
        label=_("Name of the centre"), max_length=120, help_text=_("As on the sign over the door.")
    )
    address = forms.CharField(label=_("Address"), max_length=250, required=False)
    open_since = forms.DateField(
        label=_("Open since"),
        required=False,
        widget=DateInput(),
        help_text=_(
            "So that figures from earlier years can be imported. Empty for a centre that opens today."
        ),
    )
    languages = LanguagesField(
        label=_("Languages spoken"),
        help_text=_("In the order in which visitors are offered them. The first one is the main language."),
    )

    def __init__(self, *args: Any, networks: Iterable[Network], may_add_network: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(network.slug, network.name) for network in networks]
        if may_add_network:
            choices.append((NEW_NETWORK, gettext("A new network")))
            if len(choices) == 1:
                self.fields["network"].widget = forms.HiddenInput()
                self.initial["network"] = NEW_NETWORK
        else:
            del self.fields["network_name"]
        choice(self, "network").choices = choices

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("network") == NEW_NETWORK and not data.get("network_name"):
            self.add_error("network_name", gettext("Give the new network a name."))
        return data


class ThemeLine:
    """One theme of page 2, for the template: whether it is kept, and its two wordings."""

    def __init__(self, form: ThemesPage, theme: ThemePreset) -> None:
        self.theme = theme
        self.keep: BoundField = form[f"keep_{theme.key}"]
        self.name: BoundField = form[f"name_{theme.key}"]
        self.sentence: BoundField = form[f"sentence_{theme.key}"]


class ThemesPage(forms.Form):
    """Page 2: themes and desks as the model has them, to rename, reorder or leave out; hours are a form of their own."""

    use_required_attribute = False

    def __init__(self, *args: Any, model: ServiceModel, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preset: Preset = preset(model)
        for theme in self.preset.themes:
            main = theme.name[languages[0]]
            label = gettext("Offer “%(theme)s”") % {"theme": main}
            self.fields[f"keep_{theme.key}"] = forms.BooleanField(label=label, required=False, initial=True)
            self.fields[f"name_{theme.key}"] = WordsField(
                label=_("Name"), languages=languages, max_length=60, initial=theme.name
            )
            self.fields[f"sentence_{theme.key}"] = WordsField(
                label=_("As a visitor says it"), languages=languages, max_length=120, initial=theme.sentence
            )

    def lines(self) -> list[ThemeLine]:
        """Every theme of the model, in the order that was sent, else in the model's."""
        order = self._sent("order")
        themes = sorted(
            self.preset.themes, key=lambda theme: order.index(theme.key) if theme.key in order else len(order)
        )
        return [ThemeLine(self, theme) for theme in themes]

    def desks(self) -> list[str]:
        """Desk names as sent, else the model's, and three empty lines for more."""
        names = [name for name in self._sent("desks") if name.strip()] if self.is_bound else self.preset.desks
        return [*names, "", "", ""]

    def _sent(self, name: str) -> list[str]:
        return self.data.getlist(name) if self.is_bound else []  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kept = [line.theme for line in self.lines() if data.get(f"keep_{line.theme.key}")]
        if not kept:
            self.add_error(None, gettext("Keep at least one theme: visitors come for something."))
        desks = [name.strip() for name in self._sent("desks") if name.strip()]
        if not desks:
            self.add_error(None, gettext("Keep at least one desk, so that advisers can sit down."))
        if len(set(map(str.casefold, desks))) < len(desks):
            self.add_error(None, gettext("Two desks have the same name."))
        if any(len(name) > 40 for name in desks):
            self.add_error(None, gettext("A desk’s name is short, as on its sign: at most 40 characters."))
        if self.errors:
            return data
        return data | {"desks": tuple(desks), "themes": tuple(self._renamed(theme) for theme in kept)}

    def _renamed(self, theme: ThemePreset) -> ThemePreset:
        name, sentence = (self.cleaned_data[f"{part}_{theme.key}"].data for part in ("name", "sentence"))
        return replace(theme, name=name, sentence=sentence)


class WaitingPage(forms.Form):
    """Page 3: how visitors wait, and when they are asked the voluntary questions."""

    ticket_style = forms.ChoiceField(
        label=_("How do visitors wait?"), choices=TicketStyle.choices, widget=forms.RadioSelect
    )
    profile_moment = forms.ChoiceField(
        label=_("When are the voluntary questions offered?"),
        help_text=_(
            "Age band, status, education and the like: each can be skipped, and none is tied to a ticket."
        ),
        choices=ProfileMoment.choices,
        widget=forms.RadioSelect,
    )
