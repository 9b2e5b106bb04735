"""What the pages of code lists show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from parvis.centres.models import Centre, Code, CodeChange, CodeList, Holder
from parvis.centres.words import languages_without, own_name


@dataclass(frozen=True)
class ListLine:
    """One list on the overview."""

    listed: CodeList
    entries: int
    closed: int
    unmapped: int  # entries in force that count as nothing in the network's list
    unworded: int  # entries in force that lack a language


@dataclass(frozen=True)
class CodeLine:
    """One entry with what its page shows beside it."""

    code: Code
    missing: list[str]  # languages of its readers without a wording

    @property
    def counts_as(self) -> str:
        """What the network calls it, where that differs."""
        name = str(self.code.network_code) if self.code.network_code else ""
        return "" if name == str(self.code) else name


@dataclass(frozen=True)
class ListPage:
    """The entries of one list."""

    listed: CodeList
    in_force: list[CodeLine]  # also those that start later
    closed: list[CodeLine]


@dataclass(frozen=True)
class ChangeLine:
    """One change in words: what, when, by whom, and each value before and after."""

    change: CodeChange
    values: list[tuple[str, str, str]] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # languages whose wording went with the main one's


def lists_for(holder: Holder) -> list[CodeList]:
    """The lists of a centre or a network: a centre's themes are rows of their own."""
    return [listed for listed in CodeList if listed != CodeList.THEME or not isinstance(holder, Centre)]


def languages_of(holder: Holder) -> list[str]:
    """The languages in which entries are worded: a centre's own; a network's are those of its centres: one query."""
    if isinstance(holder, Centre):
        return list(holder.languages)
    spoken = {code for codes in holder.centres.values_list("languages", flat=True) for code in codes}
    spoken |= {code for code, _name in settings.STAFF_LANGUAGES}
    return [code for code, _name in settings.LANGUAGES if code in spoken]


def wanted(listed: CodeList, languages: list[str]) -> list[str]:
    """The ``languages`` that a list's readers need: all of them where visitors read it, else those of staff pages."""
    if listed.read_by_visitors:
        return languages
    staff = {code for code, _name in settings.STAFF_LANGUAGES}
    return [code for code in languages if code in staff]


def lists(holder: Holder, languages: list[str], day: date) -> list[ListLine]:
    """Every list with its counts: one query."""
    codes: dict[str, list[Code]] = {listed: [] for listed in lists_for(holder)}
    for code in Code.objects.held_by(holder).filter(list__in=list(codes)):
        codes[code.list].append(code)
    found = []
    for listed, entries in codes.items():
        current = [code for code in entries if not code.is_closed_on(day)]
        found.append(
            ListLine(
                CodeList(listed),
                entries=len(current),
                closed=len(entries) - len(current),
                unmapped=sum(code.network_code_id is None for code in current)
                if isinstance(holder, Centre)
                else 0,
                unworded=sum(
                    bool(languages_without(code.label, wanted(CodeList(listed), languages)))
                    for code in current
                ),
            )
        )
    return found


def code_list(holder: Holder, listed: CodeList, languages: list[str], day: date) -> ListPage:
    """The entries of one list in order, “not communicated” last, closed ones apart: one query."""
    codes = Code.objects.held_by(holder).filter(list=listed).select_related("network_code")
    lines = [
        CodeLine(
            code, [own_name(missing) for missing in languages_without(code.label, wanted(listed, languages))]
        )
        for code in codes.order_by("not_communicated", "position", "pk")
    ]
    return ListPage(
        listed,
        in_force=[line for line in lines if not line.code.is_closed_on(day)],
        closed=[line for line in lines if line.code.is_closed_on(day)],
    )


def history(code: Code) -> list[ChangeLine]:
    """What was changed about an entry, newest first: one query."""
    changes = code.changes.select_related("by") if code.pk else []
    return [_change_line(change) for change in changes]


def _change_line(change: CodeChange) -> ChangeLine:
    """The values before and after, by language or by what they say; languages that only lost theirs apart."""
    spoken = dict(settings.LANGUAGES)
    before, after = change.before, change.after
    dropped = [key for key in before if key in spoken and key not in after] if after else []
    keys = [key for key in before | after if key not in dropped]
    return ChangeLine(
        change,
        values=[
            (own_name(key) if key in spoken else key, str(before.get(key, "")), str(after.get(key, "")))
            for key in keys
        ],
        dropped=[own_name(key) for key in dropped],
    )
