"""How fast is an agenda with ten years behind it? ``make bench NAME=agenda`` (``QUICK=1`` for a look).

One centre puts on 400 events a year for ten years (``--years``), each with a room and somebody who leads it, those near today with registrations;
90 classes come each year. Every page of the agenda is asked for over HTTP, one after the other, on a durable database: how long it takes on the
server (the network costs nothing here), and how many queries it takes. The limits are those of the requirements: every page under
15 queries, and the month in under 100 ms in nineteen of twenty. A first page is not counted: templates are read then.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

from bench import BASE, DATABASES, Client, House, Times, house, report

QUERIES, MONTH = 15, 100
PAGES_OF_EVERYBODY = ("public", "registering", "a registration", "calendar", "feed", "embedded", "a teacher")


def scene(house: House, years: int) -> Any:
    """The centre, and where its pages are."""
    run = [sys.executable, "-m", "bench.agenda_centre", "--years", str(years)]
    done = subprocess.run(run, cwd=BASE, env=house.environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def timed(port: int, found: Any, times: int) -> Times:
    """Each page so often, the pages in turn, so that a busy moment falls on all of them."""
    taken = Times()
    staff = {"Cookie": f"sessionid={found['cookie']}", "Accept-Language": "fr"}
    with Client(port, staff) as within, Client(port, {"Accept-Language": "fr"}) as outside:
        for turn in range(times + 1):
            for name, path in found["pages"].items():
                client = outside if name.startswith(PAGES_OF_EVERYBODY) else within
                start = time.perf_counter()
                status, _answer = client.request("GET", path)
                if status != 200:
                    raise RuntimeError(f"{path}: {status}")
                if turn:
                    taken.add(name, time.perf_counter() - start)
    return taken


@contextmanager
def furnished(kind: str, years: int) -> Iterator[tuple[House, Any]]:
    """A house with the centre in it."""
    with house(kind, migrated=False) as one:
        yield one, scene(one, years)


def measured(one: House, found: Any, times: int) -> dict[str, float]:
    """Every figure of one database, and what it says on the way."""
    kind = one.kind
    print(
        f"{kind}: {found['sessions']:,} sessions, {found['bookings']:,} bookings, {found['registrations']:,} registrations,"
        f" {found['visits']:,} class visits"
    )
    with one.served() as server:
        taken = timed(server.port, found, times)
    for name in found["pages"]:
        print(
            f"{kind:10} {name:20} {found['queries'][name]:3} queries (limit {QUERIES})"
            f"   p50 {taken.ms(name, 50):6.1f} ms   p95 {taken.ms(name, 95):6.1f} ms"
            + (f"   (limit {MONTH} ms)" if name == "month" else ""),
            flush=True,
        )
    return {
        f"{kind}_month_p95_ms": taken.ms("month", 95),
        f"{kind}_slowest_page_p95_ms": max(taken.ms(name, 95) for name in found["pages"]),
        f"{kind}_most_queries": max(found["queries"].values()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--years", type=int, default=10)
    options = parser.parse_args()
    figures: dict[str, float] = {}
    limits: dict[str, tuple[str, float]] = {}
    years, times = (1, 6) if options.quick else (options.years, 100)
    kinds = [options.database] if options.database else DATABASES
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        ready = pool.map(lambda kind: stack.enter_context(furnished(kind, years)), kinds)
        for one, found in list(ready):
            figures |= measured(one, found, times)
            limits[f"{one.kind}_month_p95_ms"] = ("under", MONTH)
            limits[f"{one.kind}_most_queries"] = ("under", QUERIES)
    report("agenda", figures, limits)


if __name__ == "__main__":
    main()
