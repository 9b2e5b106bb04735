"""What the pages of institutions show."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre
from parvis.centres.queries.team import members_of
from parvis.partners.models import Belonging, Institution, Relation


@dataclass(frozen=True)
class InstitutionLine:
    """One institution on the list, and how many of the team come from it."""

    relation: Relation
    people: int


@dataclass(frozen=True)
class Institutions:
    """The list of a centre: partners, outside bodies, and those that were closed."""

    partners: list[InstitutionLine]
    outside: list[InstitutionLine]
    closed: list[InstitutionLine]
    size: int  # of the whole list, whatever was searched


@dataclass(frozen=True)
class PersonLine:
    """One of the team, and where they come from."""

    person: User
    roles: list[Role]
    belonging: Belonging | None


def institutions(centre: Centre, day: date, search: str = "") -> Institutions:
    """Every institution of ``centre``, those whose name or use holds ``search``: three queries."""
    relations = list(
        Relation.objects.filter(centre=centre).select_related("institution").prefetch_related("themes")
    )
    relations.sort(key=lambda one: (_plain(one.institution.name), one.pk))
    people: dict[int, int] = {}
    for belonging in _present(centre, day):
        people[belonging.institution_id] = people.get(belonging.institution_id, 0) + 1
    wanted = _plain(search.strip())
    lines = [
        InstitutionLine(one, people.get(one.institution_id, 0))
        for one in relations
        if wanted in _plain(f"{one.institution.name} {one.institution.get_kind_display()} {one.for_staff}")
    ]
    here = [line for line in lines if not line.relation.is_closed_on(day)]
    return Institutions(
        partners=[line for line in here if line.relation.standing == Relation.Standing.PARTNER],
        outside=[line for line in here if line.relation.standing == Relation.Standing.OUTSIDE],
        closed=[line for line in lines if line.relation.is_closed_on(day)],
        size=len(relations),
    )


def people(centre: Centre, day: date) -> list[PersonLine]:
    """Everybody of the team and their institution on ``day``; those without one first: two queries."""
    belongings = {one.person_id: one for one in _present(centre, day)}
    lines = [PersonLine(one.person, one.roles, belongings.get(one.person.pk)) for one in members_of(centre)]
    return sorted(lines, key=lambda line: line.belonging is not None)


def people_of(relation: Relation, day: date) -> list[User]:
    """Who of the team belongs to an institution on ``day``, by name: one query."""
    found = _present(relation.centre, day)
    of_it = [one.person for one in found if one.institution_id == relation.institution_id]
    return sorted(of_it, key=lambda person: (_plain(person.name), person.pk))


def institution_of(person: User, centre: Centre, day: date) -> Institution | None:
    """Where ``person`` comes from at ``centre`` on ``day``: one query."""
    found = Belonging.objects.on(day).filter(person=person, centre=centre).select_related("institution")
    return next((one.institution for one in found), None)


def offered(centre: Centre, day: date) -> list[Relation]:
    """The institutions that somebody can be sent to on ``day``, by name, with their themes: two queries."""
    found = Relation.objects.filter(centre=centre).open_on(day)
    return list(found.select_related("institution").prefetch_related("themes"))


def known_elsewhere(centre: Centre) -> list[str]:
    """Names that the network knows and the centre does not: one query."""
    names = Institution.objects.filter(network=centre.network_id).exclude(relations__centre=centre)
    return list(names.order_by("name").values_list("name", flat=True))


def is_shared(relation: Relation) -> bool:
    """Whether other centres work with it: one query."""
    return (
        Relation.objects.filter(institution=relation.institution_id)
        .exclude(centre=relation.centre_id)
        .exists()
    )


def _present(centre: Centre, day: date) -> list[Belonging]:
    """Belongings of whoever still works here."""
    found = Belonging.objects.on(day).filter(centre=centre, person__assignments__centre=centre)
    return list(found.select_related("person", "institution").distinct())


def _plain(text: str) -> str:
    """Without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
