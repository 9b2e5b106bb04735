"""What stands on paper, on a page and in a picture, read back as somebody reads it who knows nothing of how it was made."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO

from openpyxl import load_workbook
from pypdf import PdfReader

SPACE = "\u00a0\u202f"  # within a figure in French
FIGURE = rf"[+−±-]?\d+(?:[,{SPACE}]\d{{3}})*(?:[.,]\d+)?(?:[ {SPACE}]%)?|[–·×]"


def lines_of(pdf: bytes) -> list[str]:
    """Every line of text, page after page."""
    return [
        line.strip()
        for page in PdfReader(BytesIO(pdf)).pages
        for line in page.extract_text().splitlines()
        if line.strip()
    ]


def text_of(pdf: bytes) -> str:
    """All of it as one text, whatever parts its words."""
    return plain(" ".join(lines_of(pdf)))


def plain(text: str) -> str:
    """Words with one space between."""
    return re.sub(rf"[\s{SPACE}\u200b]+", " ", text).strip()


def figure(said: object) -> float | str:
    """A figure as any way out says it, as a number; a sign stays a sign."""
    text = re.sub(rf"[%+±\s{SPACE}]", "", str(said)).replace("−", "-")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def row_on_paper(lines: list[str], label: str, figures: list[float | str]) -> bool:
    """Whether a line of the paper ends with exactly these figures, after the label or the last of its words."""
    return any(_is_row(line, label, figures) for line in lines)


def _is_row(line: str, label: str, figures: list[float | str]) -> bool:
    cells = " ".join([f"({FIGURE})"] * len(figures))
    found = re.fullmatch(rf"(.*?) ?{cells}", line)
    if found is None or [figure(one) for one in found.groups()[1:]] != figures:
        return False
    return plain(found[1]) == "" or plain(label).endswith(plain(found[1]))


def rows_of_csv(body: bytes) -> list[list[list[str]]]:
    """Every table of the file, each with its heading; what explains them stays out."""
    rows = list(csv.reader(StringIO(body.decode().removeprefix("\ufeff"))))
    parts, part = [], []
    for row in [*rows, []]:
        if row:
            part.append(row)
        else:
            parts.append(part)
            part = []
    tables, _explained = parts[:-1], parts[-1]
    return [tables[0], *(table[1:] for table in tables[1:])]  # the others begin with their title


def sheets_of(book: bytes) -> dict[str, list[list[object]]]:
    found = load_workbook(BytesIO(book))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in found}


class _Tables(HTMLParser):
    """Cells of every table, with what is said to those who cannot see them left out."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside, self.hidden = False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True
        if tag == "span" and self.inside:
            self.hidden += "visually-hidden" in (dict(attrs).get("class") or "") or bool(self.hidden)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside, self.hidden = False, 0
        if tag == "span" and self.hidden:
            self.hidden -= 1

    def handle_data(self, data: str) -> None:
        if self.inside and not self.hidden:
            self.tables[-1][-1][-1] += data


def tables_of(html: str) -> list[list[list[str]]]:
    """Every table of a page, row by row."""
    parser = _Tables()
    parser.feed(html)
    return [[[plain(cell) for cell in row] for row in table] for table in parser.tables]


def tips_of(text: str) -> list[str]:
    """What a picture says when one points at its marks."""
    return [tip for tip in re.findall(r"<title>([^<]*)</title>", text) if ": " in tip]
