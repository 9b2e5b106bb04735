"""Who leads a session: people of the team, each at one thing at a time, lent by the institution they come from on that day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction

from parvis.accounts.models import User
from parvis.agenda.actions.errors import LeadsElsewhere, NotOfThisCentre
from parvis.agenda.actions.hours import count_hours
from parvis.agenda.models import Facilitation, Session
from parvis.agenda.queries.leads import institutions_of, leading
from parvis.centres.models import Assignment, Centre


@transaction.atomic
def choose_facilitators(*, session: Session, people: Mapping[User, int], at: datetime) -> list[Facilitation]:
    """Exactly these lead it, each with so many minutes to prepare; hours are counted anew where it was held. Said twice, the same.

    Raises ``LeadsElsewhere``, ``NotOfThisCentre`` for who is not of the team.
    """
    session = lock_session(session)
    known = {one.person_id: one for one in session.facilitations.filter(person__isnull=False)}
    fresh = [one for one in people if one.pk not in known]
    _check_team(session.centre, fresh)
    if session.state != Session.State.CANCELLED:
        keep_free(people, session.begins_at, session.ends_at, but=session)
    session.facilitations.filter(person__isnull=False).exclude(person__in=people).delete()
    lent = institutions_of(session.centre, people, session.day)
    for person, preparing in people.items():
        Facilitation.objects.update_or_create(
            session=session,
            person=person,
            defaults={"preparing": preparing, "institution": lent.get(person.pk)},
        )
    if session.state == Session.State.HELD:
        count_hours(owner=session, at=at)
    return list(session.facilitations.select_related("person"))


def keep_free(people: Iterable[User], begins: datetime, ends: datetime, *, but: Session) -> None:
    """Each of ``people`` leads nothing in that time ``but`` this session; their rows are locked, so that two pages do not both find them free.

    Raises ``LeadsElsewhere``. To be called in a transaction.
    """
    keys = sorted(one.pk for one in people)
    rows = {
        one.pk: one for one in User.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    }
    busy = leading(keys, begins, ends).exclude(session=but.pk)
    if found := busy.select_related("session__event", "visit").order_by("pk").first():
        owner = found.session or found.visit
        if owner and found.person_id:
            raise LeadsElsewhere(rows[found.person_id], owner if owner.centre_id == but.centre_id else None)


def lend_again(session: Session) -> None:
    """After its day has changed: each of its people comes from where they come from on that day."""
    leads = list(session.facilitations.filter(person__isnull=False).select_related("person"))
    lent = institutions_of(session.centre, [one.person for one in leads if one.person], session.day)
    for one in leads:
        one.institution = lent.get(one.person_id or 0)
    Facilitation.objects.bulk_update(leads, ["institution"])


def lock_session(session: Session) -> Session:
    """The row, locked until the transaction ends, with its centre, event and site."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("centre", "event", "site").get(pk=session.pk)


def _check_team(centre: Centre, people: Collection[User]) -> None:
    """Raises ``NotOfThisCentre`` where one of ``people`` holds no role at ``centre``."""
    known = Assignment.objects.filter(centre=centre, person__in=people).values("person").distinct().count()
    if known != len(people):
        raise NotOfThisCentre
