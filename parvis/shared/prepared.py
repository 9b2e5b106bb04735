"""Querysets whose SQL is built once, for the few that every request of a waiting room runs.

Django builds the SQL of a queryset anew at each run, which costs several times what the database needs to answer it. A
:class:`Prepared` queryset is built with markers in place of its values; where the markers end up in the statement is
remembered, and each run puts values there. Rows become instances as Django itself makes them
(docs/decisions/0021-prepared-querysets.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators  # type: ignore[attr-defined]
from django.db.models.sql import UpdateQuery

Row = TypeVar("Row")
T = TypeVar("T")
Value = int | str | date | datetime | UUID
Values = Sequence[Value | Sequence[Value]]
Change = tuple[QuerySet[Any, Any], dict[str, Value]]


class NotPrepared(Exception):
    """A value did not reach the SQL as it was given, or the queryset is of a kind that is not handled."""


class Prepared(Generic[Row]):
    """The queryset ``build(*values)`` with its values left open.

    A value is an int, str, date, datetime or UUID, never None (other SQL); or a tuple of these, and each length has SQL of
    its own. ``build`` may compare and write its values, nothing else: it sees markers. Raises ``NotPrepared``.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self._build = build

    def all(self, *values: Value | Sequence[Value]) -> list[Row]:
        """Every row."""
        return list(self._rows(values))

    def first(self, *values: Value | Sequence[Value]) -> Row | None:
        """The first row, if there is one."""
        return next(self._rows(values), None)

    def get(self, *values: Value | Sequence[Value]) -> Row:
        """The row that is known to be there. Raises Django's ``ObjectDoesNotExist``."""
        return known_to_be_there(self.first(*values))

    def sent(self, *values: Value | Sequence[Value]) -> Sent[Row]:
        """The rows, which are there after the :func:`together` block in which they were asked for."""
        connection: Any = connections[DEFAULT_DB_ALIAS]
        statement = self._statement(values, connection)
        cursor = connection.cursor()
        cursor.execute(statement.sql, statement.parameters(values, connection.ops))
        return Sent(statement, cursor, connection)

    def _rows(self, values: Values) -> Iterator[Row]:
        connection: Any = connections[DEFAULT_DB_ALIAS]
        statement = self._statement(values, connection)
        if statement.locks:  # mostly the first statement of a transaction: BEGIN goes with it
            with together():
                found = self.sent(*values)
            yield from found.rows()
            return
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.parameters(values, connection.ops))
            rows = cursor.fetchall()
        for row in rows:
            yield statement.made(statement.converted(row, connection))

    def _statement(self, values: Values, connection: Any) -> Statement:
        known = connection.__dict__.setdefault("prepared", {})
        shape = shape_of(self, values)
        statement: Statement = known.get(shape) or known.setdefault(
            shape, built(self._build, values, connection)
        )
        if statement.locks and not connection.in_atomic_block:
            raise transaction.TransactionManagementError("a row is locked within a transaction only")
        return statement


class Sent(Generic[Row]):
    """The rows of a statement that was sent with others. To be read once."""

    def __init__(self, statement: Statement, cursor: Any, connection: Any) -> None:
        self._statement, self._cursor, self._connection = statement, cursor, connection
        self._read = None if connection.vendor == "postgresql" else self._fetched()

    def rows(self) -> list[Row]:
        """Every row."""
        rows = self._fetched() if self._read is None else self._read
        return [self._statement.made(self._statement.converted(row, self._connection)) for row in rows]

    def _fetched(self) -> Any:
        with self._cursor as cursor:
            return cursor.fetchall()

    def first(self) -> Row | None:
        """The first row, if there is one."""
        return next(iter(self.rows()), None)

    def get(self) -> Row:
        """The row that is known to be there. Raises Django's ``ObjectDoesNotExist``."""
        return known_to_be_there(self.first())


class PreparedUpdate:
    """An update with its values left open: ``build(*values)`` gives the rows, and their new values by field.

    Nobody hears how many rows there were: on PostgreSQL it leaves with the next statement of the transaction.
    """

    def __init__(self, build: Callable[..., Change]) -> None:
        self._build = build

    def __call__(self, *values: Value | Sequence[Value]) -> None:
        connection: Any = connections[DEFAULT_DB_ALIAS]
        known = connection.__dict__.setdefault("prepared", {})
        shape = shape_of(self, values)
        statement = known.get(shape) or known.setdefault(shape, built_change(self._build, values, connection))
        write(connection, statement.sql, statement.parameters(values, connection.ops))


def shape_of(owner: object, values: Values) -> tuple[object, ...]:
    """What decides about the SQL: the types of the values, and the lengths of tuples."""
    return (owner, *(len(value) if isinstance(value, tuple) else type(value) for value in values))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes: its place among the values, and the class that the field gives to its parameters."""

    index: int
    kind: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, constants or slots, and how a row becomes what the queryset gives."""

    sql: str
    given: list[Any]
    locks: bool
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    made: Callable[[list[Any]], Any]

    def parameters(self, values: Values, ops: Any) -> list[Any]:
        found = [adapted(value, ops) for value in flat(values)]
        return [one.kind(found[one.index]) if isinstance(one, Slot) else one for one in self.given]

    def converted(self, row: Sequence[Any], connection: Any) -> list[Any]:
        values = list(row)
        for position, converters, expression in self.converters:
            for convert in converters:
                values[position] = convert(values[position], expression, connection)
        return values


def built(build: Callable[..., QuerySet[Any, Any]], values: Values, connection: Any) -> Statement:
    """The statement of a queryset for values of these types."""
    marks, queryset = marked(build, values)
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    expressions = [column[0] for column in compiler.select]
    converters = [(place, found, one) for place, (found, one) in compiler.get_converters(expressions).items()]
    given = slots(parameters, marks, connection.ops)
    return Statement(sql, given, queryset.query.select_for_update, converters, maker(queryset, compiler))


def built_change(build: Callable[..., Change], values: Values, connection: Any) -> Statement:
    """The statement of an update for values of these types."""
    marks, (queryset, changes) = marked(build, values)
    query: Any = queryset.query.chain(UpdateQuery)
    query.add_update_values(changes)
    sql, parameters = query.get_compiler(connection=connection).as_sql()
    return Statement(sql, slots(list(parameters), marks, connection.ops), False, [], tuple)


def marked(build: Callable[..., T], values: Values) -> tuple[list[Value], T]:
    """The markers of such values, and what ``build`` makes of them."""
    marks = [marker(value, place) for place, value in enumerate(flat(values))]
    rest: Iterator[Any] = iter(marks)
    nested = [
        tuple(next(rest) for _ in value) if isinstance(value, tuple) else next(rest) for value in values
    ]
    return marks, build(*nested)


def slots(parameters: Sequence[Any], marks: list[Value], ops: Any) -> list[Any]:
    """The parameters with a slot in place of each marker. Raises ``NotPrepared`` where one is missing."""
    places = {adapted(mark, ops): place for place, mark in enumerate(marks)}
    given = [slot_or_constant(parameter, places) for parameter in parameters]
    if {one.index for one in given if isinstance(one, Slot)} != set(range(len(marks))):
        raise NotPrepared("not each value became a parameter of the statement")
    return given


def maker(queryset: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """What makes an instance, with its ``select_related`` ones, or a tuple of a row."""
    if queryset._iterable_class is ValuesListIterable:
        return tuple
    if queryset._iterable_class is not ModelIterable or queryset._known_related_objects:  # type: ignore[attr-defined]
        raise NotPrepared("only instances and tuples are made")
    info, database = compiler.klass_info, compiler.using or compiler.connection.alias
    model, fields = info["model"], info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    extras = compiler.annotation_col_map or {}
    populators = get_related_populators(info, compiler.select, database)

    def made(row: list[Any]) -> Any:
        instance = model.from_db(database, names, row[start:end])
        for populator in populators:
            populator.populate(row, instance)
        for name, place in extras.items():
            setattr(instance, name, row[place])
        return instance

    return made


def together() -> AbstractContextManager[None]:
    """Statements that need no answer of each other: PostgreSQL gets and answers them in one walk.

    An error of the database is raised by the end of the block at the latest.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    return connection.together() if connection.vendor == "postgresql" else nullcontext()


def write(connection: Any, sql: str, parameters: Sequence[Any]) -> None:
    """A write whose answer nobody needs: on PostgreSQL it leaves with the next statement of its transaction, or ``COMMIT``."""
    if connection.vendor == "postgresql":
        connection.later(sql, parameters)
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def insert(instance: Model, *, key: bool = True) -> None:
    """Saves a new row of a plain table (no parents, no signals). Its key comes from the database, if it is wanted."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    model, fields = type(instance), written(type(instance))
    known = connection.__dict__.setdefault("prepared", {})
    sql = known.get((insert, model, key))
    if sql is None:
        quote = connection.ops.quote_name
        columns, places = ", ".join(quote(field.column) for field in fields), ", ".join(["%s"] * len(fields))
        sql = known[insert, model, key] = (
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608  names of our tables
            + (f" RETURNING {quote(model._meta.pk.column)}" if key else "")
        )
    values = [field.get_db_prep_save(field.pre_save(instance, True), connection) for field in fields]
    if key:
        with together():
            cursor = connection.cursor()
            cursor.execute(sql, values)
        with cursor:
            instance.pk = cursor.fetchone()[0]
    else:
        write(connection, sql, values)
    instance._state.adding, instance._state.db = False, connection.alias


def update(instance: Model, *names: str) -> None:
    """Writes the named fields of a row that is there."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    model, meta = type(instance), type(instance)._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    known = connection.__dict__.setdefault("prepared", {})
    sql = known.get((update, model, names))
    if sql is None:
        quote = connection.ops.quote_name
        columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
        sql = known[update, model, names] = (
            f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608  names of our tables
        )
    values = [field.get_db_prep_save(field.pre_save(instance, False), connection) for field in fields]
    write(connection, sql, [*values, instance.pk])


def written(model: type[Model]) -> list[Any]:
    """The columns of a new row: every one but the automatic key."""
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def known_to_be_there(row: Row | None) -> Row:
    if row is None:
        raise ObjectDoesNotExist
    return row


def flat(values: Values) -> Iterator[Value]:
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


def adapted(value: Value, ops: Any) -> Any:
    """The value as the database's own fields hand it to the driver."""
    if isinstance(value, datetime):
        return ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return ops.adapt_datefield_value(value)
    if isinstance(value, UUID) and not ops.connection.features.has_native_uuid_field:
        return value.hex
    return value


def marker(value: Value, place: int) -> Value:
    """A value of the same type that no row and no constant of a query has."""
    if isinstance(value, datetime):
        return datetime(1, 1, 2, tzinfo=UTC) + timedelta(microseconds=place + 1)
    if isinstance(value, date):
        return date(1, 1, 2) + timedelta(days=place)
    if isinstance(value, UUID):
        return UUID(int=place + 1)
    if isinstance(value, int) and not isinstance(value, bool):
        return 9_111_111_111_111_111_000 + place
    if isinstance(value, str):
        return f"\0value {place}"
    raise NotPrepared(f"{value!r} cannot be left open")


def slot_or_constant(parameter: Any, places: dict[Any, int]) -> Any:
    try:
        place = places.get(parameter)
    except TypeError:  # a list, or the driver's wrapper of one: a constant
        return parameter
    if place is None:
        return parameter
    kind = type(parameter)
    return Slot(place, kind if issubclass(kind, int) else unchanged)


def unchanged(value: Any) -> Any:
    return value
