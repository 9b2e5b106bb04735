"""Days, weeks, months and times as people type them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from parvis.reception.past.calendar_words import FILLERS, QUARTER_WORDS, WEEK_WORDS, months, weekdays
from parvis.reception.past.cells import Cell
from parvis.reception.past.wording import LETTERS, fold

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
EPOCH = date(1899, 12, 30)  # Excel's day 0, its imaginary 29 February 1900 allowed for
EARLIEST, LATEST = 1950, 2100


class When(NamedTuple):
    """A stretch of time by its first day, and the minute of the day where it is known."""

    day: date
    span: str = DAY
    minute: int | None = None


class Around(NamedTuple):
    """What the title, the sheet's name or a line above say of dates that are written short."""

    year: int | None = None
    month: int | None = None


NOWHERE = Around()
_SPACES = re.compile(r"\s+")
_TIME = (
    r"(?:[ t,à]*\s*(?:klo|at|a)?\s*(\d{1,2})\s*(?:[h:.](\d{2})?)(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_USUAL = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})" + _TIME)
_YEAR_MONTH = re.compile(r"(\d{4}) ?[-/. ] ?(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2}) ?[-/.] ?(\d{1,2})[./-]?")
_ISO_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_RANGE = re.compile(r"\s+(?:au|to|bis|al|a|tot|till|til)\s+|\s+[-–—]\s+|(?<=\d\.)[-–—](?=\d)")
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_CLOCK = re.compile(
    r"(?:de |klo |kello |a |at |from )?(\d{1,2})(?: ?(?:heures?|[h:.]) ?(\d{2})?)?(?::\d{2})?"
)


def read_date(cell: Cell, order: str = "dmy", around: Around = NOWHERE) -> When | None:
    """The date in ``cell``, or nothing. ``order`` is ``dmy`` or ``mdy``; missing parts come from ``around``."""
    if isinstance(cell, datetime):
        minute = cell.hour * 60 + cell.minute
        return When(cell.date(), DAY, minute or None) if EARLIEST <= cell.year <= LATEST else None
    if isinstance(cell, date):
        return When(cell) if EARLIEST <= cell.year <= LATEST else None
    if isinstance(cell, int | float):
        return _from_number(cell, around)
    if not isinstance(cell, str) or len(cell) > 60:
        return None
    return _from_text(_plain(cell), order, around)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _SPACES.sub(" ", plain.replace("‑", "-")).strip(" .,;:*")


def _from_number(number: float, around: Around) -> When | None:
    if 20_000 <= number < 75_000:
        minute = round(number % 1 * 1440) % 1440
        return When(EPOCH + timedelta(days=int(number)), DAY, minute or None)
    if number != int(number):
        return None
    whole = int(number)
    if 1 <= whole <= 31 and around.month:
        return _day(around.year, around.month, whole)
    if EARLIEST <= whole <= LATEST:
        return When(date(whole, 1, 1), YEAR)
    if 19_500_101 <= whole <= 21_001_231:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100)
    if 195_001 <= whole <= 210_012 and 1 <= whole % 100 <= 12:
        return When(date(whole // 100, whole % 100, 1), MONTH)
    return None


def _from_text(text: str, order: str, around: Around) -> When | None:
    if text.replace(".", "", 1).isdigit() and text.isascii():
        found = _from_number(float(text), around)
        if found is not None or "." not in text:
            return found
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute = match.groups()
        return _day(int(year), int(month), int(day), _minute(hour, minute))
    bare = _without_weekday(text)
    for reader in (_usual, _two_parts, _week_or_quarter, _in_words, _a_week):
        if found := reader(bare, order, around):
            return found
    return None


def _without_weekday(text: str) -> str:
    first, _, rest = text.partition(" ")
    word = first.strip(".,")
    if rest and word in weekdays() and not (word in months() and not any(c.isdigit() for c in rest)):
        others = [token for token in _TOKENS.findall(rest) if token in months()]
        if word not in months() or others or not re.fullmatch(r"\d{4}|\d{2}", rest.strip()):
            return rest.strip(" .,")
    return text


def _usual(text: str, order: str, around: Around) -> When | None:
    match = _USUAL.fullmatch(text)
    if not match:
        return None
    first, second, year, hour, minute = match.groups()
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(full_year(year), int(month), int(day), _minute(hour, minute))


def _two_parts(text: str, order: str, around: Around) -> When | None:
    if match := _YEAR_MONTH.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    if (match := _DAY_MONTH.fullmatch(text)) and around.year:
        day, month = (match[1], match[2]) if order == "dmy" else (match[2], match[1])
        return _day(around.year, int(month), int(day))
    return None


def _week_or_quarter(text: str, order: str, around: Around) -> When | None:
    if match := _ISO_WEEK.fullmatch(text):
        return _week(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"([^\W\d]+)[ .°n]*(\d{1,2})(?:[ ,./-]*(?:de )?(\d{4}|\d{2}))?", text):
        word, number, year = match[1], int(match[2]), full_year(match[3]) if match[3] else around.year
        if year and word in WEEK_WORDS:
            return _week(year, number)
        if year and word in QUARTER_WORDS:
            return _quarter(year, number)
    if match := re.fullmatch(r"([1-4]) ?(?:er|e|eme|nd|st|rd|th|\.)? ?([^\W\d]+)[ ,./-]*(\d{4})?", text):
        year = int(match[3]) if match[3] else around.year
        if year and match[2] in QUARTER_WORDS:
            return _quarter(year, int(match[1]))
    return None


def _in_words(text: str, order: str, around: Around) -> When | None:
    minute = None
    if clock := re.search(r"(?:^|[ ,à])(?:klo |a |at )?(\d{1,2})\s?[h:](\d{2})?(?::\d\d)?$", text):
        minute, text = _minute(clock[1], clock[2]), text[: clock.start()]
    tokens = re.sub(r"(\d)(?:er|st|nd|rd|th|º|ª)\b", r"\1", text)
    found = _TOKENS.findall(tokens)
    words = [(place, word) for place, word in enumerate(found) if not word.isdigit() and word not in FILLERS]
    named = [(place, months()[word]) for place, word in words if word in months()]
    others = [word for place, word in words if word not in months()]
    if len(named) > 1 or any(word not in weekdays() for word in others):
        return None
    numbers = [(place, word) for place, word in enumerate(found) if word.isdigit()]
    if not named:
        return _day_alone(numbers, others, around)
    return _day_of_month(numbers, named[0], tokens, around, minute)


def _day_alone(numbers: list[tuple[int, str]], others: list[str], around: Around) -> When | None:
    """“lundi 4”, or “4” below a title that says the month."""
    if len(numbers) == 1 and around.month and len(numbers[0][1]) <= 2:
        return _day(around.year, around.month, int(numbers[0][1]))
    return None


def _day_of_month(
    numbers: list[tuple[int, str]], named: tuple[int, int], text: str, around: Around, minute: int | None
) -> When | None:
    place, month = named
    before = [number for where, number in numbers if where < place]
    after = [number for where, number in numbers if where > place]
    if len(before) > 1 or len(after) > 2 or (before and len(after) > 1):
        return None
    if before and len(before[0]) == 4:  # 2019 maaliskuu, 2019 March 12
        return _day(int(before[0]), month, int(after[0])) if after else _month(int(before[0]), month)
    if before:
        year = full_year(after[0]) if after else around.year
        return _day(year, month, int(before[0]), minute)
    if len(after) == 2:  # March 12, 2019
        return _day(full_year(after[1]), month, int(after[0]), minute)
    if not after:
        return _month(around.year, month)
    alone = after[0]
    joined = re.search(rf"[-'./]\s?{alone}$", text) is not None
    if len(alone) == 4 or joined or int(alone) > 31 or not around.year:
        return _month(full_year(alone), month)
    return _day(around.year, month, int(alone), minute)


def _a_week(text: str, order: str, around: Around) -> When | None:
    """“du 4 au 8 mars 2019”, “4.3.–10.3.2019”."""
    parts = _RANGE.split(re.sub(r"^(?:du|from|vom|dal|del|van) ", "", text))
    if len(parts) != 2 or not all(parts):
        return None
    last = _from_text(parts[1].strip(), order, around)
    if last is None or last.span != DAY:
        return None
    first = _from_text(parts[0].strip(" ."), order, Around(last.day.year, last.day.month))
    if first is None or first.span != DAY or not 2 <= (last.day - first.day).days <= 6:
        return None
    return When(first.day - timedelta(days=first.day.weekday()), WEEK)


def full_year(text: str) -> int:
    """“19” is 2019, “97” is 1997."""
    year = int(text)
    return year if len(text) > 2 else (2000 + year if year < 70 else 1900 + year)


def _day(year: int | None, month: int, day: int, minute: int | None = None) -> When | None:
    if year is None or not EARLIEST <= year <= LATEST:
        return None
    try:
        return When(date(year, month, day), DAY, minute)
    except ValueError:
        return None


def _month(year: int | None, month: int) -> When | None:
    if year is None or not EARLIEST <= year <= LATEST or not 1 <= month <= 12:
        return None
    return When(date(year, month, 1), MONTH)


def _quarter(year: int, quarter: int) -> When | None:
    return When(date(year, quarter * 3 - 2, 1), QUARTER) if 1 <= quarter <= 4 else None


def _week(year: int, week: int) -> When | None:
    try:
        return When(date.fromisocalendar(year, week, 1), WEEK)
    except ValueError:
        return None


def _minute(hour: str | None, minute: str | None) -> int | None:
    if hour is None or int(hour) > 23 or int(minute or 0) > 59:
        return None
    return int(hour) * 60 + int(minute or 0)


def read_clock(cell: Cell) -> int | None:
    """The minute of the day in “14h30”, “14.30”, “klo 9”, “9h-10h” (its beginning), a time, or a fraction of a day."""
    if isinstance(cell, datetime | time):
        return cell.hour * 60 + cell.minute
    if isinstance(cell, int | float):
        if 0 < cell < 1:
            return round(cell * 1440) % 1440
        return int(cell) * 60 if 0 <= cell <= 23 and cell == int(cell) else None
    if not isinstance(cell, str) or len(cell) > 30:
        return None
    text = _plain(cell)
    first = re.split(
        r"\s*(?:[-–—]|\b(?:a|to|et|bis)\b)\s*", text.removeprefix("de ").removeprefix("klo "), maxsplit=1
    )[0]
    match = _CLOCK.fullmatch(first)
    return _minute(match[1], match[2]) if match else None


def looks_like_hours(text: str) -> int | None:
    """The hour that a column's header stands for, as in “9h-10h” or “klo 14–15”; a bare number is none."""
    plain = _plain(text)
    if not re.search(r"\d\s?(?:h|:\d\d)|klo ?\d|^\d{1,2}\s?[-–]\s?\d{1,2}$", plain):
        return None
    minute = read_clock(text)
    return None if minute is None else minute // 60


def order_of(values: Iterable[Cell]) -> str:
    """``mdy`` where the second number of dates passes 12 and the first never does; else ``dmy``."""
    first = second = 0
    for value in values:
        if isinstance(value, str) and (
            match := re.match(r"\D{0,12}(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}", value.strip())
        ):
            first, second = max(first, int(match[1])), max(second, int(match[2]))
    return "mdy" if second > 12 >= first else "dmy"


def around_of(texts: Iterable[str]) -> Around:
    """Year and month that titles and a sheet's name mention: “Fréquentation – mars 2019”, “2019”, “févr”."""
    year = month = None
    for text in texts:
        tokens = fold(text).split()
        years = {int(token) for token in tokens if re.fullmatch(r"(?:19|20)\d\d", token)}
        named = {months()[token] for token in tokens if token in months() and (len(token) > 2)}
        if year is None and len(years) == 1:
            year = years.pop()
        if month is None and len(named) == 1:
            month = named.pop()
    return Around(year, month)
