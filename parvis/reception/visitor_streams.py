"""What kiosks and follow pages hear as it happens. However many are open, a centre is read once."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation

from parvis.reception.queries.look import Look
from parvis.reception.queries.visitor import Standing, questions, standing, tickets_by_token


def kiosks(look: Look, languages: list[str]) -> dict[str, str]:
    """Announcements and waits for each language in which a kiosk stands at this moment."""
    texts: dict[str, str] = {}
    for language in languages:
        with translation.override(language):
            context = {"questions": questions(look.centre, language, look.at, look=look)}
            texts[language] = render_to_string("reception/visitor/_kiosk_now.html", context)
    return texts


def tickets(look: Look, rests: list[str]) -> dict[str, str]:
    """How each ticket stands; ``rests`` are ``<token>:<language>``. One query and the look, for all of them."""
    asked = [(rest, *rest.split(":")) for rest in rests]
    found = tickets_by_token((token for _rest, token, _language in asked), look.centre, look.at)
    texts: dict[str, str] = {}
    for rest, token, language in asked:
        if token in found:
            with translation.override(language):
                texts[rest] = standing_text(standing(found[token], look), language)
    return texts


@lru_cache(maxsize=4096)
def standing_text(stands: Standing, language: str) -> str:
    """The text of a standing in the active ``language``: made once, since hundreds of pages may show the same."""
    return render_to_string("reception/visitor/_follow.html", {"standing": stands, "language": language})
