from datetime import date

import pytest

from parvis.shared.school_years import SchoolYear


@pytest.mark.parametrize(
    ("country", "day", "bounds", "said"),
    [
        ("FR", date(2026, 8, 31), (date(2025, 9, 1), date(2026, 9, 1)), "2025–2026"),
        ("FR", date(2026, 9, 1), (date(2026, 9, 1), date(2027, 9, 1)), "2026–2027"),
        ("FI", date(2026, 8, 1), (date(2026, 8, 1), date(2027, 8, 1)), "2026–2027"),
        ("AU", date(2026, 12, 31), (date(2026, 1, 1), date(2027, 1, 1)), "2026"),
    ],
)
def test_a_school_year_is_its_country_s(country, day, bounds, said):
    year = SchoolYear.of(day, country)
    assert (year.bounds, str(year)) == (bounds, said)
    assert year.beside(-1).bounds[1] == bounds[0]
