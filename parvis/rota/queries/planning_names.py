"""What the planner's keys stand for: people, institutions, duties and half-days by the names that planners read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.partners.models import Institution
from parvis.rota.duties import duty_of
from parvis.rota.models import DutyKind, HalfDay, Part
from parvis.rota.planning.problem import Problem


@dataclass(frozen=True)
class NamedHalfDay:
    """A half-day as it is said."""

    day: date
    part: Part
    site: str  # nothing where the problem has only one site


@dataclass(frozen=True)
class Names:
    """Names by the planner’s keys. Only planners read them: they name people and institutions."""

    people: Mapping[int, str]
    institutions: Mapping[int, str]
    tasks: Mapping[str, str]
    half_days: Mapping[int, NamedHalfDay]
    first_day: date  # day 0 of the problem


def planning_names(centre: Centre, problem: Problem, first_day: date) -> Names:
    """The names of all that a problem mentions, in the active language: four queries."""
    half_days = list(
        HalfDay.objects.filter(pk__in=[slot.key for slot in problem.slots]).select_related("site")
    )
    several = len({half_day.site_id for half_day in half_days}) > 1
    people = User.objects.filter(pk__in=[person.key for person in problem.people])
    institutions = {person.institution for person in problem.people} | {
        it.institution for it in problem.shares
    }
    known = Institution.objects.filter(pk__in=[key for key in institutions if key is not None])
    themes = {theme.pk: str(theme.name) for theme in Theme.objects.filter(centre=centre)}
    tasks = {need.task for need in problem.needs} | {
        task for person in problem.people for task in person.tasks
    }
    return Names(
        people={person.pk: person.name for person in people},
        institutions={institution.pk: str(institution) for institution in known},
        tasks={task: _task(task, themes) for task in tasks},
        half_days={
            half_day.pk: NamedHalfDay(
                half_day.date, Part.of(half_day.starts), str(half_day.site) if several else ""
            )
            for half_day in half_days
        },
        first_day=first_day,
    )


def _task(task: str, themes: Mapping[int, str]) -> str:
    duty, theme = duty_of(task)
    if theme is not None:
        return themes.get(theme, _("a theme of another centre"))
    return str(DutyKind(duty).label)
