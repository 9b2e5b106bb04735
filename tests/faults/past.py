"""An import under way, told and looked at from outside: a command a line on standard input, an answer in JSON a line.

``make 8000``: a centre and a file of so many visits, checked, its bringing in asked for. ``look``: how far it is.
``age``: as if a minute had passed since the last sign of life. ``outcome``: what is in the database. ``export``: everything
of that centre is asked for as CSV. ``written``: how far that is, and what lies in the folder of exports.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.db import connection
from django.db.models import F

from parvis.accounts.models import User
from parvis.centres.actions import Plan, create_centre
from parvis.centres.factories import a_network
from parvis.centres.models import ServiceModel
from parvis.reception.actions import exports, past
from parvis.reception.actions.past.tasks import TASKS
from parvis.reception.models import Act, ActCode, Export, PastImport, Profile

THEMES, FIRST = ["Emploi", "Formation"], date(2019, 1, 2)


def lines(count: int):
    """Visits that can be told apart by their minutes, some of them alike."""
    for n in range(count):
        day = FIRST + timedelta(days=n // 60)
        yield (
            day,
            f"{9 + n % 8}h{n % 60:02}",
            THEMES[n % 2],
            "FH"[n % 2],
            "CV" if n % 3 else "Stage",
            1 + n % 90,
        )


def make(count: int) -> dict[str, object]:
    plan, at = Plan(languages=("fr",), open_since=date(2010, 1, 1)), datetime.now(UTC)
    centre = create_centre(
        network=a_network(), service_model=ServiceModel.CITE_DES_METIERS, name="Past", at=at, plan=plan
    )
    text = "Date;Heure;Thème;Sexe;Besoin;Durée\n" + "".join(
        f"{day:%d/%m/%Y};{clock};{theme};{gender};{need};{minutes}\n"
        for day, clock, theme, gender, need, minutes in lines(count)
    )
    person = User.objects.create(email="director@example.org", name="Director")
    one = past.send_file(centre=centre, person=person, file_name="a.csv", chunks=[text.encode()], at=at)
    TASKS[one.stage].call(one.pk)
    one = past.check(past_import=one)
    TASKS[one.stage].call(one.pk)
    past.bring_in(past_import=one)
    return {"minutes": sum(line[-1] for line in lines(count))}


def look() -> dict[str, object]:
    row = PastImport.objects.get()
    return {"stage": row.stage, "done": row.rows_done, "acts": Act.objects.count()}


def age() -> dict[str, object]:
    for model in (PastImport, Export):
        model.objects.update(beat_at=F("beat_at") - timedelta(minutes=1))
    return {}


def export() -> dict[str, object]:
    one, person = PastImport.objects.select_related("centre").get(), User.objects.get()
    wanted = exports.Wanted(one.first_day, one.last_day, Export.Format.CSV, "en")
    exports.start_export(centre=one.centre, person=person, key=uuid4(), wanted=wanted, at=datetime.now(UTC))
    return {}


def written() -> dict[str, object]:
    row = Export.objects.get()
    told: dict[str, object] = {"stage": row.stage, "done": row.rows_done}
    told["files"] = sorted(path.name for path in exports.file_of(row).parent.parent.glob("*/*"))
    if row.stage == Export.Stage.DONE:
        with zipfile.ZipFile(exports.file_of(row)) as archive:
            told["lines"] = {
                name: archive.read(f"{name}.csv").count(b"\n") for name in ("acts", "profile-answers")
            }
    return told


def outcome() -> dict[str, object]:
    acts = Counter(Act.objects.counted().values_list("date", "at", "minutes", "themes__key"))
    wanted: Counter[object] = Counter()
    keys = {"Emploi": "job", "Formation": "train"}
    zone = PastImport.objects.get().centre.zone
    for day, clock, theme, _gender, _need, minutes in lines(sum(acts.values())):
        hour, minute = map(int, clock.split("h"))
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        wanted[day, at, minutes, keys[theme]] += 1
    return {
        "acts": Act.objects.counted().count(),
        "keys": Act.objects.values("key").distinct().count(),
        "profiles": Profile.objects.counted().count(),
        "codes": ActCode.objects.count(),
        "minutes": sum(Act.objects.counted().values_list("minutes", flat=True)),
        "as the file": acts == wanted,
    }


if __name__ == "__main__":
    for said in sys.stdin:
        name, *numbers = said.split()
        told = {
            "make": make,
            "look": look,
            "age": age,
            "outcome": outcome,
            "export": export,
            "written": written,
        }[name](*map(int, numbers))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        connection.close()
