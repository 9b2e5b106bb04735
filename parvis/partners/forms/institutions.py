"""What may be typed about an institution, and about who belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre, Theme
from parvis.partners.actions import Described
from parvis.partners.models import Belonging, Institution, Relation
from parvis.shared.free_text import NoNameField
from parvis.shared.templatetags.parvis import theme_mark


class InstitutionForm(forms.Form):
    """One institution as a centre describes it. ``known``: names of its network that it may take up."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As it calls itself. Institutions only, never a person.")
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("kind of institution", "Type"), choices=[("", ""), *Institution.Kind.choices]
    )
    standing = forms.ChoiceField(
        label=_("To this centre"),
        choices=Relation.Standing.choices,
        widget=forms.RadioSelect,
        initial=Relation.Standing.PARTNER,
        help_text=_("A partner lends people or time. To an outside body, one only sends people."),
    )
    themes = forms.MultipleChoiceField(
        label=_("Good for these themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It is offered first when a visitor of these themes is sent on."),
    )
    for_staff = NoNameField(
        label=_("What it is good for, for the team"),
        required=False,
        help_text=_("Whom it helps, when to send somebody, what to bring. No names."),
    )
    address = forms.CharField(label=_("Address"), max_length=250, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, help_text=_("The institution’s, nobody’s own.")
    )
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    valid_from = forms.DateField(label=_("Since"), widget=DateInput())
    valid_to = forms.DateField(
        label=_("Closed on"),
        required=False,
        widget=DateInput(),
        help_text=_("The first day without it. What happened with it stays in the figures."),
    )

    def __init__(
        self,
        *args: Any,
        centre: Centre,
        day: date,
        relation: Relation | None = None,
        shared: bool = False,
        known: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"initial": _initial(relation, day)} | kwargs)
        self.known, self.relation = known, relation
        chosen = [theme.pk for theme in relation.themes.all()] if relation else []
        themes = Theme.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=day) | Q(pk__in=chosen), centre=centre
        )
        self.by_pk = {str(theme.pk): theme for theme in themes.order_by("position", "pk")}
        self._field("themes").choices = [(pk, _marked(theme)) for pk, theme in self.by_pk.items()]
        self._field("for_staff").country = centre.country
        if known:
            self._field("name").widget.attrs["list"] = "known-names"
        if shared:
            self._field("name").disabled = self._field("kind").disabled = True
            self._field("name").help_text = _(
                "Other centres of the network work with it: its name and type stay."
            )
        self.fields["for_visitors"] = WordsField(
            label=_("What it is good for, for visitors"),
            help_text=_("In plain words, for their plan sheet: “They help you pay for a training.”"),
            languages=centre.languages,
            max_length=200,
            required=False,
            initial=relation.for_visitors if relation else None,
        )

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("valid_from"), data.get("valid_to")
        if starts and ends and ends <= starts:
            self.add_error("valid_to", gettext("It closes before it starts."))
        return data

    def said(self) -> Described:
        """What the actions take."""
        data = self.cleaned_data
        return Described(
            name=data["name"],
            kind=Institution.Kind(data["kind"]),
            standing=Relation.Standing(data["standing"]),
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            themes=[self.by_pk[pk] for pk in data["themes"]],
            address=data["address"],
            phone=data["phone"],
            website=data["website"],
            for_staff=data["for_staff"],
            for_visitors=data["for_visitors"],
        )


def _marked(theme: Theme) -> SafeString:
    return format_html("{}<span>{}</span>", theme_mark(theme), theme.name)


def _initial(relation: Relation | None, day: date) -> dict[str, Any]:
    if relation is None:
        return {"valid_from": day}
    plain = ("standing", "address", "phone", "website", "for_staff", "valid_from", "valid_to")
    return {name: getattr(relation, name) for name in plain} | {
        "name": relation.institution.name,
        "kind": relation.institution.kind,
        "themes": [str(theme.pk) for theme in relation.themes.all()],
    }


class BelongingForm(forms.Form):
    """Where one of the team comes from, and since when."""

    institution = forms.ChoiceField(label=_("Institution"), required=False, widget=forms.RadioSelect)
    on = forms.DateField(label=_("From this day on"), widget=DateInput())

    def __init__(
        self, *args: Any, partners: list[Relation], day: date, now: Belonging | None, **kwargs: Any
    ) -> None:
        usual = {"on": day, "institution": str(now.institution_id) if now else ""}
        super().__init__(*args, **{"initial": usual} | kwargs)
        self.by_pk = {str(one.institution_id): one.institution for one in partners}
        if now:
            self.by_pk.setdefault(str(now.institution_id), now.institution)
        field: Any = self.fields["institution"]
        none = ("", gettext("None: employed by the centre, or not said"))
        field.choices = [*((pk, one.name) for pk, one in self.by_pk.items()), none]

    def to(self) -> Institution | None:
        """The institution chosen, or none."""
        return self.by_pk.get(self.cleaned_data["institution"])
