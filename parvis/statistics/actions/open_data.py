"""A year is published as open data once, in a new edition where it was corrected, and withdrawn where it must be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.statistics.actions.reports.errors import AuditFailed, ReportError
from parvis.statistics.models import Audience, Licence, OpenEdition, OpenFile, PublishedTable
from parvis.statistics.queries.open_data.files import Said, files_of
from parvis.statistics.queries.open_data.frozen import as_kept, as_read, differences
from parvis.statistics.queries.open_data.pages import Waits, last_published, mark_of, waits_for
from parvis.statistics.queries.open_data.year import Year, year_of


class NotYet(ReportError):
    """The year runs, or its figures are not all held."""

    def __init__(self, waits: Waits) -> None:
        super().__init__(str(waits.label))
        self.waits = waits

    def __str__(self) -> str:
        return str(self.waits.label)


class NothingNew(ReportError):
    """The edition that is there says the same."""

    sentence = _("Nothing changed since the last edition: there is nothing new to publish.")


class NotAsSeen(ReportError):
    """What would be published is not what was looked at."""

    sentence = _("The figures, or what protects them, changed while you looked. Look again, then publish.")


class NothingCounted(ReportError):
    """No table has a figure."""

    sentence = _("Nothing was counted in this year.")


@dataclass(frozen=True)
class Wanted:
    """What a director says about a year. ``seen``: the mark of the tables that were looked at."""

    year: int
    licence: Licence
    title: LazyI18nString
    description: LazyI18nString
    seen: str


def publish_year(*, key: UUID, centre: Centre, wanted: Wanted, by: User | None, at: datetime) -> OpenEdition:
    """Protects a closed year, audits it with everything published before, and keeps its files. Sent twice, it is one edition.

    Raises :class:`NotYet`, :class:`NothingCounted`, :class:`NothingNew`, :class:`NotAsSeen`, or :class:`AuditFailed` where it would give
    somebody away.
    """
    if found := OpenEdition.objects.filter(key=key, centre=centre).first():
        return found
    if waits := waits_for(centre, wanted.year, at):
        raise NotYet(waits)
    before = last_published(centre)
    made = year_of(
        centre, wanted.year, at
    )  # outside the transaction: it takes its time, and nobody need wait
    if made.failures:
        raise AuditFailed(list(made.failures))
    if not made.frozen.tables:
        raise NothingCounted
    with transaction.atomic():
        # One after the other: each is audited with what was published before.
        Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
        if found := OpenEdition.objects.filter(key=key, centre=centre).first():
            return found
        if last_published(centre) != before or mark_of(made.frozen) != wanted.seen:
            raise NotAsSeen
        edition = _edition(key, centre, wanted, made, by, at)
        _keep(edition, made, at)
    return edition


def _edition(
    key: UUID, centre: Centre, wanted: Wanted, made: Year, by: User | None, at: datetime
) -> OpenEdition:
    latest = OpenEdition.objects.filter(centre=centre, year=wanted.year).first()
    changes = differences(as_read(latest.content), made.frozen) if latest else []
    if latest and not latest.is_withdrawn and not changes:
        raise NothingNew
    return OpenEdition.objects.create(
        key=key,
        centre=centre,
        year=wanted.year,
        number=latest.number + 1 if latest else 1,
        licence=wanted.licence,
        title=wanted.title,
        description=wanted.description,
        content=as_kept(made.frozen),
        changes=changes,
        published_at=at,
        published_by=by,
    )


def _keep(edition: OpenEdition, made: Year, at: datetime) -> None:
    said = Said(
        edition.centre.name,
        edition.year,
        edition.number,
        Licence(edition.licence).address,
        _words(edition.title, edition.centre),
        _words(edition.description, edition.centre),
    )
    OpenFile.objects.bulk_create(
        OpenFile(
            edition=edition,
            position=place,
            name=name,
            body=body,
            size=len(body),
            digest=sha256(body).hexdigest(),
        )
        for place, (name, body) in enumerate(files_of(said, made.frozen))
    )
    PublishedTable.objects.bulk_create(
        PublishedTable(
            edition=edition,
            centre=edition.centre,
            name=one.name,
            audience=Audience.PUBLIC,
            first=date(edition.year, 1, 1),
            last=date(edition.year, 12, 31),
            question=one.question,
            cells=one.cells,
            published_at=at,
        )
        for one in made.tables
    )


def _words(text: LazyI18nString, centre: Centre) -> dict[str, str]:
    """A text in its languages; one that has none is in the centre’s own."""
    if isinstance(text.data, dict):
        return {code: words for code, words in text.data.items() if words}
    return {centre.language: str(text.data)} if text.data else {}


def withdraw_edition(*, edition: OpenEdition, reason: str, by: User, at: datetime) -> OpenEdition:
    """Takes an edition’s files off the net. It stays in the log: who has them keeps them. Withdrawn already, nothing happens."""
    with transaction.atomic():
        row = OpenEdition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        if not row.is_withdrawn:
            row.withdrawn_at, row.withdrawn_by, row.reason = at, by, reason
            row.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    return row
