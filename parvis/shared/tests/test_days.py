"""Days in a row are written without saying a month or a year twice."""

from datetime import date

import pytest
from django.utils import translation

from parvis.shared.speaking import some_days


@pytest.mark.parametrize(
    ("first", "last", "english", "french"),
    [
        (date(2026, 11, 16), date(2026, 11, 16), "16 November 2026", "16 novembre 2026"),
        (date(2026, 11, 16), date(2026, 11, 22), "16–22 November 2026", "16–22 novembre 2026"),
        (date(2026, 3, 30), date(2026, 4, 5), "30 March – 5 April 2026", "30 mars – 5 avril 2026"),
        (
            date(2026, 12, 28),
            date(2027, 1, 3),
            "28 December 2026 – 3 January 2027",
            "28 décembre 2026 – 3 janvier 2027",
        ),
        (date(2026, 3, 2), date(2027, 3, 2), "2 March 2026 – 2 March 2027", "2 mars 2026 – 2 mars 2027"),
    ],
)
def test_some_days(first, last, english, french):
    assert some_days(first, last) == english
    with translation.override("fr"):
        assert some_days(first, last) == french
