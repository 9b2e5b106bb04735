"""Is a class's rotation the best one within a second? ``make bench NAME=rotation`` (``QUICK=1`` for a look).

Each size from 1 group × 1 workshop to 8 × 6, in one to three places to walk between, each with: every workshop for everybody; half
of the workshops, one of them compulsory; a workshop too small for some groups; somebody who leads two workshops; one workshop given
in two rooms. Every rotation is checked by the rules alone; the worst time stands against a second, with its share proven best.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from bench import report
from parvis.agenda.rotation import Group, Problem, Station, broken, solve

GROUPS, STATIONS, PLACES = 8, 6, 3
LIMIT = 1.0  # seconds
Case = tuple[str, Problem]


def cases(groups: int, stations: int, places: int) -> Iterator[Case]:
    """One size, in each way."""
    made = tuple(
        Station(key, key, room=key, person=key, place=key * places // stations) for key in range(stations)
    )
    plain = Problem(tuple(Group(key, 6 + key % 3) for key in range(groups)), made)
    yield "all", plain
    if stations == 1:
        return
    wished = tuple(replace(one, compulsory=one.key == 0) for one in made)
    yield "half", Problem(plain.groups, wished, each=(stations + 1) // 2)
    yield "small", Problem(plain.groups, (*wished[:-1], replace(wished[-1], places=7)), each=stations - 1)
    yield "two by one person", Problem(plain.groups, (*made[:-1], replace(made[-1], person=0)))
    yield "in two rooms", Problem(plain.groups, (*made[:-1], replace(made[-1], workshop=stations - 2)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="only the largest sizes")
    chosen = parser.parse_args()
    seconds: dict[str, list[float]] = {}
    proven = faults = 0
    worst = (0.0, "")
    for groups in range(7 if chosen.quick else 1, GROUPS + 1):
        for stations in range(5 if chosen.quick else 1, STATIONS + 1):
            for places in range(1, min(PLACES, stations) + 1):
                for way, problem in cases(groups, stations, places):
                    began = time.perf_counter()
                    found = solve(problem, seconds=10)
                    took = time.perf_counter() - began
                    seconds.setdefault(way, []).append(took)
                    worst = max(worst, (took, f"{way}, {groups} × {stations} in {places}"))
                    proven += found.proven
                    faults += len(broken(problem, found.visits))
    for way, taken in seconds.items():
        print(f"  {way:<18}{len(taken):>4} rotations, median {median(taken):.3f} s, worst {max(taken):.2f} s")
    print(f"  the slowest of all: {worst[1]}")
    every = [took for taken in seconds.values() for took in taken]
    figures = {
        "worst s": worst[0],
        "median s": median(every),
        "proven": proven / len(every),
        "faults": float(faults),
    }
    report(
        "rotation", figures, {"worst s": ("under", LIMIT), "proven": ("at least", 1), "faults": ("under", 1)}
    )


if __name__ == "__main__":
    main()
