"""School years: from which month to which, by country. One rule for lists of classes, for reach and for statistics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

#: First month of the school year where it is not September. August: countries whose school year turns on 31 July by law (Denmark,
#: Finland, Germany, the Netherlands, Switzerland) or where lessons begin in August (Iceland, Norway, Sweden). April: Japan. March: Korea
#: and most of the south of Latin America. The rest of the southern hemisphere begins with or just after its calendar year. After
#: Eurydice, "The organisation of school time in Europe", and the OECD's "Education at a Glance", tables X1.3 and X1.4.
FIRST_MONTH = {
    **dict.fromkeys(("CH", "DE", "DK", "FI", "IS", "LI", "NL", "NO", "SE"), 8),
    **dict.fromkeys(("JP",), 4),
    **dict.fromkeys(("AR", "CL", "KR", "PE", "UY"), 3),
    **dict.fromkeys(("BR", "NZ"), 2),
    **dict.fromkeys(("AU", "ZA"), 1),
}
SEPTEMBER = 9


def first_month(country: str) -> int:
    """In which month a country's school year begins, on its first day."""
    return FIRST_MONTH.get(country.upper(), SEPTEMBER)


def school_year(day: date, begins: int = SEPTEMBER) -> date:
    """The first day of the school year that holds the day."""
    return date(day.year if day.month >= begins else day.year - 1, begins, 1)


@dataclass(frozen=True)
class SchoolYear:
    """A year of lessons; ``first`` is the calendar year in which it begins, ``month`` the month, on its first day."""

    first: int
    month: int = SEPTEMBER

    @classmethod
    def of(cls, day: date, country: str) -> SchoolYear:
        """The school year of a day in a country."""
        month = first_month(country)
        return cls(school_year(day, month).year, month)

    @property
    def bounds(self) -> tuple[date, date]:
        """Its first day, and the first day of the next one."""
        return date(self.first, self.month, 1), date(self.first + 1, self.month, 1)

    def beside(self, years: int) -> SchoolYear:
        """The one so many years later, or before where it is below zero."""
        return SchoolYear(self.first + years, self.month)

    def __str__(self) -> str:
        return f"{self.first}–{self.first + 1}" if self.month > 1 else str(self.first)
