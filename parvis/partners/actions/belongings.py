"""Who of the team belongs to which institution."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre
from parvis.partners.lending import follow_all
from parvis.partners.models import Belonging, Institution, Relation


class NotInTeam(Exception):
    """The person holds no role at the centre."""


class NotKnownHere(Exception):
    """The centre does not work with that institution on that day."""


class NotSoEarly(Exception):
    """The person's present institution began on a later day than the change."""


@transaction.atomic
def belong(
    *, centre: Centre, person: User, to: Institution | None, on: date, at: datetime | None = None
) -> Belonging | None:
    """From the day ``on``, ``person`` belongs to an institution, or to none; what they belonged to before ends then.

    Whatever rests on it in rooms above follows: ``at`` (now, unless said) is when.

    Said twice, it is so once. A change on the day on which the last one began replaces it. Raises ``NotInTeam``,
    ``NotKnownHere``, ``NotSoEarly``.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    if not Assignment.objects.filter(centre=centre, person=person).exists():
        raise NotInTeam
    if to and not Relation.objects.open_on(on).filter(centre=centre, institution=to).exists():
        raise NotKnownHere
    here = Belonging.objects.filter(centre=centre, person=person)
    now = here.filter(valid_to=None).first()
    if now and to and now.institution_id == to.pk:
        return now
    if now and now.valid_from > on:
        raise NotSoEarly
    if here.filter(valid_to__gt=on).exists():
        raise NotSoEarly
    if now and now.valid_from == on:
        now.delete()
    elif now:
        now.valid_to = on
        now.save(update_fields=["valid_to"])
    made = (
        Belonging.objects.create(centre=centre, person=person, institution=to, valid_from=on) if to else None
    )
    follow_all(centre=centre, people=[person.pk], on=on, ended=False, at=at or centre.now())
    return made
