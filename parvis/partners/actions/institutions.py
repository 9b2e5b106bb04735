"""Institutions: added to a centre, changed, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.centres.models import Centre, Network, Theme
from parvis.partners.actions.ending import end_belongings
from parvis.partners.actions.stages import put_step
from parvis.partners.models import PARTNERS, Institution, Relation, Stage


class AlreadyKnown(Exception):
    """The centre, or its network, has an institution of that name."""


class NameIsShared(Exception):
    """Other centres of the network work with it, too: one of them does not rename it for all."""


class NotOfThisCentre(Exception):
    """A theme of another centre."""


@dataclass(frozen=True)
class Described:
    """What a centre says about an institution."""

    name: str
    kind: Institution.Kind
    standing: Relation.Standing
    valid_from: date
    valid_to: date | None = None
    themes: Sequence[Theme] = ()
    address: str = ""
    phone: str = ""
    website: str = ""
    for_staff: str = ""
    for_visitors: LazyI18nString | str = ""
    stage: Stage = Stage.NONE  # of a new one that is no partner yet
    fields: Sequence[str] = ()
    parts: Sequence[str] = ()
    languages: Sequence[str] = ()


@transaction.atomic
def add_institution(
    *, centre: Centre, said: Described, by: User | None = None, at: datetime | None = None
) -> Relation:
    """The centre works with an institution from now on; one that its network knows by that name is the same.

    A partner is active from its first day; another may begin as a prospect (``stage``).

    Raises ``AlreadyKnown`` where the centre has it, ``NotOfThisCentre``.
    """
    _lock(centre.network_id)
    institution = _named(centre.network_id, said.name)
    if institution is None:
        institution = Institution.objects.create(network=centre.network, name=said.name, kind=said.kind)
    elif institution.relations.filter(centre=centre).exists():
        raise AlreadyKnown
    relation = Relation(institution=institution, centre=centre, standing=Relation.Standing.OUTSIDE)
    _describe(relation, said)
    stage = Stage.ACTIVE if said.standing == Relation.Standing.PARTNER else said.stage
    if stage:
        put_step(relation, stage=stage, since=said.valid_from, by=by, at=at)
    return relation


@transaction.atomic
def change_institution(
    *, relation: Relation, said: Described, by: User | None = None, at: datetime | None = None
) -> Relation:
    """Say something else about an institution; with a closing day, whoever belongs to it does until then.

    One that becomes a partner is active from today on, one that is no longer has ended.

    Raises ``NameIsShared`` where its name or type would change for other centres, ``AlreadyKnown``, ``NotOfThisCentre``.
    """
    _lock(relation.centre.network_id)
    institution = Institution.objects.get(pk=relation.institution_id)
    if (institution.name, institution.kind) != (said.name, said.kind):
        if institution.relations.exclude(centre=relation.centre_id).exists():
            raise NameIsShared
        if (_named(institution.network_id, said.name) or institution) != institution:
            raise AlreadyKnown
        institution.name, institution.kind = said.name, said.kind
        try:
            with transaction.atomic():
                institution.save()
        except IntegrityError as taken:  # institution_once_in_a_network
            raise AlreadyKnown from taken
    relation = _describe(relation, said)
    if (said.standing == Relation.Standing.PARTNER) != (relation.stage in PARTNERS):
        stage = Stage.ACTIVE if said.standing == Relation.Standing.PARTNER else Stage.ENDED
        put_step(relation, stage=stage, since=_since(relation, at), by=by, at=at)
    if said.valid_to:
        end_belongings(relation, said.valid_to, at)
    return relation


def _since(relation: Relation, at: datetime | None) -> date:
    """Today, but never before its first day or its last step."""
    last = relation.steps.order_by("since", "pk").last()
    days = [relation.valid_from, *([last.since] if last else [])]
    return max([*days, *([relation.centre.local_day(at)] if at else [])])


def _lock(network: int) -> None:
    """Two people who add the same institution go one after the other."""
    Network.objects.select_for_update(no_key=True).get(pk=network)


def _named(network: int, name: str) -> Institution | None:
    """The one that the network knows by that name, whatever its case: not every database knows that é is a small É."""
    known = Institution.objects.filter(network=network).order_by("pk")
    return next((one for one in known if one.name.casefold() == name.casefold()), None)


def _describe(relation: Relation, said: Described) -> Relation:
    if any(theme.centre_id != relation.centre_id for theme in said.themes):
        raise NotOfThisCentre
    relation.valid_from, relation.valid_to = said.valid_from, said.valid_to
    relation.address, relation.phone, relation.website = said.address, said.phone, said.website
    relation.for_staff, relation.for_visitors = said.for_staff, said.for_visitors
    relation.fields, relation.parts = list(said.fields), list(said.parts)
    relation.languages = list(said.languages)
    relation.save()
    relation.themes.set(said.themes)
    return relation
