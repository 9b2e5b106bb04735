"""The last list of schools that was kept is undone: what it added goes, what it changed is as it was before."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from parvis.agenda.models import School, SchoolImport
from parvis.agenda.queries.school_imports import undoing
from parvis.agenda.school_sheets.values import LISTS
from parvis.centres.models import Centre, Code

REMEMBERED = timedelta(days=30)


class NotTheLast(Exception):
    """Another list was kept meanwhile, or it is too long ago."""


@transaction.atomic
def undo_import(*, past: SchoolImport, at: datetime) -> SchoolImport:
    """What the import added is gone, what it changed is as it was; what somebody did since stays. Undone again, nothing happens.

    Raises ``NotTheLast``.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=past.centre_id)
    row = SchoolImport.objects.select_for_update(no_key=True, of=("self",)).filter(pk=past.pk).first()
    if row is None:
        raise NotTheLast
    if row.undone_at is not None:
        return row
    touched = [*row.added, *row.changed]
    # Locked against new visits as well: whoever asks for one waits, and then sees that the school is gone.
    list(School.objects.select_for_update(of=("self",)).filter(pk__in=touched).order_by("pk"))
    found = undoing(row)
    codes = set(Code.objects.filter(centre=row.centre_id).values_list("pk", flat=True))
    for school, earlier in found.back:
        _put_back(school, earlier, codes)
    School.objects.filter(pk__in=[one.pk for one in found.goes]).delete()
    row.stayed = {str(school.pk): why for school, why in found.stays}
    row.undone_at = at
    row.save()
    return row


def _put_back(school: School, earlier: dict[str, object], codes: set[int]) -> None:
    plain = [name for name in earlier if name not in LISTS]
    for name in plain:
        setattr(school, name, earlier[name])
    if school.school_network_id not in codes:  # an entry of a list that is gone
        school.school_network_id = None
    if plain:
        school.save(update_fields=[name.removesuffix("_id") for name in plain])
    for name in LISTS:
        if isinstance(before := earlier.get(name), list):
            getattr(school, name).set([pk for pk in before if pk in codes])


@transaction.atomic
def forget_imports(*, at: datetime) -> int:
    """Delete what an import did a month later: it can no longer be undone. Returns how many."""
    return SchoolImport.objects.filter(kept_at__lt=at - REMEMBERED).delete()[0]
