"""The files of an edition: a CSV for each table, everything as JSON, and what each column means (CSVW, W3C, 2015).

CSV is long: one figure a line, with the codes that say which it is. It has no mark before its first character: it is made for programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from parvis.shared.sheets import Cell, csv_lines
from parvis.statistics.queries.open_data.frozen import TOTAL, UNKNOWN, Frozen, OpenTable, Words

METADATA = "csv-metadata.json"  # where CSVW looks for it, beside the tables
DATA = "data.json"
PUBLISHED, HIDDEN = "published", "hidden"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
MONTH = r"\d{4}-\d{2}"


@dataclass(frozen=True)
class Said:
    """What an edition says of itself in its files."""

    holder: str
    year: int
    number: int
    licence: str  # its address
    title: Words
    description: Words


def files_of(said: Said, frozen: Frozen) -> list[tuple[str, bytes]]:
    """Every file with its name, in the order in which they are listed."""
    tables = [(f"{table.name}.csv", _csv(said, frozen, table)) for table in frozen.tables]
    return [*tables, (DATA, _json(_data(said, frozen))), (METADATA, _json(_metadata(said, frozen)))]


def _json(found: dict[str, Any]) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def heading(frozen: Frozen, table: OpenTable) -> list[str]:
    """The columns of a table’s file: each code, with its words where it has any; the figure; whether it is there."""
    columns = ["year"]
    for name in table.by:
        columns += [name, f"{name}_label"] if name in frozen.codes else [name]
    return [*columns, table.unit, "status"]


def rows(said: Said, frozen: Frozen, table: OpenTable) -> Iterator[list[Cell]]:
    """One line for each figure; an empty one is hidden."""
    language = frozen.languages[0]
    with translation.override(language):
        everything = _("Total")
    for at, n in table.cells:
        line: list[Cell] = [said.year]
        for name, code in zip(table.by, at, strict=True):
            line.append(code)
            if name in frozen.codes:
                line.append(everything if code == TOTAL else frozen.label(name, code, language))
        yield [*line, n, HIDDEN if n is None else PUBLISHED]


def _csv(said: Said, frozen: Frozen, table: OpenTable) -> bytes:
    lines = csv_lines(heading(frozen, table), rows(said, frozen, table))
    next(lines)  # the mark for spreadsheets
    return "".join(lines).encode()


def _data(said: Said, frozen: Frozen) -> dict[str, Any]:
    tables = []
    for table in frozen.tables:
        columns = heading(frozen, table)
        tables.append(
            {
                "name": table.name,
                "title": table.titles,
                "unit": table.unit,
                "dimensions": list(table.by),
                "several_answers": list(table.several),
                "method": table.methods,
                "notes": table.notes,
                "n": table.base,
                "rows": [dict(zip(columns, row, strict=True)) for row in rows(said, frozen, table)],
            }
        )
    return {
        "holder": said.holder,
        "year": said.year,
        "edition": said.number,
        "title": said.title,
        "description": said.description,
        "licence": said.licence,
        "signs": {TOTAL: "everything together", UNKNOWN: "not said or not known", "null": HIDDEN},
        "units": {key: {"label": one.labels, "meaning": one.meanings} for key, one in frozen.units.items()},
        "dimensions": {key: {"label": one.labels} for key, one in frozen.dimensions.items()},
        "codes": frozen.codes,
        "tables": tables,
    }


def _metadata(said: Said, frozen: Frozen) -> dict[str, Any]:
    language = frozen.languages[0]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "dc:title": _in_languages(said.title),
        "dc:description": _in_languages(said.description),
        "dc:creator": said.holder,
        "dc:license": {"@id": said.licence},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "header": True},
        "tables": [_schema(said, frozen, table) for table in frozen.tables],
    }


def _in_languages(words: Words) -> list[dict[str, str]]:
    return [{"@value": text, "@language": code} for code, text in words.items() if text]


def _schema(said: Said, frozen: Frozen, table: OpenTable) -> dict[str, Any]:
    columns: list[dict[str, Any]] = [_column("year", _each(frozen, lambda: _("Year")), {"base": "gYear"})]
    for place, name in enumerate(table.by):
        codes = [*table.codes(place), TOTAL]
        columns.append(_coded(frozen, name, codes))
        if name in frozen.codes:
            titles = _each(frozen, lambda: _("in words"))
            both = {code: f"{frozen.dimensions[name].labels[code]}, {text}" for code, text in titles.items()}
            columns.append(_column(f"{name}_label", both, "string", "schema:name"))
    columns += [_figure(frozen, table), _status(frozen)]
    return {
        "url": f"{table.name}.csv",
        "dc:title": _in_languages(table.titles),
        "dc:description": _in_languages({code: _about(frozen, table, code) for code in frozen.languages}),
        "tableSchema": {"columns": columns, "primaryKey": ["year", *table.by]},
    }


def _column(name: str, titles: Words, datatype: Any, meaning: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "datatype": datatype}
    found["titles"] = {code: [name, text] for code, text in titles.items()}
    return found | ({"propertyUrl": meaning} if meaning else {})


def _coded(frozen: Frozen, name: str, codes: Sequence[str]) -> dict[str, Any]:
    written = "|".join(re.escape(code) for code in codes) if name in frozen.codes else f"{MONTH}|{TOTAL}"
    found = _column(name, frozen.dimensions[name].labels, {"base": "string", "format": written})
    return found | {
        "required": True,
        "dc:description": _in_languages(
            {code: meanings(frozen, name, codes, code) for code in frozen.languages}
        ),
    }


def meanings(frozen: Frozen, name: str, codes: Sequence[str], language: str) -> str:
    """“job: Find a job; _T: total”."""
    with translation.override(language):
        signs = {TOTAL: _("Total"), UNKNOWN: _("not said or not known")}
    if name not in frozen.codes:
        return f"YYYY-MM; {TOTAL}: {signs[TOTAL]}"
    return "; ".join(
        f"{code}: {signs[TOTAL] if code == TOTAL else frozen.label(name, code, language) or signs.get(code, '')}"
        for code in codes
    )


def _figure(frozen: Frozen, table: OpenTable) -> dict[str, Any]:
    unit = frozen.units[table.unit]
    datatype = {"base": "nonNegativeInteger"}
    return _column(table.unit, unit.labels, datatype) | {
        "null": [""],
        "dc:description": _in_languages(unit.meanings),
    }


def _status(frozen: Frozen) -> dict[str, Any]:
    titles = _each(frozen, lambda: _("Published or hidden"))
    datatype = {"base": "string", "format": f"{PUBLISHED}|{HIDDEN}"}
    return _column("status", titles, datatype) | {
        "required": True,
        "dc:description": _in_languages(_each(frozen, hidden_means)),
    }


def hidden_means() -> str:
    """Why a figure is not there."""
    return _(
        "Hidden: fewer than ten, or hidden so that nobody can compute a figure below ten from the others."
        " None at all is 0, or not listed."
    )


def _about(frozen: Frozen, table: OpenTable, language: str) -> str:
    """Unit, n, method and what keeps its lines from adding up."""
    with translation.override(language):
        base = _("hidden") if table.base is None else str(table.base)
        found = [f"{frozen.units[table.unit].labels[language]}; n = {base}; {table.methods[language]}."]
        found += [*table.notes[language], _("Figures are exact; none is rounded.")]
    return " ".join(found)


def _each(frozen: Frozen, words: Any) -> dict[str, str]:
    found = {}
    for language in frozen.languages:
        with translation.override(language):
            found[language] = str(words())
    return found
