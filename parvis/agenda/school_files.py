"""Schools and reach as tables for a file. The list of schools can be read again: its headings are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from parvis.agenda.queries.reach import Part, Reach
from parvis.agenda.queries.schools import SchoolLine
from parvis.agenda.school_sheets.columns import Role
from parvis.shared.sheets import Cell


def heading() -> list[str]:
    """The names of the columns: those that a file is read by, then what is only told."""
    return [*(str(role.label) for role in Role), _("Counted on"), _("Came this school year"), _("Closed on")]


def rows(lines: Iterable[SchoolLine]) -> Iterator[list[Cell]]:
    """A line for each school."""
    for line in lines:
        one = line.school
        yield [
            one.reference,
            one.name,
            one.place,
            str(one.school_network.label) if one.school_network else "",
            "; ".join(str(level.label) for level in one.levels.all()),
            "; ".join(str(stream.label) for stream in one.streams.all()),
            "x" if one.specialised else "",
            one.pupils,
            one.counted_on,
            line.came,
            one.closed_on,
        ]


def reach_heading() -> list[str]:
    """The names of the columns."""
    return [
        *(_("By"), _("Part"), _("Schools"), _("Schools that came"), _("Pupils of these schools")),
        *(_("Classes that came"), _("Pupils who came")),
    ]


def reach_rows(found: Reach) -> Iterator[list[Cell]]:
    """The whole, then each part, as the page has them; then what teachers typed and schools that did not come."""
    yield _row("", _("The whole territory"), found.whole)
    for name, parts in (
        (_("Level"), found.levels),
        (_("Network of schools"), found.networks),
        (_("Place"), found.places),
    ):
        for part in parts:
            yield _row(name, part.label or _("not said"), part)
    for one in found.typed:
        yield [_("School as it was typed"), one.name, None, None, None, one.classes, one.met]
    for school in found.not_reached:
        name = f"{school.name}, {school.place}" if school.place else school.name
        yield [_("School that has not come"), name, None, None, school.pupils, 0, 0]


def _row(by: str, label: str, part: Part) -> list[Cell]:
    return [by, label, part.schools, part.reached, part.pupils, part.classes, part.met]
