"""Who leads a class visit: nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from parvis.accounts.models import User
from parvis.agenda.models import ClassVisit, Facilitation
from parvis.agenda.queries.leading import leading_during
from parvis.partners.queries.institutions import institution_of


class Busy(Exception):
    """``person`` leads something else at that time: ``by``."""

    def __init__(self, person: User, by: Facilitation) -> None:
        super().__init__(str(person))
        self.person, self.by = person, by


def lead(visit: ClassVisit, people: Sequence[User], *, begins: datetime, ends: datetime) -> None:
    """Exactly these lead the visit, lent by whom they come from on that day. Raises ``Busy``. Within a transaction."""
    wanted = {one.pk: one for one in people}
    locked = User.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=wanted)
    list(
        locked.order_by("pk")
    )  # before anything is looked at: the second waits here, and then sees the first
    others = leading_during(begins, ends).filter(person__in=wanted).exclude(visit=visit)
    if by := others.select_related("person", "session__event", "visit").order_by("pk").first():
        raise Busy(wanted[by.person_id or 0], by)
    known = visit.facilitations.filter(person__isnull=False)
    known.exclude(person__in=wanted).delete()
    there = set(known.values_list("person", flat=True))
    day = visit.centre.local_day(begins)
    Facilitation.objects.bulk_create(
        Facilitation(visit=visit, person=one, institution=institution_of(one, visit.centre, day))
        for pk, one in wanted.items()
        if pk not in there
    )


def let_go(visit: ClassVisit) -> None:
    """Nobody leads the visit any more."""
    visit.facilitations.all().delete()
