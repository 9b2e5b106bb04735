"""What a centre measures otherwise than its network: so that nobody takes a gap in its figures for a quiet year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from parvis.centres.models import Centre, Code, CodeList
from parvis.centres.queries.mapping import network_mapping
from parvis.rota.periods import Period
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import ALL, Dimension, Question
from parvis.statistics.protection import Audience, protect
from parvis.statistics.queries.explorer.answering import answered, engine_words
from parvis.surveys.models import Sample

COUNTED = (Unit.PASSAGES, Unit.CONTACTS, Unit.ACTS, Unit.WAITS)


@dataclass(frozen=True)
class Otherwise:
    """Remarks on one centre. ``channels``: entries of the network's list that hardly any act of its says, by name."""

    units: tuple[Unit, ...]  # those of which it counted none, though it counted another
    unmapped: int
    closed: int
    channels: tuple[str, ...]
    sampled: bool

    @property
    def many(self) -> int:
        """How many remarks there are."""
        return sum(map(bool, (self.units, self.unmapped or self.closed, self.channels, not self.sampled)))


def otherwise(centres: Sequence[Centre], period: Period, at: datetime) -> dict[int, Otherwise]:
    """By centre: as many queries for one as for many. ``centres``: of one network, one at least."""
    counted = units_counted(centres, period, at)
    lists = {one.centre.pk: one for one in network_mapping(centres[0].network, period.last).centres}
    channels = _channels(centres, period, at)
    sampled = _sampled(centres, period)
    return {
        one.pk: Otherwise(
            tuple(unit for unit in COUNTED if counted[one.pk] and unit not in counted[one.pk]),
            lists[one.pk].unmapped,
            lists[one.pk].closed,
            tuple(channels[one.pk]) if Unit.ACTS in counted[one.pk] else (),
            one.pk in sampled,
        )
        for one in centres
    }


def units_counted(centres: Sequence[Centre], period: Period, at: datetime) -> dict[int, set[Unit]]:
    """Of which units a centre counted anything: work of the centre, which is told exactly (decision 25)."""
    words, keys = engine_words(centres), frozenset(one.pk for one in centres)
    found: dict[int, set[Unit]] = defaultdict(set)
    for unit in COUNTED:
        asked = Question(unit, (Dimension.CENTRE,), period.first, period.last, keys)
        for (centre,), count in answered(asked, words, centres, at).cells.items():
            if isinstance(centre, int) and count.n > 0:
                found[centre].add(unit)
    return found


def _channels(centres: Sequence[Centre], period: Period, at: datetime) -> dict[int, list[str]]:
    """The network's channels of which a centre shows no acts: none, or fewer than ten, which look the same."""
    asked = Question(
        Unit.ACTS,
        (Dimension.CENTRE, Dimension.CHANNEL),
        period.first,
        period.last,
        frozenset(one.pk for one in centres),
        in_network_words=True,
    )
    told = protect(answered(asked, engine_words(centres), centres, at), Audience.PUBLIC)
    codes = Code.objects.filter(network=centres[0].network, centre=None, list=CodeList.CHANNEL)
    offered = list(codes.open_on(period.last).filter(not_communicated=False).order_by("position", "pk"))
    used = {key for key in told.figures if ALL not in key}
    return {one.pk: [str(code.label) for code in offered if (one.pk, code.pk) not in used] for one in centres}


def _sampled(centres: Sequence[Centre], period: Period) -> set[int]:
    """The centres that asked a sample of their public in the period: one query."""
    rows = Sample.objects.filter(
        Q(collection__closes_on=None) | Q(collection__closes_on__gte=period.first),
        collection__centre__in=centres,
        collection__opens_on__lte=period.last,
    )
    return set(rows.values_list("collection__centre", flat=True))
