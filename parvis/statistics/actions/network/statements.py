"""Published figures are put down, corrected, taken back. Nothing is overwritten: what was said stays readable."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Network
from parvis.statistics.models import Statement


class StatementError(Exception):
    """Nothing was changed; ``str()`` says why, in the active language."""

    sentence: ClassVar[str | Promise] = ""

    def __str__(self) -> str:
        return str(self.sentence)


class CorrectedMeanwhile(StatementError):
    """One correction at a time: the next corrects the correction."""

    sentence = _("Somebody has corrected this one meanwhile: look at theirs first.")


class TakenBack(StatementError):
    """What was taken back is no longer corrected."""

    sentence = _("This one was taken back. Put the figure down anew if it holds after all.")


@dataclass(frozen=True)
class Stated:
    """What somebody read and where."""

    what: str
    unit: str
    value: Decimal
    first: date
    last: date
    source: str
    published_on: date
    centre: Centre | None = None
    method: str = ""
    url: str = ""

    def fields(self) -> dict[str, object]:
        return asdict(self) | {"centre": self.centre}


def put_down(*, network: Network, key: UUID, said: Stated, by: User, at: datetime) -> Statement:
    """Keeps a published figure; sent twice, it is there once."""
    with transaction.atomic():
        row, _made = Statement.objects.get_or_create(
            key=key, defaults={"network": network, "entered_at": at, "entered_by": by, **said.fields()}
        )
    return row


def correct(
    *, statement: Statement, key: UUID, said: Stated, reason: str, by: User, at: datetime
) -> Statement:
    """What was typed wrongly: another row in its place, with the reason. Sent twice, it is corrected once.

    Raises :class:`CorrectedMeanwhile` and :class:`TakenBack`.
    """
    with transaction.atomic():
        row = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
        if row.withdrawn_at:
            raise TakenBack
        if done := Statement.objects.filter(corrects=row).first():
            if done.key == key:
                return done
            raise CorrectedMeanwhile
        return Statement.objects.create(
            key=key,
            network_id=row.network_id,
            corrects=row,
            reason=reason,
            entered_at=at,
            entered_by=by,
            **said.fields(),
        )


def take_back(*, statement: Statement, reason: str, by: User, at: datetime) -> Statement:
    """It no longer stands beside the others; its history stays. Taken back already, nothing happens.

    Raises :class:`CorrectedMeanwhile`.
    """
    with transaction.atomic():
        row = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
        if Statement.objects.filter(corrects=row).exists():
            raise CorrectedMeanwhile
        if not row.withdrawn_at:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = at, by, reason
            row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    return row
