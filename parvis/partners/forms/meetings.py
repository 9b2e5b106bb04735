"""What may be typed about a meeting: when, what about, what was said, decided and taken on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.forms.hours import DateInput, TimeInput
from parvis.partners.actions.decisions import DecisionSaid, PointSaid, Votes
from parvis.partners.actions.meetings import ItemSaid, MeetingSaid
from parvis.partners.forms.bodies import NAMES_NOBODY
from parvis.partners.forms.keyed import ROWS, KeyedForm
from parvis.partners.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Body,
    Decision,
    Institution,
    Meeting,
)
from parvis.partners.queries.meetings import (
    ALL,
    DONE,
    OPEN,
    OVERDUE,
    ActionAsked,
    Attended,
    DecisionAsked,
)
from parvis.shared.free_text import NoNameField

VOTES = ("votes_for", "votes_against", "abstentions")


class MeetingForm(KeyedForm):
    """When and where."""

    day = forms.DateField(label=_("Day"), widget=DateInput())
    begins = forms.TimeField(label=_("Begins at"), required=False, widget=TimeInput())
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    carry = forms.BooleanField(
        label=_("Carry over what is still open from earlier meetings"), required=False, initial=True
    )

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meeting:
            del self.fields["carry"]

    def said(self) -> MeetingSaid:
        """What the actions take."""
        data = self.cleaned_data
        return MeetingSaid(data["day"], data["begins"], data["place"])


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """The form's values for a meeting that is there."""
    return {"key": meeting.key, "day": meeting.day, "begins": meeting.begins, "place": meeting.place}


class ItemForm(KeyedForm):
    """A point of the agenda, and its minutes."""

    title = NoNameField(label=_("What is it about?"), max_length=160)
    brought_by = forms.ChoiceField(label=_("Brought by"), required=False)
    minutes = NoNameField(
        label=pgettext_lazy("of a meeting", "Minutes"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=NAMES_NOBODY,
    )

    def __init__(
        self,
        *args: Any,
        offered: Sequence[tuple[int, str]],
        by_pk: dict[str, Institution],
        item: AgendaItem | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = by_pk
        if item:
            self.fields["seen"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=item.edition
            )
        choices = [(str(pk), name) for pk, name in offered]
        if item and item.brought_by and str(item.brought_by_id) not in dict(choices):
            choices.append((str(item.brought_by_id), item.brought_by.name))
        self.offer("brought_by", [("", gettext("The centre itself")), *choices])

    def show_again(self, edition: str) -> None:
        """The words stay; the next try knows what it replaces."""
        self.data = {**self.data.dict(), "seen": edition}  # type: ignore[attr-defined]  # what was posted

    def said(self) -> ItemSaid:
        """What the actions take."""
        data = self.cleaned_data
        return ItemSaid(data["title"], self.by_pk.get(data["brought_by"]), data["minutes"])


def item_values(item: AgendaItem) -> dict[str, Any]:
    """The form's values for a point that is there."""
    by = str(item.brought_by_id) if item.brought_by_id else ""
    return {"key": item.key, "title": item.title, "minutes": item.minutes, "brought_by": by}


class AttendanceForm(forms.Form):
    """One choice for each seat that somebody held on the day."""

    def __init__(self, *args: Any, attended: list[Attended], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {f"seat-{one.seat.pk}": one for one in attended if one.mandate}
        for name, one in self.rows.items():
            who = one.mandate.institution.name if one.mandate else ""
            self.fields[name] = forms.ChoiceField(
                label=who,
                required=False,
                choices=[("", gettext("Not said")), *Attendance.State.choices],
                initial=one.state or "",
                help_text=one.seat.category,
            )

    def states(self) -> dict[Any, Attendance.State | None]:
        """What the action takes."""
        said = self.cleaned_data
        return {
            one.seat: Attendance.State(said[name]) if said[name] else None for name, one in self.rows.items()
        }


class UnderItemForm(KeyedForm):
    """Something that stands under a point of the agenda."""

    item = forms.ChoiceField(label=_("Under which point of the agenda"), required=False)

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items_by_pk = {str(item.pk): item for item in items}
        points = [(str(item.pk), f"{n}. {item.title}") for n, item in enumerate(items, 1)]
        self.offer("item", [("", gettext("Under none")), *points])

    def the_item(self) -> AgendaItem | None:
        """The point that was chosen."""
        return self.items_by_pk.get(self.cleaned_data["item"])


class DecisionForm(UnderItemForm):
    """What was decided; the votes where they were counted."""

    wording = NoNameField(
        label=_("What was decided"),
        max_length=1000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("A whole sentence that can be read alone. Institutions, never people."),
    )
    result = forms.ChoiceField(
        label=_("Result"), choices=Decision.Result.choices, widget=forms.RadioSelect, initial="adopted"
    )
    votes_for = forms.IntegerField(label=_("Votes for"), required=False, min_value=0, max_value=999)
    votes_against = forms.IntegerField(label=_("Votes against"), required=False, min_value=0, max_value=999)
    abstentions = forms.IntegerField(label=_("Abstentions"), required=False, min_value=0, max_value=999)
    field_order = ["item", "wording", "result", *VOTES]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        said = [data.get(name) is not None for name in VOTES]
        if any(said) and not all(said) and not any(name in self.errors for name in VOTES):
            missing = VOTES[said.index(False)]
            self.add_error(missing, gettext("Give all three counts, or none. Nobody is 0."))
        return data

    def said(self) -> DecisionSaid:
        """What the actions take."""
        data = self.cleaned_data
        counted = data["votes_for"] is not None
        votes = Votes(data["votes_for"], data["votes_against"], data["abstentions"]) if counted else None
        return DecisionSaid(data["wording"], Decision.Result(data["result"]), self.the_item(), votes)


def decision_values(decision: Decision) -> dict[str, Any]:
    """The form's values for a decision that is there."""
    names = ("key", "wording", "result", *VOTES)
    under = str(decision.item_id) if decision.item_id else ""
    return {name: getattr(decision, name) for name in names} | {"item": under}


class PointForm(UnderItemForm):
    """What somebody took on. ``handed_on``: the minutes are approved, so that only who and when can change, with a reason."""

    what = NoNameField(
        label=_("What is to be done"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    institution = forms.ChoiceField(label=_("Which institution does it"), required=False)
    person = forms.ChoiceField(
        label=_("Who of the team does it"),
        required=False,
        help_text=_("So that one knows whom to ask. Nobody is counted."),
    )
    due = forms.DateField(label=pgettext_lazy("action", "Due"), required=False, widget=DateInput())
    reason = NoNameField(
        label=_("Why it changes"),
        max_length=300,
        help_text=_("The minutes are approved: this stands beside them as a correction."),
    )
    field_order = ["what", "institution", "person", "due", "item", "reason"]

    def __init__(
        self,
        *args: Any,
        institutions: Sequence[tuple[int, str]],
        by_pk: dict[str, Institution],
        people: Sequence[User],
        point: ActionPoint | None = None,
        handed_on: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk, self.people = by_pk, {str(one.pk): one for one in people}
        known = {str(pk): name for pk, name in institutions}
        if point and point.institution:
            known.setdefault(str(point.institution_id), point.institution.name)
        self.offer("institution", [("", gettext("None")), *known.items()])
        self.offer("person", [("", gettext("Nobody")), *((pk, one.name) for pk, one in self.people.items())])
        self.point = point
        if handed_on:
            del self.fields["what"], self.fields["item"]
        else:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("institution") and not data.get("person") and "institution" not in self.errors:
            self.add_error("institution", gettext("Say which institution or which colleague takes it on."))
        return data

    def said(self) -> PointSaid:
        """What the actions take."""
        data = self.cleaned_data
        what, item = data.get("what"), self.the_item() if "item" in self.fields else None
        return PointSaid(
            what=what or (self.point.what if self.point else ""),
            institution=self.by_pk.get(data["institution"]),
            person=self.people.get(data["person"]),
            due=data["due"],
            item=item,
        )


def point_values(point: ActionPoint) -> dict[str, Any]:
    """The form's values for an action that is there."""
    return {
        "key": point.key,
        "what": point.what,
        "due": point.due,
        "institution": str(point.institution_id or ""),
        "person": str(point.person_id or ""),
        "item": str(point.item_id or ""),
    }


class CorrectionForm(UnderItemForm):
    """How something in approved minutes should read."""

    text = NoNameField(
        label=_("How it should read"),
        max_length=1000,
        widget=forms.Textarea(attrs=ROWS),
        help_text=NAMES_NOBODY,
    )
    reason = NoNameField(label=_("Why"), max_length=300)
    field_order = ["item", "text", "reason"]


class ApprovalForm(forms.Form):
    """At which later meeting the minutes were approved."""

    at_meeting = forms.ChoiceField(label=_("Approved at the meeting of"))

    def __init__(self, *args: Any, later: Sequence[Meeting], said: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in later}
        field: Any = self.fields["at_meeting"]
        field.choices = list(zip(self.by_pk, said, strict=True))


class ActionFilter(forms.Form):
    """Which actions. What cannot be read falls back to the open ones."""

    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (OPEN, pgettext_lazy("actions", "Open")),
            (OVERDUE, pgettext_lazy("actions", "Overdue")),
            (DONE, pgettext_lazy("actions", "Done")),
            (ALL, pgettext_lazy("actions", "All")),
        ],
    )
    body = forms.ChoiceField(label=_("Body"), required=False)
    words = forms.CharField(label=_("Words"), max_length=80, required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.choices = [("", gettext("All bodies")), *((str(one.pk), one.name) for one in bodies)]

    @property
    def asked(self) -> ActionAsked:
        self.is_valid()
        said = self.cleaned_data
        return ActionAsked(said.get("state") or OPEN, said.get("body") or "", said.get("words") or "")


class DecisionFilter(forms.Form):
    """Which decisions. What cannot be read is not asked."""

    body = forms.ChoiceField(label=_("Body"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    result = forms.ChoiceField(label=_("Result"), required=False)
    words = forms.CharField(label=_("Words"), max_length=80, required=False)

    def __init__(self, *args: Any, bodies: Sequence[Body], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, year, result = (self._field(name) for name in ("body", "year", "result"))
        body.choices = [("", gettext("All bodies")), *((str(one.pk), one.name) for one in bodies)]
        year.choices = [("", gettext("All years")), *((str(one), str(one)) for one in years)]
        result.choices = [("", gettext("All results")), *Decision.Result.choices]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def asked(self) -> DecisionAsked:
        self.is_valid()
        return DecisionAsked(**{name: self.cleaned_data.get(name) or "" for name in self.fields})
