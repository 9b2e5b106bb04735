"""What could not be found in a period: what acts recorded, what the team noted, and what is proposed about it.

The two are counted apart: *times* are people in counted acts with that entry of the list (a group counts as many as it
was), *voiced* is what a colleague noted without an act. Nothing says who recorded anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.guidance.models import Need, Proposal
from parvis.guidance.queries.needs.periods import Span, Stretch, period_of
from parvis.reception.models import Act, ActCode

MONTHS_SHOWN = 12


class Show(models.TextChoices):
    """Which needs are shown."""

    ALL = "", _("All of them")
    BARE = "bare", _("Without a proposal")
    COVERED = "covered", _("With a proposal")


@dataclass(frozen=True)
class CodeLine:
    """An entry of the list: how often it was recorded, how often in the period before, and what covers it."""

    code: Code
    times: int
    before: int
    proposals: list[Proposal]

    @property
    def label(self) -> str:
        return str(self.code)


@dataclass(frozen=True)
class EntryLine:
    """A need that the team noted, and what covers it."""

    need: Need
    proposals: list[Proposal]


@dataclass(frozen=True)
class NeedsPage:
    """One period, of one theme or of all."""

    stretch: Stretch
    theme: Theme | None
    themes: list[Theme]
    codes: list[CodeLine]
    entries: list[EntryLine]
    taken_back: list[Need]
    crossed: dict[int, Counter[int]] = field(default_factory=dict)  # theme -> code -> times
    total: int = 0  # times, whatever is shown
    bare: int = 0  # times that no proposal covers
    voiced: int = 0
    is_new: bool = False  # nothing was ever recorded or noted here

    @property
    def is_empty(self) -> bool:
        return not (self.total or self.voiced)


def needs_page(
    centre: Centre, themes: list[Theme], stretch: Stretch, *, theme: Theme | None = None, show: str = ""
) -> NeedsPage:
    """The page of needs: seven queries, whatever the period; two more where there is nothing.

    ``themes`` are the centre's, in their order; only acts and notes of ``theme`` count where one is given.
    """
    codes = list(_codes(centre))
    times = _times(centre, stretch, codes, theme)
    before = _times(centre, stretch.before, codes, theme)
    lines = sorted(
        (
            CodeLine(code, times[code.pk], before[code.pk], _covering(code))
            for code in codes
            if times[code.pk]
        ),
        key=lambda line: (-line.times, line.code.position, line.code.pk),
    )
    noted = list(_noted(centre, stretch, theme))
    entries = [EntryLine(need, _covering(need)) for need in noted if need.withdrawn_at is None]
    return NeedsPage(
        stretch=stretch,
        theme=theme,
        themes=themes,
        codes=[line for line in lines if _is_shown(line.proposals, show)],
        entries=[line for line in entries if _is_shown(line.proposals, show)],
        taken_back=[need for need in noted if need.withdrawn_at is not None],
        crossed=_by_theme(centre, stretch, codes),
        total=sum(line.times for line in lines),
        bare=sum(line.times for line in lines if not line.proposals),
        voiced=sum(line.need.voiced for line in entries),
        is_new=not lines and not noted and _is_new(centre),
    )


def _covering(row: Any) -> list[Proposal]:
    """What ``covering`` fetched beside a code or a need."""
    return list(row.covering)


def _is_shown(proposals: list[Proposal], show: str) -> bool:
    return not show or bool(proposals) == (show == Show.COVERED)


def covering(centre: Centre) -> Prefetch[str, QuerySet[Proposal], str]:
    """The proposals that cover an entry or a need, as ``covering`` of each."""
    rows = Proposal.objects.filter(centre=centre).covering().order_by("made_at", "pk")
    return Prefetch("proposals", rows, to_attr="covering")


def _codes(centre: Centre) -> QuerySet[Code]:
    rows = centre.codes.filter(list=CodeList.UNMET_NEED, not_communicated=False)
    return rows.prefetch_related(covering(centre))


def _recorded(centre: Centre, stretch: Stretch, codes: list[Code]) -> QuerySet[ActCode]:
    """As the figures of the day count them: acts that stand, without wrong doors and “not communicated”."""
    acts = Act.objects.counted().filter(centre=centre, date__range=(stretch.first, stretch.last))
    acts = acts.exclude(kind=Act.Kind.NON_CONTACT)
    return ActCode.objects.filter(act__in=acts, code__in=[code.pk for code in codes]).order_by()


def _times(centre: Centre, stretch: Stretch, codes: list[Code], theme: Theme | None) -> Counter[int]:
    rows = _recorded(centre, stretch, codes)
    if theme:
        rows = rows.filter(act__themes=theme)
    return Counter(dict(rows.values_list("code").annotate(n=Sum("count"))))


def _by_theme(centre: Centre, stretch: Stretch, codes: list[Code]) -> dict[int, Counter[int]]:
    """Times under each theme; what was about two themes stands under both."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    rows = _recorded(centre, stretch, codes).filter(act__themes__isnull=False)
    for theme, code, n in rows.values_list("act__themes", "code").annotate(n=Sum("count")):
        found[theme][code] += n
    return dict(found)


def by_month(centre: Centre, codes: list[Code], today: date) -> list[tuple[date, int]]:
    """How often any of ``codes`` was recorded in each of twelve months, this one last: one query, none without codes."""
    if not codes:
        return []
    last = period_of(Span.MONTH, today)
    months = [last]
    while len(months) < MONTHS_SHOWN:
        months.append(months[-1].before)
    year = Stretch(Span.OWN, months[-1].first, last.last)
    rows = _recorded(centre, year, codes).values_list(TruncMonth("act__date")).annotate(n=Sum("count"))
    found = dict(rows)
    return [(month.first, found.get(month.first, 0)) for month in reversed(months)]


def _noted(centre: Centre, stretch: Stretch, theme: Theme | None) -> QuerySet[Need]:
    rows = Need.objects.filter(centre=centre, date__range=(stretch.first, stretch.last))
    if theme:
        rows = rows.filter(theme=theme)
    return rows.select_related("theme").prefetch_related(covering(centre)).order_by("-date", "-pk")


def _is_new(centre: Centre) -> bool:
    recorded = ActCode.objects.filter(act__centre=centre, code__list=CodeList.UNMET_NEED)
    return not (recorded.exists() or Need.objects.filter(centre=centre).exists())
