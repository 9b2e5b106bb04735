"""Schools of the territory: added, changed, closed by hand; and what teachers typed is said to be one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from parvis.agenda.models import ClassVisit, School
from parvis.centres.models import Centre, Code


class SchoolError(Exception):
    """Something that cannot be done with a school."""


class NumberTaken(SchoolError):
    """Another school of the centre has that number."""


class Gone(SchoolError):
    """The school is no longer there: the import that added it was undone."""


@dataclass(frozen=True)
class About:
    """What is known of a school. ``reference``: the authority's number; empty: it has none."""

    name: str
    place: str = ""
    reference: str = ""
    network: Code | None = None
    levels: Sequence[Code] = ()
    streams: Sequence[Code] = ()
    specialised: bool = False
    pupils: int | None = None
    counted_on: date | None = None


@transaction.atomic
def add_school(*, centre: Centre, key: UUID, about: About, on: date) -> School:
    """A school since the day ``on``; sent twice by one page, it is there once. Raises ``NumberTaken``."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    reference = about.reference or f"p-{key.hex[:16]}"
    known = School.objects.filter(centre=centre, reference=reference).first()
    if known is not None:
        if known.name == about.name and known.place == about.place:
            return known
        raise NumberTaken
    school = School(centre=centre, reference=reference, opened_on=on)
    return _written(school, about)


@transaction.atomic
def change_school(*, school: School, about: About) -> School:
    """What is known of a school, from now on. Raises ``NumberTaken``, ``Gone``."""
    Centre.objects.select_for_update(no_key=True).get(pk=school.centre_id)
    row = _locked(school)
    if about.reference and about.reference != row.reference:
        if School.objects.filter(centre=row.centre_id, reference=about.reference).exists():
            raise NumberTaken
        row.reference = about.reference
    return _written(row, about)


@transaction.atomic
def close_school(*, school: School, on: date) -> School:
    """The school is no more from the day ``on``; closed again, it is so since then. Its visits stay. Raises ``Gone``."""
    row = _locked(school)
    row.closed_on = max(on, date.fromordinal(row.opened_on.toordinal() + 1))
    row.save(update_fields=["closed_on"])
    return row


@transaction.atomic
def reopen_school(*, school: School) -> School:
    """It was not closed after all."""
    School.objects.filter(pk=school.pk).update(closed_on=None)
    school.closed_on = None
    return school


@transaction.atomic
def match_typed(*, centre: Centre, typed: str, school: School) -> int:
    """Every visit whose school was typed so is one of ``school``; returns how many visits that were, none where it is gone."""
    if not School.objects.select_for_update(no_key=True, of=("self",)).filter(pk=school.pk).exists():
        return 0
    return ClassVisit.objects.filter(centre=centre, school=None, school_name=typed).update(school=school)


def _locked(school: School) -> School:
    row = School.objects.select_for_update(no_key=True, of=("self",)).filter(pk=school.pk).first()
    if row is None:
        raise Gone
    return row


def _written(school: School, about: About) -> School:
    school.name, school.place, school.school_network = about.name, about.place, about.network
    school.specialised, school.pupils, school.counted_on = about.specialised, about.pupils, about.counted_on
    school.save()
    school.levels.set(about.levels)
    school.streams.set(about.streams)
    return school
