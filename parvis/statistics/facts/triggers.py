"""The databases themselves notice what changes late: triggers on the operational tables append to ``Touched``.

Whatever writes is seen: actions, bulk writes, an import brought in or undone, somebody at a database prompt. A row of today or
yesterday costs a comparison and leaves nothing: the month it is in is read again every night anyway
(docs/decisions/0050-facts.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from parvis.statistics.models import Snapshot, Touched

PREFIX = "facts_noticed_"


@dataclass(frozen=True)
class Watched:
    """A table whose rows facts are made of. ``day`` and ``centre`` are said of ``ROW``; ``given`` is a row joined to it."""

    table: str
    columns: tuple[str, ...]  # only these matter in an update; none: all do
    joined: str = ""  # " FROM parent p WHERE p.id = ROW.parent_id"; else the row has its own day
    centre: str = "ROW.centre_id"
    day: str = "ROW.date"
    imported: str = ""  # what says that the row is of an import: it counts only while that is done


IN_FIGURES = (
    "({own} IS NULL OR EXISTS (SELECT 1 FROM reception_pastimport i WHERE i.id = {own} AND i.stage = 'done'))"
)


def _child(table: str, parent: str, key: str, *columns: str, imported: bool = False) -> Watched:
    return Watched(
        table,
        columns,
        f" FROM {parent} p WHERE p.id = ROW.{key}",
        "p.centre_id",
        "p.date",
        "p.past_import_id" if imported else "",
    )


WATCHED = (
    Watched(
        "reception_ticket",
        (
            "centre_id",
            "date",
            "theme_id",
            "language",
            "arrival",
            "state",
            "state_since",
            "taken_at",
            "seat_id",
        ),
    ),
    _child(
        "reception_period",
        "reception_ticket",
        "ticket_id",
        "state",
        "started_at",
        "undone_at",
        "theme_id",
        "ticket_id",
    ),
    Watched(
        "reception_act",
        (
            "centre_id",
            "date",
            "at",
            "kind",
            "ticket_id",
            "seat_id",
            "channel_id",
            "service_id",
            "language",
            "size",
        )
        + ("past_import_id", "undone_at"),
        imported="ROW.past_import_id",
    ),
    _child("reception_act_themes", "reception_act", "act_id", imported=True),
    _child("reception_actcode", "reception_act", "act_id", "act_id", "code_id", "count", imported=True),
    Watched("reception_passage", ("centre_id", "site_id", "date", "hour", "count", "source", "undone_at")),
    Watched("reception_tally", (), imported="ROW.past_import_id"),
    Watched("reception_profile", (), imported="ROW.past_import_id"),
    _child("reception_profile_answers", "reception_profile", "profile_id", imported=True),
    Watched("reception_day", ("centre_id", "date", "figures", "signed_at")),
    _child("reception_correction", "reception_day", "day_id", "day_id", "subject", "after", "made_at"),
)


@dataclass(frozen=True)
class Whole:
    """A change that concerns many days of a centre at once: an import that begins or ceases to count, a centre's clock."""

    table: str
    columns: tuple[str, ...]
    when: str
    says: str


WHOLES = (
    Whole(
        "reception_pastimport",
        ("stage",),
        "NEW.stage <> OLD.stage AND (NEW.stage = 'done' OR OLD.stage = 'done')",
        "SELECT NEW.centre_id, COALESCE(OLD.first_day, NEW.first_day), COALESCE(OLD.last_day, NEW.last_day)",
    ),
    Whole("centres_centre", ("time_zone",), "NEW.time_zone <> OLD.time_zone", "SELECT NEW.id, NULL, NULL"),
    Whole("centres_code", ("list",), "NEW.list <> OLD.list", "SELECT NEW.centre_id, NULL, NULL"),
    Whole("centres_desk", ("space_id",), "NEW.space_id <> OLD.space_id", "SELECT NULL, NULL, NULL"),
    Whole("centres_space", ("site_id",), "NEW.site_id <> OLD.site_id", "SELECT NULL, NULL, NULL"),
)
BEGUN = (
    "EXISTS (SELECT 1 FROM statistics_factstore)"  # before anything was ever read, nothing can be out of step
)
APPEND = "INSERT INTO statistics_touched (centre_id, first, last) "


@dataclass(frozen=True)
class Trigger:
    """One event on one table: ``when`` is looked at for every row, ``body`` runs where it holds."""

    name: str
    table: str
    event: str
    when: str
    body: str


def all_triggers(settled: str) -> Iterator[Trigger]:
    """Every trigger. ``settled`` is, in the database's words, the first day that is not settled."""
    for one in WATCHED:
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            when = "" if one.joined else " OR ".join(f"{row}.date < {settled}" for row in rows)
            body = " ".join(_append(one, row, settled) for row in rows)
            of = f" OF {', '.join(one.columns)}" if event == "UPDATE" and one.columns else ""
            yield Trigger(f"{PREFIX}{one.table}_{event.lower()}", one.table, event + of, when, body)
    for whole in WHOLES:
        event = f"UPDATE OF {', '.join(whole.columns)}"
        yield Trigger(
            f"{PREFIX}{whole.table}_update", whole.table, event, whole.when, f"{APPEND}{whole.says};"
        )


def _append(one: Watched, row: str, settled: str) -> str:
    ask = f"{one.joined} AND" if one.joined else " WHERE"
    counts = f" AND {IN_FIGURES.format(own=one.imported)}" if one.imported else ""
    text = (
        f"{APPEND}SELECT {one.centre}, {one.day}, {one.day}{ask} {one.day} < {settled}{counts} AND {BEGUN};"
    )
    return text.replace("ROW.", f"{row}.")


def put_up() -> bool:
    """Creates those that are missing. Returns whether any was."""
    there = standing()
    missing = [one for one in all_triggers(_settled()) if one.name not in there]
    with connection.cursor() as cursor, transaction.atomic():
        for one in missing:
            for statement in _statements(one):
                cursor.execute(statement)
    return bool(missing)


def take_down() -> None:
    """Removes all of them: SQLite remakes a table to change it, and could not with them."""
    with connection.cursor() as cursor:
        for name, table in standing().items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on}")


def see_that_they_stand() -> None:
    """Puts up what is missing; everything is read again then: nobody knows what went unnoticed."""
    with transaction.atomic():
        if put_up():
            touch_everything()


def touch_everything() -> None:
    """Every snapshot there is will be made again."""
    if Snapshot.objects.exists():
        Touched.objects.create()


def standing() -> dict[str, str]:
    """Triggers of ours that the database has: name -> table."""
    ask = (
        "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'facts_noticed_%%'"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'facts_noticed_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(ask, [])
        return dict(cursor.fetchall())


def _settled() -> str:
    """Yesterday by UTC. A centre's own clock may be a day away: a month is read again until three days after its end."""
    return "CURRENT_DATE - 1" if connection.vendor == "postgresql" else "date('now', '-1 day')"


def _statements(one: Trigger) -> list[str]:
    when = f" WHEN ({one.when})" if one.when else ""
    if connection.vendor != "postgresql":
        return [
            f"CREATE TRIGGER {one.name} AFTER {one.event} ON {one.table} FOR EACH ROW{when} BEGIN {one.body} END"
        ]
    noticed = f"$noticed$ BEGIN {one.body} RETURN NULL; END $noticed$"
    return [
        f"CREATE OR REPLACE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS {noticed}",
        f"CREATE TRIGGER {one.name} AFTER {one.event} ON {one.table} FOR EACH ROW{when} EXECUTE FUNCTION {one.name}()",
    ]


# Migrations

_were_standing: dict[str, bool] = {}


def before_migrations(**_signal: Any) -> None:
    """They are out of the way while tables change."""
    names = set(standing())
    _were_standing[connection.alias] = names >= {one.name for one in all_triggers(_settled())}
    take_down()


def after_migrations(*, plan: Any = (), **_signal: Any) -> None:
    """They stand again. Migrations change rows, too, and whoever was cut off between left none standing: all is read again."""
    tables = set(connection.introspection.table_names())
    if not {one.table for one in all_triggers("")} | {"statistics_touched", "statistics_snapshot"} <= tables:
        return  # migrated back to before
    put_up()
    if plan or not _were_standing.get(connection.alias, True):
        touch_everything()
