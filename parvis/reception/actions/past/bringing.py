"""Every line that the check found new becomes rows, a lot at a time; a killed worker's successor goes on where it stopped."""

from __future__ import annotations

import random
import time
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parvis.centres.actions.past_entries import keep_past_code, keep_past_theme
from parvis.centres.models import CodeList
from parvis.reception.actions.past.files import folder_of, forget_file
from parvis.reception.actions.past.judging import Judge, batches, reader_for
from parvis.reception.actions.past.reading import wordings_of
from parvis.reception.actions.past.work import Work
from parvis.reception.actions.past.writing import write_acts, write_profiles, write_tallies
from parvis.reception.models import PastImport
from parvis.reception.models.past import Stage
from parvis.reception.past import store
from parvis.reception.past.headings import Role
from parvis.reception.past.notation import label_and_key
from parvis.reception.past.outcome import Line
from parvis.reception.past.plan import LEAVE, NEW, Plan
from parvis.reception.past.wording import fold
from parvis.reception.queries.past import Entries, brought_in_days, entries_of

LOT = 500  # short transactions: reception goes on writing its tickets meanwhile
REST = 0.15  # of the time a lot took, left to others


def bring_in_file(work: Work) -> None:
    """Writes acts, profiles and tallies. Nothing of it counts in a figure before the last line is in."""
    row, folder = work.past_import, folder_of(work.past_import)
    file = store.read(folder)
    plan = _with_entries(work)
    matcher = entries_of(row.centre).matcher(row.first_day, row.last_day)
    today = row.centre.local_day(row.centre.now())
    reader = reader_for(file, plan, matcher, row.centre, today)
    judge = Judge(row.centre, plan)
    writer = _Writer(work, judge)
    done, before = 0, row.rows_done
    for lot in batches(reader.lines(), LOT):
        done += len(lot)
        if done > before:
            writer.write(lot, done)
        else:
            work.beat()
    first, last = brought_in_days(row)
    work.finish(
        Stage.DONE,
        rows_done=done,
        first_day=first,
        last_day=last,
        finished_at=row.centre.now(),
        layout=_without_cells(row.layout),
        mapping=_for_the_report(row.mapping, plan),
        report=row.report | {"brought": _brought(row)},
    )
    forget_file(row)


class _Writer:
    """Writes one lot in one transaction, then lets others write."""

    def __init__(self, work: Work, judge: Judge) -> None:
        self.work, self.judge = work, judge
        self.zone = work.past_import.centre.zone
        self.shuffle = random.SystemRandom().shuffle

    def write(self, lot: list[Line], done: int) -> None:
        began = time.monotonic()
        row = self.work.past_import
        with transaction.atomic():
            self.work.beat(done)  # first: a worker that was taken over writes nothing
            self.judge.judge(lot)
            visits = [line.visit for line in lot if line.visit is not None]
            write_acts(row, visits, self._at)
            answers = [visit for visit in visits if visit.profile_key is not None]
            self.shuffle(answers)  # their order shall not tell whose act they belong to
            write_profiles(row, answers)
            write_tallies(row, [count for line in lot for count in line.counts])
        time.sleep((time.monotonic() - began) * REST)

    def _at(self, day: date, minute: int | None) -> datetime | None:
        if minute is None:
            return None
        return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self.zone)


def _with_entries(work: Work) -> Plan:
    """The plan with every entry made that it asks for. A second worker finds those that the first made."""
    row = work.past_import
    plan = Plan.from_json(row.mapping)
    wanted = plan.wanted()
    if not wanted:
        return plan
    with transaction.atomic():
        work.beat(row.rows_done)
        made = _make_entries(row, plan, entries_of(row.centre), wanted)
        plan = plan.resolved(lambda name, wording: made.get((name, wording), LEAVE))
        created = sorted({*row.layout.get("created", []), *made.values()})
        row.mapping, row.layout = plan.as_json(), row.layout | {"created": created}
        row.save(update_fields=["mapping", "layout"])
    return plan


def _make_entries(
    row: PastImport, plan: Plan, entries: Entries, wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    texts = {
        (found.code_list, fold(found.text)): found for found in wordings_of(folder_of(row), plan, entries)
    }
    heads = {fold(column.words): column.words for column in plan.of_role(Role.COUNT, Role.TICK)}
    first, last = row.first_day, row.last_day
    made = {}
    for name, wording in sorted(wanted):
        found = texts.get((name, wording))
        if first is None or last is None or (found is not None and found.hidden):
            continue
        text = label_and_key(found.text)[0] if found is not None else heads.get(wording, wording)
        if name == "theme":
            made[name, wording] = (
                f"theme:{keep_past_theme(centre=row.centre, wording=text, first=first, last=last).pk}"
            )
        else:
            code = keep_past_code(
                centre=row.centre, code_list=CodeList(name), wording=text, first=first, last=last
            )
            made[name, wording] = f"code:{code.pk}"
    return made


def _brought(row: PastImport) -> dict[str, int]:
    return {"acts": row.acts.count(), "profiles": row.profiles.count(), "tallies": row.tallies.count()}


def _without_cells(layout: dict[str, Any]) -> dict[str, Any]:
    return {
        name: layout[name]
        for name in ("encoding", "separator", "sheets", "created", "hints")
        if name in layout
    }


def _for_the_report(mapping: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The choices without what the file said: no example of a cell, no wording that was left out."""
    kept = plan.as_json()
    for column in kept["columns"]:
        column["examples"] = []
    kept["values"] = {
        name: {wording: target for wording, target in found.items() if target not in (LEAVE, NEW)}
        for name, found in kept["values"].items()
    }
    return kept
