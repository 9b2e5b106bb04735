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
    instant: str = (
        ""  # instead of ``day``: when it was. A centre's own day can be one before or after that of UTC
    )
    counts: str = ""  # further conditions without which it is in no figure


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


def _of_sessions(table: str, which: str, *columns: str) -> Watched:
    return _beside(table, "agenda_session", which, "p.state = 'held'", columns)


def _of_visits(table: str, which: str, *columns: str) -> Watched:
    return _beside(table, "agenda_classvisit", which, "p.state IN ('held', 'evaluated')", columns)


def _beside(table: str, parent: str, which: str, counts: str, columns: tuple[str, ...]) -> Watched:
    """What says something of sessions or visits that were held."""
    return Watched(
        table,
        columns,
        f" FROM {parent} p WHERE {which}",
        "p.centre_id",
        instant="p.begins_at",
        counts=counts,
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
    Watched(
        "agenda_session",
        ("event_id", "centre_id", "site_id", "begins_at", "all_day", "state", "link", "elsewhere")
        + ("participants", "online_participants"),
        instant="ROW.begins_at",
        counts="ROW.state = 'held'",
    ),
    _of_sessions("agenda_headcount", "p.id = ROW.session_id"),
    _of_sessions("agenda_event", "p.event_id = ROW.id", "kind_id", "languages"),
    _of_sessions("agenda_event_themes", "p.event_id = ROW.event_id"),
    _of_sessions("agenda_event_codes", "p.event_id = ROW.event_id"),
    Watched(
        "agenda_classvisit",
        ("centre_id", "school_id", "level_id", "stream_id", "begins_at", "state", "came"),
        instant="ROW.begins_at",
        counts="ROW.state IN ('held', 'evaluated')",
    ),
    _of_visits("agenda_pupilcount", "p.id = ROW.visit_id"),
    _of_visits("agenda_objectivedone", "p.id = ROW.visit_id"),
    _of_visits("agenda_school", "p.school_id = ROW.id", "place", "school_network_id"),
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
            first = _days(one)[0]
            when = (
                "" if one.joined else " OR ".join(f"{first.replace('ROW', row)} < {settled}" for row in rows)
            )
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
    counts += f" AND {one.counts}" if one.counts else ""
    first, last = _days(one)
    text = f"{APPEND}SELECT {one.centre}, {first}, {last}{ask} {first} < {settled}{counts} AND {BEGUN};"
    return text.replace("ROW.", f"{row}.")


def _days(one: Watched) -> tuple[str, str]:
    """First and last day that a row may be about, in the database's words."""
    if not one.instant:
        return one.day, one.day
    if connection.vendor == "postgresql":
        return tuple(f"(({one.instant} AT TIME ZONE 'UTC')::date {way} 1)" for way in "-+")  # type: ignore[return-value]
    return tuple(f"date({one.instant}, '{way}1 day')" for way in "-+")  # type: ignore[return-value]


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
