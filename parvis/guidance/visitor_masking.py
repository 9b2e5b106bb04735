"""What could tell who somebody is, in a message that a visitor writes: shown to them, and masked if they wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import pgettext_lazy

from parvis.shared.free_text import Kind, Spotted, spot

MARKS = {
    Kind.NAME: pgettext_lazy("stands for what was masked", "[name]"),
    Kind.PHONE: pgettext_lazy("stands for what was masked", "[telephone number]"),
    Kind.EMAIL: pgettext_lazy("stands for what was masked", "[e-mail address]"),
    Kind.PROFILE: pgettext_lazy("stands for what was masked", "[personal page]"),
    Kind.STREET: pgettext_lazy("stands for what was masked", "[street address]"),
    Kind.BIRTH: pgettext_lazy("stands for what was masked", "[date of birth]"),
    Kind.IDENTITY: pgettext_lazy("stands for what was masked", "[identity number]"),
    Kind.ACCOUNT: pgettext_lazy("stands for what was masked", "[bank account]"),
    Kind.LONG_NUMBER: pgettext_lazy("stands for what was masked", "[number]"),
}


@dataclass(frozen=True)
class Masked:
    """``found`` in the order of what was typed, and ``text`` with a mark in the place of each find."""

    found: tuple[Spotted, ...]
    text: str


def mask(text: str, *, country: str, language: str | None = None) -> Masked:
    """What ``text`` says about who somebody is, and the text without it.

    ``country`` (ISO 3166, two letters) tells how telephone numbers are written; ``language`` is that of the marks, the
    page's where none is given.
    """
    found = spot(text, country=country)
    with translation.override(language or translation.get_language()):
        return Masked(tuple(found), _replaced(text, found))


def _replaced(text: str, found: Sequence[Spotted]) -> str:
    parts, place = [], 0
    for one in found:
        quoted = text[one.start : one.end]
        before = quoted[: len(quoted) - len(quoted.lstrip())]
        after = quoted[len(quoted.rstrip()) :]
        parts += [text[place : one.start], before, str(MARKS[one.kind]), after]
        place = one.end
    return "".join([*parts, text[place:]])
