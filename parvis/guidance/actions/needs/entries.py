"""A need in the team's own words: noted, corrected, taken back, put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.needs.errors import (
    ChangedMeanwhile,
    NotOfThisCentre,
    NotYet,
    RecordedOtherwise,
    TakenBack,
)
from parvis.guidance.models import Need


@dataclass(frozen=True)
class Noted:
    """What somebody typed: words that passed the check for names, and how many people voiced it."""

    text: str
    theme: Theme
    voiced: int
    day: date


@transaction.atomic
def note_need(*, centre: Centre, key: UUID, noted: Noted, at: datetime) -> Need:
    """Note a need without an act. The same ``key`` again returns the first.

    Raises ``NotOfThisCentre``, ``NotYet``, and ``RecordedOtherwise`` where that key came with other words.
    """
    if before := Need.objects.filter(key=key).first():
        return _same(before, centre, noted)
    _check(centre, noted, at)
    try:
        with transaction.atomic():
            return Need.objects.create(centre=centre, key=key, **_columns(noted))
    except IntegrityError:  # the same key a moment ago
        return _same(Need.objects.get(key=key), centre, noted)


@transaction.atomic
def correct_need(*, need: Need, noted: Noted, version: int, at: datetime) -> Need:
    """Change an entry whose ``version`` was on the page; sent twice, it is changed once.

    Raises as ``note_need``, and ``TakenBack``, ``ChangedMeanwhile``.
    """
    need = _locked(need)
    if need.withdrawn_at is not None:
        raise TakenBack
    if _is_so(need, noted):
        return need
    if need.version != version:
        raise ChangedMeanwhile
    _check(need.centre, noted, at)
    for name, value in _columns(noted).items():
        setattr(need, name, value)
    need.version += 1
    need.save()
    return need


@transaction.atomic
def withdraw_need(*, need: Need, at: datetime) -> Need:
    """Take an entry back: it stands in no list and under no proposal's count until it is put back."""
    need = _locked(need)
    need.withdrawn_at = need.withdrawn_at or at
    need.save(update_fields=["withdrawn_at"])
    return need


@transaction.atomic
def restore_need(*, need: Need) -> Need:
    """Put an entry back that was taken back; one that was not stays as it is."""
    need = _locked(need)
    need.withdrawn_at = None
    need.save(update_fields=["withdrawn_at"])
    return need


def _locked(need: Need) -> Need:
    return Need.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=need.pk)


def _columns(noted: Noted) -> dict[str, object]:
    return {"text": noted.text, "theme": noted.theme, "voiced": noted.voiced, "date": noted.day}


def _is_so(need: Need, noted: Noted) -> bool:
    kept = (need.text, need.theme_id, need.voiced, need.date)
    return kept == (noted.text, noted.theme.pk, noted.voiced, noted.day)


def _same(need: Need, centre: Centre, noted: Noted) -> Need:
    if need.centre_id != centre.pk:
        raise NotOfThisCentre
    if not _is_so(need, noted):
        raise RecordedOtherwise
    return need


def _check(centre: Centre, noted: Noted, at: datetime) -> None:
    if noted.theme.centre_id != centre.pk:
        raise NotOfThisCentre
    if noted.day > centre.local_day(at):
        raise NotYet
