"""Rows of an import, many at a time.

Plain ``INSERT`` statements with a list of rows, made from the models' own fields: through model instances the same rows
took four times as long (bench/past.py), and ten years of a centre are three to four million rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from parvis.reception.models import Act, ActCode, PastImport, Profile, Tally
from parvis.reception.past.outcome import Count, Visit

At = Callable[[date, int | None], datetime | None]
Rows = Iterable[Sequence[Any]]


def write_acts(past_import: PastImport, visits: Sequence[Visit], at: At) -> None:
    """One act per visit, with its themes and codes."""
    if not visits:
        return
    centre, own = past_import.centre_id, past_import.pk
    insert(
        Act,
        [
            "key",
            "centre",
            "date",
            "at",
            "kind",
            "channel",
            "service",
            "language",
            "size",
            "minutes",
            "past_import",
        ],
        [
            (
                _key(visit.key),
                centre,
                _day(visit.day),
                _instant(at(visit.day, visit.minute)),
                _kind(visit),
                visit.channel,
                visit.service,
                visit.language,
                visit.size,
                visit.minutes,
                own,
            )
            for visit in visits
        ],
    )
    ids = _ids(Act, [visit.key for visit in visits])
    themes = [(ids[visit.key], theme) for visit in visits for theme in visit.themes]
    insert(Act.themes.through, ["act", "theme"], themes)
    codes = [(ids[visit.key], code, people) for visit in visits for code, people in visit.codes]
    insert(ActCode, ["act", "code", "count"], codes)


def write_profiles(past_import: PastImport, visits: Sequence[Visit]) -> None:
    """The answers about the public: a day, no time, no way back to an act."""
    keys = [visit.profile_key for visit in visits if visit.profile_key is not None]
    if not keys:
        return
    centre, own, asked = past_import.centre_id, past_import.pk, Profile.Method.ASKED.value
    insert(
        Profile,
        ["key", "centre", "date", "method", "commune_prefix", "past_import"],
        [
            (_key(visit.profile_key), centre, _day(visit.day), asked, visit.commune, own)
            for visit in visits
            if visit.profile_key is not None
        ],
    )
    ids = _ids(Profile, keys)
    answers = [
        (ids[visit.profile_key], code)
        for visit in visits
        if visit.profile_key is not None
        for code in visit.answers
    ]
    insert(Profile.answers.through, ["profile", "code"], answers)


def write_tallies(past_import: PastImport, counts: Sequence[Count]) -> None:
    """One tally per cell."""
    centre, own = past_import.centre_id, past_import.pk
    names = ["centre", "past_import", "row_key", "unit", "span", "date", "hour", "theme", "code", "count"]
    rows = [
        (
            centre,
            own,
            count.key.hex(),
            count.unit,
            count.span,
            _day(count.day),
            count.hour,
            count.theme,
            count.code,
            count.number,
        )
        for count in counts
    ]
    insert(Tally, names, rows)


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Inserts ``rows`` of the named fields, ready for the database; every other field gets its default."""
    if not rows:
        return
    meta = model._meta
    concrete = {field.name: field for field in meta.concrete_fields}
    given = [concrete[name] for name in names]
    others = [field for field in meta.concrete_fields if field not in given and not field.primary_key]
    constants = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in [*given, *others])
    marks = ", ".join(["%s"] * (len(given) + len(others)))
    statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  names of our own models
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*row, *constants) for row in rows])


def _ids(model: type[Act | Profile], keys: Sequence[bytes]) -> dict[bytes, int]:
    wanted = [UUID(bytes=key) for key in keys]
    return {
        key.bytes: pk for key, pk in model._default_manager.filter(key__in=wanted).values_list("key", "pk")
    }


def _kind(visit: Visit) -> str:
    if visit.non_contact:
        return Act.Kind.NON_CONTACT.value
    return Act.Kind.GROUP.value if visit.size > 1 else Act.Kind.INDIVIDUAL.value


def _key(key: bytes | None) -> Any:
    if key is None or not connection.features.has_native_uuid_field:
        return key.hex() if key is not None else None
    return UUID(bytes=key)


def _day(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)


def _instant(at: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(at) if at is not None else None
