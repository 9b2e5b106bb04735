"""The steps of a partnership. The only place where a relation's stage changes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.partners.actions.ending import end_belongings
from parvis.partners.models import ALLOWED, PARTNERS, Relation, Stage, Step


class NotFromHere(Exception):
    """The partnership cannot go there from where it is."""


class NotBeforeTheLast(Exception):
    """The step before was taken on a later day."""


class NotYetThere(Exception):
    """A step is noted on its day or after it."""


@transaction.atomic
def take_step(
    *, relation: Relation, stage: Stage, since: date, reason: str, by: User | None, at: datetime
) -> Step:
    """The partnership is at ``stage`` from the day ``since`` on.

    Active makes the institution a partner of the centre; ended makes it an outside body again, and whoever belonged to it
    does so until then. Coming back from a closed one opens it. Taken twice, it is taken once. Raises ``NotFromHere``,
    ``NotBeforeTheLast``, ``NotYetThere``.
    """
    relation = (
        Relation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("centre")
        .get(pk=relation.pk)
    )
    today = relation.centre.local_day(at)
    last = relation.steps.order_by("since", "pk").last()
    now = relation.stage_on(today)
    if last and (now, last.since, last.reason) == (stage, since, reason):
        return last
    if stage not in ALLOWED[now]:
        raise NotFromHere
    if since > today:
        raise NotYetThere
    if (last and since < last.since) or since < relation.valid_from:
        raise NotBeforeTheLast
    if relation.is_closed_on(today):
        relation.valid_to = None
    return put_step(relation, stage=stage, since=since, reason=reason, by=by, at=at)


def put_step(
    relation: Relation,
    *,
    stage: Stage,
    since: date,
    reason: str = "",
    by: User | None = None,
    at: datetime | None,
) -> Step:
    """Writes a step that is allowed; within a transaction that holds the relation."""
    was_partner = relation.standing == Relation.Standing.PARTNER
    relation.stage = stage
    relation.standing = Relation.Standing.PARTNER if stage in PARTNERS else Relation.Standing.OUTSIDE
    relation.save(update_fields=["stage", "standing", "valid_to"])
    if was_partner and stage not in PARTNERS:
        end_belongings(relation, since, at)
    return Step.objects.create(relation=relation, stage=stage, since=since, reason=reason, by=by, at=at)


@transaction.atomic
def plan_next(*, relation: Relation, action: str, by_day: date | None) -> Relation:
    """What is to be done next about a partnership, and by when; an empty one takes it away."""
    relation.next_action, relation.next_action_on = action, by_day if action else None
    relation.save(update_fields=["next_action", "next_action_on"])
    return relation
