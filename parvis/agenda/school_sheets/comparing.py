"""A file of schools against those that are known: what would be new, changed, as it is, or left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.agenda.models import School
from parvis.agenda.school_sheets.columns import Role
from parvis.agenda.school_sheets.reading import Row
from parvis.centres.models import Centre, Code, CodeList
from parvis.shared.free_text.reading import fold

MOST_PUPILS = 100_000
YES = {
    "1",
    "x",
    "oui",
    "yes",
    "ja",
    "si",
    "sim",
    "true",
    "vrai",
    "kylla",
    "da",
    "да",
    "так",
    "نعم",
    "specialise",
    "specialised",
}
LISTS = {
    Role.NETWORK: CodeList.SCHOOL_NETWORK,
    Role.LEVELS: CodeList.SCHOOL_LEVEL,
    Role.STREAMS: CodeList.STREAM,
}


class Kind(models.TextChoices):
    """What becomes of a line."""

    NEW = "new", pgettext_lazy("line of a list", "New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("As it is")
    LEFT_OUT = "left_out", pgettext_lazy("line of a list", "Left out")


class Why(models.TextChoices):
    """Why a line or a part of it is left out."""

    NO_NAME = "no_name", _("no name of a school")
    TWICE = "twice", _("the same school stands further up in the file")
    NO_NUMBER = "no_number", _("not a number of pupils")
    NOT_LISTED = "not_listed", _("not in the centre’s list")


@dataclass
class Line:
    """One line of the file. ``remarks``: why, and the words that it is about."""

    number: int
    kind: Kind
    name: str
    place: str = ""
    reference: str = ""
    school: School | None = None
    values: dict[str, object] = field(default_factory=dict)
    codes: dict[str, list[Code]] = field(default_factory=dict)
    changes: list[Role] = field(default_factory=list)
    remarks: list[tuple[Why, str]] = field(default_factory=list)


class Comparison:
    """The lines of a file, compared: three queries."""

    def __init__(self, centre: Centre, rows: list[Row], columns: dict[str, int]) -> None:
        self.columns = {Role(role): place for role, place in columns.items() if role in Role.values}
        schools = School.objects.filter(centre=centre).select_related("school_network")
        self.schools = list(schools.prefetch_related("levels", "streams"))
        self.by_reference = {one.reference: one for one in self.schools}
        self.by_name = {_named(one.name, one.place): one for one in self.schools}
        self.codes = _codes(centre)
        seen: set[str] = set()
        self.lines = [self._line(number, row, seen) for number, row in enumerate(rows[1:], 2)]

    def of(self, kind: Kind) -> list[Line]:
        return [one for one in self.lines if one.kind == kind]

    def _line(self, number: int, row: Row, seen: set[str]) -> Line:
        cell = {role: row[place] if place < len(row) else "" for role, place in self.columns.items()}
        name, place = cell.get(Role.NAME, "")[:160], cell.get(Role.PLACE, "")[:80]
        if not any(char.isalpha() for char in name):
            return Line(number, Kind.LEFT_OUT, name, place, remarks=[(Why.NO_NAME, "")])
        reference = cell.get(Role.REFERENCE, "")[:40] or made_reference(name, place)
        if reference in seen:
            return Line(number, Kind.LEFT_OUT, name, place, reference, remarks=[(Why.TWICE, "")])
        seen.add(reference)
        known = self.by_reference.get(reference)
        if known is None and not cell.get(Role.REFERENCE):
            known = self.by_name.get(_named(name, place))
        line = Line(number, Kind.NEW, name, place, reference, known)
        self._read(line, cell)
        if known is not None:
            line.changes = [role for role in self.columns if _differs(role, line, known)]
            line.kind = Kind.CHANGED if line.changes else Kind.SAME
        return line

    def _read(self, line: Line, cell: dict[Role, str]) -> None:
        """Everything besides name, place and number, as far as there are columns for it."""
        if Role.PUPILS in cell:
            line.values["pupils"] = self._pupils(line, cell[Role.PUPILS])
        if Role.SPECIALISED in cell:
            line.values["specialised"] = fold(cell[Role.SPECIALISED]) in YES
        for role, name in LISTS.items():
            if role in cell:
                found = [self._code(line, name, one) for one in _pieces(cell[role], role)]
                line.codes[role.value] = [one for one in found if one is not None]

    def _pupils(self, line: Line, text: str) -> int | None:
        digits = re.sub(r"[\s\u00a0\u202f.']", "", text)
        if digits.isascii() and digits.isdigit() and int(digits) <= MOST_PUPILS:
            return int(digits)
        if text:
            line.remarks.append((Why.NO_NUMBER, text))
        return line.school.pupils if line.school else None

    def _code(self, line: Line, name: str, text: str) -> Code | None:
        found = self.codes.get((name, fold(text)))
        if found is None:
            line.remarks.append((Why.NOT_LISTED, text))
        return found


def made_reference(name: str, place: str) -> str:
    """The number of a school to which the authority gave none: the same for the same name and place."""
    return "n-" + blake2b(_named(name, place).encode(), digest_size=12).hexdigest()


def _named(name: str, place: str) -> str:
    return f"{fold(' '.join(name.split()))}|{fold(' '.join(place.split()))}"


def _pieces(text: str, role: Role) -> Iterable[str]:
    pieces = [text] if role == Role.NETWORK else re.split(r"[;,/|]", text)
    return [one.strip() for one in pieces if one.strip()]


def _codes(centre: Centre) -> dict[tuple[str, str], Code]:
    """List and wording (in any language), or key → entry."""
    found: dict[tuple[str, str], Code] = {}
    for code in Code.objects.filter(centre=centre, list__in=LISTS.values(), not_communicated=False):
        wordings = code.label.data if isinstance(code.label.data, dict) else {"": str(code.label)}
        for wording in [code.key, *wordings.values()]:
            found.setdefault((code.list, fold(str(wording))), code)
    return found


def _differs(role: Role, line: Line, known: School) -> bool:
    if role == Role.NAME:
        return line.name != known.name
    if role == Role.PLACE:
        return line.place != known.place
    if role in (Role.PUPILS, Role.SPECIALISED):
        return bool(line.values[role.value] != getattr(known, role.value))
    if role == Role.NETWORK:
        return [one.pk for one in line.codes[role.value]][:1] != [
            pk for pk in [known.school_network_id] if pk
        ]
    if role == Role.REFERENCE:
        return False
    there = known.levels if role == Role.LEVELS else known.streams
    return {one.pk for one in line.codes[role.value]} != {one.pk for one in there.all()}
