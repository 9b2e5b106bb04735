"""What could name a visitor is shown to them, and masked in their language."""

import pytest
from django.conf import settings
from django.utils import translation

from parvis.guidance.visitor_masking import MARKS, mask
from parvis.shared.free_text import Kind


def test_each_find_becomes_a_mark_and_the_rest_stays():
    masked = mask(
        "Bonjour, je m'appelle Fatima Benali (fatima.b@example.org, 06 12 34 56 78), je cherche un stage.",
        country="FR",
        language="en",
    )
    assert [one.kind for one in masked.found] == [Kind.NAME, Kind.EMAIL, Kind.PHONE]
    assert masked.text == (
        "Bonjour, je m'appelle [name] ([e-mail address], [telephone number]), je cherche un stage."
    )


def test_a_text_that_names_nobody_stays_as_it_is():
    text = "Comment devenir soudeur à 45 ans ?\nJe n’ai pas le bac."
    masked = mask(text, country="FR")
    assert (masked.found, masked.text) == ((), text)


def test_nothing_is_spotted_any_more_in_what_was_masked():
    text = "Call Maria Rossi on +39 06 1234 5678 or maria@example.it, IBAN IT60 X054 2811 1010 0000 0123 456"
    for language, _name in settings.LANGUAGES:
        assert mask(mask(text, country="IT", language=language).text, country="IT").found == ()


def test_the_page_s_language_is_that_of_the_marks():
    with translation.override("fr"):
        assert mask("write to me@example.org", country="FR").text == "write to [adresse e-mail]"


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_each_language_has_its_marks(language):
    with translation.override("en"):
        english = {str(mark) for mark in MARKS.values()}
    with translation.override(language):
        own = {str(mark) for mark in MARKS.values()}
    assert set(MARKS) == set(Kind)
    assert len(own) == len(MARKS)
    assert own & english == set()
    assert all(mark.startswith("[") and mark.endswith("]") for mark in own)
