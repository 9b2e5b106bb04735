"""Institutions and agreements for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from parvis.centres.factories import LONG_AGO
from parvis.centres.models import Centre, Theme
from parvis.partners.actions import (
    Agreed,
    Described,
    Given,
    Promise,
    add_institution,
    note_contribution,
    record_agreement,
    take_step,
)
from parvis.partners.models import (
    Agreement,
    Contribution,
    Institution,
    Per,
    Pledge,
    Relation,
    Stage,
    Step,
)


def an_institution(centre: Centre, name: str, **said: Any) -> Relation:
    """A partner of ``centre``, since long ago, unless said otherwise."""
    usual: dict[str, Any] = {
        "kind": Institution.Kind.EDUCATION,
        "standing": Relation.Standing.PARTNER,
        "valid_from": LONG_AGO,
    }
    return add_institution(centre=centre, said=Described(name=name, **usual | said))


def a_prospect(centre: Centre, name: str, **said: Any) -> Relation:
    """An institution that the centre would like to have as a partner."""
    usual: dict[str, Any] = {"standing": Relation.Standing.OUTSIDE, "stage": Stage.PROSPECT}
    return an_institution(centre, name, **usual | said)


def hours(amount: str, per: str = Per.MONTH, theme: Theme | None = None) -> Promise:
    """A promise of hours, for a theme or for any."""
    return Promise(theme, Pledge.Unit.HOURS, Decimal(amount), Per(per))


def an_agreement(
    relation: Relation, *promises: Promise, replaces: Agreement | None = None, **said: Any
) -> Agreement:
    """A convention since long ago, without an end, unless said otherwise."""
    usual: dict[str, Any] = {"kind": Agreement.Kind.CONVENTION, "starts_on": LONG_AGO}
    agreed = Agreed(promises=promises, **usual | said)
    at = datetime.combine(agreed.starts_on, time(12), UTC)
    return record_agreement(relation=relation, key=uuid4(), said=agreed, by=None, at=at, replaces=replaces)


def step(relation: Relation, stage: Stage, since: date, reason: str = "") -> Step:
    """A step of a partnership, taken on its day."""
    at = datetime.combine(since, time(12), UTC)
    return take_step(relation=relation, stage=stage, since=since, reason=reason, by=None, at=at)


def a_contribution(relation: Relation, day: date, minutes: int, **given: Any) -> Contribution:
    """An event, unless said otherwise."""
    usual: dict[str, Any] = {"kind": Contribution.Kind.EVENT}
    said = Given(relation=relation, day=day, minutes=minutes, **usual | given)
    at = datetime.combine(day, time(12), UTC)
    return note_contribution(key=uuid4(), given=said, by=None, at=at)
