"""What ends with a partnership."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from parvis.partners.lending import follow_all
from parvis.partners.models import Belonging, Mandate, Relation


def end_belongings(relation: Relation, day: date, at: datetime | None = None) -> None:
    """Who belongs to it and the seats it holds, where they would outlast it, end with it; what had not begun is none."""
    centre = relation.centre
    here = Belonging.objects.filter(institution=relation.institution_id, centre=relation.centre_id)
    seats = Mandate.objects.filter(institution=relation.institution_id, seat__body__centre=relation.centre_id)
    theirs = here.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    people = sorted(set(theirs.values_list("person", flat=True)))
    for rows in (here, seats):
        _end(rows, day)
    follow_all(centre=centre, people=people, on=day, ended=True, at=at or centre.now())


def _end(here: QuerySet[Belonging] | QuerySet[Mandate], day: date) -> None:
    here.filter(valid_from__gte=day).delete()
    here.filter(valid_to=None).update(valid_to=day)
    here.filter(valid_to__gt=day).update(valid_to=day)
