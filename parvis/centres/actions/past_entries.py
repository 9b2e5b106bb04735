"""Entries that exist for the past only: a wording of an old list, closed since."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.text import slugify
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre, Code, CodeList, Shape, Theme, Tint

LONGEST_NAME = 80


@transaction.atomic
def keep_past_code(*, centre: Centre, code_list: CodeList, wording: str, first: date, last: date) -> Code:
    """An entry of a list as a file of the past worded it, in force from ``first`` to ``last`` and closed since.

    The entry of the centre that already has this wording is returned instead, whenever it was in force.
    """
    label = wording.strip()[:LONGEST_NAME]
    for code in Code.objects.filter(centre=centre, list=code_list):
        if label in _wordings(code.label):
            return code
    return Code.objects.create(
        network=centre.network,
        centre=centre,
        list=code_list,
        key=_free_key(
            set(Code.objects.filter(centre=centre, list=code_list).values_list("key", flat=True)), label
        ),
        label=LazyI18nString({centre.language: label}),
        position=900,
        valid_from=first,
        valid_to=last + timedelta(days=1),
    )


@transaction.atomic
def keep_past_theme(*, centre: Centre, wording: str, first: date, last: date) -> Theme:
    """A theme that the centre once had, closed since. One that already has this name is returned instead."""
    name = wording.strip()[:LONGEST_NAME]
    themes = list(Theme.objects.filter(centre=centre))
    for theme in themes:
        if name in _wordings(theme.name):
            return theme
    tints, shapes = list(Tint), list(Shape)
    words = LazyI18nString({centre.language: name})
    return Theme.objects.create(
        centre=centre,
        key=_free_key({theme.key for theme in themes}, name)[:40],
        name=words,
        sentence=words,
        tint=tints[len(themes) % len(tints)],
        shape=shapes[len(themes) % len(shapes)],
        position=900,
        valid_from=first,
        valid_to=last + timedelta(days=1),
    )


@transaction.atomic
def forget_past_entries(*, centre: Centre, codes: list[int], themes: list[int]) -> None:
    """Takes back entries that :func:`keep_past_code` and :func:`keep_past_theme` made and that nothing uses."""
    Code.objects.filter(centre=centre, pk__in=codes).delete()
    Theme.objects.filter(centre=centre, pk__in=themes).delete()


def _wordings(text: object) -> set[str]:
    data = getattr(text, "data", text)
    return set(data.values()) if isinstance(data, dict) else {str(data)}


def _free_key(taken: set[str], wording: str) -> str:
    wanted = f"past-{slugify(wording)[:28]}".strip("-")
    number = 2
    key = wanted
    while key in taken:
        key, number = f"{wanted}-{number}", number + 1
    return key
