"""An export made at once, and what is in it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from uuid import uuid4

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.centres.models import Centre
from parvis.reception.actions import exports
from parvis.reception.models import Export


def wanted(first: date, last: date, format: Export.Format = Export.Format.CSV, language: str = "en"):
    return exports.Wanted(first, last, format, language)


def asked(centre: Centre, first: date, last: date, at: datetime, **more) -> Export:
    """Asked for, and waiting for a worker."""
    person = a_person(Role.DIRECTOR, centre=centre)
    return exports.start_export(
        centre=centre, person=person, key=uuid4(), wanted=wanted(first, last, **more), at=at
    )


def exported(centre: Centre, first: date, last: date, at: datetime, **more) -> Export:
    """Asked for and written."""
    export = asked(centre, first, last, at, **more)
    exports.write_export.call(export.pk)
    export.refresh_from_db()
    return export


def files_in(export: Export) -> dict[str, bytes]:
    """Name without ending → bytes of a CSV file."""
    with zipfile.ZipFile(exports.file_of(export)) as archive:
        return {name.removesuffix(".csv"): archive.read(name) for name in archive.namelist()}


def tables_in(export: Export) -> dict[str, list[dict[str, str]]]:
    """Name → rows by heading."""
    return {
        name: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        for name, data in files_in(export).items()
    }
