"""Pictures as files of their own: SVG that needs no style sheet, and PNG of the same.

Coordinates are pixels; fonts are asked for by name. From right to left everything is placed here, because programs that draw SVG
do not agree on what a text's direction does to its anchor. A figure is said as the page's chart says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import typst
from django.utils.translation import get_language, get_language_bidi

from parvis.shared.charts import Bars, Columns, Heat, Lines
from parvis.shared.flows import BOX, Flows
from parvis.shared.paper import FONTS, fonts
from parvis.statistics.ways_out.pictures import Picture

WIDE = 960
EDGE = 32
PLOT = 300  # pixels from a plot's base to its top
INK, MUTED, PAPER, RULE = "#1E2A32", "#55636B", "#FFFFFF", "#E5DCCB"
TINTS = {
    "petrol": "#0F5C63",
    "sun": "#F6B93B",
    "coral": "#C2452D",
    "leaf": "#2F7D4F",
    "plum": "#7A3E78",
    "sky": "#2574B0",
    "clay": "#96562F",
    "moss": "#67751A",
    "rose": "#B23B69",
    "slate": "#55636B",
}
HEAT = ("#FFFFFF", "#E3F0F1", "#B9DCDF", "#7FBEC4", "#24747B", "#0B474D")
ON_SCREENS = "'Atkinson Hyperlegible Next', 'Noto Sans', 'Noto Sans Arabic', sans-serif"
ON_PAPER = ", ".join(f"'{name}'" for name in FONTS)
# Whoever draws on paper takes the first family only, and ours hold one range of letters each: other letters are told which.
LETTERS = {
    "Noto arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "Noto cyrillic": "\u0400-\u04ff",
}
DASHES = ("", "2 6", "9 5", "9 4 2 4", "14 4", "4 4")
SOURCE = Path(__file__).parent / "paper" / "picture.typ"


def svg(figures: Sequence[Picture], foot: Sequence[str], family: str = ON_SCREENS) -> bytes:
    """The pictures one below the other, and under them the lines of ``foot``: whose figures, n, protection."""
    parts, at = [], float(EDGE)
    for figure in figures:
        body, height = _figure(figure)
        parts.append(f'<g transform="translate(0 {at:.0f})">{body}</g>')
        at += height + EDGE
    for line in _wrapped(foot):
        parts.append(_text(_side(0), at, line, size=13, fill=MUTED))
        at += 19
    title = escape("; ".join(str(figure.title) for figure in figures))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{at + EDGE / 2:.0f}" viewBox="0 0 {WIDE} {at + EDGE / 2:.0f}"'
        f' font-family="{escape(family)}" xml:lang="{get_language()}" role="img">'
        f'<title>{title}</title><rect width="100%" height="100%" fill="{PAPER}"/>{"".join(parts)}</svg>'
    ).encode()


def for_paper(figures: Sequence[Picture], foot: Sequence[str]) -> str:
    """The same picture with the fonts that typst has."""
    drawn = svg(figures, foot, ON_PAPER).decode()
    for family, letters in LETTERS.items():
        run = re.compile(f"[{letters}](?:[ {letters}]*[{letters}])?")
        drawn = re.sub(
            r"(?<=>)[^<]+(?=</text>)",
            lambda found, run=run, family=family: run.sub(  # type: ignore[misc]
                lambda part: f"<tspan font-family=\"'{family}'\">{part[0]}</tspan>", found[0]
            ),
            drawn,
        )
    return drawn


def png(figures: Sequence[Picture], foot: Sequence[str]) -> bytes:
    """The same picture in dots, twice as many as pixels."""
    made = typst.compile(
        str(SOURCE),
        root=str(SOURCE.parent),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        format="png",
        ppi=144,
        sys_inputs={"svg": for_paper(figures, foot)},
    )
    return bytes(made if isinstance(made, bytes) else made[0])


def _wrapped(lines: Sequence[str], most: int = 125) -> Iterator[str]:
    for line in lines:
        row = ""
        for word in line.split(" "):
            if row and len(row) + len(word) >= most:
                yield row
                row = word
            else:
                row = f"{row} {word}" if row else word
        yield row


def _figure(figure: Picture) -> tuple[str, float]:
    """A picture's marks and its height."""
    head = _text(_side(0), 18, str(figure.title), size=20, weight=700)
    head += _text(
        _side(0),
        40,
        f"{figure.unit} · {figure.note}" if figure.note else str(figure.unit),
        size=13,
        fill=MUTED,
    )
    draw = {Bars: _bars, Heat: _heat, Flows: _flows}.get(type(figure), _plot)
    body, height = draw(figure)  # type: ignore[operator]
    return f'{head}<g transform="translate(0 56)">{body}</g>', height + 56


def _side(along: float, width: float = 0) -> float:
    """A place counted from the edge where reading starts."""
    return WIDE - EDGE - along - width if get_language_bidi() else EDGE + along


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    fill: str = INK,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    if get_language_bidi():
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _box(
    x: float, y: float, width: float, height: float, fill: str, words: str = "", rule: str = "none"
) -> str:
    told = f"<title>{escape(words)}</title>" if words else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" fill="{fill}" stroke="{rule}">{told}</rect>'


def _short(words: object, most: int) -> str:
    text = str(words)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _bars(figure: Bars) -> tuple[str, float]:
    parts, wide = [], WIDE - 2 * EDGE - 380
    for place, (row, length) in enumerate(figure.lengths):
        y, long = place * 28.0, wide * float(length) / 100
        parts.append(_text(_side(0), y + 17, _short(row.label, 44)))
        parts.append(
            _box(
                _side(300, long),
                y + 3,
                long,
                19,
                TINTS.get(row.tint, INK),
                f"{row.label}: {row.said} {figure.unit}",
            )
        )
        parts.append(_text(_side(300 + long + 10), y + 17, row.said, weight=700))
    return "".join(parts), len(figure.rows) * 28.0


def _heat(figure: Heat) -> tuple[str, float]:
    wide = (WIDE - 2 * EDGE - 200) / max(1, len(figure.columns))
    fits = max(3, int(wide / 7))
    parts = [
        _text(
            _side(200 + (place + 0.5) * wide), 14, _short(column, fits), size=12, fill=MUTED, anchor="middle"
        )
        for place, column in enumerate(figure.columns)
    ]
    for line, (label, cells) in enumerate(figure.cells):
        y = 24 + line * 30.0
        parts.append(_text(_side(0), y + 19, _short(label, 28)))
        for place, (words, step) in enumerate(cells):
            told = f"{label}, {figure.columns[place]}: {words} {figure.unit}"
            parts.append(
                _box(_side(200 + place * wide, wide - 3), y, wide - 3, 27, HEAT[max(0, step)], told, RULE)
            )
            fill = PAPER if step > 3 else INK
            parts.append(
                _text(
                    _side(200 + (place + 0.5) * wide - 1.5),
                    y + 18,
                    words,
                    size=12,
                    fill=fill,
                    anchor="middle",
                )
            )
    return "".join(parts), 24 + len(figure.rows) * 30.0


def _plot(figure: Columns | Lines) -> tuple[str, float]:
    """Columns or lines: the marks of the page's chart, from percentages to pixels."""
    legend, down = _legend(figure)
    left, wide, tall = (0 if get_language_bidi() else 64), WIDE - 2 * EDGE - 64, PLOT / (figure.base or 1)
    parts = []
    for tick in figure.ticks:
        y = float(tick.y) * tall
        parts.append(f'<path d="M{EDGE + left} {y:.1f}h{wide}" stroke="{RULE}"/>')
        parts.append(_text(_side(54), y + 4, tick.label, size=12, fill=MUTED, anchor="end"))

    def across(x: str) -> float:
        return EDGE + left + float(x) * wide / 100

    for mark in figure.marks:
        colour, y = TINTS.get(mark.tint, INK), float(mark.y) * tall
        if isinstance(figure, Columns):
            parts.append(
                _box(
                    across(mark.x),
                    y,
                    float(mark.width) * wide / 100,
                    float(mark.height) * tall,
                    colour,
                    mark.title,
                )
            )
            continue
        if mark.from_x:
            dash = DASHES[mark.series % len(DASHES)]
            parts.insert(
                0,
                f'<path d="M{across(mark.from_x):.1f} {float(mark.from_y) * tall:.1f}L{across(mark.x):.1f} {y:.1f}" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/>',
            )
        parts.append(
            f'<circle cx="{across(mark.x):.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"><title>{escape(mark.title)}</title></circle>'
        )
    every = max(1, -(-len(figure.labels) // 12))
    for place, (x, label, _gives_way) in enumerate(figure.base_labels):
        if place % every == 0:
            parts.append(_text(across(x), PLOT + 22, _short(label, 16), size=12, fill=MUTED, anchor="middle"))
    return f'{legend}<g transform="translate(0 {down})">{"".join(parts)}</g>', PLOT + 30 + down


def _legend(figure: Columns | Lines) -> tuple[str, int]:
    parts, at, row = [], 0.0, 0
    for label, tint, _number in figure.legend:
        room = 34 + 7.5 * len(str(label))
        if at and at + room > WIDE - 2 * EDGE:
            at, row = 0.0, row + 1
        parts.append(_box(_side(at, 13), row * 22 + 2, 13, 13, TINTS.get(tint, INK)))
        parts.append(_text(_side(at + 20), row * 22 + 13, str(label)))
        at += room
    return "".join(parts), (row + 1) * 22 + 8 if parts else 0


def _flows(figure: Flows) -> tuple[str, float]:
    wide = WIDE - 2 * EDGE
    parts = [
        _text(EDGE + x * wide / 100, 12, str(head), size=13, fill=MUTED, weight=700, anchor=anchor)
        for x, head, anchor in figure.heads
    ]
    parts.append(f'<g transform="translate({EDGE} 24) scale({wide / 100:.3f} 1)">')
    for band in figure.bands:
        parts.append(
            f'<path d="{band.path}" fill="{TINTS.get(band.tint, INK)}" fill-opacity=".3"><title>{escape(band.title)}</title></path>'
        )
    parts.append('</g><g transform="translate(0 24)">')
    for box in figure.boxes:
        parts.append(
            _box(EDGE + box.x * wide / 100, box.y, BOX * wide / 100, box.height, TINTS.get(box.tint, INK))
        )
        down = 15 if box.height > 18 else 11
        parts.append(
            _text(
                EDGE + box.label_x * wide / 100,
                box.y + down,
                f"{box.short}  {box.said}",
                anchor=box.anchor,
            )
        )
    return "".join([*parts, "</g>"]), figure.height + 24.0
