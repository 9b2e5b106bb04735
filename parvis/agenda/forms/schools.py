"""What the team types about schools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.agenda.actions.schools import About
from parvis.agenda.models import School
from parvis.agenda.school_sheets.columns import Role
from parvis.centres.models import Centre, Code, CodeList


class SchoolForm(forms.Form):
    """A school of the territory."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=160)
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    reference = forms.CharField(
        label=_("Number of the school"),
        max_length=40,
        required=False,
        help_text=_("The authority’s, if it has one: a list from a file finds the school by it."),
    )
    network = forms.ChoiceField(label=_("Network of schools"), required=False)
    levels = forms.MultipleChoiceField(
        label=pgettext_lazy("of a school", "Levels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    streams = forms.MultipleChoiceField(
        label=pgettext_lazy("of a school", "Streams"), required=False, widget=forms.CheckboxSelectMultiple
    )
    specialised = forms.BooleanField(label=_("Specialised teaching"), required=False)
    pupils = forms.IntegerField(label=_("Number of pupils"), min_value=0, max_value=100_000, required=False)
    counted_on = forms.DateField(
        label=_("Counted on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, centre: Centre, school: School | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | (_of(school) if school else {})})
        lists = {
            "network": CodeList.SCHOOL_NETWORK,
            "levels": CodeList.SCHOOL_LEVEL,
            "streams": CodeList.STREAM,
        }
        codes = list(
            Code.objects.filter(centre=centre, list__in=lists.values(), not_communicated=False).order_by(
                "position", "pk"
            )
        )
        self.codes = {str(one.pk): one for one in codes}
        for name, kind in lists.items():
            offered = [(str(one.pk), one.label) for one in codes if one.list == kind]
            field: Any = self.fields[name]
            field.choices = [("", "–"), *offered] if name == "network" else offered
            if not offered:
                del self.fields[name]

    def about(self) -> About:
        said = self.cleaned_data
        return About(
            name=said["name"],
            place=said["place"],
            reference=said["reference"],
            network=self.codes.get(said.get("network", "")),
            levels=self._chosen("levels"),
            streams=self._chosen("streams"),
            specialised=said["specialised"],
            pupils=said["pupils"],
            counted_on=said["counted_on"],
        )

    def _chosen(self, name: str) -> Sequence[Code]:
        return [self.codes[one] for one in self.cleaned_data.get(name, [])]


def _of(school: School) -> dict[str, Any]:
    made = school.reference.startswith(("p-", "n-"))
    return {
        "name": school.name,
        "place": school.place,
        "reference": "" if made else school.reference,
        "network": school.school_network_id or "",
        "levels": [str(one.pk) for one in school.levels.all()],
        "streams": [str(one.pk) for one in school.streams.all()],
        "specialised": school.specialised,
        "pupils": school.pupils,
        "counted_on": school.counted_on,
    }


class FileForm(forms.Form):
    """A list of schools."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("List of schools"),
        help_text=_("CSV, Excel or OpenDocument, up to 4 MB and 6,000 lines, with a line of headings."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()}})


class ColumnsForm(forms.Form):
    """Which column says what."""

    def __init__(self, *args: Any, heading: Sequence[str], columns: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("none")), *((str(n), text or f"{n + 1}") for n, text in enumerate(heading))]
        for role in Role:
            self.fields[role.value] = forms.ChoiceField(
                label=role.label,
                choices=offered,
                required=role == Role.NAME,
                initial=str(columns[role.value]) if role.value in columns else "",
            )

    def columns(self) -> dict[str, int]:
        return {name: int(value) for name, value in self.cleaned_data.items() if value}
