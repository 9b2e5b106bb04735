"""Themes: added, changed, ordered, closed; removed only while nobody ever came for one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from parvis.centres.models import Centre, Theme
from parvis.centres.queries.references import is_referred_to


class ThemeInUse(Exception):
    """Somebody came for it, or sat for it: it is closed, not removed."""


class LastTheme(Exception):
    """A centre offers at least one theme."""


@transaction.atomic
def settle_theme(*, theme: Theme) -> Theme:
    """Save a new or changed theme. A new one gets a key of its own and comes last.

    Raises :class:`LastTheme` where the change would leave nothing on offer.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=theme.centre_id)
    others = Theme.objects.filter(centre=theme.centre_id).exclude(pk=theme.pk)
    if theme.valid_to and not others.filter(valid_to=None).exists():
        raise LastTheme
    if theme._state.adding:
        wanted = slugify(theme.name.localize("en"))[:36] or "theme"
        taken = {"new", "order", *others.values_list("key", flat=True)}
        theme.key = next(k for n in count(1) if (k := wanted if n == 1 else f"{wanted}-{n}") not in taken)
        theme.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    theme.save()
    return theme


@transaction.atomic
def order_themes(*, centre: Centre, keys: Sequence[str]) -> None:
    """Put the themes in the order of ``keys``; those not named stay behind, in their old order."""
    themes = list(centre.themes.select_for_update(no_key=True).order_by("position", "pk"))
    place = {key: n for n, key in enumerate(keys)}
    themes.sort(key=lambda theme: place.get(theme.key, len(place)))
    for position, theme in enumerate(themes):
        theme.position = position
    Theme.objects.bulk_update(themes, ["position"])


def remove_theme(*, theme: Theme) -> None:
    """Delete a theme that was made by mistake.

    Raises :class:`ThemeInUse` where anything refers to it, :class:`LastTheme` where nothing else is on offer.
    """
    if not Theme.objects.filter(centre=theme.centre_id, valid_to=None).exclude(pk=theme.pk).exists():
        raise LastTheme
    with transaction.atomic():
        Centre.objects.select_for_update(no_key=True).get(pk=theme.centre_id)
        if is_referred_to(theme):
            raise ThemeInUse
        theme.delete()
