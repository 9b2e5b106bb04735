"""Redirections of a period, by theme and by institution: never by adviser."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, Value, When

from parvis.centres.models import Centre, Theme
from parvis.guidance.models import FollowUp, Redirection
from parvis.guidance.queries.needs.periods import Stretch
from parvis.shared.disclosure import STEP, THRESHOLD

OWN, OTHER, UNSAID = "own", "other", "unsaid"
Counts = Counter[str]


@dataclass(frozen=True)
class ThemeLine:
    """One theme: how many were sent on, how, what became of the warm ones, and how many of a hundred to one's own house.

    ``share`` is none where the two institutions are known of too few, or where it would give another line's back.
    """

    theme: Theme
    counts: Counts
    share: int | None

    @property
    def n(self) -> int:
        return self.counts["n"]

    @property
    def known(self) -> int:
        """Of how many one knows where the adviser comes from."""
        return self.counts[OWN] + self.counts[OTHER]


@dataclass(frozen=True)
class Redirected:
    """One period of a centre. Shares are percent, rounded to five."""

    stretch: Stretch
    total: Counts
    share: int | None
    before: Counts
    share_before: int | None
    by_theme: list[ThemeLine] = field(default_factory=list)
    to: list[tuple[str, int]] = field(default_factory=list)  # institution, how many; most first
    any_ever: bool = False

    @property
    def n(self) -> int:
        return self.total["n"]

    @property
    def known(self) -> int:
        return self.total[OWN] + self.total[OTHER]

    @property
    def asked(self) -> int:
        """Warm ones of which something is known, or that nobody knows."""
        return sum(self.total[one] for one in (FollowUp.MET, FollowUp.NOT_MET, FollowUp.UNKNOWN))


def redirected(centre: Centre, stretch: Stretch) -> Redirected:
    """The period ``stretch`` and the one before it: four queries."""
    rows, earlier = _rows(centre, stretch), _rows(centre, stretch.before)
    themes: dict[int, Counts] = defaultdict(Counter)
    to: Counts = Counter()
    for theme, name, kind, outcome, where, n in rows:
        themes[theme].update({"n": n, kind: n, where: n, outcome or "none": n})
        to[name] += n
    total: Counts = sum(themes.values(), Counter())
    before: Counts = Counter()
    for _theme, _name, kind, _outcome, where, n in earlier:
        before.update({"n": n, kind: n, where: n})
    found = list(Theme.objects.filter(pk__in=themes).order_by("position", "pk"))
    shares = told_shares([(themes[one.pk][OWN], themes[one.pk][OTHER]) for one in found])
    return Redirected(
        stretch=stretch,
        total=total,
        share=told_share(total[OWN], total[OTHER]),
        before=before,
        share_before=told_share(before[OWN], before[OTHER]),
        by_theme=[ThemeLine(one, themes[one.pk], share) for one, share in zip(found, shares, strict=True)],
        to=sorted(to.items(), key=lambda pair: (-pair[1], pair[0])),
        any_ever=Redirection.objects.filter(centre=centre).counted().exists(),
    )


def told_share(own: int, other: int) -> int | None:
    """Percent of ``own``, rounded to five; none of fewer than ten: it would tell of one adviser, and say nothing."""
    known = own + other
    return STEP * round(100 * own / known / STEP) if known >= THRESHOLD else None


def told_shares(counts: list[tuple[int, int]]) -> list[int | None]:
    """The share of each line. One that would be left out alone takes the smallest other with it: no total gives it back."""
    shares = [told_share(own, other) for own, other in counts]
    sizes = [own + other for own, other in counts]
    left_out = [place for place, share in enumerate(shares) if share is None and sizes[place]]
    told = [place for place, share in enumerate(shares) if share is not None]
    if len(left_out) == 1 and told:
        shares[min(told, key=lambda place: (sizes[place], place))] = None
    return shares


def _rows(centre: Centre, stretch: Stretch) -> list[tuple[int, str, str, str, str, int]]:
    where = Case(
        When(from_institution=None, then=Value(UNSAID)),
        When(from_institution=F("to_institution"), then=Value(OWN)),
        default=Value(OTHER),
        output_field=CharField(),
    )
    rows = Redirection.objects.filter(centre=centre, date__range=(stretch.first, stretch.last)).counted()
    grouped = rows.order_by().values_list("theme", "to_institution__name", "kind", "follow_up", where)
    return list(grouped.annotate(n=Count("pk")))
