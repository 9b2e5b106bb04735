"""Rows as they were read become facts: the rules of counting, said once in DuckDB's SQL.

They must agree to the digit with ``reception.queries.figures``, ``statistics.queries.breakdown`` and ``waits``; the tests in
``statistics/tests/facts`` hold them to it. Every statement gives a ``key`` that says which row of the operational tables the
fact is of: the fact's number is drawn from it, and it is left behind.
"""

from __future__ import annotations

from parvis.statistics.cube.facts import FACTS, PART, PROFILE_LISTS, Unit

ANSWERED_AT_ENTRY = ("greeter", "phone_call", "appointment", "class")
ACT_LISTS = ("need", "resource", "redirection", "outcome", "unmet_need")
TALLIED = {
    Unit.PASSAGES: "passage",
    Unit.CONTACTS: "contact",
    Unit.ACTS: "act",
    Unit.PARTICIPANTS: "participant",
}
SIGNED = (*TALLIED, Unit.GROUP_PEOPLE)  # units of which an evening's signature keeps a figure
NO_CODES = "CAST([] AS INTEGER[])"


def _local_hour(instant: str) -> str:
    return f"hour({instant} + to_minutes(o.minutes))::TINYINT"


# A ticket's theme is the one it was first called for; its wait says nothing where it was called or ended on another day.
TICKETS = f"""CREATE TABLE taken AS
SELECT 't' || t.id AS key, t.centre, coalesce(t.site, only_site.site) AS site, t.date,
    {_local_hour("t.taken")} AS "hour", [coalesce(t.split[3]::INTEGER, t.theme)] AS themes, coalesce(t.language, '') AS language, t.arrival,
    t.came = 1 OR t.arrival IN {ANSWERED_AT_ENTRY} AS answered, t.taken, t.called,
    t.called >= d.starts AND t.called < d.ends AND t.since >= d.starts AND t.since < d.ends AS same_day
FROM (SELECT *, (split[1] || ' ' || split[2])::TIMESTAMP AS called
      FROM (SELECT *, string_split(first_call, ' ') AS split FROM tickets)) t
ASOF JOIN offsets o ON o.centre = t.centre AND t.taken >= o.since
JOIN days d ON d.centre = t.centre AND d.date = t.date
LEFT JOIN only_site ON only_site.centre = t.centre"""

CODES_OF_ACTS = f"""CREATE TABLE act_codes AS
SELECT id, {", ".join(f"list_sort(list(code) FILTER (list = '{name}')) AS {name}" for name in ACT_LISTS)}
FROM (SELECT id, unnest(string_split(codes, ','))::INTEGER AS code FROM acts WHERE codes IS NOT NULL)
JOIN code_lists USING (code) GROUP BY id"""

ACTS = f"""CREATE TABLE given AS
SELECT a.id, 'a' || a.id AS key, a.centre, coalesce(a.site, only_site.site) AS site, a.date,
    {_local_hour('a."at"')} AS "hour", a.kind, a.loose, a.channel, a.service, coalesce(a.language, '') AS language, a.size,
    list_sort(coalesce(string_split(a.themes, ',')::INTEGER[], {NO_CODES})) AS themes,
    {", ".join(f"coalesce(c.{name}, {NO_CODES}) AS {name}" for name in ACT_LISTS)}
FROM acts a LEFT JOIN act_codes c USING (id)
ASOF LEFT JOIN offsets o ON o.centre = a.centre AND a."at" >= o.since
LEFT JOIN only_site ON only_site.centre = a.centre"""

# A sheet's whole of a day counts, else its hours; of both, the hours and what they leave. Hours that pass the whole
# contradict it, and only the whole counts.
TALLIES = """CREATE TABLE tallied AS
WITH known AS (
    SELECT *, sum(n) FILTER ("hour" IS NULL) OVER cell AS whole, coalesce(sum(n) FILTER ("hour" IS NOT NULL) OVER cell, 0) AS hours,
    FROM tallies WINDOW cell AS (PARTITION BY centre, date, unit, theme))
SELECT 'y' || date || ':' || centre || ':' || coalesce(theme, 0) || ':' || coalesce("hour", -1) AS key, centre, date, unit,
    theme, "hour", CASE WHEN "hour" IS NULL AND hours <= whole THEN n - hours ELSE n END AS n
FROM known WHERE "hour" IS NULL OR whole IS NULL OR hours <= whole"""


# What was held in the agenda; of whole days, no hour is known. Where it was said to be elsewhere or online only, there is no site.
EVENTS = f"""CREATE TABLE held AS
SELECT s.id, 's' || s.id AS key, s.centre, s.site, d.date,
    CASE WHEN s.all_day = 0 THEN {_local_hour('s."begins"')} END AS "hour", s.event_kind, s.room, coalesce(s.online, 0) AS online,
    list_sort(coalesce(string_split(s.themes, ',')::INTEGER[], {NO_CODES})) AS themes,
    list_sort(list_distinct(regexp_extract_all(coalesce(s.languages, ''), '[A-Za-z-]+'))) AS "language",
    coalesce(c.audience, {NO_CODES}) AS audience, coalesce(c.sector, {NO_CODES}) AS sector, s.presence
FROM sessions s
ASOF JOIN offsets o ON o.centre = s.centre AND s."begins" >= o.since
JOIN days d ON d.centre = s.centre AND s."begins" >= d.starts AND s."begins" < d.ends
LEFT JOIN (SELECT id, {", ".join(f"list_sort(list(code) FILTER (list = '{name}')) AS {name}" for name in ("audience", "sector"))}
    FROM (SELECT id, unnest(string_split(codes, ','))::INTEGER AS code FROM sessions WHERE codes IS NOT NULL)
    JOIN code_lists USING (code) GROUP BY id) c ON c.id = s.id"""

CLASSES = f"""CREATE TABLE received AS
SELECT v.id, 'v' || v.id AS key, v.centre, only_site.site, d.date, {_local_hour('v."begins"')} AS "hour",
    v.school_level, v.school_net, v.stream, coalesce(v.place, '') AS place, v.came,
    list_sort(coalesce(string_split(v.objectives, ',')::INTEGER[], {NO_CODES})) AS objective
FROM visits v
ASOF JOIN offsets o ON o.centre = v.centre AND v."begins" >= o.since
JOIN days d ON d.centre = v.centre AND v."begins" >= d.starts AND v."begins" < d.ends
LEFT JOIN only_site ON only_site.centre = v.centre"""


def _tallied(unit: Unit) -> str:
    """The same columns for each unit: what a sheet says has a day, perhaps an hour and a theme, and nothing else."""
    said = {
        "centre": "y.centre",
        "site": "only_site.site",
        "date": "y.date",
        "hour": 'y."hour"',
        "origin": "CASE WHEN y.theme IS NULL THEN 'whole' ELSE 'by_theme' END",
        "n": "y.n",
        "themes": f"CASE WHEN y.theme IS NULL THEN {NO_CODES} ELSE [y.theme] END",
    }
    by_theme = any(column.name == "themes" for column in FACTS[unit])
    # A day of which the agenda knows is not told again by a sheet.
    besides = " AND NOT EXISTS (SELECT 1 FROM held h WHERE h.centre = y.centre AND h.date = y.date)"
    return f"""SELECT y.key, {_columns(unit, said)} FROM tallied y LEFT JOIN only_site USING (centre)
        WHERE y.unit = '{TALLIED[unit]}' AND y.n <> 0{"" if by_theme else " AND y.theme IS NULL"}{besides if unit == Unit.PARTICIPANTS else ""}"""


def _columns(unit: Unit, said: dict[str, str]) -> str:
    """The unit's columns in order; those that nothing is said of are empty in their own way. The draw comes later."""
    found = []
    for column in FACTS[unit]:
        if column.name == "draw":
            continue
        empty = NO_CODES if column.many else "''" if column.kind == "VARCHAR" else "NULL"
        found.append(f'CAST({said.get(column.name, empty)} AS {column.kind}) AS "{column.name}"')
    return ", ".join(found)


def _recorded(unit: Unit, **said: str) -> str:
    """Columns of a row that was recorded: those of the same name, and what is ``said``."""
    same = {column.name: f'x."{column.name}"' for column in FACTS[unit]}
    return _columns(unit, same | {"origin": "'record'", "n": "1"} | said)


def _passages() -> str:
    said = {"n": "coalesce(x.typed, x.counted)"}
    return f"""SELECT 'g' || x.site || ':' || x.date || ':' || x."hour" AS key, {_recorded(Unit.PASSAGES, **said)}
        FROM passages x WHERE coalesce(x.typed, x.counted) <> 0
        UNION ALL {_tallied(Unit.PASSAGES)}"""


def _contacts() -> str:
    tickets = _recorded(Unit.CONTACTS, channel="NULL")
    acts = _recorded(Unit.CONTACTS, arrival="''")
    return f"""SELECT x.key, {tickets} FROM taken x WHERE x.answered
        UNION ALL SELECT x.key, {acts} FROM given x WHERE x.loose = 1
        UNION ALL {_tallied(Unit.CONTACTS)}"""


def _acts() -> str:
    return f"SELECT x.key, {_recorded(Unit.ACTS)} FROM given x UNION ALL {_tallied(Unit.ACTS)}"


def _waits() -> str:
    seconds = "greatest(0, date_sub('second', x.taken, x.called))"
    return f"SELECT x.key, {_recorded(Unit.WAITS, seconds=seconds)} FROM taken x WHERE x.same_day"


def _groups() -> str:
    whole = _recorded(Unit.GROUP_PEOPLE, n="x.size", code="NULL")
    part = _recorded(Unit.GROUP_PEOPLE, n="g.n", code="g.code")
    return f"""SELECT x.key, {whole} FROM given x WHERE x.kind = 'group'
        UNION ALL SELECT x.key || ':' || g.code, {part} FROM given x JOIN groups g ON g.act = x.id
        WHERE x.kind = 'group'"""


def _participants() -> str:
    """People in the room and online apart; the counts by a code are of both together, unless nobody was online."""
    room = _recorded(Unit.PARTICIPANTS, n="x.room", presence="'room'", code="NULL")
    online = _recorded(Unit.PARTICIPANTS, n="x.online", presence="'online'", code="NULL")
    where = "CASE WHEN x.online = 0 THEN 'room' WHEN x.room = 0 THEN 'online' ELSE '' END"
    part = _recorded(Unit.PARTICIPANTS, n="g.n", presence=where, code="g.code")
    return f"""SELECT x.key, {room} FROM held x WHERE x.room <> 0
        UNION ALL SELECT x.key || ':online', {online} FROM held x WHERE x.online <> 0
        UNION ALL SELECT x.key || ':' || g.code, {part} FROM held x JOIN heads g ON g.owner = x.id WHERE g.n <> 0
        UNION ALL {_tallied(Unit.PARTICIPANTS)}"""


def _pupils() -> str:
    whole = _recorded(Unit.PUPILS, n="x.came", code="NULL")
    part = _recorded(Unit.PUPILS, n="g.n", code="g.code")
    return f"""SELECT x.key, {whole} FROM received x WHERE x.came <> 0
        UNION ALL SELECT x.key || ':' || g.code, {part} FROM received x JOIN pupil_heads g ON g.owner = x.id
        WHERE g.n <> 0"""


def _profiles() -> str:
    said = {"site": "only_site.site", "hour": "NULL", "prefix": "coalesce(x.prefix, '')"}
    lists = ", ".join(f"list_sort(list(code) FILTER (list = '{name}')) AS {name}" for name in PROFILE_LISTS)
    said |= {name: f"coalesce(c.{name}, {NO_CODES})" for name in PROFILE_LISTS}
    return f"""SELECT 'q' || x.id AS key, {_recorded(Unit.PROFILES, **said)} FROM profiles x
        LEFT JOIN only_site ON only_site.centre = x.centre LEFT JOIN
        (SELECT id, {lists} FROM (SELECT id, unnest(string_split(answers, ','))::INTEGER AS code FROM profiles
         WHERE answers IS NOT NULL) JOIN code_lists USING (code) GROUP BY id) c ON c.id = x.id"""


SHAPES = {
    Unit.PASSAGES: _passages(),
    Unit.CONTACTS: _contacts(),
    Unit.ACTS: _acts(),
    Unit.PARTICIPANTS: _participants(),
    Unit.WAITS: _waits(),
    Unit.GROUP_PEOPLE: _groups(),
    Unit.PROFILES: _profiles(),
    Unit.EVENTS: f"SELECT x.key, {_recorded(Unit.EVENTS)} FROM held x",
    Unit.CLASSES: f"SELECT x.key, {_recorded(Unit.CLASSES)} FROM received x",
    Unit.PUPILS: _pupils(),
}
MADE_OF = {  # what of the operational tables each unit is made of
    Unit.PASSAGES: ("passages", "tallies"),
    Unit.CONTACTS: ("tickets", "acts", "tallies"),
    Unit.ACTS: ("acts", "tallies"),
    Unit.PARTICIPANTS: ("tallies", "sessions", "heads"),
    Unit.WAITS: ("tickets",),
    Unit.GROUP_PEOPLE: ("acts", "groups"),
    Unit.PROFILES: ("profiles",),
    Unit.EVENTS: ("sessions",),
    Unit.CLASSES: ("visits",),
    Unit.PUPILS: ("visits", "pupil_heads"),
}
FIRST = (TICKETS, CODES_OF_ACTS, ACTS, TALLIES, EVENTS, CLASSES)  # what several units are made of


def counted(unit: Unit) -> str:
    """Which rows of the unit make its total: not what says it again by theme, nor parts of a total."""
    return "origin <> 'by_theme'" + (" AND code IS NULL" if PART in FACTS[unit] else "")


def shape(unit: Unit) -> str:
    """The table ``facts_<unit>``: every row with its key."""
    return f"CREATE TABLE facts_{unit.value} AS {SHAPES[unit]}"


def correct(unit: Unit) -> str:
    """Of each signed day, the figure of record less what was recorded: the sum of the rows is what the day pages show."""
    said = {
        "centre": "r.centre",
        "date": "r.date",
        "origin": "'correction'",
        "n": "r.n - coalesce(live.n, 0)",
    }
    return f"""INSERT INTO facts_{unit.value}
        SELECT 'c' || r.centre || ':' || r.date, {_columns(unit, said)} FROM signed r
        LEFT JOIN (SELECT centre, date, sum(n) AS n FROM facts_{unit.value} WHERE {counted(unit)} GROUP BY ALL) live
        ON live.centre = r.centre AND live.date = r.date
        WHERE r.unit = '{unit.value}' AND r.n <> coalesce(live.n, 0)"""


# The number of a fact: the same after every rebuild, and nobody finds the row from it who does not know the secret.
DRAW = "CAST('0x' || left(sha256($secret || '{unit}:' || key), 8) AS UINTEGER)"


def chosen(unit: Unit, where: str = "TRUE") -> str:
    """The facts as they leave, in a fixed order that says nothing of the order in which they happened."""
    draw = DRAW.format(unit=unit.value)
    columns = ", ".join(f'"{column.name}"' for column in FACTS[unit])
    return f"""SELECT {columns} FROM (SELECT *, {draw} AS draw FROM facts_{unit.value} facts WHERE {where})
        ORDER BY centre, date, draw, key"""
