"""What a person changes in the proposal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from parvis.reception.actions.past.errors import Incomplete
from parvis.reception.actions.past.files import folder_of
from parvis.reception.actions.past.reading import as_model, wordings_of
from parvis.reception.actions.past.steps import OPEN, locked, require_complete
from parvis.reception.models import PastImport, PastModel, Tally
from parvis.reception.models.past import Stage
from parvis.reception.past.columns import LISTS
from parvis.reception.past.headings import Role
from parvis.reception.past.plan import LEAVE, NEW, Plan
from parvis.reception.past.wording import fold
from parvis.reception.past.wordings import propose
from parvis.reception.queries.past import Entries, entries_of

UNITS = frozenset(Tally.Unit.values)


@dataclass(frozen=True)
class ColumnChoice:
    """What one column is for, as a person says."""

    index: int
    role: Role
    code_list: str = ""
    unit: str = ""


@transaction.atomic
def choose_columns(*, past_import: PastImport, columns: Iterable[ColumnChoice], **options: Any) -> PastImport:
    """Sets the role of each column and the options of the file (unit, channel, year, fill_down, …).

    Raises ``Incomplete`` where a column is refused, a choice is foreign, or one is missing.
    """
    row = locked(past_import, *OPEN)
    plan = Plan.from_json(row.mapping)
    entries = entries_of(row.centre)
    for choice in columns:
        _set_role(plan, choice)
    _set_options(plan, options, entries)
    require_complete(plan)
    propose(plan, wordings_of(folder_of(row), plan, entries))
    _keep(row, plan)
    return row


def _set_role(plan: Plan, choice: ColumnChoice) -> None:
    column = plan.columns[choice.index]
    if column.role == Role.REFUSED:
        if choice.role not in (Role.REFUSED, Role.IGNORE):
            raise Incomplete("refused", choice.index)
        return
    if choice.role == Role.REFUSED or (choice.role == Role.CODE and choice.code_list not in LISTS):
        raise Incomplete("target", choice.index)
    changed = choice.role != column.role
    column.role = choice.role
    column.code_list = choice.code_list if choice.role == Role.CODE else ""
    column.unit = choice.unit if choice.unit in UNITS and choice.role in (Role.COUNT, Role.TOTAL) else ""
    if changed:
        column.why = ""
        column.targets = [LEAVE] if choice.role == Role.TICK else []


def _set_options(plan: Plan, options: dict[str, Any], entries: Entries) -> None:
    if (channel := options.get("channel")) is not None:
        if channel and channel not in {entry.target for entry in entries.by_list().get("channel", [])}:
            raise Incomplete("target")
        plan.channel = channel
    if options.get("unit") in UNITS:
        plan.unit = options["unit"]
    if options.get("order") in ("dmy", "mdy"):
        plan.order = options["order"]
    plan.fill_down = bool(options.get("fill_down", plan.fill_down))
    plan.sum_themes = bool(options.get("sum_themes", plan.sum_themes))
    plan.recorded_days = bool(options.get("recorded_days", plan.recorded_days))
    if year := options.get("year"):
        for use in plan.sheets:
            use.year = use.year or year
        plan.needs_year = False


@transaction.atomic
def choose_codes(
    *, past_import: PastImport, values: dict[str, dict[str, str]], headings: dict[int, list[str]]
) -> PastImport:
    """Says for each wording of a list, and for each heading of a count, which entry it means, or none.

    ``values``: list → wording → target, ``new`` or ``leave``; ``headings``: column → its targets. Raises ``Incomplete``.
    """
    row = locked(past_import, *OPEN)
    plan = Plan.from_json(row.mapping)
    entries = entries_of(row.centre)
    known = entries.targets()
    lists = {entry.target: entry.list for entry in entries.entries}
    hidden = {
        (found.code_list, fold(found.text))
        for found in wordings_of(folder_of(row), plan, entries)
        if found.hidden
    }
    for name, found in values.items():
        for wording, target in found.items():
            if target not in (NEW, LEAVE) and lists.get(target) != name:
                raise Incomplete("target")
            kept = LEAVE if (name, fold(wording)) in hidden and target == NEW else target
            plan.values.setdefault(name, {})[fold(wording)] = kept
    for index, targets in headings.items():
        if any(not _may_be(target, known) for target in targets):
            raise Incomplete("target", index)
        plan.columns[index].targets = targets
    _keep(row, plan)
    return row


def _may_be(target: str, known: set[str]) -> bool:
    return target in known or target == LEAVE or target.removeprefix(f"{NEW}:") in LISTS


def _keep(row: PastImport, plan: Plan) -> None:
    row.mapping, row.stage, row.report = plan.as_json(), Stage.READ, {}
    row.save(update_fields=["mapping", "stage", "report"])


@transaction.atomic
def save_model(*, past_import: PastImport, name: str, at: datetime) -> PastModel:
    """Keeps the choices under a name, for the next file of this layout. The same name is overwritten."""
    row = locked(past_import, *OPEN, Stage.RUNNING, Stage.DONE)
    plan = Plan.from_json(row.mapping)
    kept = as_model(plan)
    headings = sorted({fold(column.heading) for column in plan.columns if fold(column.heading)})
    model, _made = PastModel.objects.update_or_create(
        centre=row.centre,
        name=name.strip()[:80],
        defaults={"headers": headings, "mapping": kept, "saved_at": at},
    )
    return model


@transaction.atomic
def forget_model(*, model: PastModel) -> None:
    """Forgets kept choices; imports that used them stay as they are."""
    model.delete()


__all__ = ["ColumnChoice", "choose_codes", "choose_columns", "forget_model", "save_model"]
