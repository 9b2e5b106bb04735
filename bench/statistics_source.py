"""How long do facts take to be read from the operational tables? ``make bench NAME=statistics_source`` (``QUICK=1`` for a look).

Tickets with three periods, acts with themes and codes, questionnaires and passages of 46 centres, written by the database itself, 550,000 visits a
year (``--years``, one unless said otherwise: ten years cost ten times as much, a month the same). Then, each in a process of its own:
``rebuild_facts``, a rebuild that finds nothing new, and the night after one more day of the whole network. Wall clock, processor (of
all its processes, without the database's own on PostgreSQL) and memory at its highest, on SQLite and on PostgreSQL. Before the night is taken it is
seen that a rebuild of everything that was lost gives the same files.

Beside the limits stands the reading of one table without shaping anything: what a driver alone needs for as many rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bench import BASE, DATABASES, House, house, report

CENTRES, A_YEAR, QUICK_A_YEAR = 46, 550_000, 12_000
NIGHT_S, REBUILD_S = 5, 180
YEARS = 10  # that the rebuild's limit is about
PERIODS = (("waiting", 0, 600), ("called", 600, 660), ("interview", 660, 1_860))


# In a process of its own, with Django


def setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    import django  # noqa: PLC0415

    django.setup()


class Filling:
    """Rows of days, computed from their number alone: the database writes them without sending any."""

    def __init__(self) -> None:
        from django.db import connection  # noqa: PLC0415

        self.connection = connection
        self.postgres = connection.vendor == "postgresql"

    def centres(self) -> None:
        from parvis.centres.factories import a_network, a_theme  # noqa: PLC0415
        from parvis.reception.factories import coded_centre  # noqa: PLC0415

        network = a_network()
        for _n in range(CENTRES):
            centre = coded_centre(network=network)
            for key in ("choose", "job", "change", "start"):
                a_theme(centre, key=key)

    def days(self, first: date, count: int, a_day: int) -> None:
        """``a_day`` visits on each of the days, in all centres together."""
        from parvis.statistics.facts import triggers  # noqa: PLC0415

        triggers.take_down()  # rows as they were before facts were kept
        self.run("DROP TABLE IF EXISTS bench_visit")
        start = self.one("SELECT coalesce(max(id), 0) FROM reception_ticket")
        self.run(f"CREATE TABLE bench_visit AS {self.visits(first, count * a_day, a_day, start)}")
        for statement in (*self.codes(), *self.statements()):
            self.run(statement)
        for table in ("visit", "code"):
            self.run(f"DROP TABLE bench_{table}")
        if self.postgres:
            for table in ("ticket", "period", "act", "actcode", "act_themes", "profile", "profile_answers"):
                self.run(f"ANALYZE reception_{table}")
        triggers.put_up()

    def run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def one(self, question: str) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(question)
            return int(cursor.fetchall()[0][0])

    def visits(self, first: date, n: int, a_day: int, start: int) -> str:
        """One row a visit: its number, centre, day, the second it began, and two numbers to draw from."""
        series = (
            f"generate_series(1, {n}) AS s(i)"
            if self.postgres
            else f"(WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {n}) SELECT i FROM s)"
        )
        day = f"(i - 1) / {a_day}"
        on = f"DATE '{first}' + {day}" if self.postgres else f"date('{first}', '+' || ({day}) || ' days')"
        drawn = "((i * CAST(2654435761 AS BIGINT)) % 1000003)"
        centre = f"(SELECT min(id) FROM centres_centre) + {drawn} % {CENTRES}"
        return f"""SELECT {start} + i AS id, {centre} AS centre, {on} AS day, 28800 + (i % {a_day}) * 30000 / {a_day} AS second,
            {drawn} AS a, ((i * CAST(40503 AS BIGINT)) % 65537) AS b FROM {series}"""

    def at(self, seconds: int) -> str:
        """The time so many seconds after the visit began."""
        if self.postgres:
            return f"((v.day + make_interval(secs => v.second + {seconds})) AT TIME ZONE 'UTC')"
        return f"datetime(v.day, '+' || (v.second + {seconds}) || ' seconds')"

    def key(self, kind: int) -> str:
        if self.postgres:
            return f"('{kind:08x}' || lpad(to_hex(v.id), 24, '0'))::uuid"
        return f"printf('{kind:08x}%024x', v.id)"

    def code(self, name: str, draw: str) -> str:
        """A code of the centre's own list, or one of its themes."""
        return f"""(SELECT c.id FROM bench_code c WHERE c.centre = v.centre AND c.list = '{name}' AND c.place = {draw} % c.many)"""

    def codes(self) -> Iterator[str]:
        ranked = "row_number() OVER w - 1 AS place, count(*) OVER (PARTITION BY centre_id, {list}) AS many"
        window = "WINDOW w AS (PARTITION BY centre_id, {list} ORDER BY id)"
        parts = [
            f"SELECT centre_id AS centre, {name} AS list, id, {ranked} FROM {table} {window}".format(
                list=name
            )
            for table, name in (("centres_code", "list"), ("centres_theme", "'theme'"))
        ]
        yield "DROP TABLE IF EXISTS bench_code"
        yield f"CREATE TABLE bench_code AS {' UNION ALL '.join(f'SELECT * FROM ({part}) AS x' for part in parts)}"
        yield "CREATE INDEX bench_code_place ON bench_code (centre, list, place)"

    def statements(self) -> Iterator[str]:
        """Every table, one statement each."""
        yield self.insert(
            "ticket",
            id="v.id", key=self.key(1), token="'b' || v.id", centre_id="v.centre", date="v.day", number="v.id",
            word="''", style="'number'", arrival="CASE v.a % 3 WHEN 0 THEN 'kiosk' ELSE 'greeter' END",
            theme_id=self.code("theme", "v.a"), language="CASE v.b % 4 WHEN 0 THEN 'en' ELSE 'fr' END", size="1",
            taken_at=self.at(0), state="'done'", state_since=self.at(1_860), note="''",
        )  # fmt: skip
        for state, since, until in PERIODS:
            yield self.insert(
                "period", "JOIN reception_ticket k ON k.id = v.id",
                ticket_id="v.id", state=f"'{state}'", theme_id="k.theme_id", reason="''", note="''",
                started_at=self.at(since), ended_at=self.at(until),
            )  # fmt: skip
        yield self.insert(
            "act",
            id="v.id", key=self.key(2), centre_id="v.centre", date="v.day", at=self.at(1_860), kind="'individual'",
            ticket_id="v.id", channel_id=self.code("channel", "v.b"), service_id=self.code("service", "v.a"),
            language="'fr'", size="1", note="''",
        )  # fmt: skip
        yield self.insert(
            "act_themes", "JOIN reception_ticket k ON k.id = v.id", act_id="v.id", theme_id="k.theme_id"
        )
        for name, draw in (("need", "v.a"), ("outcome", "v.b"), ("resource", "v.a")):
            yield self.insert("actcode", act_id="v.id", code_id=self.code(name, draw), count="1")
        yield self.insert(
            "profile", some="v.b % 5 = 0",
            id="v.id", key=self.key(3), centre_id="v.centre", date="v.day", method="'asked'", commune_prefix="'750'",
        )  # fmt: skip
        for name, draw in (("gender", "v.a"), ("age_band", "v.b / 5"), ("status", "v.a")):
            yield self.insert(
                "profile_answers", some="v.b % 5 = 0", profile_id="v.id", code_id=self.code(name, draw)
            )
        yield self.insert(
            "passage", some="v.b % 6 = 0",
            key=self.key(4), centre_id="v.centre", date="v.day", hour="8 + v.a % 9", count="1 + v.a % 20", source="'clicker'",
            site_id="(SELECT min(s.id) FROM centres_site s WHERE s.centre_id = v.centre)", counted_at=self.at(0),
        )  # fmt: skip

    def insert(self, table: str, join: str = "", some: str = "", **columns: str) -> str:
        where = f" WHERE {some}" if some else ""
        names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
        return f"INSERT INTO reception_{table} ({names}) SELECT {values} FROM bench_visit v {join}{where}"


def fill(a_year: int, years: int) -> dict[str, Any]:
    """The years up to three days ago."""
    setup()
    from django.db import connection  # noqa: PLC0415

    filling, began = Filling(), time.perf_counter()
    if not filling.postgres:
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -400000"):
            filling.run(f"PRAGMA {pragma}")
    filling.centres()
    days, a_day = 365 * years, a_year // 365
    filling.days(date.today() - timedelta(days=days + 2), days, a_day)
    rows = sum(
        filling.one(f"SELECT count(*) FROM reception_{table}")
        for table in (
            "ticket",
            "period",
            "act",
            "actcode",
            "act_themes",
            "profile",
            "profile_answers",
            "passage",
        )
    )
    connection.close()
    return {"rows": rows, "visits": days * a_day, "seconds": time.perf_counter() - began}


def one_day_more(a_year: int) -> dict[str, Any]:
    """The day before yesterday, which the night finds settled."""
    setup()
    Filling().days(date.today() - timedelta(days=2), 1, a_year // 365)
    return {}


def forget() -> dict[str, Any]:
    """Every snapshot is lost; its digests are told."""
    setup()
    from parvis.statistics.models import Snapshot  # noqa: PLC0415

    told = sorted(Snapshot.objects.in_force().values_list("unit", "month", "digest"))
    Snapshot.objects.all().delete()
    return {"digests": [[unit, str(month), digest] for unit, month, digest in told]}


def driver() -> dict[str, Any]:
    """Seconds that reading periods one by one takes, and how many there are: no shaping, no joins."""
    setup()
    from django.db import connection  # noqa: PLC0415

    began, rows = time.process_time(), 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT ticket_id, state, theme_id, started_at FROM reception_period")
        while lot := cursor.fetchmany(5_000):
            rows += len(lot)
    return {"seconds": time.process_time() - began, "rows": rows}


COMMANDS = {"fill": fill, "one_day_more": one_day_more, "forget": forget, "driver": driver}


# The bench itself


def told(one: House, command: str, *numbers: int) -> dict[str, Any]:
    run = [sys.executable, "-m", "bench.statistics_source", "--do", command, *map(str, numbers)]
    done = subprocess.run(run, cwd=BASE, env=one.environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def facts(one: House, *options: str) -> tuple[float, float, float]:
    """Wall clock, processor, and MB at its highest of ``rebuild_facts``, with what it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    run = [sys.executable, "manage.py", "rebuild_facts", "-v0", *options]
    process = subprocess.Popen(run, cwd=BASE, env=one.environment)
    highest = 0.0
    while process.poll() is None:
        highest = max(highest, memory_of(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise RuntimeError("rebuild_facts failed")
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, highest


def memory_of(pid: int) -> float:
    """MB that a process and its children hold for themselves; one that has just ended holds nothing."""
    from pathlib import Path  # noqa: PLC0415

    from bench import children_of  # noqa: PLC0415

    total = 0
    try:
        for each in children_of(pid):
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))
    except (OSError, ProcessLookupError):
        pass
    return total / 1024


def on(kind: str, a_year: int, years: int) -> dict[str, float]:
    with house(kind, static=False) as one:
        filled = told(one, "fill", a_year, years)
        print(
            f"{kind}: {filled['visits']:,} visits of {CENTRES} centres over {years} years, {filled['rows']:,} rows,"
            f" written in {filled['seconds']:.0f} s; load of the machine {os.getloadavg()[0]:.1f}"
        )
        alone = told(one, "driver")
        rebuilt = facts(one)
        nothing_new = facts(one)
        first = told(one, "forget")["digests"]
        facts(one)
        assert told(one, "forget")["digests"] == first, "a rebuild of what was lost gives the same files"
        facts(one)
        told(one, "one_day_more", a_year)
        night = facts(one, "--only-changed")
    whole = YEARS * A_YEAR / filled["visits"]
    print(
        f"{kind}: rebuilt in {rebuilt[0]:.1f} s, processor {rebuilt[1]:.1f}, {rebuilt[2]:.0f} MB; by arithmetic {rebuilt[0] * whole:.0f} s"
        f" and {rebuilt[1] * whole:.0f} for {YEARS * A_YEAR:,} visits (limit {REBUILD_S}); nothing new: {nothing_new[0]:.1f} s,"
        f" processor {nothing_new[1]:.1f}"
    )
    print(
        f"{kind}: a day more of the whole network: {night[0]:.1f} s (limit {NIGHT_S}), processor {night[1]:.1f}, {night[2]:.0f} MB;"
        f" {alone['rows']:,} periods read by the driver alone: {alone['seconds']:.1f} s of processor"
    )
    return {
        "rebuild_s": rebuilt[0],
        "rebuild_processor_s": rebuilt[1],
        "rebuild_ten_years_s": rebuilt[0] * whole,
        "rebuild_mb": rebuilt[2],
        "again_s": nothing_new[0],
        "night_s": night[0],
        "night_processor_s": night[1],
        "night_mb": night[2],
        "driver_s": alone["seconds"],
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--years", type=int, default=1)
    arguments.add_argument("--a-year", type=int)
    arguments.add_argument("--on", choices=DATABASES, nargs="+", default=DATABASES)
    arguments.add_argument("--do", nargs="+", help="for the bench itself")
    chosen = arguments.parse_args()
    if chosen.do:
        print(json.dumps(COMMANDS[chosen.do[0]](*map(int, chosen.do[1:]))))
        return
    a_year = chosen.a_year or (QUICK_A_YEAR if chosen.quick else A_YEAR)
    figures = {
        f"{kind}_{name}": value
        for kind in chosen.on
        for name, value in on(kind, a_year, chosen.years).items()
    }
    limits = {f"{kind}_night_s": ("under", float(NIGHT_S)) for kind in chosen.on}
    limits |= {f"{kind}_rebuild_ten_years_s": ("under", float(REBUILD_S)) for kind in chosen.on}
    report("statistics_source", figures, limits)


if __name__ == "__main__":
    main()
