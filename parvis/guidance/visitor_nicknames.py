"""What a thread is called where its code must not be said: “Blue heron 12”."""

from __future__ import annotations

from django.utils.translation import override, pgettext, pgettext_lazy

from parvis.centres.visitor_words import label
from parvis.guidance.models import Thread

LARGEST = 999
COLOURS = {
    "blue": pgettext_lazy("nickname", "blue"),
    "green": pgettext_lazy("nickname", "green"),
    "red": pgettext_lazy("nickname", "red"),
    "yellow": pgettext_lazy("nickname", "yellow"),
    "white": pgettext_lazy("nickname", "white"),
    "grey": pgettext_lazy("nickname", "grey"),
    "brown": pgettext_lazy("nickname", "brown"),
    "orange": pgettext_lazy("nickname", "orange"),
    "violet": pgettext_lazy("nickname", "violet"),
    "pink": pgettext_lazy("nickname", "pink"),
}


def nickname(thread: Thread, language: str) -> str:
    """Where adjectives agree with their noun, the colour stands apart: “Héron 12 (bleu)”."""
    with override(language):
        parts = {
            "colour": COLOURS[thread.colour],
            "word": label(thread.word, language),
            "number": thread.number,
        }
        if language == "en":
            parts["word"] = str(parts["word"]).lower()
        said = pgettext("nickname", "%(colour)s %(word)s %(number)s") % parts
    return said[:1].upper() + said[1:]
