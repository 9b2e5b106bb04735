"""Does a quarter plan itself in a minute, and well? ``make bench NAME=rota`` (``QUICK=1`` for a look).

Made-up centres (``bench.rota_centre``) with 60 advisers, 20 institutions, 6 themes, 10 half-days a week, each in a process of its own:

- *13 weeks*, five seeds: within 1 % of a proven bound in 60 s;
- *52 weeks* whole: within 1 % in 5 minutes;
- *short*, the same seeds: people leave until the others can give 15 % less than the seats; the best plan and its bound within 60 s,
  its problems named;
- *repair*: one absence each, 100 times, on one of the 13-week plans: proven to need the fewest changes.

Every plan is scored by the checker, which was written from the rules and not from the model; beside it, on the same centre
with the same habits, a greedy planner's plan and “first free”, what a person with a spreadsheet makes. ``--instance FILE`` plans one public
shift-scheduling instance instead (``bench.rota_instance``).
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import report, rota_instance
from bench.rota_case import Case, Quality, Repairs, alone, planned, planned_and_repaired
from bench.rota_centre import Scale

SEEDS = (1, 2, 3, 4, 5)
QUARTER, YEAR = 60.0, 300.0  # seconds
GAP = 0.0100001
SAME = 1e-6
MEDIAN, WORST = 0.3, 3.0  # seconds of a repair

Limits = dict[str, tuple[str, float]]


def show(name: str, case: Case, limit: float) -> None:
    """One planned rota, beside what others make of the same centre."""
    print(
        f"\n{name}: {case.people} people, {case.seats} seats\n"
        f"  {case.gap:.2%} from a proven bound ({case.planned.cost:.0f} and {case.bound:.0f}; limit 1 %) "
        f"in {case.seconds:.0f} s (limit {limit:.0f}; {case.processor:.0f} s of a processor), {case.memory:.0f} MB"
    )
    print("              cost  seats filled  institutions  enough of them  contributions off by  habits left")
    for maker, made in (("planner", case.planned), ("greedy", case.greedy), ("first free", case.first_free)):
        print(line(maker, made))
    print(f"  checked: {case.planned.broken} rules broken, costs differ by {case.difference:.0e}")


def line(maker: str, made: Quality) -> str:
    return (
        f"  {maker:<10}{made.cost:>8.0f}{made.coverage:>12.1%}{made.institutions:>13.2f}"
        f"{made.enough:>15.1%}{made.uneven:>18.1%}{made.off_habit:>19.1%}"
    )


def problems(case: Case) -> None:
    """What a plan pays for, by rule, and the dearest ones."""
    found = ", ".join(f"{rule} {amount:g}" for rule, amount in sorted(case.problems.items()))
    print(f"  problems: {found}\n  first: " + "; ".join(case.first_problems))


def quarters(seeds: tuple[int, ...], scale: Scale, absences: int) -> tuple[list[Case], Repairs]:
    """Each seed's quarter, the first one repaired."""
    cases: list[Case] = []
    repairs = None
    for seed in seeds:
        if repairs is None:
            case, repairs = alone(planned_and_repaired, seed, scale, QUARTER, absences)
        else:
            case = alone(planned, seed, scale, QUARTER)
        show(f"{scale.weeks} weeks, seed {seed}", case, QUARTER)
        cases.append(case)
    assert repairs is not None
    return cases, repairs


def show_repairs(repairs: Repairs) -> None:
    count = len(repairs.seconds)
    print(
        f"\nrepair of one absence, {count} times: median {median(repairs.seconds):.3f} s (limit {MEDIAN}), "
        f"worst {max(repairs.seconds):.2f} s (limit {WORST}), {repairs.proven} proven, {repairs.changes:.2f} changes each, "
        f"{repairs.open} leave something open, {repairs.broken} break a rule\n"
        f"  five ways to choose from: median {median(repairs.five):.2f} s, worst {max(repairs.five):.2f} s"
    )


@dataclass
class Told:
    """What was measured so far."""

    figures: dict[str, float] = field(default_factory=dict)
    limits: Limits = field(default_factory=dict)
    plans: list[Case] = field(default_factory=list)

    def quarter(self, weeks: int, seeds: tuple[int, ...], absences: int) -> None:
        cases, repairs = quarters(seeds, Scale(weeks=weeks), absences)
        show_repairs(repairs)
        self.plans += cases
        self.figures |= quarter_figures(cases) | repair_figures(repairs)
        self.limits |= {"worst gap": ("under", GAP), "slowest s": ("under", QUARTER + 1)}
        self.limits |= {"repair median s": ("under", MEDIAN), "repair worst s": ("under", WORST)}
        self.limits |= {"repairs proven": ("at least", 1.0), "repairs that break a rule": ("under", 1)}

    def short(self, weeks: int, seeds: tuple[int, ...]) -> None:
        cases = [alone(planned, seed, Scale(weeks=weeks, short=True), QUARTER) for seed in seeds]
        for seed, case in zip(seeds, cases, strict=True):
            show(f"{weeks} weeks, staff 15 % short, seed {seed}", case, QUARTER)
            problems(case)
        self.plans += cases
        self.figures |= {
            "short: worst gap": max(case.gap for case in cases),
            "short: slowest s": max(case.seconds for case in cases),
            "short: problems named": min(sum(case.problems.values()) for case in cases),
        }
        self.limits |= {"short: problems named": ("at least", 1)}

    def year(self, seed: int) -> None:
        case = alone(planned, seed, Scale(weeks=52), YEAR)
        show(f"52 weeks, seed {seed}", case, YEAR)
        self.plans.append(case)
        self.figures |= {"year: gap": case.gap, "year: s": case.seconds, "year: MB": case.memory}
        self.limits |= {"year: gap": ("under", GAP), "year: s": ("under", YEAR + 5)}

    def checked(self) -> None:
        self.figures |= {
            "rules broken": sum(case.planned.broken for case in self.plans),
            "model and checker differ by": max(case.difference for case in self.plans),
        }
        self.limits |= {"rules broken": ("under", 1), "model and checker differ by": ("under", SAME)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="four weeks, one seed, ten absences")
    parser.add_argument("--instance", type=Path, help="a public shift-scheduling instance")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS), help="which made-up centres")
    parser.add_argument("--only", choices=("quarter", "year", "short"), help="one of the measures")
    chosen = parser.parse_args()
    if chosen.instance:
        sys.exit(0 if rota_instance.run(chosen.instance) else 1)
    weeks, seeds, absences = (4, (1,), 10) if chosen.quick else (13, tuple(chosen.seeds), 100)
    wanted = {chosen.only} if chosen.only else {"quarter"} if chosen.quick else {"quarter", "short", "year"}
    told = Told()
    if "quarter" in wanted:
        told.quarter(weeks, seeds, absences)
    if "short" in wanted:
        told.short(weeks, seeds)
    if "year" in wanted:
        told.year(seeds[0])
    told.checked()
    report("rota", told.figures, told.limits)


def quarter_figures(cases: list[Case]) -> dict[str, float]:
    return {
        "worst gap": max(case.gap for case in cases),
        "slowest s": max(case.seconds for case in cases),
        "most MB": max(case.memory for case in cases),
        "greedy costs so many times as much": min(case.greedy.cost / case.planned.cost for case in cases),
        "first free costs so many times as much": min(
            case.first_free.cost / case.planned.cost for case in cases
        ),
    }


def repair_figures(repairs: Repairs) -> dict[str, float]:
    return {
        "repair median s": median(repairs.seconds),
        "repair worst s": max(repairs.seconds),
        "repairs proven": repairs.proven / len(repairs.seconds),
        "repairs that break a rule": repairs.broken,
    }


if __name__ == "__main__":
    main()
