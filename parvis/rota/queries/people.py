"""For whom somebody may speak in the rota. Every page of the room asks here, and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment, Centre
from parvis.partners.models import Belonging, Institution, Liaison


@dataclass(frozen=True)
class Answerable:
    """Whose terms, availability and duties ``oneself`` may see and change; what is not allowed here is a 404.

    ``others``: the people of the team for whom one speaks, oneself among them where one plans or comes from that institution.
    """

    oneself: int
    others: frozenset[int]
    everybody: bool  # one plans the rota
    institutions: frozenset[int]  # for which one speaks, as their coordinator

    def may_see(self, person_id: int) -> bool:
        """Whether one may read what the person's terms and availability are, and answer for them."""
        return person_id == self.oneself or person_id in self.others

    def may_set_terms(self, person_id: int) -> bool:
        """Whether one may say what the person does on duty, and within which limits: never only because it is oneself."""
        return person_id in self.others

    @property
    def speaks(self) -> bool:
        """Whether one speaks for anybody, or could: one plans, or is an institution's coordinator."""
        return self.everybody or bool(self.institutions)

    @property
    def seen(self) -> frozenset[int]:
        """Everybody whose availability one may see."""
        return self.others | {self.oneself}


def answerable(centre: Centre, user: User, permissions: Collection[str], day: date) -> Answerable:
    """For whom ``user`` speaks at ``centre`` on ``day``: at most two queries, none without a permission to speak.

    Who plans the rota speaks for the whole team; a partner's coordinator for those who belong that day to an institution
    for which they are the liaison; everybody for themselves.
    """
    team = Assignment.objects.filter(centre=centre).values("person")
    if Permission.PLAN_ROTA in permissions:
        everybody = frozenset(Assignment.objects.filter(centre=centre).values_list("person", flat=True))
        return Answerable(user.pk, everybody, True, frozenset())
    if Permission.SPEAK_FOR_OWN not in permissions:
        return Answerable(user.pk, frozenset(), False, frozenset())
    liaisons = Liaison.objects.filter(centre=centre, person=user)
    institutions = frozenset(liaisons.values_list("institution", flat=True))
    belonging = Belonging.objects.on(day).filter(centre=centre, institution__in=institutions, person__in=team)
    people = frozenset(belonging.values_list("person", flat=True)) if institutions else frozenset()
    return Answerable(user.pk, people, False, institutions)


def institutions_of(centre: Centre, day: date) -> dict[int, Institution]:
    """Person -> the institution they belong to on ``day``; own staff is missing: one query."""
    rows = Belonging.objects.on(day).filter(centre=centre).select_related("institution")
    return {row.person_id: row.institution for row in rows}


def whom_to_ask(centre: Centre, person_id: int, day: date) -> list[str]:
    """Names of those who set the person's limits: their institution's coordinators, else who plans: two queries at most."""
    speaks = Liaison.objects.filter(
        centre=centre,
        institution__in=Belonging.objects.on(day)
        .filter(centre=centre, person=person_id)
        .values("institution"),
        person__assignments__centre=centre,
        person__assignments__role__in=roles_with(Permission.SPEAK_FOR_OWN),
    ).exclude(person=person_id)
    if names := sorted(set(speaks.values_list("person__name", flat=True))):
        return names
    plan = Assignment.objects.filter(centre=centre, role__in=roles_with(Permission.PLAN_ROTA))
    return sorted(set(plan.exclude(person=person_id).values_list("person__name", flat=True)))
