"""The file is opened, and a proposal is made for everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from parvis.reception.actions.past.files import folder_of
from parvis.reception.actions.past.spotting import spot_person
from parvis.reception.actions.past.work import Work
from parvis.reception.models import PastModel
from parvis.reception.models.past import Stage
from parvis.reception.past import store
from parvis.reception.past.cells import shown
from parvis.reception.past.headings import Role
from parvis.reception.past.plan import Column, Plan
from parvis.reception.past.recognise import Hints, Recognised, recognise
from parvis.reception.past.wording import fold
from parvis.reception.past.wordings import Wording, propose, wordings
from parvis.reception.queries.past import default_channel, entries_of, model_for

VALUES = "values.json"
ColumnValues = dict[int, list[tuple[str, int]]]


def read_file(work: Work) -> None:
    """Reads, recognises, and leaves the proposal for a person to change. Raises ``UnreadableFile``."""
    row = work.past_import
    folder, told = folder_of(row), dict(row.layout.get("hints", {}))
    encoding, separator = told.pop("encoding", ""), told.pop("separator", "")
    if not (folder / store.SHEETS).exists() or told.pop("reopen", False):
        store.convert(folder, encoding, separator, work.beat)
    file = store.read(folder)
    entries = entries_of(row.centre)
    matcher = entries.matcher()
    if told.get("sheets") is not None:
        told["sheets"] = tuple(told["sheets"])
    told.pop("reopen", None)
    found = recognise(file, row.file_name, Hints(**told), matcher, spot_person, work.beat)
    plan = found.plan
    plan.channel = default_channel(entries)
    model = model_for(row.centre, [column.heading for column in plan.columns])
    if model is not None and not told:
        apply_model(plan, model, entries.targets())
    _keep_values(folder, found)
    propose(plan, wordings(plan, values_of(folder), matcher, spot_person))
    layout = {
        "encoding": file.encoding,
        "separator": file.separator,
        "sheets": [{"name": sheet.name, "rows": sheet.rows} for sheet in file.sheets],
        "hints": row.layout.get("hints", {}),
        "model": model.name if model is not None and not told else "",
    }
    rows = sum(sheet.filled for sheet in file.sheets)
    work.finish(Stage.READ, layout=layout, mapping=plan.as_json(), rows_total=rows, rows_done=0, report={})


def _keep_values(folder: Path, found: Recognised) -> None:
    kept: dict[int, dict[str, int]] = {}
    for index, cells in found.values.items():
        for cell, times in cells:
            text = shown(cell)
            kept.setdefault(index, {})[text] = kept.get(index, {}).get(text, 0) + times
    (folder / VALUES).write_text(
        json.dumps({str(index): list(values.items()) for index, values in kept.items()})
    )


def values_of(folder: Path) -> ColumnValues:
    """The different cells of each column and how often they occur."""
    kept = json.loads((folder / VALUES).read_text())
    return {int(index): [(text, times) for text, times in cells] for index, cells in kept.items()}


def wordings_of(work_folder: Path, plan: Plan, entries: Any) -> list[Wording]:
    """The wordings of the coded columns with what is chosen or proposed for each."""
    return wordings(plan, values_of(work_folder), entries.matcher(), spot_person)


def as_model(plan: Plan) -> dict[str, Any]:
    """The choices of ``plan`` that hold for another file of the same layout."""
    kept = plan.as_json()
    for name in ("sheets", "needs_year", "recorded_days", "overlap", "transposed", "fill_down", "order"):
        del kept[name]
    for column in kept["columns"]:
        for name in ("examples", "filled", "distinct", "index"):
            del column[name]
    return kept


def apply_model(plan: Plan, model: PastModel, targets: set[str]) -> None:
    """Takes over saved choices, as far as they fit: headings that are there, entries that still exist.

    What could tell who somebody is stays refused, whatever was saved.
    """
    kept = model.mapping
    by_heading = {fold(column["heading"]): column for column in kept["columns"]}
    if kept["shape"] != plan.shape:
        return
    for column in plan.columns:
        saved = by_heading.get(fold(column.heading))
        if saved and column.role != Role.REFUSED and saved["role"] != Role.REFUSED:
            _take_over(column, saved, targets)
    plan.unit, plan.sum_themes = kept["unit"], kept.get("sum_themes", False)
    if kept["channel"] in targets:
        plan.channel = kept["channel"]
    for name, found in kept["values"].items():
        plan.values.setdefault(name, {}).update(
            {wording: target for wording, target in found.items() if ":" not in target or target in targets}
        )


def _take_over(column: Column, saved: dict[str, Any], targets: set[str]) -> None:
    column.role = Role(saved["role"])
    column.code_list, column.unit, column.hour = saved["code_list"], saved["unit"], saved["hour"]
    column.why = saved["why"]
    kept = [target for target in saved["targets"] if target in targets or not target[-1:].isdigit()]
    if len(kept) == len(saved["targets"]):
        column.targets = kept
