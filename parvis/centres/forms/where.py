"""Where a centre is and what it speaks: country, region, time zone, languages in order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.public_holidays import countries, regions
from parvis.centres.time_zones import all_zones, only_zone, zones_of
from parvis.centres.words import own_name


class WhereForm(forms.Form):
    """Region and time zone follow the country; the page asks again for them when the country changes."""

    country = forms.ChoiceField(
        label=_("Country"), help_text=_("Its public holidays are closed days at first.")
    )
    subdivision = forms.ChoiceField(
        label=_("Region"), required=False, help_text=_("Only where a region has holidays of its own.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self._value("country") or "FR"
        choice(self, "country").choices = countries((get_language() or "en").split("-")[0])
        choice(self, "subdivision").choices = [("", _("The whole country")), *regions(country)]
        here = zones_of(country)
        others = [zone for zone in all_zones() if zone not in here]
        choice(self, "time_zone").choices = [
            ("", _("Choose")),
            (_("In this country"), [(zone, zone_name(zone)) for zone in here]),
            (_("Elsewhere"), [(zone, zone_name(zone)) for zone in others]),
        ]

    def _value(self, name: str) -> str:
        """What is typed, else what was there."""
        value = (
            self.data.get(self.add_prefix(name))
            if self.is_bound
            else self.get_initial_for_field(self.fields[name], name)
        )
        return str(value or "")

    def follow_country(self) -> dict[str, str]:
        """Values after a new choice of country: a region or zone that is not there gives way."""
        country, region, zone = (self._value(name) for name in ("country", "subdivision", "time_zone"))
        return {
            "country": country,
            "subdivision": region if region in dict(regions(country)) else "",
            "time_zone": zone if zone in zones_of(country) else only_zone(country),
        }


class OrderedLanguages(forms.CheckboxSelectMultiple):
    """Languages to tick and to put in order; what is sent is in the order of the page."""

    template_name = "centres/widgets/languages.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = list(value or [])
        rows = [option for _group, options, _index in context["widget"]["optgroups"] for option in options]
        rows.sort(key=lambda row: chosen.index(row["value"]) if row["value"] in chosen else len(chosen))
        context["widget"]["rows"] = rows
        return context


class LanguagesField(forms.MultipleChoiceField):
    """At least one language that visitors' pages speak, in the order in which they are offered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(code, own_name(code)) for code, _name in settings.LANGUAGES],
            widget=OrderedLanguages,
            error_messages={"required": _("Choose at least one language.")},
            **options,
        )

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().clean(value)))


def zone_name(zone: str) -> str:
    """A zone as people say it: “Paris (Europe)”."""
    area, _slash, place = zone.partition("/")
    return gettext("%(place)s (%(area)s)") % {"place": place.replace("_", " "), "area": area}


def choice(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    """A field of ``form`` that is a choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
    return field
