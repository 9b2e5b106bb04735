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
    asked: dict[str, list[tuple[str, str]]] = {}
    for rest in rests:
        token, _colon, language = rest.partition(":")
        asked.setdefault(language, []).append((rest, token))
    tokens = (token for pairs in asked.values() for _rest, token in pairs)
    found = tickets_by_token(tokens, look.centre, look.at)
    texts: dict[str, str] = {}
    for language, pairs in asked.items():
        with translation.override(language):
            for rest, token in pairs:
                if token in found:
                    texts[rest] = standing_text(standing(found[token], look), language)
    return texts


@lru_cache(maxsize=4096)
def standing_text(stands: Standing, language: str) -> str:
    """The text of a standing in the active ``language``: made once, since hundreds of pages may show the same."""
    return render_to_string("reception/visitor/_follow.html", {"standing": stands, "language": language})
