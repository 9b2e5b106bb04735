"""What a room offers, how many of an equipment there are, and how the agenda is run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.agenda.actions.agenda_settings import Line, Rules
from parvis.agenda.actions.rooms import RoomSaid
from parvis.agenda.models import AgendaSettings, Room
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Space

MOST_LINES, LONGEST_LINE = 20, 160


class RoomForm(forms.Form):
    """A space in which events and classes take place."""

    places = forms.IntegerField(label=_("People it holds"), min_value=1, max_value=2000, initial=20)
    step_free = forms.BooleanField(label=_("Reached without steps"), required=False)
    hearing_loop = forms.BooleanField(label=_("Hearing loop"), required=False)
    connected = forms.BooleanField(label=_("Ready for people who join online"), required=False)

    def __init__(self, *args: Any, spaces: Sequence[Space] = (), room: Room | None = None, **kw: Any) -> None:
        names = ("places", "step_free", "hearing_loop", "connected")
        super().__init__(
            *args, **kw | {"initial": {name: getattr(room, name) for name in names} if room else {}}
        )
        self._spaces = {str(space.pk): space for space in spaces}
        if room is None:
            several = len({space.site_id for space in spaces}) > 1
            self.fields["space"] = forms.ChoiceField(
                label=_("Space"),
                choices=[
                    (pk, f"{space.name} · {space.site.name}" if several else str(space.name))
                    for pk, space in self._spaces.items()
                ],
                help_text=_("Spaces are written among the centre’s settings; one is a room at most once."),
            )
            self.order_fields(["space"])

    @property
    def space(self) -> Space:
        """The one that was chosen."""
        return self._spaces[self.cleaned_data["space"]]

    def said(self) -> RoomSaid:
        """What was typed."""
        data = self.cleaned_data
        return RoomSaid(data["places"], data["step_free"], data["hearing_loop"], data["connected"])


class EquipmentForm(forms.Form):
    """Things that are lent to sessions and visits."""

    number = forms.IntegerField(label=_("How many there are"), min_value=1, max_value=5000, initial=1)

    def __init__(
        self, *args: Any, languages: list[str], name: LazyI18nString | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = WordsField(label=_("Name"), languages=languages, max_length=60, initial=name)
        self.order_fields(["name", "number"])


class RulesForm(forms.ModelForm[AgendaSettings]):
    """How the agenda is run."""

    checklist = forms.CharField(
        label=_("What the team sees to before a class comes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One thing a line. With nothing here and below, a usual list is taken."),
    )
    for_teachers = forms.CharField(
        label=_("What the teacher sees to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One thing a line, in the words that teachers read."),
    )

    class Meta:
        model = AgendaSettings
        fields = [
            *("second_look", "offer_hours", "reminder_hours"),
            *("classes_welcome", "class_size", "class_notice_days", "option_days"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [_read(one) for one in self.instance.checklist]
        self.initial["checklist"] = "\n".join(text for text, teacher in lines if not teacher)
        self.initial["for_teachers"] = "\n".join(text for text, teacher in lines if teacher)

    def clean_checklist(self) -> list[str]:
        """Its lines."""
        return _lines(self.cleaned_data["checklist"])

    def clean_for_teachers(self) -> list[str]:
        """Its lines."""
        return _lines(self.cleaned_data["for_teachers"])

    def rules(self) -> Rules:
        """What was typed."""
        data = self.cleaned_data
        lines: list[Line] = [{"text": text, "for_teacher": True} for text in data["for_teachers"]]
        lines += [{"text": text, "for_teacher": False} for text in data["checklist"]]
        return Rules(**{name: data[name] for name in self.Meta.fields}, checklist=lines)


def _read(said: object) -> tuple[str, bool]:
    if isinstance(said, dict):
        return str(said.get("text", "")), bool(said.get("for_teacher"))
    return str(said), False


def _lines(text: str) -> list[str]:
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(gettext("At most %(n)s lines.") % {"n": MOST_LINES})
    if any(len(line) > LONGEST_LINE for line in lines):
        raise forms.ValidationError(gettext("At most %(n)s characters a line.") % {"n": LONGEST_LINE})
    return lines
