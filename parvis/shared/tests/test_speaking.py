"""A day within a sentence, as each language writes it."""

from datetime import date

import pytest
from django.utils.translation import override

from parvis.shared.speaking import a_day, a_short_day


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "3 March 2026"),
        ("fr", "3 mars 2026"),
        ("de", "3. März 2026"),
        ("it", "3 marzo 2026"),
        ("es", "3 de marzo de 2026"),
        ("pt", "3 de março de 2026"),
        ("da", "3. marts 2026"),
        ("fi", "3. maaliskuuta 2026"),
        ("hr", "3. ožujka 2026."),
        ("uk", "3 березня 2026"),
        ("nl", "3 maart 2026"),
    ],
)
def test_a_day(language, said):
    with override(language):
        assert a_day(date(2026, 3, 3)) == said


@pytest.mark.parametrize(("language", "said"), [("en", "3 Feb"), ("fr", "3 fév"), ("it", "3 feb")])
def test_a_short_day(language, said):
    with override(language):
        assert a_short_day(date(2026, 2, 3)) == said
