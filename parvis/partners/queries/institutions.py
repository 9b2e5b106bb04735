"""What the pages of institutions show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre, Theme
from parvis.centres.queries.team import members_of
from parvis.partners.models import (
    SOUGHT,
    Belonging,
    Contact,
    Contribution,
    Institution,
    Liaison,
    Place,
    Relation,
    Step,
)
from parvis.partners.queries.agreements import AgreementLine, agreements_of
from parvis.partners.queries.pipeline import history
from parvis.partners.queries.pledges import pledged_minutes
from parvis.shared.plain import plain


@dataclass(frozen=True)
class InstitutionLine:
    """One institution on the list, and how many of the team come from it."""

    relation: Relation
    people: int


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; empty means anything. ``sort`` is name, kind, since or people."""

    search: str = ""
    kind: str = ""
    field: str = ""
    part: str = ""
    stage: str = ""
    theme: int | None = None
    sort: str = "name"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self != Asked(sort=self.sort)

    def wants(self, relation: Relation, day: date) -> bool:
        """Whether an institution, with its themes, is asked for."""
        words = f"{relation.institution.name} {relation.institution.get_kind_display()} {relation.for_staff}"
        return (
            plain(self.search.strip()) in plain(words)
            and self.kind in ("", relation.institution.kind)
            and (not self.field or self.field in relation.fields)
            and (not self.part or self.part in relation.parts)
            and (not self.stage or self.stage == relation.stage_on(day))
            and (self.theme is None or any(theme.pk == self.theme for theme in relation.themes.all()))
        )


@dataclass(frozen=True)
class Institutions:
    """The list of a centre: partners, those it would like to have, outside bodies, and those that were closed."""

    partners: list[InstitutionLine]
    sought: list[InstitutionLine]
    outside: list[InstitutionLine]
    closed: list[InstitutionLine]
    size: int  # of the whole list, whatever was searched


@dataclass(frozen=True)
class PersonLine:
    """One of the team, and where they come from."""

    person: User
    roles: list[Role]
    belonging: Belonging | None


def institutions(centre: Centre, day: date, asked: Asked = Asked()) -> Institutions:
    """Every institution of ``centre`` that is asked for: three queries."""
    relations = list(
        Relation.objects.filter(centre=centre).select_related("institution").prefetch_related("themes")
    )
    people: dict[int, int] = {}
    for belonging in _present(centre, day):
        people[belonging.institution_id] = people.get(belonging.institution_id, 0) + 1
    lines = [
        InstitutionLine(one, people.get(one.institution_id, 0)) for one in relations if asked.wants(one, day)
    ]
    lines.sort(key=lambda line: (_place(line, asked.sort), plain(line.relation.institution.name)))
    here = [line for line in lines if not line.relation.is_closed_on(day)]
    outside = [line for line in here if line.relation.standing == Relation.Standing.OUTSIDE]
    return Institutions(
        partners=[line for line in here if line.relation.standing == Relation.Standing.PARTNER],
        sought=[line for line in outside if line.relation.stage in SOUGHT],
        outside=[line for line in outside if line.relation.stage not in SOUGHT],
        closed=[line for line in lines if line.relation.is_closed_on(day)],
        size=len(relations),
    )


def _place(line: InstitutionLine, sort: str) -> str | int:
    """Where a line stands in an order other than by name."""
    if sort == "people":
        return -line.people
    if sort == "since":
        return -line.relation.valid_from.toordinal()
    return str(line.relation.institution.get_kind_display()).casefold() if sort == "kind" else ""


@dataclass(frozen=True)
class Page:
    """Everything about one institution."""

    relation: Relation
    people: list[User]
    contacts: list[Contact]
    places: list[Place]
    agreements: list[AgreementLine]
    steps: list[Step]
    year: int
    pledged: list[tuple[Theme | None, int]]  # minutes of this year, by theme
    pledged_all: int
    contributed: int  # minutes of this year
    shared: bool

    @property
    def in_force(self) -> list[AgreementLine]:
        return [line for line in self.agreements if line.counts]

    @property
    def past(self) -> list[AgreementLine]:
        return [line for line in self.agreements if not line.counts]


def institution_page(relation: Relation, day: date) -> Page:
    """One institution's page: fourteen queries."""
    centre, year = relation.centre, (date(day.year, 1, 1), date(day.year, 12, 31))
    minutes = {
        theme: found
        for (institution, theme), found in pledged_minutes(centre, *year).items()
        if institution == relation.institution_id
    }
    themes = {theme.pk: theme for theme in centre.themes.order_by("position", "pk")}
    order: list[int | None] = [*themes, None]
    pledged = [(themes[pk] if pk else None, minutes[pk]) for pk in order if pk in minutes]
    given = Contribution.objects.filter(relation=relation, day__range=year).aggregate(Sum("minutes"))
    return Page(
        relation=relation,
        people=people_of(relation, day),
        contacts=list(relation.contacts.all()),
        places=list(relation.places.all()),
        agreements=agreements_of(relation, day),
        steps=history(relation),
        year=day.year,
        pledged=pledged,
        pledged_all=sum(minutes.values()),
        contributed=given["minutes__sum"] or 0,
        shared=is_shared(relation),
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
    return sorted(of_it, key=lambda person: (plain(person.name), person.pk))


def institution_of(person: User, centre: Centre, day: date) -> Institution | None:
    """Where ``person`` comes from at ``centre`` on ``day``: one query."""
    found = Belonging.objects.on(day).filter(person=person, centre=centre).select_related("institution")
    return next((one.institution for one in found), None)


def offered(centre: Centre, day: date) -> list[Relation]:
    """The institutions that somebody can be sent to on ``day``, by name, with their themes: two queries."""
    return Relation.objects.filter(centre=centre).open_on(day).prefetch_related("themes").by_name()


def spoken_for(person: User, centre: Centre) -> frozenset[int]:
    """The institutions for which ``person`` speaks at ``centre``, as their coordinator: one query."""
    return frozenset(
        Liaison.objects.filter(person=person, centre=centre).values_list("institution", flat=True)
    )


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
