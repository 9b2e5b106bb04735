"""What is lost between a centre's words and the network's: entries that count as nothing, that are merged, or that
nothing reaches any more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from parvis.centres.models import Centre, Code, CodeList, Network, Theme
from parvis.centres.usage import Usage, used


@dataclass(frozen=True)
class Entry:
    """A local entry or theme, and how often it was used in the twelve months, in each unit."""

    row: Code | Theme
    uses: list[str]
    counts_as: Code | None


@dataclass(frozen=True)
class Merge:
    """Several local entries that the network sees as one: their difference is lost."""

    network_code: Code
    entries: list[Entry]


@dataclass(frozen=True)
class ListLoss:
    """What one list loses."""

    listed: CodeList
    unmapped: list[Entry]
    merged: list[Merge]
    unreached: list[Code]
    closed: list[Entry]  # counted as an entry that the network has closed meanwhile

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost."""
        return not (self.unmapped or self.merged or self.unreached or self.closed)


@dataclass(frozen=True)
class Mapping:
    """The report of one centre."""

    since: date
    lists: list[ListLoss]  # those that lose something
    whole: list[CodeList]  # those that do not


@dataclass(frozen=True)
class CentreLoss:
    """One centre on the network's report. Figures are for mending the lists, never for comparing centres."""

    centre: Centre
    unmapped: int
    closed: int


@dataclass(frozen=True)
class NetworkMapping:
    """The report of a network: entries that no centre reaches, and centres with something to mend, by name."""

    unreached: list[tuple[CodeList, list[Code]]]
    centres: list[CentreLoss]


def a_year_before(day: date) -> date:
    """The first of the twelve months that end with ``day``."""
    return day - timedelta(days=365)


def mapping(centre: Centre, day: date) -> Mapping:
    """The report of ``centre`` on ``day``: three queries, and those of each way of counting."""
    since = a_year_before(day)
    local: dict[str, list[Code | Theme]] = defaultdict(list)
    codes = list(Code.objects.filter(centre=centre).open_on(day))
    themes = list(Theme.objects.filter(centre=centre).open_on(day))
    for code in codes:
        local[code.list].append(code)
    local[CodeList.THEME] += themes
    network = {code.pk: code for code in Code.objects.filter(network=centre.network_id, centre=None)}
    uses = used(codes=[code.pk for code in codes], themes=[theme.pk for theme in themes], since=since)
    found = [
        _loss(
            listed,
            [_entry(row, network, uses) for row in local[listed]],
            _listed(network.values(), listed),
            day,
        )
        for listed in CodeList
    ]
    return Mapping(
        since,
        lists=[loss for loss in found if not loss.is_whole],
        whole=[loss.listed for loss in found if loss.is_whole],
    )


def _listed(codes: object, listed: CodeList) -> list[Code]:
    return [code for code in codes if code.list == listed]  # type: ignore[attr-defined]


def _entry(row: Code | Theme, network: dict[int, Code], uses: Usage) -> Entry:
    said = uses.of_theme(row.pk) if isinstance(row, Theme) else uses.of_code(row.pk)
    return Entry(row, said, network.get(row.network_code_id or 0))


def _loss(listed: CodeList, entries: list[Entry], network: list[Code], day: date) -> ListLoss:
    by_target: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.counts_as:
            by_target[entry.counts_as.pk].append(entry)
    in_order = sorted(network, key=lambda code: (code.not_communicated, code.position, code.pk))
    return ListLoss(
        listed,
        unmapped=[entry for entry in entries if entry.counts_as is None],
        merged=[Merge(code, found) for code in in_order if len(found := by_target.get(code.pk, [])) > 1],
        unreached=[
            code
            for code in in_order
            if code.pk not in by_target and code.valid_from <= day and not code.is_closed_on(day)
        ],
        closed=[entry for entry in entries if entry.counts_as and entry.counts_as.is_closed_on(day)],
    )


def network_mapping(network: Network, day: date) -> NetworkMapping:
    """The report of ``network`` on ``day``: four queries."""
    codes = list(Code.objects.filter(network=network, centre=None).open_on(day))
    in_force = {code.pk for code in codes}
    local = [
        *Code.objects.filter(network=network, centre__isnull=False).open_on(day),
        *Theme.objects.filter(centre__network=network).open_on(day),
    ]
    unmapped: dict[int, int] = defaultdict(int)
    closed: dict[int, int] = defaultdict(int)
    for row in local:
        centre = row.centre_id or 0
        unmapped[centre] += row.network_code_id is None
        closed[centre] += row.network_code_id is not None and row.network_code_id not in in_force
    reached = {row.network_code_id for row in local}
    unreached = [
        (listed, [code for code in codes if code.list == listed and code.pk not in reached])
        for listed in CodeList
    ]
    return NetworkMapping(
        unreached=[(listed, entries) for listed, entries in unreached if entries],
        centres=[
            CentreLoss(centre, unmapped[centre.pk], closed[centre.pk])
            for centre in network.centres.order_by("name")
        ],
    )
