"""A centre's own emergency numbers: taken over from its country, added, changed, ordered, removed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre
from parvis.guidance.models import EmergencyNumber
from parvis.guidance.models.emergency import ANY
from parvis.guidance.visitor_emergency import defaults


def _locked(centre: Centre) -> Centre:
    """One change of a centre's numbers at a time."""
    return Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)


def _of(centre: Centre) -> QuerySet[EmergencyNumber]:
    return EmergencyNumber.objects.filter(centre=centre)


@transaction.atomic
def adopt_numbers(*, centre: Centre) -> None:
    """Make the country's numbers the centre's own, in every language, so that they can be changed. Once: again does nothing."""
    held = _locked(centre)
    if _of(held).exists():
        return
    EmergencyNumber.objects.bulk_create(
        EmergencyNumber(
            centre=held,
            kind=one.kind or ANY,
            name=_everywhere(one.name),
            number=one.number,
            hours=_everywhere(one.hours),
            by_text=one.by_text,
            position=place,
        )
        for place, one in enumerate(defaults(held.country))
    )


def _everywhere(words: str | Promise) -> LazyI18nString:
    """The same words in each language that visitors may read."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words)
    return LazyI18nString(said if any(said.values()) else "")


@transaction.atomic
def settle_number(*, number: EmergencyNumber) -> EmergencyNumber:
    """Save a new or changed number. The first new one comes after the country's; one that was sent before stays as it is."""
    held = _locked(number.centre)
    if number._state.adding:
        if sent := _of(held).filter(key=number.key).first():
            return sent
        adopt_numbers(centre=held)
        last = _of(held).aggregate(last=Max("position"))["last"]
        number.position = 0 if last is None else last + 1
    number.save()
    return number


@transaction.atomic
def order_numbers(*, centre: Centre, pks: Sequence[int]) -> None:
    """Put the numbers in the order of ``pks``; those not named stay behind, in their old order."""
    rows = list(_of(_locked(centre)))
    place = {pk: n for n, pk in enumerate(pks)}
    rows.sort(key=lambda row: place.get(row.pk, len(place)))
    for position, row in enumerate(rows):
        row.position = position
    EmergencyNumber.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_number(*, number: EmergencyNumber) -> None:
    """Take a number off the card. Without any of its own, the centre shows its country's again."""
    _locked(number.centre)
    number.delete()
