"""What may be typed about sites, spaces, desks and themes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.forms.where import choice
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre, Code, CodeList, Desk, Shape, Site, Space, Theme, Tint

CLOSED_HELP = _("Empty while it is open. What happened there stays in the figures.")


class SiteForm(forms.ModelForm[Site]):
    """One address of a centre."""

    class Meta:
        model = Site
        fields = ["name", "kind", "address", "closed_on"]
        widgets = {"kind": forms.RadioSelect, "closed_on": DateInput()}
        help_texts = {"closed_on": CLOSED_HELP}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        same = Site.objects.filter(centre=self.instance.centre, name__iexact=name).exclude(
            pk=self.instance.pk
        )
        if same.exists():
            raise forms.ValidationError(gettext("Another site has this name."))
        return name


class SpaceForm(forms.ModelForm[Space]):
    """A part of a site that visitors can find."""

    class Meta:
        model = Space
        fields = ["kind", "closed_on"]
        widgets = {"kind": forms.RadioSelect, "closed_on": DateInput()}
        help_texts = {"closed_on": CLOSED_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = Space.Kind.choices
        self.fields["name"] = WordsField(
            label=_("Name"),
            help_text=_("As on the door: visitors are sent there."),
            languages=self.instance.site.centre.languages,
            max_length=60,
            initial=self.instance.name if self.instance.pk else None,
        )
        self.order_fields(["name", "kind"])


class DeskForm(forms.ModelForm[Desk]):
    """A place where one or two advisers receive."""

    class Meta:
        model = Desk
        fields = ["name", "seats", "direction", "closed_on"]
        widgets = {"direction": forms.RadioSelect, "closed_on": DateInput()}
        help_texts = {
            "closed_on": CLOSED_HELP,
            "seats": _("Two, so that two institutions can sit side by side."),
        }

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        same = Desk.objects.filter(space__site=self.instance.space.site, name__iexact=name)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                gettext("Another desk of this site has this name: visitors would be lost.")
            )
        return name

    def clean_seats(self) -> int:
        seats = int(self.cleaned_data["seats"])
        if not 1 <= seats <= 8:
            raise forms.ValidationError(gettext("From 1 to 8 seats."))
        return seats


class ThemeForm(forms.ModelForm[Theme]):
    """A pole of the centre: its words, colour and shape, what it counts as, and its dates."""

    class Meta:
        model = Theme
        fields = ["tint", "shape", "network_code", "valid_from", "valid_to"]
        widgets = {
            "tint": forms.RadioSelect,
            "shape": forms.RadioSelect,
            "valid_from": DateInput(),
            "valid_to": DateInput(),
        }

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "tint").choices = Tint.choices
        choice(self, "shape").choices = Shape.choices
        new = self.instance.pk is None
        self.fields["name"] = WordsField(
            label=_("Name"),
            help_text=_("Short, as staff say it: Find training."),
            languages=centre.languages,
            max_length=60,
            initial=None if new else self.instance.name,
        )
        self.fields["sentence"] = WordsField(
            label=_("Sentence"),
            help_text=_("As a visitor says it: I am looking for training."),
            languages=centre.languages,
            max_length=120,
            initial=None if new else self.instance.sentence,
        )
        self.fields["network_code"] = NetworkCodeField(
            centre=centre, listed=CodeList.THEME, now=self.instance.network_code
        )
        self.order_fields(["name", "sentence", "tint", "shape", "network_code", "valid_from", "valid_to"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("valid_from"), data.get("valid_to")
        if starts and ends and ends <= starts:
            self.add_error("valid_to", gettext("It closes before it starts."))
        same = Theme.objects.filter(
            centre=self.instance.centre, tint=data.get("tint"), shape=data.get("shape"), valid_to=None
        )
        if not ends and same.exclude(pk=self.instance.pk).exists():
            self.add_error("shape", gettext("Another theme has this colour and this shape."))
        return data


class NetworkCodeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """What a local entry counts as: an entry of the network's list that is open, or the one it has now."""

    def __init__(self, *, centre: Centre, listed: CodeList, now: Code | None) -> None:
        entries = Code.objects.filter(network=centre.network_id, centre=None, list=listed)
        still_open = entries.filter(valid_to=None)
        shown = still_open | entries.filter(pk=now.pk) if now else still_open
        super().__init__(
            queryset=shown.order_by("not_communicated", "position", "pk"),
            label=_("Counts as"),
            help_text=_("In the network’s figures. Without it, the network does not see it."),
            empty_label=_("Nothing in the network’s list"),
            required=False,
            initial=now,
        )
