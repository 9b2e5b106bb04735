"""Dates, numbers, separators and encodings as people really type them."""

from datetime import date, datetime, time, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from parvis.reception.past.cells import clean, decode, encode
from parvis.reception.past.dates import Around, When, looks_like_hours, order_of, read_clock, read_date
from parvis.reception.past.encodings import guess
from parvis.reception.past.matching import ages
from parvis.reception.past.numbers import NoCount, read_count, read_minutes
from parvis.reception.past.texts import rows_of, separator_of

DAYS = st.dates(date(1985, 1, 1), date(2069, 12, 31))
WRITTEN = ["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%m-%y", "%d/%m/%Y 14:30", "%Y-%m-%dT09:05:00", "%d %m %Y"]


@given(DAYS, st.sampled_from(WRITTEN))
def test_a_day_in_figures_is_read_back(day, form):
    found = read_date(day.strftime(form))
    assert (found.day, found.span) == (day, "day")


@given(
    DAYS, st.sampled_from(["fr", "en", "fi", "nl", "de", "it", "es", "da"]), st.sampled_from(["long", "full"])
)
def test_a_day_in_words_is_read_back_in_many_languages(day, language, form):
    assert read_date(format_date(day, form, locale=language)) == When(day)


@given(DAYS, st.sampled_from(["fr", "en", "fi"]))
def test_a_month_in_words_is_its_first_day(day, language):
    written = format_date(day, "LLLL y", locale=language)
    assert read_date(written) == When(day.replace(day=1), "month")


@given(DAYS)
def test_excel_counts_days(day):
    assert read_date((day - date(1899, 12, 30)).days) == When(day)
    assert read_date(str((day - date(1899, 12, 30)).days)) == When(day)


@given(DAYS)
def test_a_short_date_takes_its_year_from_the_title(day):
    around = Around(day.year, day.month)
    assert read_date(f"{day.day}/{day.month}", around=around) == When(day)
    assert read_date(format_date(day, "EEEE d", locale="fr"), around=around) == When(day)


@pytest.mark.parametrize(
    ("written", "day", "span"),
    [
        ("1er mars 2019", date(2019, 3, 1), "day"),
        ("lundi 4 février 2019", date(2019, 2, 4), "day"),
        ("ma 4.2.2019", date(2019, 2, 4), "day"),
        ("févr-19", date(2019, 2, 1), "month"),
        ("mars 19", date(2019, 3, 1), "month"),
        ("maaliskuu 2019", date(2019, 3, 1), "month"),
        ("03/2019", date(2019, 3, 1), "month"),
        ("S12 2019", date(2019, 3, 18), "week"),
        ("vko 12/2019", date(2019, 3, 18), "week"),
        ("du 4 au 8 mars 2019", date(2019, 3, 4), "week"),
        ("4.3.–10.3.2019", date(2019, 3, 4), "week"),
        ("1er trimestre 2019", date(2019, 1, 1), "quarter"),
        ("2019", date(2019, 1, 1), "year"),
    ],
)
def test_spans(written, day, span):
    assert read_date(written)[:2] == (day, span)


@pytest.mark.parametrize(
    "text", ["", "n’importe quoi", "31/02/2019", "Total mars 2019", "mai", "12/03", "x" * 200, "99/99/9999"]
)
def test_what_is_no_date(text):
    assert read_date(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    read_date(text, around=Around(2019, 3))
    read_clock(text)
    read_count(text)
    read_minutes(text)
    looks_like_hours(text)
    ages(text)


def test_american_dates_are_found_out():
    assert order_of(["12/03/2019", "03/25/2019"]) == "mdy"
    assert order_of(["12/03/2019", "25/03/2019"]) == "dmy"
    assert read_date("03/25/2019", "mdy") == When(date(2019, 3, 25))


@pytest.mark.parametrize(
    ("written", "minute"),
    [("14h30", 870), ("14:30", 870), ("14.30", 870), ("klo 9", 540), ("9h-10h", 540), ("de 9h à 10h", 540), (14, 840), (0.604166, 870), (time(9, 5), 545), ("matin", None), ("25h", None)],
)  # fmt: skip
def test_times(written, minute):
    assert read_clock(written) == minute


@given(
    st.integers(0, 9_999_999),
    st.sampled_from([" ", "\u202f", "\xa0", ".", ",", "'", ""]),
    st.sampled_from(["", ",0", ".00"]),
)
def test_a_count_is_read_with_any_thousands_and_decimals(number, thousands, decimals):
    written = f"{number:,}".replace(",", thousands)
    if thousands and decimals.startswith(thousands):
        decimals = ""
    assert read_count(written + decimals) == number


@pytest.mark.parametrize(
    ("cell", "why"),
    [("-", NoCount.EMPTY), ("–", NoCount.EMPTY), (None, NoCount.EMPTY), ("nc", NoCount.UNKNOWN), ("n.c.", NoCount.UNKNOWN), ("x", NoCount.UNKNOWN),
     ("fermé", NoCount.CLOSED), ("Férié (Toussaint)", NoCount.CLOSED), ("suljettu", NoCount.CLOSED), ("12,5", NoCount.NOT_WHOLE), (12.5, NoCount.NOT_WHOLE),
     ("-3", NoCount.NEGATIVE), (-3, NoCount.NEGATIVE), ("abc", NoCount.NOT_A_NUMBER), ("1.2.3", NoCount.NOT_A_NUMBER), (10**9, NoCount.TOO_BIG)],
)  # fmt: skip
def test_what_is_no_count(cell, why):
    assert read_count(cell) == why


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("45", 45), ("45 min", 45), ("1h30", 90), ("1:30", 90), ("1,5 h", 90), ("15'", 15), (45, 45), (0.03125, 45), (time(0, 45), 45), ("longtemps", None)],
)  # fmt: skip
def test_lengths_of_time(written, minutes):
    assert read_minutes(written) == minutes


@pytest.mark.parametrize(
    ("wording", "band"),
    [("26-35 ans", (26, 35)), ("moins de 18 ans", (0, 17)), ("< 26", (0, 25)), ("60 et plus", (60, 130)), ("+ de 60", (60, 130)), ("65 vuotta tai yli", (65, 130)), ("alle 15", (0, 14)), ("34", (34, 34)), ("adulte", None), ("75012", None)],
)  # fmt: skip
def test_age_bands(wording, band):
    assert ages(wording) == band


WORDS = st.sampled_from(
    [
        "Éloïse",
        "accueil",
        "élève",
        "où",
        "forêt",
        "où ça",
        "garçon",
        "tyottömyys",
        "käynti",
        "été",
        "naïf",
        "août",
        "Noël",
        "à",
    ]
)


@given(
    st.lists(WORDS, min_size=12, max_size=60),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "iso8859-15", "mac-roman"]),
)
def test_the_encoding_is_found_by_its_letters(words, encoding):
    text = ";".join(["Élève été", *words]) + "\n"
    data = text.encode(encoding)
    assert data.decode(guess(data)).removeprefix("\ufeff") == text


@given(
    st.lists(
        st.lists(st.from_regex(r"[a-zé]{1,6}( [a-z]{1,4})?", fullmatch=True), min_size=4, max_size=4),
        min_size=3,
        max_size=12,
    ),
    st.sampled_from([";", ",", "\t", "|"]),
)
def test_the_separator_is_the_one_with_even_columns(rows, separator):
    text = "\r\n".join(separator.join(row) for row in rows)
    assert separator_of(text) == separator
    assert list(rows_of(text, separator)) == rows


def test_decimal_commas_do_not_look_like_separators():
    text = "Date;Moyenne;Maximum\n2019-03;12,5;13,5\n2019-04;11,0;14,5\n"
    assert separator_of(text) == ";"


def test_a_stray_quotation_mark_does_not_swallow_the_file():
    lines = ["Date;Remarque"] + [f'{day:02d}/03/2019;"a dit {day}' for day in range(1, 29)] * 3
    assert len(list(rows_of("\n".join(lines), ";"))) == len(lines)


def test_excels_own_hint_is_followed():
    text = "sep=,\nDate,a;b\n"
    assert (separator_of(text), list(rows_of(text, ","))) == (",", [[], ["Date", "a;b"]])


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20).map(clean).filter(lambda text: text is None or not text.startswith("\x01")),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32).filter(lambda number: not number.is_integer()),
    st.dates(),
    st.datetimes().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)


@given(st.lists(CELLS, max_size=8))
def test_a_row_waits_on_disk_unchanged(row):
    while row and row[-1] is None:
        row.pop()
    assert decode(encode(row)) == row
    assert "\n" not in encode(row)


def test_cells_are_cleaned():
    assert [clean(value) for value in ("  \xa0 ", "a\x00b", 3.0, 3.5, True, float("nan"), timedelta(hours=1))] == [
        None, "ab", 3, 3.5, 1, None, time(1)
    ]  # fmt: skip
    assert clean(datetime(2019, 3, 12, 10)) == datetime(2019, 3, 12, 10)
