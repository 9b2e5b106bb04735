"""Partnerships by stage, with what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from parvis.centres.models import Centre
from parvis.partners.models import Relation, Stage, Step
from parvis.shared.plain import plain

ENDED_SHOWN = timedelta(days=400)


@dataclass(frozen=True)
class Card:
    """One partnership on the board."""

    relation: Relation
    since: date | None
    today: date

    @property
    def is_late(self) -> bool:
        """Whether its next action should have been taken."""
        return bool(self.relation.next_action_on and self.relation.next_action_on < self.today)


@dataclass(frozen=True)
class Column:
    """One stage and the partnerships that are there."""

    stage: Stage
    cards: list[Card]


def board(centre: Centre, day: date) -> list[Column]:
    """Every partnership by stage; those that ended long ago are left out: two queries.

    Prospects and negotiations by the day of their next action, the others by name.
    """
    relations = Relation.objects.filter(centre=centre).exclude(stage="").select_related("institution")
    steps = Step.objects.filter(relation__centre=centre).order_by("since", "pk")
    since = {step.relation_id: step.since for step in steps}
    cards: dict[Stage, list[Card]] = {stage: [] for stage in Stage if stage}
    for relation in relations:
        begun = relation.valid_to if relation.is_closed_on(day) else since.get(relation.pk)
        cards[relation.stage_on(day)].append(Card(relation, begun, day))
    recent = [one for one in cards[Stage.ENDED] if one.since is None or one.since >= day - ENDED_SHOWN]
    cards[Stage.ENDED] = recent
    for found in cards.values():
        found.sort(
            key=lambda one: (
                one.relation.next_action_on or date.max,
                plain(one.relation.institution.name),
            )
        )
    return [Column(stage, found) for stage, found in cards.items()]


def history(relation: Relation) -> list[Step]:
    """Its steps, the last one first: one query."""
    return list(relation.steps.select_related("by").order_by("-since", "-pk"))
