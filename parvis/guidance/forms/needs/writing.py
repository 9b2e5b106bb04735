"""Noting a need, wording a proposal, moving it on, saying something about it. Every free word passes the check for names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.needs import Noted, Wanted
from parvis.guidance.forms.needs.asking import DayInput
from parvis.guidance.models import Need, Proposal, ProposalState
from parvis.guidance.queries.needs.proposals import Offered
from parvis.shared.free_text import NoNameField
from parvis.shared.templatetags.parvis import theme_mark

LONG = {"rows": 4}
SHORT = {"rows": 2}


class KeyedForm(forms.Form):
    """The page makes the key, so that a second try is the same thing; words name nobody, as the centre's country writes."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, centre: Centre, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        for field in self.fields.values():
            if isinstance(field, NoNameField):
                field.country = centre.country

    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class NeedForm(KeyedForm):
    """A need in the team's own words."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = NoNameField(
        label=_("What could not be found"),
        help_text=_(
            "In your own words, about the need and never about somebody: no names, no phone numbers."
        ),
        widget=forms.Textarea(attrs=SHORT),
    )
    theme = forms.ChoiceField(label=_("Theme"), widget=forms.RadioSelect)
    voiced = forms.IntegerField(label=_("How many people voiced it"), min_value=1, max_value=500, initial=1)
    day = forms.DateField(label=_("Day"), widget=DayInput)

    def __init__(self, *args: Any, themes: list[Theme], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes_by_pk = {str(theme.pk): theme for theme in themes}
        self.offer("theme", [(pk, marked(theme)) for pk, theme in self.themes_by_pk.items()])
        self.initial.setdefault("day", today)
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    def renew(self, need: Need) -> None:
        """Sent again, the form replaces ``need`` as it is now."""
        posted: Any = self.data
        data = posted.copy()
        data["version"] = str(need.version)
        self.data = data

    def noted(self) -> Noted:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        return Noted(said["text"], self.themes_by_pk[said["theme"]], said["voiced"], said["day"])


def need_values(need: Need) -> dict[str, Any]:
    """The form's values for an entry that is to be corrected."""
    return {
        "key": need.key,
        "version": need.version,
        "text": need.text,
        "theme": str(need.theme_id),
        "voiced": need.voiced,
        "day": need.date,
    }


class ProposalForm(KeyedForm):
    """Everything about a proposal but its state. ``base`` is what the page showed first, to see what was changed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base = forms.CharField(widget=forms.HiddenInput, required=False)
    title = NoNameField(
        label=_("What do you propose?"), max_length=120, help_text=_("Short, as one says it in the meeting.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Proposal.Kind.choices, widget=forms.RadioSelect)
    plan = NoNameField(
        label=_("What would be done"), max_length=1000, required=False, widget=forms.Textarea(attrs=LONG)
    )
    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple)
    owner = forms.ChoiceField(
        label=_("Whom to ask"), required=False, help_text=_("Whoever keeps it in mind. Nobody is counted.")
    )
    due = forms.DateField(label=_("Due"), required=False, widget=DayInput)
    outcome = NoNameField(label=_("What came of it"), max_length=1000, widget=forms.Textarea(attrs=LONG))
    codes = forms.MultipleChoiceField(
        label=_("Needs of the list"), required=False, widget=forms.CheckboxSelectMultiple
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs noted by the team"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Offered, with_outcome: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, dict[str, Any]] = {
            "themes": {str(row.pk): row for row in offered.themes},
            "codes": {str(row.pk): row for row in offered.codes},
            "needs": {str(row.pk): row for row in offered.needs},
            "owner": {str(row.pk): row for row in offered.people},
        }
        self.offer("themes", [(pk, marked(row)) for pk, row in self.rows["themes"].items()])
        self.offer("codes", [(pk, str(row)) for pk, row in self.rows["codes"].items()])
        self.offer("needs", [(pk, noted_label(row)) for pk, row in self.rows["needs"].items()])
        people = [(pk, row.name) for pk, row in self.rows["owner"].items()]
        self.offer("owner", [("", gettext("Looking for somebody")), *people])
        if not with_outcome:
            del self.fields["outcome"]
        for name in ("codes", "needs"):
            if not self.rows[name]:
                del self.fields[name]
        self.initial["base"] = json.dumps(self._plain(self.initial))
        self.now_says: dict[str, str] = {}

    def suggest_themes(self) -> None:
        """Those of the needs that are gathered already."""
        rows, chosen = self.rows["needs"], self.initial.get("needs", [])
        self.initial["themes"] = sorted({str(rows[pk].theme_id) for pk in chosen if pk in rows})

    @property
    def shown(self) -> list[str]:
        """The names of what somebody can change."""
        return [name for name in self.fields if name not in ("key", "version", "base")]

    def _plain(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: plain_value(values.get(name)) for name in self.shown}

    def wanted(self) -> Wanted:
        """What was chosen, as the action takes it."""
        said = self.cleaned_data

        def rows(name: str) -> list[Any]:
            return [self.rows[name][pk] for pk in said.get(name, [])]

        owner: User | None = self.rows["owner"].get(said["owner"])
        return Wanted(
            title=said["title"],
            kind=said["kind"],
            plan=said["plan"],
            themes=rows("themes"),
            owner=owner,
            due=said["due"],
            needs=rows("needs"),
            codes=rows("codes"),
            outcome=said.get("outcome"),
        )

    def meet(self, current: dict[str, Any]) -> list[str]:
        """Puts what a colleague saved meanwhile (``current``) together with what was typed here, and returns what they changed.

        Where only they changed something, theirs stands; where both did, what was typed stays and theirs is shown beside it.
        """
        posted: Any = self.data
        data = posted.copy()
        base, theirs, changed = self._base(), self._plain(current), []
        for name in self.shown:
            mine, their = plain_value(self.cleaned_data.get(name)), theirs[name]
            if their in (mine, base.get(name)):
                if mine == their != base.get(name, their):
                    changed.append(self._named(name))
                continue
            changed.append(self._named(name))
            if mine == base.get(name):
                self._put(data, name, their)
            else:
                self.now_says[self._named(name)] = self._in_words(name, their)
        data["version"], data["base"] = str(current["version"]), json.dumps(theirs)
        self.data = data
        return changed

    def _named(self, name: str) -> str:
        """A field as a sentence names it."""
        return gettext("Title") if name == "title" else str(self.fields[name].label)

    def _base(self) -> dict[str, Any]:
        """What the page showed first; nothing where it cannot be read."""
        try:
            base = json.loads(self.cleaned_data.get("base") or "{}")
        except ValueError:
            return {}
        return base if isinstance(base, dict) else {}

    def _put(self, data: Any, name: str, value: Any) -> None:
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value

    def _in_words(self, name: str, value: Any) -> str:
        choices = {str(key): label for key, label in getattr(self.fields[name], "choices", [])}
        values = value if isinstance(value, list) else [value]
        if name in ("codes", "needs", "themes"):
            said = [str(self.rows[name][one]) for one in values if one in self.rows[name]]
        else:
            said = [str(choices.get(one, one)) for one in values]
        return ", ".join(said) or gettext("nothing")


def plain_value(value: Any) -> Any:
    """A form's value as an address or a hidden field has it, the same for the same."""
    if isinstance(value, list | tuple):
        return sorted(str(one) for one in value)
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value).replace("\r\n", "\n")


def proposal_values(proposal: Proposal) -> dict[str, Any]:
    """The form's values for a proposal that is to be changed: three queries."""
    return {
        "key": proposal.key,
        "version": proposal.version,
        "title": proposal.title,
        "kind": proposal.kind,
        "plan": proposal.plan,
        "owner": str(proposal.owner_id or ""),
        "due": proposal.due,
        "outcome": proposal.outcome,
        "themes": keys_of(proposal.themes),
        "codes": keys_of(proposal.codes),
        "needs": keys_of(proposal.needs.filter(withdrawn_at=None)),
    }


def keys_of(rows: Any) -> list[str]:
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]


class StepForm(KeyedForm):
    """To another state; with what came of it where that is the end."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ChoiceField(choices=ProposalState.choices)
    outcome = NoNameField(
        label=_("What came of it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=_(
            "In words that the whole team understands in a year: what is there now, or why it was dropped."
        ),
    )

    def the_state(self) -> ProposalState:
        return ProposalState(self.cleaned_data["to"])


class RemarkForm(KeyedForm):
    """One remark."""

    text = NoNameField(
        label=_("Your remark"),
        max_length=600,
        widget=forms.Textarea(attrs=SHORT),
        help_text=_("Colleagues read it with your name. It names no visitor."),
    )


def marked(theme: Theme) -> Any:
    """A theme's shape and name, as a chip shows it."""
    return format_html("{}<span>{}</span>", theme_mark(theme), theme.name)


def noted_label(need: Need) -> Any:
    """A need as a chip shows it."""
    return format_html("{}<span>{}</span>", theme_mark(need.theme), need.text)
