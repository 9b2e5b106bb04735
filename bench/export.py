"""How fast does everything of a centre leave? ``make bench NAME=export`` (``QUICK=1`` for a look).

Ten years of 50,000 imported visits, each an act with its codes and answers apart from it, written as CSV files in a zip and
as a workbook by the real actions, each in a process of its own, whose memory at its highest is told. Beside it, in the same
run: the bare limit (the acts' own rows read with one query and written by Python's ``csv``, no codes, no labels, no zip) and
the peer (the same acts' table written by openpyxl's write-only workbook).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

OWN_FOLDER = "PARVIS_BENCH_EXPORT" not in os.environ
DATA = os.environ.get("PARVIS_BENCH_EXPORT") or tempfile.mkdtemp(prefix="parvis-bench-export-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
os.environ["PARVIS_DATA"] = os.environ["PARVIS_BENCH_EXPORT"] = DATA
import shutil

import django

django.setup()

import openpyxl
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from bench import BASE, report
from parvis.accounts.models import User
from parvis.centres.actions import Plan, create_centre
from parvis.centres.factories import a_network
from parvis.centres.models import Centre, ServiceModel
from parvis.reception.actions import exports
from parvis.reception.actions.past.writing import write_acts, write_profiles
from parvis.reception.models import Act, Export, PastImport
from parvis.reception.models.past import Stage
from parvis.reception.past.outcome import Visit
from parvis.reception.queries.export import export_tables

ROWS, QUICK_ROWS, A_YEAR, LOT = 500_000, 8_000, 50_000, 5_000
FIRST = date(2014, 1, 2)
SLOWEST = 1_000  # acts a second, with as many answers: ten years within nine minutes
MOST_MEMORY = 220  # MB of the process that writes, Django and the libraries included
MOST_GROWTH = 60  # MB that it grows by, whatever the rows


def fill(rows: int) -> None:
    """A centre and its imported visits, written as an import writes them."""
    plan = Plan(languages=("fr", "en"), open_since=date(2010, 1, 1))
    at = datetime.now(UTC)
    centre = create_centre(
        network=a_network(),
        service_model=ServiceModel.CITE_DES_METIERS,
        name="Bench",
        at=at,
        plan=plan,
    )
    done = PastImport.objects.create(
        centre=centre, file_name="a.csv", fingerprint="0" * 64, stage=Stage.DONE, created_at=at
    )
    draw, codes = random.Random(2014), {}
    for code in centre.codes.filter(not_communicated=False):
        codes.setdefault(code.list, []).append(code.pk)
    themes = list(centre.themes.values_list("pk", flat=True))
    for start in range(0, rows, LOT):
        visits = [a_visit(draw, start + n, codes, themes) for n in range(min(LOT, rows - start))]
        with transaction.atomic():
            write_acts(done, visits, instant)
            write_profiles(done, visits)


def a_visit(draw: random.Random, n: int, codes: dict[str, list[int]], themes: list[int]) -> Visit:
    return Visit(
        key=draw.randbytes(16),
        day=FIRST + timedelta(days=n * 365 // A_YEAR),
        minute=draw.randint(540, 1080),
        themes=tuple(draw.sample(themes, draw.choice([1, 1, 2]))),
        channel=draw.choice(codes["channel"]),
        service=draw.choice(codes["service"]),
        size=1,
        minutes=draw.choice([10, 20, 30, 45]),
        language="fr",
        codes=tuple((code, 1) for name in ("need", "outcome") for code in draw.sample(codes[name], 2)),
        non_contact=False,
        profile_key=draw.randbytes(16),
        answers=tuple(draw.choice(codes[name]) for name in ("age_band", "gender", "status")),
        commune="750",
    )


def instant(day: date, minute: int | None) -> datetime:
    return datetime(day.year, day.month, day.day, (minute or 0) // 60, (minute or 0) % 60, tzinfo=UTC)


def write(kind: str) -> dict[str, float]:
    """In a process of its own: the whole export, its seconds, its memory before and at its highest."""
    centre = Centre.objects.get()
    person = User.objects.get_or_create(email="director@example.org", defaults={"name": "Director"})[0]
    last = Act.objects.latest("date").date
    wanted = exports.Wanted(FIRST, last, Export.Format(kind), "fr")
    at = datetime.now(UTC)
    one = exports.start_export(centre=centre, person=person, key=uuid4(), wanted=wanted, at=at)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.perf_counter()
    exports.write_export.call(one.pk)
    seconds = time.perf_counter() - began
    one.refresh_from_db()
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = exports.file_of(one).stat().st_size / 1e6
    exports.delete_export(export=one)
    return {"lines": one.rows_done, "seconds": seconds, "mb": highest, "grew": highest - before, "file": size}


def in_its_own_process(kind: str) -> dict[str, float]:
    run = [sys.executable, "-m", "bench.export", "--write", kind]
    done = subprocess.run(run, cwd=BASE, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def bare(folder: Path) -> float:
    """Seconds to read the acts' own rows and to write them, and nothing else."""
    began = time.perf_counter()
    with connection.cursor() as cursor, (folder / "bare.csv").open("w", newline="") as file:
        cursor.execute(
            "SELECT id, date, at, kind, size, minutes, language FROM reception_act ORDER BY date, id"
        )
        while rows := cursor.fetchmany(LOT):
            csv.writer(file).writerows(rows)
    return time.perf_counter() - began


def peer(folder: Path) -> float:
    """Seconds of openpyxl for the table of acts alone."""
    began = time.perf_counter()
    with translation.override("fr"):
        acts = next(export_tables(Centre.objects.get(), FIRST, Act.objects.latest("date").date))
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("acts")
        sheet.append(list(acts.heading))
        for row in acts.rows:
            sheet.append(list(row))
        book.save(folder / "peer.xlsx")
    return time.perf_counter() - began


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--rows", type=int)
    arguments.add_argument("--write", choices=Export.Format.values)
    chosen = arguments.parse_args()
    if chosen.write:
        print(json.dumps(write(chosen.write)))
        return
    rows = chosen.rows or (QUICK_ROWS if chosen.quick else ROWS)
    call_command("migrate", verbosity=0)
    fill(rows)
    text, book = (in_its_own_process(kind) for kind in ("csv", "xlsx"))
    limit, other = bare(Path(DATA)), peer(Path(DATA))
    print(f"{rows:,} acts and as many answers, {connection.vendor}")
    for name, told in [("CSV in a zip", text), ("workbook", book)]:
        print(
            f"{name}: {told['lines']:,} lines in {told['seconds']:.0f} s, {rows / told['seconds']:,.0f} acts a second,"
            f" {told['file']:.0f} MB; {told['mb']:.0f} MB of memory, {told['grew']:.0f} MB more than before"
        )
    print(f"bare rows: {rows / limit:,.0f} a second; acts alone by openpyxl: {rows / other:,.0f} a second")
    figures = {
        "rows": rows,
        "csv_acts_per_second": rows / text["seconds"],
        "csv_lines_per_second": text["lines"] / text["seconds"],
        "xlsx_acts_per_second": rows / book["seconds"],
        "xlsx_lines_per_second": book["lines"] / book["seconds"],
        "csv_peak_mb": text["mb"],
        "xlsx_peak_mb": book["mb"],
        "grew_mb": max(text["grew"], book["grew"]),
        "bare_rows_per_second": rows / limit,
        "openpyxl_acts_alone_per_second": rows / other,
    }
    limits = {
        "csv_acts_per_second": ("at least", SLOWEST),
        "xlsx_acts_per_second": ("at least", SLOWEST),
        "csv_peak_mb": ("under", MOST_MEMORY),
        "xlsx_peak_mb": ("under", MOST_MEMORY),
        "grew_mb": ("under", MOST_GROWTH),
    }
    report("export", figures, limits)


if __name__ == "__main__":
    try:
        main()
    finally:
        connection.close()
        if OWN_FOLDER:
            shutil.rmtree(DATA, ignore_errors=True)
