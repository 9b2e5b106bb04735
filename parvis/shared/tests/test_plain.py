"""Searches and lists know that É is an E."""

import pytest

from parvis.shared.plain import plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" École ", "ecole"),
        ("ŒUVRE", "oeuvre"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("L’Île", "l'ile"),
        ("Ümraniye", "umraniye"),
        ("Дніпро", "дніпро"),
    ],
)
def test_plain(text, said):
    assert plain(text) == said
