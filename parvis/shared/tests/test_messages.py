"""What keeps a translation from being right in its own language."""

import polib
import pytest

from parvis.shared.messages import _may_break


@pytest.mark.parametrize(
    ("language", "words", "breaks"),
    [
        ("fr", "Quand ?", True),
        ("fr", "Quand\u00a0?", False),
        ("fr", "Fils : 3", True),
        ("fr", "Fils\u00a0: 3", False),
        ("fr", "« Chercher »", True),
        ("fr", "«\u00a0Chercher\u00a0»", False),
        ("fr", "de 10:30 à 11:00", False),
        ("en", "When ?", False),
    ],
)
def test_a_mark_stays_with_its_word_in_french(language, words, breaks):
    assert _may_break(polib.POEntry(msgid="x", msgstr=words), language) is breaks


def test_each_plural_counts():
    entry = polib.POEntry(msgid="x", msgid_plural="y", msgstr_plural={0: "un\u00a0: a", 1: "deux : b"})
    assert _may_break(entry, "fr") is True
