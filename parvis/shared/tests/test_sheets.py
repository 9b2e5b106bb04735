import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.shared.sheets import csv_lines, harmless, harmless_in_csv, xlsx

FORMULAS = [
    "=1+1",
    "+33",
    "-2",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "\u00a0+1",
    "|x",
    "%x",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Lyon", "1 = 1", "a-b", "é", "“=1”"])
def test_other_texts_stay(text):
    assert harmless(text) == text


@pytest.mark.parametrize("separator", [";", "; ", "\t", "\n"])
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "\u200b=1", "＝1", "-2"])
def test_no_part_of_a_text_becomes_a_formula_where_another_separator_is_usual(separator, text):
    (line,) = list(csv.reader(io.StringIO("".join(csv_lines([], [[f"x{separator}{text}; y"]])), newline="")))[
        1:
    ]
    assert line == [f"x{separator}'{text}; y"]


def test_a_table_as_csv():
    text = "".join(csv_lines(["a", "b"], [["x;y,\n", 3], [None, date(2026, 3, 2)]]))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [["a", "b"], ["x;y,\n", "3"], ["", "2026-03-02"]]


def test_a_table_as_a_workbook_keeps_texts_and_numbers():
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"A/B": (["a", "b"], [["=1+1", -3], ["\x01x", None]])})))
    assert book.sheetnames == ["AB"]
    rows = [[(cell.value, cell.data_type) for cell in row] for row in book["AB"].iter_rows()]
    assert rows == [[("a", "s"), ("b", "s")], [("=1+1", "s"), (-3, "n")], [("x", "s"), (None, "n")]]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")), min_size=2, max_size=2)
    )
)
def test_csv_comes_back_but_for_the_apostrophe(rows):
    text = "".join(csv_lines(["a", "b"], rows))[1:]
    back = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert back == [[harmless_in_csv(cell) for cell in row] for row in rows]
