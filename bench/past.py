"""How fast does a centre's past come in? ``make bench NAME=past`` (``QUICK=1`` for a look).

Ten years of 50,000 visits a year, one row each, as a Windows-1252 CSV file with ten columns: sent, opened, recognised,
checked line by line, brought in as acts with their codes and as answers apart from them, then sent once more with one
more day (nothing may be counted twice), and undone. The real actions on the real database with synchronous=FULL (or on
DATABASE_URL), one worker, as in a centre. Beside it, in the same run: the same rows written by bare ``executemany`` into
a bare SQLite file, one transaction, no keys, no check: the limit.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

DATA = tempfile.TemporaryDirectory(prefix="parvis-bench-past-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
os.environ["PARVIS_DATA"] = DATA.name
import django

django.setup()

from django.core.management import call_command
from django.db import connection

from parvis.accounts.models import User
from parvis.centres.actions import Plan, create_centre
from parvis.centres.factories import a_network
from parvis.centres.models import Centre, ServiceModel
from parvis.reception.actions import past
from parvis.reception.actions.past.tasks import TASKS
from parvis.reception.models import Act, PastImport, Profile

ROWS, QUICK_ROWS = 500_000, 20_000
A_YEAR = 50_000
SLOWEST = 1_000  # rows a second, from the first byte sent to the last row in: ten years within nine minutes
MOST_MEMORY = 900  # MB, of the worker and of the process that opens the file
THEMES = ["Emploi", "Formation", "Orientation", "Création d’entreprise", "Changer de vie professionnelle"]
NEEDS = [
    "Rédiger une candidature ou un CV",
    "Trouver des offres d’emploi",
    "Financer une formation",
    "Permis de conduire",
]
STATUS = ["Demandeur d’emploi", "Salarié", "Étudiant", "Lycéen", "Retraité", "NC"]


def a_file(rows: int, years: float) -> bytes:
    """Visits of a centre of Lyon's size, opened Monday to Saturday."""
    draw = random.Random(2014)
    out = io.StringIO()
    write = csv.writer(out, delimiter=";").writerow
    write(
        [
            "Date",
            "Heure",
            "Thème",
            "Mode de contact",
            "Sexe",
            "Âge",
            "Statut",
            "Besoin",
            "Durée",
            "Code postal",
        ]
    )
    day, a_day = date(2014, 1, 2), rows / (years * 303)
    owed = 0.0
    written = 0
    while written < rows:
        owed += a_day
        for _ in range(min(int(owed), rows - written)):
            written += 1
            write(
                [
                    day.strftime("%d/%m/%Y"),
                    f"{draw.randint(9, 17)}h{draw.choice(['00', '15', '30', '45'])}",
                    draw.choice(THEMES),
                    draw.choice(["Accueil", "Accueil", "Téléphone"]),
                    draw.choice("FH"),
                    draw.choice(["18-24 ans", "25-29 ans", "30-44 ans", "45-54 ans", "NC"]),
                    draw.choice(STATUS),
                    draw.choice(NEEDS),
                    draw.choice([10, 20, 30, 45]),
                    draw.choice(["75012", "93100", "92120", "NC"]),
                ]
            )
        owed -= int(owed)
        day += timedelta(days=2 if day.weekday() == 5 else 1)
    return out.getvalue().encode("cp1252", errors="replace")


class Timed:
    """Seconds by step; progress on the error channel, as a person would see it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def step(self, name: str, past_import: PastImport) -> PastImport:
        done = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(name, past_import.pk, done), daemon=True)
        watcher.start()
        began = time.perf_counter()
        TASKS[past_import.stage].call(past_import.pk)
        self.seconds[name] = time.perf_counter() - began
        done.set()
        watcher.join()
        past_import.refresh_from_db()
        print(f"  {name:<10}{self.seconds[name]:8.1f} s   {past_import.stage}", flush=True)
        return past_import

    def _watch(self, name: str, pk: int, done: threading.Event) -> None:
        while not done.wait(10):
            row = PastImport.objects.get(pk=pk)
            print(f"  {name}: {row.rows_done:,} of {row.rows_total:,} lines", file=sys.stderr, flush=True)
        connection.close()


def send(centre: Centre, data: bytes, name: str) -> PastImport:
    person = User.objects.get_or_create(email="director@example.org", defaults={"name": "Director"})[0]
    chunks = (data[i : i + 65_536] for i in range(0, len(data), 65_536))
    return past.send_file(centre=centre, person=person, file_name=name, chunks=chunks, at=datetime.now(UTC))


def bare_limit(rows: int) -> float:
    """Seconds for the same number of rows into bare tables, in one transaction."""
    with sqlite3.connect(Path(DATA.name) / "bare.sqlite3") as bare:
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE act (id INTEGER PRIMARY KEY, k TEXT, d TEXT, a TEXT, c INT, s INT, m INT)")
        bare.execute("CREATE TABLE link (act INT, other INT)")
        began = time.perf_counter()
        acts = ((n, f"{n:032x}", "2014-01-02", "2014-01-02 09:00", 1, 1, 20) for n in range(rows))
        bare.executemany("INSERT INTO act VALUES (?,?,?,?,?,?,?)", acts)
        bare.executemany("INSERT INTO link VALUES (?,?)", ((n // 7, n % 7) for n in range(rows * 7)))
        bare.commit()
        return time.perf_counter() - began


def peak() -> dict[str, float]:
    """Megabytes at most: this process (the worker), and the one that opened the file."""
    told = {"worker": resource.RUSAGE_SELF, "opening": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(who).ru_maxrss / 1024 for name, who in told.items()}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--rows", type=int)
    chosen = arguments.parse_args()
    rows = chosen.rows or (QUICK_ROWS if chosen.quick else ROWS)
    call_command("migrate", verbosity=0)
    plan = Plan(languages=("fr", "en"), open_since=date(2010, 1, 1))
    centre = create_centre(
        network=a_network(),
        service_model=ServiceModel.CITE_DES_METIERS,
        name="Bench",
        at=datetime.now(UTC),
        plan=plan,
    )
    data = a_file(rows, rows / A_YEAR)
    print(f"{rows:,} visits, {len(data) / 1e6:.0f} MB, {connection.vendor}")
    timed = Timed()
    began = time.perf_counter()
    one = timed.step("open", send(centre, data, "visites.csv"))
    one = timed.step("check", past.check(past_import=one))
    one = timed.step("bring in", past.bring_in(past_import=one))
    whole = time.perf_counter() - began
    brought = (Act.objects.counted().count(), Profile.objects.counted().count())
    two = timed.step(
        "open 2", send(centre, data + b"02/01/2025;9h00;Emploi;Accueil;F;NC;NC;;10;\r\n", "encore.csv")
    )
    two = timed.step("check 2", past.check(past_import=two))
    again = two.report["verdicts"]
    past.drop(past_import=two, at=datetime.now(UTC))
    one = timed.step("undo", past.undo(past_import=one))
    bare = bare_limit(rows)
    memory = peak()
    figures = {
        "rows": rows,
        "seconds": round(whole, 1),
        "rows_per_second": round(rows / whole),
        "bring_in_rows_per_second": round(rows / timed.seconds["bring in"]),
        "undo_rows_per_second": round(sum(brought) / timed.seconds["undo"]),
        "bare_rows_per_second": round(rows / bare),
        "worker_mb": round(memory["worker"]),
        "opening_mb": round(memory["opening"]),
        "sent_again_new": again.get("new", 0) + again.get("odd", 0),
        "database": connection.vendor,
    }
    limits = {
        "rows_per_second": SLOWEST,
        "worker_mb": MOST_MEMORY,
        "opening_mb": MOST_MEMORY,
        "sent_again_new": 1,
    }
    left = Act.objects.count() + Profile.objects.count()
    ok = (
        brought == (rows, rows)
        and left == 0
        and figures["rows_per_second"] >= SLOWEST
        and memory["worker"] <= MOST_MEMORY
        and memory["opening"] <= MOST_MEMORY
        and figures["sent_again_new"] == 1
    )
    print(
        f"{figures['rows_per_second']:,} rows a second, everything included; bare inserts {figures['bare_rows_per_second']:,}"
    )
    print(json.dumps({"name": "past", "figures": figures, "limits": limits, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    code = main()
    connection.close()
    DATA.cleanup()
    sys.exit(code)
