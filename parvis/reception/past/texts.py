"""Text files with separators: CSV, as each program of the last thirty years wrote it."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from parvis.reception.past.cells import Row, clean

SEPARATORS = {";": ";", ",": ",", "\t": "tab", "|": "|"}
_HEAD = 300  # lines that decide
_LONGEST = 131_072

csv.field_size_limit(16 * 1024 * 1024)


def separator_of(text: str) -> str:
    """The separator whose columns are the most even over the first lines; ``;`` wins a tie, for decimal commas."""
    first, _, _rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        return first[4]
    head = "\n".join((text[:_LONGEST]).splitlines()[:_HEAD])
    return max(
        SEPARATORS, key=lambda separator: (_evenness(head, separator), -list(SEPARATORS).index(separator))
    )


def _evenness(head: str, separator: str) -> float:
    try:
        widths = [
            len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator) if any(row)
        ]
    except csv.Error:
        return 0.0
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0
    width, rows = max(wide.items(), key=lambda item: (item[1], item[0]))
    return rows / len(widths) * math.pow(min(width, 30), 0.25)


def rows_of(text: str, separator: str) -> Iterator[Row]:
    """Every line as cells. A stray quotation mark that would swallow the rest of the file is read as a mere mark."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        yield []
        text = rest
    stray = _swallows(text, separator)
    lines = io.StringIO(text, newline="")
    if stray:
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=separator)
    for row in reader:
        yield [clean(cell) for cell in row]


def _swallows(text: str, separator: str) -> bool:
    """Whether quotation marks join lines that are lines of their own: without them the columns are more even."""
    if '"' not in text:
        return False
    quoted, joined = _widths(text, separator, csv.QUOTE_MINIMAL)
    return joined and _even(_widths(text, separator, csv.QUOTE_NONE)[0]) >= _even(quoted)


def _widths(text: str, separator: str, quoting: Literal[0, 3]) -> tuple[Counter[int], bool]:
    """How many rows have which number of columns, and whether some cell holds a line break with a separator after it."""
    widths: Counter[int] = Counter()
    joined = False
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting):
            widths[len(row)] += 1
            joined = joined or any("\n" in cell and separator in cell for cell in row)
    except csv.Error:
        return Counter(), True
    return widths, joined


def _even(widths: Counter[int]) -> float:
    return max(widths.values(), default=0) / max(widths.total(), 1)
