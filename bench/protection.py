"""Does anything give a small count away? ``make bench NAME=protection`` (``QUICK=1`` for a look).

- *fixed reports*: 200 made-up cases (30 needs in five groups × 12 ages in two, with all margins; every fourth one with a second table that
  shares the needs), hidden by our engine, then audited: no interval may be narrower than required. Beside it pytauargus 0.6 on
  the same tables with the same small cells, requirements and costs: its share, its time, and our audit of what it hid;
- *what can be filtered*: sixty successive days and twenty overlapping filters, attacked by shortest paths and linear programs
  (``bench.protection_attack``): no cell may be recovered; beside it a threshold alone and two other ways to round.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from statistics import median

from bench import protection_attack as attack
from bench import report
from bench.protection_case import Case, Hiding, run

CASES, ATTACKS, SECONDS = 200, 5, 10
Limits = dict[str, tuple[str, float]]


def spread(values: Iterable[float]) -> str:
    found = sorted(values)
    return f"{median(found):.2f} s, worst {found[-1]:.2f} s"


def row(name: str, cases: list[Case], each: list[Hiding | str]) -> None:
    """One engine on some cases."""
    both = [(case, hiding) for case, hiding in zip(cases, each, strict=True) if isinstance(hiding, Hiding)]
    if not both:
        print(f"    {name:<18}none done: {each[0] if each else ''}")
        return
    cells = sum(case.cells for case, _ in both)
    print(
        f"    {name:<18}hidden {sum(h.hidden for _, h in both) / cells:6.2%} of the cells, lost {sum(h.lost for _, h in both):,.0f},"
        f" {spread(h.seconds for _, h in both)}; narrower than required {sum(h.narrow for _, h in both)}"
        f" in {sum(h.narrow > 0 for _, h in both)} cases (known exactly {sum(h.exact for _, h in both)})"
        + (f"; gave up {len(each) - len(both)} times" if len(each) > len(both) else "")
    )


def show(name: str, cases: list[Case]) -> None:
    small = sum(case.needing for case in cases) / sum(case.cells for case in cases)
    proven = sum(case.ours.proven for case in cases)
    print(
        f"  {name}: {len(cases)} cases, {small:.2%} of the cells too small; ours proven to be the cheapest in {proven}"
    )
    row("ours", cases, [case.ours for case in cases])
    row("pytauargus OPT", cases, [case.optimal for case in cases])
    row("pytauargus MOD", cases, [case.modular for case in cases])


def fixed(count: int, figures: dict[str, float], limits: Limits) -> None:
    print("Fixed reports")
    cases = [run(seed, SECONDS) for seed in range(count)]
    show("one table", [case for case in cases if case.tables == 1])
    show("two linked tables", [case for case in cases if case.tables == 2])
    figures["cells_narrower_than_required"] = sum(case.ours.narrow for case in cases)
    limits["cells_narrower_than_required"] = ("under", 1)
    figures["suppressed_share"] = sum(c.ours.hidden for c in cases) / sum(c.cells for c in cases)
    figures["small_share"] = sum(c.needing for c in cases) / sum(c.cells for c in cases)
    figures["proven_share"] = sum(c.ours.proven for c in cases) / len(cases)
    figures["seconds_median"] = median(c.ours.seconds for c in cases)
    figures["seconds_worst"] = max(c.ours.seconds for c in cases)
    dearer = [
        c.ours.lost / c.optimal.lost
        for c in cases
        if c.tables == 1 and isinstance(c.optimal, Hiding) and not c.optimal.narrow
    ]
    if dearer:
        figures["lost_beside_pytauargus"] = sum(dearer) / len(dearer)
        limits["lost_beside_pytauargus"] = ("under", 1.005)


def filterable(count: int, figures: dict[str, float], limits: Limits) -> None:
    print("What can be filtered: 60 successive days × 20 overlapping filters")
    scenes = [attack.scene(seed) for seed in range(count)]
    cells = sum(len(attack.open_days(each)) * len(each.filters) for each in scenes)
    print("  any range of days, any union of values (more than is ever answered outside the team)")
    for way in attack.WAYS:
        found = sum(attack.recovered(each, way) for each in scenes)
        guesses = [attack.guessed(each, way) for each in scenes]
        print(
            f"    {way.name:<18}{found:>6} of {cells} cells recovered exactly; least squares guesses"
            f" {sum(g[0] for g in guesses) / count:.0%} right (their mean alone {guesses[0][1]:.0%})"
        )
        if way.name == "ours":
            figures["recovered"], limits["recovered"] = found, ("under", 1)
            figures["proven_open"] = sum(attack.proven_open(each, way) for each in scenes) / cells
            print(f"    {'':<18}{figures['proven_open']:.1%} have a world beside them that fits every figure")
        elif way.name == "threshold only":
            figures["recovered_by_threshold_only"] = found / cells
    print(
        "  closed periods, one value in a filter (what is answered), and with the desk's true day totals by theme"
    )
    long = attack.scene(0, days=184, first=attack.date(2026, 7, 1))
    for way in (attack.WAYS[0], attack.WAYS[-1]):
        for desk in (False, True):
            found = attack.answered(long, way, desk=desk)
            print(
                f"    {way.name:<18}{'with' if desk else 'no'} day totals: {found.recovered} of {found.cells} cells recovered"
                f" from {found.figures} figures, {found.days_recovered} of {found.days} days;"
                f" least squares guesses {found.guessed:.0%} right"
            )
            if way.name == "ours":
                name = "recovered_closed_desk" if desk else "recovered_closed"
                figures[name], limits[name] = found.recovered + found.days_recovered, ("under", 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--cases", type=int, default=0)
    chosen = parser.parse_args()
    figures: dict[str, float] = {}
    limits: Limits = {}
    filterable(1 if chosen.quick else ATTACKS, figures, limits)
    fixed(chosen.cases or (8 if chosen.quick else CASES), figures, limits)
    report("protection", {name: float(value) for name, value in figures.items()}, limits)


if __name__ == "__main__":
    main()
