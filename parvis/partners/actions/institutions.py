"""Institutions: added to a centre, changed, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre, Network, Theme
from parvis.partners.models import Belonging, Institution, Relation


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


@transaction.atomic
def add_institution(*, centre: Centre, said: Described) -> Relation:
    """The centre works with an institution from now on; one that its network knows by that name is the same.

    Raises ``AlreadyKnown`` where the centre has it, ``NotOfThisCentre``.
    """
    _lock(centre.network_id)
    institution = _named(centre.network_id, said.name)
    if institution is None:
        institution = Institution.objects.create(network=centre.network, name=said.name, kind=said.kind)
    elif institution.relations.filter(centre=centre).exists():
        raise AlreadyKnown
    return _describe(Relation(institution=institution, centre=centre), said)


@transaction.atomic
def change_institution(*, relation: Relation, said: Described) -> Relation:
    """Say something else about an institution; with a closing day, whoever belongs to it does until then.

    Raises ``NameIsShared`` where its name or type would change for other centres, ``AlreadyKnown``, ``NotOfThisCentre``.
    """
    _lock(relation.centre.network_id)
    institution = Institution.objects.get(pk=relation.institution_id)
    if (institution.name, institution.kind) != (said.name, said.kind):
        if institution.relations.exclude(centre=relation.centre_id).exists():
            raise NameIsShared
        institution.name, institution.kind = said.name, said.kind
        try:
            with transaction.atomic():
                institution.save()
        except IntegrityError as taken:  # institution_once_in_a_network
            raise AlreadyKnown from taken
    relation = _describe(relation, said)
    if said.valid_to:
        _end_belongings(relation, said.valid_to)
    return relation


def _lock(network: int) -> None:
    """Two people who add the same institution go one after the other."""
    Network.objects.select_for_update(no_key=True).get(pk=network)


def _named(network: int, name: str) -> Institution | None:
    return Institution.objects.filter(network=network, name__iexact=name).first()


def _describe(relation: Relation, said: Described) -> Relation:
    if any(theme.centre_id != relation.centre_id for theme in said.themes):
        raise NotOfThisCentre
    relation.standing, relation.valid_from, relation.valid_to = said.standing, said.valid_from, said.valid_to
    relation.address, relation.phone, relation.website = said.address, said.phone, said.website
    relation.for_staff, relation.for_visitors = said.for_staff, said.for_visitors
    relation.save()
    relation.themes.set(said.themes)
    return relation


def _end_belongings(relation: Relation, day: date) -> None:
    """Those that would outlast it end with it; one that had not begun is none."""
    here = Belonging.objects.filter(institution=relation.institution_id, centre=relation.centre_id)
    here.filter(valid_from__gte=day).delete()
    here.filter(valid_to=None).update(valid_to=day)
    here.filter(valid_to__gt=day).update(valid_to=day)
