"""What may be typed about an institution, and about who belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Centre, Theme
from parvis.partners.actions import Described
from parvis.partners.models import Belonging, Field, Institution, Part, Relation, Stage
from parvis.partners.queries import Asked
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
    fields_of_work = forms.MultipleChoiceField(
        label=_("Fields of work"), required=False, choices=Field.choices, widget=forms.CheckboxSelectMultiple
    )
    parts = forms.MultipleChoiceField(
        label=_("What it is for the centre"),
        required=False,
        choices=Part.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several at once are usual."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of its people"), required=False, widget=forms.CheckboxSelectMultiple
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
        spoken = [*centre.languages, *(relation.languages if relation else [])]
        self._field("languages").choices = [(code, _language(code)) for code in dict.fromkeys(spoken)]
        if relation is None:
            self._field("standing").choices = [*Relation.Standing.choices, (Stage.PROSPECT, _("A prospect"))]
            self._field("standing").help_text = _(
                "A partner lends people or time. To an outside body, one only sends people. A prospect may become a partner."
            )
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
        prospect = data["standing"] == Stage.PROSPECT
        return Described(
            name=data["name"],
            kind=Institution.Kind(data["kind"]),
            standing=Relation.Standing.OUTSIDE if prospect else Relation.Standing(data["standing"]),
            stage=Stage.PROSPECT if prospect else Stage.NONE,
            fields=data["fields_of_work"],
            parts=data["parts"],
            languages=data["languages"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            themes=[self.by_pk[pk] for pk in data["themes"]],
            address=data["address"],
            phone=data["phone"],
            website=data["website"],
            for_staff=data["for_staff"],
            for_visitors=data["for_visitors"],
        )


def _language(code: str) -> str:
    return str(get_language_info(code)["name_translated"]).capitalize()


def _marked(theme: Theme) -> SafeString:
    return format_html("{}<span>{}</span>", theme_mark(theme), theme.name)


def _initial(relation: Relation | None, day: date) -> dict[str, Any]:
    if relation is None:
        return {"valid_from": day}
    plain = (
        "standing",
        "parts",
        "languages",
        "address",
        "phone",
        "website",
        "for_staff",
        "valid_from",
        "valid_to",
    )
    return {name: getattr(relation, name) for name in plain} | {
        "name": relation.institution.name,
        "kind": relation.institution.kind,
        "fields_of_work": relation.fields,
        "themes": [str(theme.pk) for theme in relation.themes.all()],
    }


class ListForm(forms.Form):
    """What the list of institutions is narrowed to."""

    q = forms.CharField(label=_("Name, type or use"), required=False, max_length=120)
    kind = forms.ChoiceField(label=pgettext_lazy("kind of institution", "Type"), required=False)
    field = forms.ChoiceField(label=_("Field of work"), required=False)
    part = forms.ChoiceField(label=_("For the centre"), required=False)
    stage = forms.ChoiceField(label=pgettext_lazy("of a partnership", "Stage"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    sort = forms.ChoiceField(label=_("In order of"), required=False)

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", gettext("all"))
        stages = [one for one in Stage.choices if one[0]]
        for name, choices in (
            ("kind", [every, *Institution.Kind.choices]),
            ("field", [every, *Field.choices]),
            ("part", [every, *((key, str(words).split(":")[0].strip()) for key, words in Part.choices)]),
            ("stage", [every, *stages]),
            ("theme", [every, *((str(one.pk), str(one.name)) for one in themes)]),
            (
                "sort",
                [
                    ("name", _("Name")),
                    ("kind", pgettext("kind of institution", "Type")),
                    ("since", _("Since")),
                    ("people", _("People")),
                ],
            ),
        ):
            field: Any = self.fields[name]
            field.choices = choices

    def asked(self) -> Asked:
        """What the query takes; what makes no sense is left out."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        theme = said.pop("theme", None)
        return Asked(search=said.pop("q", ""), theme=int(theme) if theme else None, **said)


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
