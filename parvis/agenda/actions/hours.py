"""What leading a session or a class visit took: held where the rota had the person on duty, else given by their institution."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, override

from parvis.accounts.models import User
from parvis.agenda.models import ClassVisit, Facilitation, Session
from parvis.centres.models import Centre, Theme
from parvis.partners import on_duty
from parvis.partners.actions import Given, count_given
from parvis.partners.models import Belonging, Contribution, Relation

HELD = {Session.State.HELD.value, ClassVisit.State.HELD.value, ClassVisit.State.EVALUATED.value}
WORDS = 280  # that a contribution has room for


@transaction.atomic
def count_hours(*, owner: Session | ClassVisit, at: datetime) -> None:
    """Count what each facilitator gave to ``owner``, which was held; take everything back where it was not.

    Preparing comes on top, and is always given outside duty. Of whole days only the preparing is known. Said again, the later word counts:
    call it in the transaction that holds the owner's row, whenever its state, times or facilitators change.
    """
    rows = list(_rows(owner))
    if owner.state in HELD:
        _name_institutions(owner, rows)
    led = _led(owner)
    people = [row.person for row in rows if row.person and led]
    begins, ends = led or (at, at)
    held = on_duty.hold(centre=owner.centre, people=people, begins=begins, ends=ends, source=owner.uid, at=at)
    long = int((ends - begins) / timedelta(minutes=1))
    for row in rows:
        row.minutes = long + row.preparing if owner.state in HELD else None
        # Of somebody whose name is gone, what was counted then stays.
        row.on_duty = held.get(row.person_id, 0) if row.person_id else min(row.on_duty, long)
    Facilitation.objects.bulk_update(rows, ["minutes", "on_duty", "institution"])
    count_given(source=owner.uid, given=_given(owner, rows), at=at)


def recount(*, centre: Centre, person: User, begins: datetime, ends: datetime, at: datetime) -> int:
    """Time on duty of ``person`` was noted or corrected: whatever they led meanwhile is counted anew; returns how many that was."""
    theirs = Facilitation.objects.filter(person=person)
    found: list[Session | ClassVisit] = [
        *Session.objects.filter(centre=centre, facilitations__in=theirs, state__in=HELD).between(
            begins, ends
        ),
        *ClassVisit.objects.filter(
            centre=centre,
            facilitations__in=theirs,
            state__in=HELD,
            begins_at__lt=ends,
            ends_at__gt=begins,
        ),
    ]
    for one in found:
        with transaction.atomic():
            locked = type(one).objects.select_for_update(no_key=True, of=("self",)).select_related("centre")
            count_hours(owner=locked.get(pk=one.pk), at=at)
    return len(found)


def _rows(owner: Session | ClassVisit) -> list[Facilitation]:
    who = Q(person__isnull=False) | Q(institution__isnull=False)
    return list(owner.facilitations.filter(who).select_related("person").order_by("pk"))


def _led(owner: Session | ClassVisit) -> tuple[datetime, datetime] | None:
    """From when to when it was led; none where it was not, or for whole days."""
    if owner.state not in HELD or owner.begins_at is None or owner.ends_at is None:
        return None
    return None if isinstance(owner, Session) and owner.all_day else (owner.begins_at, owner.ends_at)


def _name_institutions(owner: Session | ClassVisit, rows: list[Facilitation]) -> None:
    """Who is counted for the first time gives for the institution that lends them on that day."""
    new = [row.person_id for row in rows if row.minutes is None]
    if owner.day is None or not new:
        return
    found = Belonging.objects.on(owner.day).filter(centre=owner.centre, person__in=new)
    lent = dict(found.values_list("person", "institution"))
    for row in rows:
        if row.minutes is None:
            row.institution_id = lent.get(row.person_id or 0, row.institution_id)


def _given(owner: Session | ClassVisit, rows: list[Facilitation]) -> dict[UUID, Given]:
    """What institutions gave beside what is held on duty, by a key that stays."""
    relations = {
        one.institution_id: one
        for one in Relation.objects.filter(
            centre=owner.centre, institution__in={row.institution_id for row in rows if row.institution_id}
        )
    }
    if owner.day is None or not relations:
        return {}
    theme, words = _theme(owner), _words(owner)
    return {
        uuid5(owner.uid, f"hours {row.pk}"): Given(
            relation=relations[row.institution_id],
            day=owner.day,
            kind=Contribution.Kind.EVENT,
            minutes=row.minutes - row.on_duty,
            theme=theme,
            words=words,
        )
        for row in rows
        if row.minutes is not None and row.minutes > row.on_duty and row.institution_id in relations
    }


def _theme(owner: Session | ClassVisit) -> Theme | None:
    themes = list(owner.event.themes.all()) if isinstance(owner, Session) else []
    return themes[0] if len(themes) == 1 else None


def _words(owner: Session | ClassVisit) -> str:
    if isinstance(owner, Session):
        return str(owner.event.title.localize(owner.centre.language))[:WORDS]
    with override(owner.centre.language):  # what a teacher typed goes no further
        return owner.school.name if owner.school else gettext("School class")
