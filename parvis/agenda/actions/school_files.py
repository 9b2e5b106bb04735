"""A list of schools is brought as a file, looked at, and committed: what it says is then known, until that is undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from parvis.agenda.models import School, SchoolFile, SchoolImport
from parvis.agenda.school_sheets.columns import Role, guess
from parvis.agenda.school_sheets.comparing import Comparison, Kind, Line
from parvis.agenda.school_sheets.reading import read
from parvis.agenda.school_sheets.values import NEW, Values, values_after, values_of
from parvis.centres.models import Centre

KEPT = timedelta(days=7)


@transaction.atomic
def bring_schools(*, centre: Centre, key: UUID, data: bytes, at: datetime) -> SchoolFile:
    """The file's rows, its columns guessed. Nothing of it is known yet. Raises ``UnreadableFile``."""
    if known := SchoolFile.objects.filter(centre=centre, key=key).first():
        return known
    rows = read(data)
    return SchoolFile.objects.create(key=key, centre=centre, rows=rows, columns=guess(rows[0]), brought_at=at)


@transaction.atomic
def choose_columns(*, file: SchoolFile, columns: Mapping[str, int]) -> SchoolFile:
    """What each column is, as a person says it."""
    file.columns = dict(columns)
    file.save(update_fields=["columns"])
    return file


@transaction.atomic
def commit_schools(*, file: SchoolFile, at: datetime) -> SchoolFile:
    """New schools are added, changed ones changed; none is closed or deleted. What it did is kept, to undo it. Committed again, nothing happens."""
    Centre.objects.select_for_update(no_key=True).get(pk=file.centre_id)
    row = (
        SchoolFile.objects.select_for_update(no_key=True, of=("self",))
        .select_related("centre")
        .get(pk=file.pk)
    )
    if row.committed_at is not None:
        return row
    comparison = Comparison(row.centre, row.rows, row.columns)
    new, changed = comparison.of(Kind.NEW), comparison.of(Kind.CHANGED)
    day = row.centre.local_day(at)
    added: dict[str, Values] = {}
    altered: dict[str, dict[str, list[object]]] = {}
    for line in new:
        school = School(centre=row.centre, reference=line.reference, opened_on=day)
        _write(line, school, at)
        added[str(school.pk)] = values_after(line, school, NEW)
    for line in changed:
        if line.school is not None:
            before = values_of(line.school)
            _write(line, line.school, at)
            after = values_after(line, line.school, before)
            altered[str(line.school.pk)] = {
                name: [before[name], after[name]] for name in after if before[name] != after[name]
            }
    if added or altered:  # only the last can be undone
        SchoolImport.objects.filter(centre=row.centre).delete()
        SchoolImport.objects.create(key=row.key, centre=row.centre, kept_at=at, added=added, changed=altered)
    row.committed_at, row.added, row.changed = at, len(new), len(changed)
    row.save()
    return row


def _write(line: Line, school: School, at: datetime) -> None:
    school.name = line.name
    if line.place or Role.PLACE in line.changes:
        school.place = line.place
    pupils = line.values.get("pupils", school.pupils)
    if pupils != school.pupils:
        school.pupils = pupils if isinstance(pupils, int) else None
        school.counted_on = school.centre.local_day(at)
    if "specialised" in line.values:
        school.specialised = bool(line.values["specialised"])
    if "network" in line.codes:
        school.school_network = next(iter(line.codes["network"]), None)
    school.save()
    for name in ("levels", "streams"):
        if name in line.codes:
            getattr(school, name).set(line.codes[name])


@transaction.atomic
def forget_files(*, at: datetime) -> int:
    """Delete lists that were brought a week ago: what they said is known, or was not wanted. Returns how many."""
    return SchoolFile.objects.filter(brought_at__lt=at - KEPT).delete()[0]
