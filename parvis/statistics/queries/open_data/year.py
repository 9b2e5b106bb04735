"""A year of a centre as everybody may have it: which tables, counted from the cube, protected and audited as a report is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils import translation

from parvis.centres.models import Centre
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension, Value
from parvis.statistics.queries.explorer.answering import method_of_answers, rate_told
from parvis.statistics.queries.explorer.notes import unit_of
from parvis.statistics.queries.explorer.words import CODES, NAMES, NONE, TIMES, Vocabulary, vocabulary
from parvis.statistics.queries.open_data.frozen import TOTAL, UNKNOWN, At, Frozen, Named, OpenTable
from parvis.statistics.queries.reports.asked import Leaving
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.blocks.crossed import cross
from parvis.statistics.queries.reports.content import Content, Table
from parvis.statistics.queries.reports.protecting import Logged, verdict
from parvis.statistics.shown import Audience, CrossTable, Figure

D = Dimension
# In the order in which they are listed. Columns are months, or a short list: what is broken down finer says nothing any more.
TABLES: tuple[tuple[Unit, tuple[Dimension, ...]], ...] = (
    (Unit.PASSAGES, (D.MONTH,)),
    (Unit.CONTACTS, (D.THEME, D.MONTH)),
    (Unit.CONTACTS, (D.CHANNEL, D.MONTH)),
    (Unit.CONTACTS, (D.LANGUAGE,)),
    (Unit.ACTS, (D.THEME,)),
    (Unit.ACTS, (D.NEED,)),
    (Unit.GROUP_PEOPLE, (D.AGE_BAND,)),
    (Unit.PROFILES, (D.AGE_BAND, D.GENDER)),
    (Unit.PROFILES, (D.EDUCATION,)),
    (Unit.PROFILES, (D.STATUS,)),
    (Unit.PROFILES, (D.FIRST_VISIT,)),
)
OF_NUMBERS = {*CODES, D.THEME}  # dimensions whose values are the keys of rows


@dataclass(frozen=True)
class Year:
    """What would leave. ``failures`` say why it may not; ``tables`` are for the log of publications."""

    frozen: Frozen
    failures: Sequence[str]
    tables: Sequence[Logged]

    @property
    def hidden(self) -> int:
        return sum(table.hidden for table in self.frozen.tables)


def languages_of(centre: Centre) -> list[str]:
    """The languages in which every word of the tables exists, the centre’s own first."""
    staff = [code for code, _name in settings.STAFF_LANGUAGES]
    return sorted(staff, key=lambda code: code != centre.language)


def year_of(centre: Centre, year: int, at: datetime) -> Year:
    """The year as it stands in the files of facts, with what must be hidden taken out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    asked = Asked(centre, first, last, at, Audience.PUBLIC)
    told: dict[str, list[Content]] = {}
    for language in languages_of(centre):
        with translation.override(language):
            told[language] = [_table(asked, unit, by) for unit, by in TABLES]
    wanted = [
        (place, *pair) for place, pair in enumerate(TABLES) if told[main_language(centre)][place].tables
    ]
    main = [told[main_language(centre)][place] for place, _unit, _by in wanted]
    found = verdict(Leaving(centre, first, last, Audience.PUBLIC), main)
    words = _words(centre)
    tables = [
        _frozen(unit, by, content.tables[0], words, {code: told[code][place] for code in told})
        for content, (place, unit, by) in zip(found.contents, wanted, strict=True)
    ]
    return Year(_with_words(centre, tables, words), found.failures, found.tables)


def main_language(centre: Centre) -> str:
    """The language in which tables are protected and failures told."""
    return languages_of(centre)[0]


def _table(asked: Asked, unit: Unit, by: Sequence[Dimension]) -> Content:
    said = {"unit": unit.value, "rows": by[0].value, "columns": by[1].value if len(by) > 1 else ""}
    found = cross(replace(asked, settings=said))
    if unit is not Unit.PROFILES or not found.tables:
        return found
    one = found.tables[0]
    rate = rate_told(asked.centre, asked.first, asked.last, Audience.PUBLIC)
    shown = replace(one.table, method=method_of_answers(str(one.table.method), rate))
    return replace(found, tables=[replace(one, table=shown)])


def _words(centre: Centre) -> dict[str, Vocabulary]:
    """The words of the lists in the languages of the tables and of the centre."""
    found = {}
    for language in dict.fromkeys([*languages_of(centre), centre.language, *centre.languages]):
        with translation.override(language):
            found[language] = vocabulary(centre, [centre], in_network_words=False)
    return found


def _frozen(
    unit: Unit,
    by: Sequence[Dimension],
    table: Table,
    words: dict[str, Vocabulary],
    told: dict[str, Content],
) -> OpenTable:
    axes = (table.question or {})["axes"]
    spoken = next(iter(words.values()))
    codes = [[_key(spoken, one, code) for code in axis["codes"]] for one, axis in zip(by, axes, strict=True)]
    in_words = {code: content.tables[0].table for code, content in told.items()}
    return OpenTable(
        name="-by-".join([unit.value, "-and-".join(one.value for one in by)]).replace("_", "-"),
        unit=unit.value,
        by=[one.value for one in by],
        several=[axis["name"] for axis in axes if axis["several"]],
        cells=_cells(table.table, codes),
        titles={code: str(one.title) for code, one in in_words.items()},
        methods={code: str(one.method) for code, one in in_words.items()},
        notes={code: [str(note) for note in one.notes] for code, one in in_words.items()},
    )


def _cells(table: CrossTable, codes: list[list[str]]) -> list[tuple[At, int | None]]:
    """Line by line, each with its total; the totals of all lines last."""
    rows, columns = codes[0], codes[1] if len(codes) > 1 else []
    found: list[tuple[At, int | None]] = []
    for code, line in zip(rows, table.lines, strict=True):
        if not columns:
            found.append(((code,), _whole(line.figures[0])))
            continue
        found += [((code, one), _whole(n)) for one, n in zip(columns, line.figures, strict=True)]
        found.append(((code, TOTAL), _whole(line.total)))
    found += [((TOTAL, one), _whole(n)) for one, n in zip(columns, table.column_totals, strict=True)]
    return [*found, ((TOTAL,) * len(codes), _whole(table.total))]


def _whole(figure: Figure) -> int | None:
    return int(figure) if isinstance(figure, int | float) else None


def _value(dimension: Dimension, code: str) -> Value:
    return int(code) if dimension in OF_NUMBERS else code


def _key(words: Vocabulary, dimension: Dimension, code: str) -> str:
    """How a file calls a value, in every language."""
    if code == "?":
        return UNKNOWN
    if dimension in TIMES:
        return code[:7]
    key = words.word(dimension, _value(dimension, code)).key
    return UNKNOWN if key == NONE else key


def _with_words(centre: Centre, tables: list[OpenTable], words: dict[str, Vocabulary]) -> Frozen:
    units: dict[str, Named] = {}
    dimensions: dict[str, Named] = {}
    for language in languages_of(centre):
        with translation.override(language):
            for table in tables:
                unit = unit_of(Unit(table.unit))
                _say(units, table.unit, language, str(unit.label), str(unit.meaning))
                for name in table.by:
                    _say(dimensions, name, language, str(NAMES[D(name)]))
    return Frozen(languages_of(centre), tables, units, dimensions, _codes(centre, tables, words))


def _codes(
    centre: Centre, tables: list[OpenTable], words: dict[str, Vocabulary]
) -> dict[str, dict[str, dict[str, str]]]:
    """The words of every code that a table has, in each language that has words of its own for it."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    every = languages_of(centre)
    for name in {name for table in tables for name in table.by} - {one.value for one in TIMES}:
        keys = {
            code for table in tables if name in table.by for code in table.codes(list(table.by).index(name))
        }
        said: dict[str, dict[str, str]] = {}
        for language, spoken in words.items():
            with translation.override(language):
                for _address, word, value in spoken.choices(D(name)):
                    key = UNKNOWN if word.key == NONE else word.key
                    own = said.get(key, {}).get(every[0]) != word.label and value is not None
                    if key in keys and (language in every or own):
                        said.setdefault(key, {})[language] = word.label
        found[name] = said
    return found


def _say(into: dict[str, Named], key: str, language: str, label: str, meaning: str = "") -> None:
    one = into.setdefault(key, Named({}, {}))
    into[key] = Named({**one.labels, language: label}, {**one.meanings, language: meaning} if meaning else {})
