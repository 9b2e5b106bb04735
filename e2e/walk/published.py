"""Published figures of a network: two that contradict, one of which was corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.statistics.actions.network.statements import Stated, correct, put_down


def some_published(centre: Centre, by: User, at: datetime) -> int:
    """The key of the one that was corrected."""
    year = (date(2025, 1, 1), date(2025, 12, 31))
    said = Stated(
        "visitors in the year", "persons", Decimal(55000), *year, "Rapport annuel, p. 4", date(2026, 2, 1)
    )
    key = {"network": centre.network, "by": by, "at": at}
    put_down(key=uuid4(), said=said, **key)
    other = replace(said, value=Decimal(48000), source="Site du réseau", method="entries counted at the door")
    row = put_down(key=uuid4(), said=other, **key)
    fresh = replace(other, value=Decimal(48200))
    return correct(statement=row, key=uuid4(), said=fresh, reason="A figure was left out", by=by, at=at).pk
