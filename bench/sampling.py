"""Do 95 % intervals hold 95 times in 100? ``make bench NAME=sampling`` (``QUICK=1`` for a look).

A public is made once: every opening half-day or hour of a period, who came then, and who of them has a trait. Then it is surveyed
again and again: the product's own draw with a new seed, some do not answer, the product's own estimate. Counted is how often its
interval holds the share of everybody who came. A systematic draw is shown and not judged: few draws are possible, so over one public
it holds more or less often than it says (docs/decisions/0055-sampling.md). Beside it, in the same run, what most surveys print: p ± 1.96 √(p(1−p)/n).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

import numpy as np

from parvis.surveys.sampling import Cluster, Method, Part, Slot, Stratum, draw, estimate_share

DRAWS, QUICK_DRAWS = 2000, 500
LEAST, MOST = 0.93, 0.97
FIRST = date(2026, 1, 5)


@dataclass(frozen=True)
class Public:
    """``weeks`` of five open days. Of mornings and afternoons: people a slot, share with the trait, likeness within a slot."""

    name: str
    weeks: int
    mornings: tuple[float, float, float]
    afternoons: tuple[float, float, float]
    drawn: int
    answer: float = 0.7
    hours: bool = False  # slots are hours, three to a half-day
    method: Method = Method.STRATIFIED


PUBLICS = (
    Public("alike all day", 12, (25, 0.4, 0.0), (25, 0.4, 0.0), 16),
    Public("slots differ", 12, (25, 0.4, 0.05), (25, 0.4, 0.05), 16),
    Public("skewed between half-days", 12, (30, 0.25, 0.05), (14, 0.6, 0.08), 12, answer=0.69),
    Public("skewed, systematic", 12, (30, 0.25, 0.05), (14, 0.6, 0.08), 12, method=Method.SYSTEMATIC),
    Public("hours", 12, (9, 0.3, 0.06), (6, 0.55, 0.06), 30, hours=True),
    Public("rare trait, 3 %", 24, (25, 0.03, 0.01), (25, 0.03, 0.01), 30),
    Public("rare and bunched", 24, (25, 0.03, 0.05), (25, 0.03, 0.05), 30),
    Public("nearly all, 97 %", 12, (25, 0.97, 0.02), (25, 0.97, 0.02), 20),
    Public("small centre", 4, (5, 0.4, 0.02), (5, 0.4, 0.02), 12, answer=0.6),
    Public("a third of all slots", 6, (20, 0.4, 0.05), (20, 0.4, 0.05), 20),
    Public("few slots", 12, (25, 0.4, 0.05), (25, 0.4, 0.05), 8),
)


@dataclass(frozen=True)
class Result:
    """How often an interval held, and half its width on average."""

    public: Public
    share: float
    answers: float
    held: float
    margin: float
    naive_held: float
    naive_margin: float


@dataclass(frozen=True)
class Everybody:
    """The whole of a public: people and people with the trait, by slot."""

    frame: tuple[Slot, ...]
    people: dict[str, int]  # by a slot's key
    yes: dict[str, int]
    contacts: dict[Part, int]  # counted in each stratum

    @property
    def share(self) -> float:
        """What a survey wants to know."""
        return sum(self.yes.values()) / sum(self.people.values())


def frame_of(public: Public) -> Iterator[Slot]:
    """Every slot of the period."""
    for week in range(public.weeks):
        for weekday in range(5):
            day = FIRST + timedelta(weeks=week, days=weekday)
            for part, start in ((Part.MORNING, 600), (Part.AFTERNOON, 780)):
                if public.hours:
                    yield from (Slot(day, start + 60 * n, start + 60 * n + 60, part) for n in range(3))
                else:
                    yield Slot(day, start, start + 180, part)


def made(public: Public, random: np.random.Generator) -> Everybody:
    """A public, once. People a slot vary more than by chance alone; slots differ by a beta distribution."""
    people, yes, contacts = {}, {}, dict.fromkeys(Part, 0)
    frame = tuple(frame_of(public))
    for slot in frame:
        mean, share, alike = public.mornings if slot.part is Part.MORNING else public.afternoons
        people[slot.key] = int(random.negative_binomial(6, 6 / (6 + mean)))
        scale = (1 - alike) / alike if alike else 0
        here = random.beta(share * scale, (1 - share) * scale) if alike else share
        yes[slot.key] = int(random.binomial(people[slot.key], here))
        contacts[slot.part] += people[slot.key]
    return Everybody(frame, people, yes, contacts)


def surveyed(public: Public, everybody: Everybody, seed: str, random: np.random.Generator) -> list[Stratum]:
    """One survey: drawn, asked, answered by some."""
    drawn = draw(everybody.frame, public.drawn, method=public.method, seed=seed)
    clusters: dict[Part, list[Cluster]] = {part: [] for part in drawn.frame}
    for slot in drawn.slots:
        asked, with_it = everybody.people[slot.key], everybody.yes[slot.key]
        yes = int(random.binomial(with_it, public.answer))
        no = int(random.binomial(asked - with_it, public.answer))
        clusters[slot.part].append(Cluster.yes(yes + no, yes, asked))
    return [
        Stratum((part,), slots, everybody.contacts[part], tuple(clusters[part]))
        for part, slots in drawn.frame.items()
    ]


def coverage(public: Public, draws: int, seed: int) -> Result:
    """Surveys one public ``draws`` times."""
    random = np.random.default_rng(seed)
    everybody = made(public, random)
    truth = everybody.share
    held = margin = naive_held = naive_margin = answers = 0.0
    for n in range(draws):
        strata = surveyed(public, everybody, f"{seed}.{n}", random)
        found = estimate_share(strata)
        if found is None or found.interval is None:
            raise RuntimeError("no interval")
        held += found.interval.low <= truth <= found.interval.high
        margin += found.interval.margin
        plain = sum(one.total for s in strata for one in s.drawn) / found.answers
        half = 1.96 * sqrt(plain * (1 - plain) / found.answers)
        naive_held += abs(plain - truth) <= half
        naive_margin += half
        answers += found.answers
    return Result(
        public,
        truth,
        answers / draws,
        held / draws,
        margin / draws,
        naive_held / draws,
        naive_margin / draws,
    )


def main() -> None:
    """Prints coverage; fails if one public's is outside 93 to 97 %."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--publics", type=int, default=1, help="how many of each kind are made")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    draws = QUICK_DRAWS if args.quick else DRAWS
    results = [coverage(one, draws, args.seed + n) for one in PUBLICS for n in range(args.publics)]
    if args.json:
        print(json.dumps([{"public": r.public.name, "held": r.held, "margin": r.margin} for r in results]))
    else:
        print(
            f"{draws} surveys of each public; in brackets what is printed without clusters, weights and frame"
        )
        for r in results:
            print(
                f"{r.public.name:26} {r.public.drawn:3} slots  {r.answers:5.0f} answers  share {100 * r.share:5.1f} %"
                f"   held {100 * r.held:5.1f} %  ± {100 * r.margin:4.1f}   ({100 * r.naive_held:5.1f} %  ± {100 * r.naive_margin:4.1f})"
            )
    outside = [
        r.public.name for r in results if r.public.method is Method.STRATIFIED and not LEAST <= r.held <= MOST
    ]
    if outside:
        sys.exit(f"outside {LEAST:.0%} to {MOST:.0%}: {', '.join(outside)}")


if __name__ == "__main__":
    main()
