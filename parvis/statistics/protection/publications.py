"""What was published when: a later table is audited together with the earlier ones that an outsider has kept.

Whoever keeps the log stores a :class:`Publication` for each report and hands the earlier ones over; nothing here knows of a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .audience import Audience, Hidden
from .audit import Audit, Finding, audit
from .filterable import told_by_filters
from .primary import Need, needed
from .suppression import Cost, Suppression, by_size, suppress
from .tables import Cell, Code, Figures, Relation, linked, over


@dataclass(frozen=True)
class Publication:
    """One report's cells with their true values (never to leave the house), which of them were hidden, and what they need.

    ``from_partners``: what they need from partners, who may know smaller figures than everybody; without it, the same.
    """

    figures: Figures
    hidden: frozenset[Cell]
    needs: Mapping[Cell, Need]
    audience: Audience = Audience.PUBLIC
    from_partners: Mapping[Cell, Need] | None = None

    def needs_from(self, readers: Audience) -> Mapping[Cell, Need]:
        """What the cells need from these readers."""
        return (
            self.from_partners
            if readers is Audience.PARTNERS and self.from_partners is not None
            else self.needs
        )

    def told(self) -> frozenset[Cell]:
        """The cells that were printed with their figures."""
        return frozenset(self.figures.values) - self.hidden - self.figures.unprinted

    def printed(self) -> dict[Cell, int | Hidden]:
        """What stands in the report. Small cells and those hidden for their sake look the same: who could tell them apart would know more."""
        return {
            found: Hidden.SMALL if found in self.hidden else value
            for found, value in self.figures.values.items()
            if found not in self.figures.unprinted
        }


@dataclass(frozen=True)
class Sum:
    """One code of an axis is the sum of others: a year (``whole``) of its quarters."""

    name: str
    whole: Code
    parts: tuple[Code, ...]


@dataclass(frozen=True)
class Together:
    """Everything that is told by some publications, as one system."""

    figures: Figures
    told: frozenset[Cell]
    needs: Mapping[Cell, Need]


EDITION = "edition"


def read_by(audience: Audience, publications: Iterable[Publication]) -> list[Publication]:
    """What these readers have: partners also read what is public."""
    return [each for each in publications if each.audience in (Audience.PUBLIC, audience)]


def together(
    publications: Sequence[Publication], sums: Iterable[Sum] = (), readers: Audience = Audience.PUBLIC
) -> Together:
    """Publications, oldest first, as one system of cells, as these readers have it.

    A figure that was corrected in between is another cell: what an outsider is told of it twice cannot both be true, and nothing follows
    from the one for the other. Cells that kept their value stay one. What partners may know, they need not be kept from elsewhere.
    """
    latest: dict[Cell, int] = {}
    tables: list[Figures] = []
    told: set[Cell] = set()
    known: set[Cell] = set()
    needs: list[Mapping[Cell, Need]] = []
    for number, each in enumerate(publications):
        names = {
            found: found if latest.setdefault(found, value) == value else found | {(EDITION, number)}
            for found, value in each.figures.values.items()
        }
        tables.append(renamed(each.figures, names))
        own = {names[found] for found in each.told()}
        told |= own
        if each.audience is Audience.PARTNERS:
            known |= own
        needs.append({names[found]: need for found, need in each.needs_from(readers).items()})
    figures = linked(*tables)
    for every in sums:
        figures = _if_it_adds_up(figures, every)
    left = {found: need for found, need in needed(*needs).items() if found not in known}
    return Together(figures, frozenset(told), left)


def renamed(figures: Figures, names: Mapping[Cell, Cell]) -> Figures:
    """The same figures of cells that are called otherwise; ``names`` has every one of them."""
    return Figures(
        {names[found]: value for found, value in figures.values.items()},
        tuple(
            Relation(names[relation.total], tuple(names[part] for part in relation.parts))
            for relation in figures.relations
        ),
        frozenset(names[found] for found in figures.unprinted),
    )


def _if_it_adds_up(figures: Figures, every: Sum) -> Figures:
    """Corrected figures of a year and its quarters need not add up; then nothing follows from them."""
    return over(figures, every.name, every.whole, every.parts, strict=False)


def suppress_after(
    draft: Publication,
    earlier: Sequence[Publication],
    *,
    sums: Iterable[Sum] = (),
    cost: Cost = by_size,
    filters: bool = True,
    seconds: float = 20.0,
) -> Suppression:
    """Hides in a new report what has to be hidden from readers who have the earlier ones. Raises ``CannotProtect``.

    ``draft``: the report; what is hidden in it is chosen here, whatever it says.

    What is for everybody is also read by partners, who have their own reports besides: it is protected from everybody, then from them.
    ``filters``: the same things can be filtered, too (:func:`.filterable.told_by_filters`). The result names the new report's
    cells only; its audit covers the cells of the earlier reports that these readers have. Before it is published,
    :func:`audit_after` looks at it with everybody's eyes.
    """
    own = frozenset(draft.figures.values)
    new, sums = replace(draft, hidden=own), tuple(sums)

    def hide_from(readers: Audience, hidden: frozenset[Cell]) -> Suppression:
        system = together(
            [new, *read_by(readers, earlier)], sums, readers
        )  # the new one's names stay as they are
        return suppress(
            system.figures,
            system.needs,
            cost=_only(own - hidden, cost),
            told=system.told,
            known=told_by_filters(system.figures) if filters else None,
            seconds=seconds,
        )

    found = hide_from(draft.audience, frozenset())
    if draft.audience is Audience.PUBLIC and any(each.audience is Audience.PARTNERS for each in earlier):
        found = _both(found, hide_from(Audience.PARTNERS, found.hidden))
    return replace(found, hidden=found.hidden & own, second=(found.hidden & own) - frozenset(draft.needs))


def _both(first: Suppression, second: Suppression) -> Suppression:
    """What protects from both readers: hiding more never tells more."""
    return replace(
        second,
        hidden=first.hidden | second.hidden,
        cost=first.cost + second.cost,
        bound=first.bound,
        proven=first.proven and not second.cost,
        seconds=first.seconds + second.seconds,
    )


def _only(own: frozenset[Cell], cost: Cost) -> Cost:
    """What is hidden already stays hidden, here or in an earlier report: that loses nothing now."""
    return lambda found, value: cost(found, value) if found in own else 0.0


def audit_after(
    new: Publication,
    earlier: Sequence[Publication],
    sums: Iterable[Sum] = (),
    *,
    filters: bool = True,
) -> Audit:
    """Whether a report may be published after the earlier ones: all hidden cells of all of them stay hidden, from all of its readers."""
    sums = tuple(sums)
    cells = 0
    findings: list[Finding] = []
    for audience in (Audience.PUBLIC, Audience.PARTNERS):
        if new.audience not in (Audience.PUBLIC, audience):
            continue
        system = together([new, *read_by(audience, earlier)], sums, audience)
        known = told_by_filters(system.figures) if filters else None
        hidden = frozenset(system.figures.values) - system.told
        found = audit(system.figures, hidden, system.needs, known=known)
        cells += found.cells
        findings += found.findings
    return Audit(cells, tuple(dict.fromkeys(findings)))
