"""A rehearsal: every line is read and judged, nothing is written to the centre."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, TextIO

from parvis.reception.actions.past.files import folder_of
from parvis.reception.actions.past.judging import Judge, batches, list_of_code, not_yet_made, reader_for
from parvis.reception.actions.past.work import Work
from parvis.reception.models.past import Stage
from parvis.reception.past import store
from parvis.reception.past.outcome import Line, Reason, Verdict
from parvis.reception.past.plan import Plan
from parvis.reception.past.tallies import TallyReader, summed_up
from parvis.reception.queries.past import entries_of, overlaps

LINES = "lines.jsonl"
LOT = 2_000
SHOWN = {Verdict.NEW: 200, Verdict.ALREADY: 500, Verdict.ODD: 20_000, Verdict.IGNORED: 20_000}
KEPT = 300  # odd and ignored lines that the report remembers after the file is gone
_HARMLESS = {Reason.TOTAL_DIFFERS, Reason.ROW_TOTAL_DIFFERS, Reason.CHANGED}  # whose detail is figures only


@dataclass
class Tally:
    """What the lines add up to, while they are read."""

    lists: dict[str, str]
    verdicts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    months: dict[str, Counter[str]] = field(default_factory=dict)
    profiles: int = 0
    people: int = 0
    cells: int = 0
    first: date | None = None
    last: date | None = None
    kept: list[dict[str, Any]] = field(default_factory=list)

    def add(self, line: Line, verdict: Verdict) -> None:
        """Takes one judged line into account."""
        self.verdicts[verdict] += 1
        for note in line.notes:
            self.reasons[note.reason] += 1
        if line.visit:
            self._count(line.visit.day, "act", 1)
            self.people += line.visit.size
            self.profiles += line.visit.profile_key is not None
        for count in line.counts:
            self.cells += 1
            self._count(count.day, f"{count.unit}|{self._by(count.theme, count.code)}", count.number)
        if verdict in (Verdict.ODD, Verdict.IGNORED) and len(self.kept) < KEPT:
            self.kept.append(_without_words(line, verdict))

    def _count(self, day: date, what: str, number: int) -> None:
        self.months.setdefault(f"{day:%Y-%m}", Counter())[what] += number
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)

    def _by(self, theme: int | None, code: int | None) -> str:
        parts = ["theme"] if theme is not None else []
        return "+".join(parts + ([list_of_code(code, self.lists)] if code is not None else []))


def check_file(work: Work) -> None:
    """Reads every line as the plan says and leaves a report. Raises ``UnreadableFile``."""
    row, folder = work.past_import, folder_of(work.past_import)
    plan = Plan.from_json(row.mapping)
    entries = entries_of(row.centre)
    first, last = row.first_day, row.last_day
    today = row.centre.local_day(row.centre.now())
    reader = reader_for(
        store.read(folder), not_yet_made(plan), entries.matcher(first, last), row.centre, today
    )
    reader.examples = SHOWN[Verdict.ALREADY]
    judge = Judge(row.centre, plan)
    tally = Tally({entry.target: entry.list for entry in entries.entries})
    done = 0
    with (folder / LINES).open("w", encoding="utf-8") as file:
        for lot in batches(reader.lines(), LOT):
            for line, verdict in judge.judge(lot):
                if tally.verdicts[verdict] < SHOWN[verdict]:
                    _write(file, line, verdict)
                tally.add(line, verdict)
            done += len(lot)
            work.beat(done)
    report = _report(tally, reader if isinstance(reader, TallyReader) else None)
    if tally.first and tally.last:
        report["overlaps"] = [
            {"file": other.file_name, "first": str(other.first), "last": str(other.last)}
            for other in overlaps(row, tally.first, tally.last)
        ]
    work.finish(
        Stage.CHECKED, report=report, rows_total=done, rows_done=0, first_day=tally.first, last_day=tally.last
    )


def _report(tally: Tally, reader: TallyReader | None) -> dict[str, Any]:
    totals = summed_up(reader.comparisons) if reader else None
    return {
        "verdicts": dict(tally.verdicts),
        "reasons": dict(tally.reasons),
        "months": {month: dict(counts) for month, counts in sorted(tally.months.items())},
        "profiles": tally.profiles,
        "people": tally.people,
        "cells": tally.cells,
        "kept": tally.kept,
        "totals": {"agree": totals.agree, "differ": [asdict(one) for one in totals.differ]} if totals else {},
        "overlaps": [],
    }


def _write(file: TextIO, line: Line, verdict: Verdict) -> None:
    told = {
        "verdict": verdict.value,
        "sheet": line.sheet,
        "number": line.number,
        "day": line.day.isoformat() if line.day else "",
        "notes": [[note.reason.value, note.detail] for note in line.notes],
        "text": line.text,
    }
    file.write(json.dumps(told, ensure_ascii=False) + "\n")


def _without_words(line: Line, verdict: Verdict) -> dict[str, Any]:
    """What may be kept of a line for good: where it stood and why, never what it said."""
    return {
        "verdict": verdict.value,
        "sheet": line.sheet,
        "number": line.number,
        "notes": [
            [note.reason.value, note.detail if note.reason in _HARMLESS else ""] for note in line.notes
        ],
    }
