"""Coding an act: large chips, in the order in which one thinks; the rest one key away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.reception.actions import Coding, DoesNotAddUp, TakenBack
from parvis.reception.actions.acts import PARTITIONS
from parvis.reception.models import Act
from parvis.reception.queries.acts import Choices
from parvis.reception.queries.lines import language_name
from parvis.shared.free_text import NoNameField
from parvis.shared.templatetags.parvis import theme_mark

SEVERAL = {
    "need": CodeList.NEED,
    "resource": CodeList.RESOURCE,
    "redirection": CodeList.REDIRECTION,
    "unmet_need": CodeList.UNMET_NEED,
}
ONE = {"outcome": CodeList.OUTCOME, "non_contact": CodeList.NON_CONTACT}


@dataclass(frozen=True)
class Group:
    """A question of the form: its field, the key that leads to it, and whether it waits folded."""

    field: BoundField
    letter: str
    folded: bool = False


def several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


def one(label: Any, *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=required, widget=forms.RadioSelect)


class ActForm(forms.Form):
    """What the three kinds share. The page makes the key, so that a second try is the same act."""

    kind: Act.Kind
    groups_shown: tuple[tuple[str, str, bool], ...] = ()
    lists: tuple[CodeList, ...] = ()

    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = one(_("How it took place"), required=True)
    note = NoNameField(
        label=_("Short note"),
        required=False,
        help_text=_("What a colleague should know, without anything that tells who it was."),
    )

    def __init__(self, *args: Any, centre: Centre, choices: Choices, **kwargs: Any) -> None:
        channels = choices.of(CodeList.CHANNEL)
        usual = {"key": uuid4(), "channel": str(channels[0].pk) if channels else ""}
        super().__init__(*args, **kwargs | {"initial": usual | kwargs.get("initial", {})})
        self.choices = choices
        self.by_pk = {str(code.pk): code for codes in choices.codes.values() for code in codes}
        self.themes_by_pk = {str(theme.pk): theme for theme in choices.themes}
        note: Any = self.fields["note"]
        note.country = centre.country
        for name, code_list in {
            **SEVERAL,
            **ONE,
            "channel": CodeList.CHANNEL,
            "service": CodeList.SERVICE,
        }.items():
            self._offer(name, [(str(code.pk), str(code)) for code in choices.of(code_list)])
        self._offer("themes", [(str(theme.pk), marked(theme)) for theme in choices.themes])
        languages = [(code, language_name(code).capitalize()) for code in centre.languages]
        self._offer("language", [("", gettext("Not noted")), *languages])

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        if name in self.fields:
            field: Any = self.fields[name]
            field.choices = offered

    @property
    def groups(self) -> list[Group]:
        """The questions that have something to choose, in order."""
        shown = [
            Group(self[name], letter, folded and not self[name].errors)
            for name, letter, folded in self.groups_shown
        ]
        return [group for group in shown if getattr(group.field.field, "choices", True)]

    def refused(self, error: Exception) -> None:
        """Puts an action's refusal where it belongs."""
        if isinstance(error, TakenBack):  # that stays so: saved again, this is another act
            posted: Any = self.data
            again = posted.copy()
            again["key"] = str(uuid4())
            self.data = again
        self.add_error(None, str(error))

    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def coding(self) -> Coding:
        """What was chosen, as the action takes it."""
        data = self.cleaned_data
        chosen = [pk for name in SEVERAL for pk in data.get(name, [])]
        chosen += [data[name] for name in ONE if data.get(name)]
        return Coding(
            kind=self.kind,
            channel=self.by_pk[data["channel"]],
            themes=[self.themes_by_pk[pk] for pk in data.get("themes", [])],
            codes=[self.by_pk[pk] for pk in chosen],
            totals=self.totals(),
            service=self.by_pk.get(data.get("service", "")),
            size=data.get("size") or 1,
            minutes=data.get("minutes"),
            language=data.get("language", ""),
            note=data.get("note", ""),
        )

    def totals(self) -> dict[Code, int]:
        return {}


class IndividualForm(ActForm):
    """One visitor."""

    kind = Act.Kind.INDIVIDUAL
    groups_shown = (
        ("themes", "t", False),
        ("need", "n", False),
        ("outcome", "o", False),
        ("redirection", "r", True),
        ("unmet_need", "u", True),
        ("resource", "d", True),
        ("service", "s", True),
        ("channel", "c", True),
    )
    lists = (
        CodeList.CHANNEL,
        CodeList.SERVICE,
        CodeList.OUTCOME,
        *SEVERAL.values(),
    )

    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple)
    need = several(_("What it was about"))
    outcome = one(_("How it ended"))
    redirection = several(_("Where to next"))
    unmet_need = several(_("What could not be found"))
    resource = several(_("What was used"))
    service = one(_("Service given"))
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)
    language = forms.ChoiceField(label=_("Language spoken"), required=False)


class GroupForm(IndividualForm):
    """A class or a group: a size, and totals that account for every member. No list of people."""

    kind = Act.Kind.GROUP
    lists = (*IndividualForm.lists, *PARTITIONS)

    size = forms.IntegerField(label=_("How many people"), min_value=2, max_value=500)
    field_order = ("key", "size")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code_list in PARTITIONS:
            for code in self.choices.of(code_list):
                self.fields[f"total_{code.pk}"] = forms.IntegerField(
                    label=str(code), required=False, min_value=0, max_value=500
                )

    @property
    def tables(self) -> list[tuple[str, list[tuple[BoundField, bool]], str, bool]]:
        """Each list's wording, its counts with a mark on “not communicated”, what is wrong with it, and whether it is begun."""
        return [self._table(code_list) for code_list in PARTITIONS if self.choices.of(code_list)]

    def _table(self, code_list: CodeList) -> tuple[str, list[tuple[BoundField, bool]], str, bool]:
        fields = [(self[f"total_{code.pk}"], code.not_communicated) for code in self.choices.of(code_list)]
        begun = code_list == CodeList.AGE_BAND or any(
            field.value() or field.errors for field, _rest in fields
        )
        return str(code_list.label), fields, self.wrong_lists.get(code_list, ""), begun

    @property
    def wrong_lists(self) -> dict[str, str]:
        return getattr(self, "_wrong_lists", {})

    def refused(self, error: Exception) -> None:
        if isinstance(error, DoesNotAddUp):
            self._wrong_lists = {error.list: str(error)}
            self.add_error(
                None, gettext("The totals of a list do not add up to the group. Nothing is lost: look below.")
            )
        else:
            super().refused(error)

    def totals(self) -> dict[Code, int]:
        counts = {pk: self.cleaned_data.get(f"total_{pk}") or 0 for pk in self.by_pk}
        return {self.by_pk[pk]: count for pk, count in counts.items() if count}


class NonContactForm(ActForm):
    """Nobody to help after all: wrong door, hang-up. Counted apart, and no contact."""

    kind = Act.Kind.NON_CONTACT
    groups_shown = (("non_contact", "n", False), ("channel", "c", False))
    lists = (CodeList.CHANNEL, CodeList.NON_CONTACT)

    non_contact = one(_("What it was"), required=True)
    field_order = ("key", "non_contact", "channel", "note")


FORMS: dict[str, type[ActForm]] = {
    Act.Kind.INDIVIDUAL: IndividualForm,
    Act.Kind.GROUP: GroupForm,
    Act.Kind.NON_CONTACT: NonContactForm,
}


def marked(theme: Theme) -> SafeString:
    """A theme's shape and name, as a chip shows it."""
    return format_html("{}<span>{}</span>", theme_mark(theme), theme.name)


def initial_of(act: Act) -> dict[str, Any]:
    """The form's values for an act that is to be corrected; its codes and themes are prefetched."""
    values: dict[str, Any] = {
        "key": act.key,
        "channel": str(act.channel_id),
        "service": str(act.service_id or ""),
        "themes": [str(theme.pk) for theme in act.themes.all()],
        "size": act.size,
        "minutes": act.minutes,
        "language": act.language,
        "note": act.note,
    }
    for chosen in act.codes.all():
        pk, code_list = str(chosen.code_id), chosen.code.list
        for name, listed in SEVERAL.items():
            if listed == code_list:
                values.setdefault(name, []).append(pk)
        for name, listed in ONE.items():
            if listed == code_list:
                values[name] = pk
        if code_list in PARTITIONS:
            values[f"total_{pk}"] = chosen.count
    return values
