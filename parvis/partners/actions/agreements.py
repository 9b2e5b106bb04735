"""Agreements: put down, replaced by a later one, ended by notice, withdrawn. Nothing is overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.partners.actions.contributions import SaidOtherwise
from parvis.partners.actions.institutions import NotOfThisCentre
from parvis.partners.models import FTE_HOURS, Agreement, PartnerSettings, Per, Pledge, Relation

PLAIN = (  # what an agreement says in columns of the same name
    *("kind", "starts_on", "last_day", "title", "parties", "signed_on", "charter_signed_on"),
    *("renewal_months", "notice_months", "in_kind", "remark"),
)


class NotAfterTheOther(Exception):
    """An agreement takes another's place only from a later day on."""


class AlreadyReplaced(Exception):
    """Another agreement has taken its place."""


class StillReplaces(Exception):
    """A later agreement took its place: that one has to be withdrawn first."""


class NoticeTooEarly(Exception):
    """The last day is before the day of the notice, or before the agreement begins."""


@dataclass(frozen=True)
class Promise:
    """One line of what is pledged."""

    theme: Theme | None
    unit: Pledge.Unit
    amount: Decimal
    per: Per


@dataclass(frozen=True)
class Money:
    """An amount, and how often it is due."""

    amount: Decimal
    currency: str
    per: Per


@dataclass(frozen=True)
class Agreed:
    """What an agreement says."""

    kind: Agreement.Kind
    starts_on: date
    last_day: date | None = None
    title: str = ""
    parties: str = ""
    signed_on: date | None = None
    charter_signed_on: date | None = None
    renewal_months: int | None = None
    notice_months: int | None = None
    promises: Sequence[Promise] = ()
    money: Money | None = None
    in_kind: str = ""
    remark: str = ""


@transaction.atomic
def record_agreement(
    *,
    relation: Relation,
    key: UUID,
    said: Agreed,
    by: User | None,
    at: datetime,
    replaces: Agreement | None = None,
) -> Agreement:
    """Put down an agreement; with ``replaces``, it takes that one's place from its first day on.

    A full-time equivalent means the hours that the centre's settings say today, for as long as the agreement lasts. Sent
    twice with one ``key``, it is there once. Raises ``NotAfterTheOther``, ``AlreadyReplaced``, ``NotOfThisCentre``, ``SaidOtherwise``.
    """
    _lock(relation)
    if known := _known(relation, key, said):
        return known
    if any(one.theme and one.theme.centre_id != relation.centre_id for one in said.promises):
        raise NotOfThisCentre
    if replaces is not None:
        _check_replaced(relation, replaces, said)
    return _write(relation, key, said, by=by, at=at, replaces=replaces)


@transaction.atomic
def correct_agreement(
    *, agreement: Agreement, key: UUID, said: Agreed, why: str, by: User | None, at: datetime
) -> Agreement:
    """Put down again what was entered wrongly: the wrong one stays, withdrawn, and its documents move to the right one.

    Raises ``AlreadyReplaced`` where it was withdrawn meanwhile, ``NotAfterTheOther`` where what stands before or behind it
    does not fit any more, ``NotOfThisCentre``, ``SaidOtherwise``.
    """
    relation = agreement.relation
    _lock(relation)
    if known := _known(relation, key, said):
        return known
    wrong = Agreement.objects.select_related("replaces").get(pk=agreement.pk)
    if wrong.withdrawn_at:
        raise AlreadyReplaced
    if any(one.theme and one.theme.centre_id != relation.centre_id for one in said.promises):
        raise NotOfThisCentre
    after = wrong.followers.filter(withdrawn_at=None).first()
    if (wrong.replaces and said.starts_on <= wrong.replaces.starts_on) or (
        after and after.starts_on <= said.starts_on
    ):
        raise NotAfterTheOther
    _withdraw(wrong, why=why, by=by, at=at)
    right = _write(relation, key, said, by=by, at=at, replaces=wrong.replaces, fte_hours=wrong.fte_hours)
    wrong.documents.update(agreement=right)
    if after:
        after.replaces = right
        after.save(update_fields=["replaces"])
    return right


@transaction.atomic
def withdraw_agreement(*, agreement: Agreement, why: str, by: User | None, at: datetime) -> Agreement:
    """It was entered by mistake: it stays readable and counts nowhere. Said twice, it is so once. Raises ``StillReplaces``."""
    _lock(agreement.relation)
    agreement = Agreement.objects.get(pk=agreement.pk)
    if agreement.withdrawn_at:
        return agreement
    if agreement.followers.filter(withdrawn_at=None).exists():
        raise StillReplaces
    return _withdraw(agreement, why=why, by=by, at=at)


@transaction.atomic
def give_notice(*, agreement: Agreement, on: date, last_day: date) -> Agreement:
    """One side gave notice on a day; the agreement ends with ``last_day``. Raises ``NoticeTooEarly``, ``AlreadyReplaced``."""
    _lock(agreement.relation)
    agreement = Agreement.objects.get(pk=agreement.pk)
    if agreement.withdrawn_at:
        raise AlreadyReplaced
    if last_day < max(on, agreement.starts_on):
        raise NoticeTooEarly
    agreement.noticed_on, agreement.noticed_last_day = on, last_day
    agreement.save(update_fields=["noticed_on", "noticed_last_day"])
    return agreement


@transaction.atomic
def take_back_notice(*, agreement: Agreement) -> Agreement:
    """The notice was withdrawn: the agreement goes on as it was. Said twice, it is so once."""
    _lock(agreement.relation)
    agreement = Agreement.objects.get(pk=agreement.pk)
    agreement.noticed_on = agreement.noticed_last_day = None
    agreement.save(update_fields=["noticed_on", "noticed_last_day"])
    return agreement


@transaction.atomic
def set_fte_hours(*, centre: Centre, hours: int) -> PartnerSettings:
    """How many hours a full-time year has in agreements that are put down from now on."""
    settings, _made = PartnerSettings.objects.update_or_create(centre=centre, defaults={"fte_hours": hours})
    return settings


def _known(relation: Relation, key: UUID, said: Agreed) -> Agreement | None:
    """What was put down under that key. Raises ``SaidOtherwise`` where it says something else."""
    known = Agreement.objects.filter(key=key, relation=relation).first()
    if known is None:
        return None
    promised = Counter((one.theme_id, one.unit, one.amount, one.per) for one in known.pledges.all())
    money = (known.money, known.currency, known.money_per) if known.money is not None else None
    same = (
        all(getattr(known, name) == getattr(said, name) for name in PLAIN)
        and money == ((said.money.amount, said.money.currency, said.money.per) if said.money else None)
        and promised
        == Counter(
            (one.theme.pk if one.theme else None, one.unit, one.amount, one.per) for one in said.promises
        )
    )
    if not same:
        raise SaidOtherwise
    return known


def _lock(relation: Relation) -> None:
    """Two people who put down agreements of one institution go one after the other."""
    Relation.objects.select_for_update(no_key=True).get(pk=relation.pk)


def _check_replaced(relation: Relation, replaces: Agreement, said: Agreed) -> None:
    before = Agreement.objects.get(pk=replaces.pk, relation=relation)
    if before.withdrawn_at or before.followers.filter(withdrawn_at=None).exists():
        raise AlreadyReplaced
    if said.starts_on <= before.starts_on:
        raise NotAfterTheOther


def _withdraw(agreement: Agreement, *, why: str, by: User | None, at: datetime) -> Agreement:
    agreement.withdrawn_at, agreement.withdrawn_by, agreement.withdrawn_why = at, by, why
    agreement.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return agreement


def _write(
    relation: Relation,
    key: UUID,
    said: Agreed,
    *,
    by: User | None,
    at: datetime,
    replaces: Agreement | None,
    fte_hours: int | None = None,
) -> Agreement:
    if fte_hours is None:
        known = PartnerSettings.objects.filter(centre=relation.centre_id).values_list("fte_hours", flat=True)
        fte_hours = known.first() or FTE_HOURS
    agreement = Agreement.objects.create(
        relation=relation,
        key=key,
        replaces=replaces,
        fte_hours=fte_hours,
        entered_by=by,
        entered_at=at,
        money=said.money.amount if said.money else None,
        currency=said.money.currency if said.money else "",
        money_per=said.money.per if said.money else "",
        **{name: getattr(said, name) for name in PLAIN},
    )
    Pledge.objects.bulk_create(
        Pledge(agreement=agreement, theme=one.theme, unit=one.unit, amount=one.amount, per=one.per)
        for one in said.promises
    )
    return agreement
