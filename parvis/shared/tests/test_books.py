"""Files of many tables: nothing becomes a formula, a full sheet goes on in the next one, and memory stays flat."""

import csv
import io
import tracemalloc
import zipfile
from datetime import date, datetime, time

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from parvis.shared.books import Table, write_csv_zip, write_workbook
from parvis.shared.sheets import harmless, harmless_in_csv

from .test_sheets import FORMULAS

CELLS = [
    date(2026, 3, 2),
    datetime(2026, 3, 2, 9, 30, 5),
    time(9, 30),
    7,
    -1.5,
    True,
    None,
    "<&>\"'\x0b\ud800ż",
]


def test_a_zip_of_csv_files(tmp_path):
    rows = [[text] for text in FORMULAS]
    write_csv_zip(tmp_path / "a.zip", [Table("one", "One", ["a"], rows), Table("two", "Two", ["b"], [])])
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert [*csv.reader(io.StringIO(texts["one.csv"], newline=""))] == [
        ["a"],
        *([harmless_in_csv(t)] for t in FORMULAS),
    ]
    assert texts["two.csv"] == "b\r\n"


def test_a_workbook_keeps_every_kind_of_cell(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Table("one", "One", [str(n) for n in range(8)], [CELLS])])
    sheet = openpyxl.load_workbook(path)["One"]
    found = [cell.value for cell in sheet[2]]
    assert found == [datetime(2026, 3, 2), CELLS[1], CELLS[2], 7, -1.5, True, None, "<&>\"'ż"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.b
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("One").to_python()[1][:4] == CELLS[:4]


def test_no_text_of_a_workbook_is_a_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Table("one", "One", ["=1+1"], [[text] for text in FORMULAS])])
    cells = [row[0] for row in openpyxl.load_workbook(path)["One"].iter_rows()]
    assert {cell.data_type for cell in cells} == {"inlineStr"} or {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ["=1+1", *FORMULAS]


def test_what_a_sheet_cannot_hold_goes_on_in_the_next(tmp_path):
    path = tmp_path / "a.xlsx"
    tables = [
        Table("acts", "Acts", ["n"], [[n] for n in range(7)]),
        Table("b", "Acts", ["n"], []),
        Table("c", "Full", ["n"], [[n] for n in range(3)]),
    ]
    write_workbook(path, tables, most_rows=4)
    book = openpyxl.load_workbook(path)
    found = {name: [row[0] for row in book[name].values] for name in book.sheetnames}
    assert found == {
        "Acts": ["n", 0, 1, 2],
        "Acts 2": ["n", 3, 4, 5],
        "Acts 3": ["n", 6],
        "Acts 4": ["n"],
        "Full": ["n", 0, 1, 2],
    }


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(count):
        tracemalloc.start()
        rows = ([n, "a text that is somewhat long", date(2026, 3, 2)] for n in range(count))
        write_workbook(tmp_path / "a.xlsx", [Table("a", "A", ["n", "t", "d"], rows)])
        rows = ([n, "a text that is somewhat long", date(2026, 3, 2)] for n in range(count))
        write_csv_zip(tmp_path / "a.zip", [Table("a", "A", ["n", "t", "d"], rows)])
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(200) + 200_000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), min_size=1, max_size=5))
def test_texts_come_back(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("books")
    table = Table("a", "A", ["n", "x"], [[1, text] for text in texts])
    write_workbook(folder / "a.xlsx", [table])
    write_csv_zip(folder / "a.zip", [table])
    back = [row[1] or "" for row in openpyxl.load_workbook(folder / "a.xlsx")["A"].values][1:]
    assert back == [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    with zipfile.ZipFile(folder / "a.zip") as archive:
        lines = [*csv.reader(io.StringIO(archive.read("a.csv").decode("utf-8-sig"), newline=""))][1:]
    assert lines == [["1", harmless(text)] for text in texts]
