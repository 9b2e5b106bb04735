"""What is read of the operational tables: one statement a table, whole days of some centres, and nothing that names anybody.

The statements choose rows (undone, void, unfinished imports and non-contacts stay out) and gather a row's codes; what the rows
count as is said in :mod:`parvis.statistics.facts.shaping`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parvis.statistics.facts.dialect import SQLite

# Of the site of a seat: the desk that it stood at. Of a ticket nobody called: the screen or tablet that gave it.
# Asked for only where a centre has several sites: four look-ups are a fifth of the time that a visit takes to be read.
SITE_OF_SEAT = """(SELECT h.site_id FROM reception_seat s JOIN centres_desk k ON k.id = s.desk_id
    JOIN centres_space h ON h.id = k.space_id WHERE s.id = {row}.seat_id)"""
SITE_OF_DEVICE = "(SELECT d.site_id FROM reception_device d WHERE d.id = t.device_id)"
SEVERAL = "{row}.centre_id IN (SELECT centre_id FROM centres_site GROUP BY centre_id HAVING count(*) > 1)"
COUNTS = "({row}.past_import_id IS NULL OR {row}.past_import_id IN (SELECT id FROM reception_pastimport WHERE stage = 'done'))"


@dataclass(frozen=True)
class Source:
    """``statement`` says in a dialect's words what to read, with ``{days}`` for "of these centres and days"."""

    columns: Mapping[str, str]  # as DuckDB reads them
    statement: Callable[[SQLite], str]
    instant: str = ""  # where a row has no day of its own: when it was, from which the day follows


def _site(row: str, site: str) -> str:
    return f"CASE WHEN {SEVERAL.format(row=row)} THEN {site} END"


def _tickets(words: SQLite) -> str:
    first = words.earliest(words.instant("p.started_at"), "p.theme_id", "p.state = 'called'")
    came = "max(CASE WHEN p.state = 'interview' THEN 1 ELSE 0 END)"
    periods = f"""(SELECT {words.line(first, came)} FROM reception_period p
        WHERE p.ticket_id = t.id AND p.undone_at IS NULL)"""
    columns = [
        "t.id",
        "t.centre_id",
        "t.date",
        "t.theme_id",
        words.plain("t.language"),
        "t.arrival",
        "t.state",
    ]
    columns += [words.instant("t.taken_at"), words.instant("t.state_since")]
    columns += [_site("t", f"COALESCE({SITE_OF_SEAT.format(row='t')}, {SITE_OF_DEVICE})"), periods]
    return f"""SELECT {words.line(*columns)} FROM reception_ticket t
        WHERE t.state <> 'void' AND {{days}}"""


def _acts(words: SQLite) -> str:
    loose = "CASE WHEN a.ticket_id IS NULL AND a.past_import_id IS NULL THEN 1 ELSE 0 END"
    themes = f"(SELECT {words.joined('x.theme_id')} FROM reception_act_themes x WHERE x.act_id = a.id)"
    codes = f"(SELECT {words.joined('c.code_id')} FROM reception_actcode c WHERE c.act_id = a.id)"
    columns = [
        "a.id",
        "a.centre_id",
        "a.date",
        words.instant("a.at"),
        "a.kind",
        loose,
        "a.channel_id",
        "a.service_id",
    ]
    columns += [words.plain("a.language"), "a.size", _site("a", SITE_OF_SEAT.format(row="a")), themes, codes]
    return f"""SELECT {words.line(*columns)} FROM reception_act a
        WHERE a.undone_at IS NULL AND a.kind <> 'non_contact' AND {COUNTS.format(row="a")} AND {{days}}"""


def _groups(words: SQLite) -> str:
    return f"""SELECT {words.line("c.act_id", "c.code_id", "c.count")} FROM reception_act a
        JOIN reception_actcode c ON c.act_id = a.id WHERE a.kind = 'group' AND a.undone_at IS NULL
        AND {COUNTS.format(row="a")} AND {{days}}"""


def _passages(words: SQLite) -> str:
    typed = "SUM(CASE WHEN g.source = 'hourly' THEN g.count END)"
    counted = "SUM(CASE WHEN g.source <> 'hourly' THEN g.count ELSE 0 END)"
    columns = words.line("g.centre_id", "g.site_id", "g.date", "g.hour", typed, counted)
    return f"""SELECT {columns} FROM reception_passage g WHERE g.undone_at IS NULL AND {{days}}
        GROUP BY g.centre_id, g.site_id, g.date, g.hour"""


def _tallies(words: SQLite) -> str:
    columns = words.line("y.centre_id", "y.date", "y.unit", "y.theme_id", "y.hour", "SUM(y.count)")
    return f"""SELECT {columns} FROM reception_tally y WHERE y.span = 'day' AND y.code_id IS NULL
        AND {COUNTS.format(row="y")} AND {{days}} GROUP BY y.centre_id, y.date, y.unit, y.theme_id, y.hour"""


def _profiles(words: SQLite) -> str:
    answers = (
        f"(SELECT {words.joined('x.code_id')} FROM reception_profile_answers x WHERE x.profile_id = q.id)"
    )
    columns = ["q.id", "q.centre_id", "q.date", "q.method", words.plain("q.commune_prefix"), answers]
    return (
        f"SELECT {words.line(*columns)} FROM reception_profile q WHERE {COUNTS.format(row='q')} AND {{days}}"
    )


def _sessions(words: SQLite) -> str:
    themes = f"(SELECT {words.joined('x.theme_id')} FROM agenda_event_themes x WHERE x.event_id = s.event_id)"
    codes = f"(SELECT {words.joined('x.code_id')} FROM agenda_event_codes x WHERE x.event_id = s.event_id)"
    placed = "s.site_id IS NOT NULL OR s.elsewhere <> ''"
    presence = f"CASE WHEN s.link = '' THEN 'room' WHEN {placed} THEN 'both' ELSE 'online' END"
    columns = [
        *("s.id", "s.centre_id", words.instant("s.begins_at"), "CASE WHEN s.all_day THEN 1 ELSE 0 END"),
        *("s.site_id", "e.kind_id", "s.participants", "s.online_participants", presence),
        *(words.plain(words.text("e.languages")), themes, codes),
    ]
    return f"""SELECT {words.line(*columns)} FROM agenda_session s JOIN agenda_event e ON e.id = s.event_id
        WHERE s.state = 'held' AND {{days}}"""


def _heads(words: SQLite) -> str:
    return f"""SELECT {words.line("s.id", "c.code_id", "c.count")} FROM agenda_session s
        JOIN agenda_headcount c ON c.session_id = s.id WHERE s.state = 'held' AND {{days}}"""


CAME = "v.state IN ('held', 'evaluated')"


def _visits(words: SQLite) -> str:
    done = f"""(SELECT {words.joined("x.objective_id")} FROM agenda_objectivedone x
        WHERE x.visit_id = v.id AND x.depth <> 'not')"""
    columns = [
        *("v.id", "v.centre_id", words.instant("v.begins_at"), "v.level_id", "h.school_network_id"),
        *("v.stream_id", words.plain("h.place"), "v.came", done),
    ]
    return f"""SELECT {words.line(*columns)} FROM agenda_classvisit v LEFT JOIN agenda_school h ON h.id = v.school_id
        WHERE {CAME} AND {{days}}"""


def _pupil_heads(words: SQLite) -> str:
    return f"""SELECT {words.line("v.id", "c.code_id", "c.count")} FROM agenda_classvisit v
        JOIN agenda_pupilcount c ON c.visit_id = v.id WHERE {CAME} AND {{days}}"""


WHO = {"id": "BIGINT", "centre": "INTEGER", "date": "DATE"}
BEGAN = {"id": "BIGINT", "centre": "INTEGER", "begins": "TIMESTAMP"}
HEADS = {"owner": "BIGINT", "code": "INTEGER", "n": "INTEGER"}
SOURCES: dict[str, tuple[str, Source]] = {  # name -> (alias in the statement, source)
    "tickets": (
        "t",
        Source(
            WHO
            | {"theme": "INTEGER", "language": "VARCHAR", "arrival": "VARCHAR", "state": "VARCHAR"}
            | {
                "taken": "TIMESTAMP",
                "since": "TIMESTAMP",
                "site": "INTEGER",
                "first_call": "VARCHAR",
                "came": "INTEGER",
            },
            _tickets,
        ),
    ),
    "acts": (
        "a",
        Source(
            WHO
            | {
                "at": "TIMESTAMP",
                "kind": "VARCHAR",
                "loose": "INTEGER",
                "channel": "INTEGER",
                "service": "INTEGER",
            }
            | {
                "language": "VARCHAR",
                "size": "INTEGER",
                "site": "INTEGER",
                "themes": "VARCHAR",
                "codes": "VARCHAR",
            },
            _acts,
        ),
    ),
    "groups": ("a", Source({"act": "BIGINT", "code": "INTEGER", "n": "INTEGER"}, _groups)),
    "passages": (
        "g",
        Source(
            {"centre": "INTEGER", "site": "INTEGER", "date": "DATE", "hour": "TINYINT"}
            | {"typed": "INTEGER", "counted": "INTEGER"},
            _passages,
        ),
    ),
    "tallies": (
        "y",
        Source(
            {"centre": "INTEGER", "date": "DATE", "unit": "VARCHAR", "theme": "INTEGER"}
            | {"hour": "TINYINT", "n": "INTEGER"},
            _tallies,
        ),
    ),
    "profiles": (
        "q",
        Source(WHO | {"method": "VARCHAR", "prefix": "VARCHAR", "answers": "VARCHAR"}, _profiles),
    ),
    "sessions": (
        "s",
        Source(
            BEGAN
            | {"all_day": "INTEGER", "site": "INTEGER", "event_kind": "INTEGER", "room": "INTEGER"}
            | {"online": "INTEGER", "presence": "VARCHAR"}
            | {"languages": "VARCHAR", "themes": "VARCHAR", "codes": "VARCHAR"},
            _sessions,
            "s.begins_at",
        ),
    ),
    "heads": ("s", Source(HEADS, _heads, "s.begins_at")),
    "visits": (
        "v",
        Source(
            BEGAN
            | {"school_level": "INTEGER", "school_net": "INTEGER", "stream": "INTEGER", "place": "VARCHAR"}
            | {"came": "INTEGER", "objectives": "VARCHAR"},
            _visits,
            "v.begins_at",
        ),
    ),
    "pupil_heads": ("v", Source(HEADS, _pupil_heads, "v.begins_at")),
}
