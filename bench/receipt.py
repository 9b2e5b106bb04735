"""How fast is a thread found, and who can guess one? ``make bench NAME=receipt`` (``QUICK=1`` for a look).

The real server with all its middleware, two processes, a durable database with a million live threads, asked over HTTP:

- *look-ups*: 8 people type codes that nobody has had; each answer says that nothing was found;
- *empty page*: 8 people ask for a page of the same application on which there is nothing to look up (the one that says that a thread
  is erased): the peer, in the same run, in turns. What an answer without any page costs (a redirect) is printed, too;
- *opened*: codes that open a thread, and the page of the thread after it;
- *the same time*: codes of expired threads and codes of nobody, in turns on one connection: the difference of the two means
  against what chance alone would make of it (Welch's t);
- *guesses*: 200,000 codes from 500 addresses, each with another forged forwarding header in front of the proxy's own, while
  four advisers work at their desks: how many were let through, whether one hit, and the advisers' times before and meanwhile.

The processes count tries apart, so the guesses' limit holds for each of them.
"""

from __future__ import annotations

import argparse
import math
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from statistics import fmean, median, variance
from typing import Any
from urllib.parse import urlencode

from bench import DATABASES, Client, House, Times, house, percentile, person, report, together
from parvis.guidance.receipt import Receipt

JSON = {"Accept": "application/json"}
TOKEN = "b" * 32
OPEN = "/thread/"
FOUND = b'{"found": true}'
LIMIT = 300  # look-ups a second
SHARE = 0.8  # of the empty page's rate
TRIES = 20  # let through from one network in ten minutes, by one process
WARM = 200  # tries before the first that counts
SIGNIFICANT = 3.0  # standard errors


def visitor(address: str, *, forged: str = "") -> dict[str, str]:
    """A visitor behind a proxy, which adds the address it sees to whatever the visitor claims."""
    told = f"{forged}, {address}" if forged else address
    return JSON | {"Cookie": f"csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "X-Forwarded-For": told}


def some_address() -> str:
    return ".".join(str(random.randrange(1, 255)) for _ in range(4))


def code(letters: str) -> bytes:
    return urlencode({"code": letters}).encode()


def anybodys() -> str:
    return Receipt(secrets.randbits(92)).letters()


def asks(port: int, seconds: float, path: str, expected: int, body: Callable[[], bytes]) -> float:
    """Answers a second to eight people, each request from a network of its own."""

    def work(_number: int, times: Times, goes_on: Callable[[], bool]) -> None:
        with Client(port) as client:
            while goes_on():
                client.common = headers(visitor(some_address()))
                start = time.perf_counter()
                said = body()
                status, _body = client.request("POST" if said else "GET", path, said)
                if status != expected:
                    raise RuntimeError(f"{path} answered {status}")
                times.add(path, time.perf_counter() - start)

    return together(8, seconds, work).rate(path)


def headers(named: dict[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in named.items())


def rates(port: int, rounds: int, seconds: float) -> tuple[float, float, float]:
    """Look-ups, empty pages and empty answers a second, in turns: the median of each."""
    found, page, answer = [], [], []
    for _ in range(rounds):
        page.append(asks(port, seconds, "/thread/erased/", 200, lambda: b""))
        found.append(asks(port, seconds, OPEN, 200, lambda: code(anybodys())))
        answer.append(asks(port, seconds, "/thread/close/", 302, lambda: b"x=1"))
    return median(found), median(page), median(answer)


def opened(port: int, live: list[str], seconds: float) -> float:
    """Threads opened a second: the code, and the page with everything on it."""

    def work(_number: int, times: Times, goes_on: Callable[[], bool]) -> None:
        with Client(port) as client:
            while goes_on():
                client.common = headers(visitor(some_address()))
                status, body = client.request("POST", OPEN, code(random.choice(live)))
                if (status, body) != (200, FOUND):
                    raise RuntimeError(f"a live code answered {status}")
                times.add(OPEN, 0)

    return together(8, seconds, work).rate(OPEN)


def same_time(port: int, expired: list[str], tries: int) -> tuple[float, float, float]:
    """Means in µs of unknown and expired codes, and their difference in standard errors; bodies must be the same."""
    taken: dict[str, list[float]] = {"unknown": [], "expired": []}
    bodies = set()
    past = iter(
        expired
    )  # each once, as each unknown one: a page of the index that was just read is there sooner
    with Client(port) as client:
        for turn in range(tries + WARM):
            kinds = ["unknown", "expired"]
            random.shuffle(kinds)
            for kind in kinds:
                client.common = headers(visitor(some_address()))
                body = code(next(past) if kind == "expired" else anybodys())
                start = time.perf_counter()
                answer = client.request("POST", OPEN, body)
                if turn >= WARM:  # the first ones warm everything up
                    taken[kind].append((time.perf_counter() - start) * 1e6)
                bodies.add(answer)
    if len(bodies) != 1:
        raise RuntimeError("unknown and expired codes answer differently")
    unknown, gone = (trimmed(taken[kind]) for kind in ("unknown", "expired"))
    error = math.sqrt(variance(unknown) / len(unknown) + variance(gone) / len(gone))
    return fmean(unknown), fmean(gone), (fmean(gone) - fmean(unknown)) / error


def trimmed(values: list[float]) -> list[float]:
    """Without the slowest twentieth: what another process of the machine did meanwhile."""
    return sorted(values)[: len(values) * 95 // 100]


def guesses(port: int, scene: Any, count: int) -> dict[str, float]:
    """Codes from 500 addresses, and what advisers feel of them."""
    alone, beside = Times(), Times()
    desk(port, scene, alone, until=time.monotonic() + (2 if count < 10_000 else 20))
    addresses = [f"198.51.{n // 250}.{n % 250 + 1}" for n in range(500)]
    answers: Counter[str] = Counter()
    counted = threading.Lock()
    left = iter(range(count))
    over = threading.Event()

    def guess() -> None:
        with Client(port) as client:
            while True:
                with counted:
                    if next(left, None) is None:
                        break
                client.common = headers(visitor(random.choice(addresses), forged=some_address()))
                status, body = client.request("POST", OPEN, code(anybodys()))
                with counted:
                    answers["refused" if status == 429 else "hit" if body == FOUND else "let through"] += 1

    start = time.monotonic()
    attackers = [threading.Thread(target=guess) for _ in range(4)]
    working = threading.Thread(target=desk, args=(port, scene, beside), kwargs={"over": over})
    for thread in [*attackers, working]:
        thread.start()
    for thread in attackers:
        thread.join()
    took = time.monotonic() - start
    over.set()
    working.join()
    return {
        "guesses": count,
        "guesses_a_second": count / took,
        "guesses_that_hit": answers["hit"],
        "guesses_let_through": answers["let through"],
        "guesses_refused": answers["refused"],
        "advisers_p99_ms_alone": percentile(alone.taken["desk"], 99) * 1000,
        "advisers_p99_ms_meanwhile": percentile(beside.taken["desk"], 99) * 1000,
    }


def desk(
    port: int, scene: Any, times: Times, *, until: float = math.inf, over: threading.Event | None = None
) -> None:
    """An adviser who looks at the page of threads, and at who waits, twice a second."""
    with Client(port, person(scene["people"][0]) | {"X-Forwarded-For": "203.0.113.9"}) as client:
        while time.monotonic() < until and not (over and over.is_set()):
            for path in ("threads/", "desk/turn/"):
                start = time.perf_counter()
                status, _body = client.request("GET", f"/c/{scene['slug']}/{path}")
                if status != 200:
                    raise RuntimeError(f"an adviser was answered {status}")
                times.add("desk", time.perf_counter() - start)
            time.sleep(0.05)


def measured(place: House, *, threads: int, quick: bool) -> dict[str, float]:
    """Everything on one database."""
    tries = 1_000 if quick else 10_000
    scene = place.scene("--seats=2", f"--threads={threads}", f"--expired={tries + WARM}", "--migrate")[0]
    with place.served(processes=2) as server:
        asks(server.port, 1, "/thread/erased/", 200, lambda: b"")  # everything is warm
        found, page, answer = rates(server.port, 1 if quick else 3, 1.5 if quick else 6)
        whole = opened(server.port, scene["live"], 1 if quick else 8)
        unknown, past, errors = same_time(server.port, scene["expired"], tries)
        guessed = guesses(server.port, scene, 3_000 if quick else 200_000)
    print(
        f"{place.kind}: {found:.0f} look-ups a second beside {page:.0f} empty pages ({found / page:.0%}) and {answer:.0f} answers without a page ({found / answer:.0%}); {whole:.0f} threads opened;"
        f" unknown {unknown:.0f} µs, expired {past:.0f} µs, {errors:+.2f} standard errors apart;"
        f" {guessed['guesses']:.0f} guesses: {guessed['guesses_that_hit']:.0f} hit, {guessed['guesses_let_through']:.0f} let through,"
        f" {guessed['guesses_refused']:.0f} refused; advisers' p99 {guessed['advisers_p99_ms_alone']:.0f} ms alone,"
        f" {guessed['advisers_p99_ms_meanwhile']:.0f} ms meanwhile",
        flush=True,
    )
    figures = {
        "lookups": found,
        "share_of_an_empty_page": found / page,
        "share_of_an_empty_answer": found / answer,
        "threads_opened": whole,
        "standard_errors": abs(errors),
        **guessed,
    }
    return {f"{place.kind}_{name}": value for name, value in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    limits: dict[str, tuple[str, float]] = {}
    with ExitStack() as stack:
        for kind in DATABASES:
            place = stack.enter_context(house(kind, migrated=False))
            place.environment["PARVIS_PROXIES"] = "1"
            figures |= measured(place, threads=5_000 if options.quick else 1_000_000, quick=options.quick)
            limits |= {
                f"{kind}_lookups": ("at least", LIMIT),
                f"{kind}_share_of_an_empty_page": ("at least", SHARE),
                f"{kind}_standard_errors": ("under", SIGNIFICANT),
                f"{kind}_guesses_that_hit": ("under", 1),
                f"{kind}_guesses_let_through": (
                    "under",
                    2 * 500 * TRIES * 2 + 1,
                ),  # two processes, two windows
            }
    report("receipt", figures, limits)


if __name__ == "__main__":
    main()
