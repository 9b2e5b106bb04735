"""What planning needs: what can be chosen, what is in the way on which day, and who is free to lead."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from parvis.accounts.models import User
from parvis.agenda.models import Booking, ClassVisit, Equipment, Room, Session
from parvis.agenda.queries.leads import leading
from parvis.agenda.queries.programme import rooms_of
from parvis.agenda.queries.where import When
from parvis.agenda.wording import owner_words, taken_by
from parvis.centres.models import Centre, Site
from parvis.centres.queries.opening import Why, openings
from parvis.centres.queries.team import members_of
from parvis.partners import on_duty


@dataclass(frozen=True)
class Candidate:
    """One of the team, and what they do at that time."""

    person: User
    leads: bool  # this very session
    facilitates: str  # when they are on duty for such things
    at_desk: str  # when they are on duty at a desk
    elsewhere: str  # what they lead meanwhile

    @property
    def order(self) -> tuple[bool, bool, bool, bool, str]:
        """Who leads it first, then those who are there for it, then the free ones."""
        return (
            not self.leads,
            bool(self.elsewhere),
            not self.facilitates,
            bool(self.at_desk),
            self.person.name,
        )


def sites_of(centre: Centre) -> list[Site]:
    """The sites that are open: one query."""
    return list(centre.sites.filter(closed_on=None))


def equipment_of(centre: Centre, day: date) -> list[Equipment]:
    """What can be lent from ``day`` on: one query."""
    found = Equipment.objects.filter(centre=centre)
    return [one for one in found if one.closed_on is None or one.closed_on > day]


def team_of(centre: Centre) -> list[User]:
    """Who can lead something: everybody who works there; one query."""
    return [one.person for one in members_of(centre)]


def closed_days(centre: Centre, site: Site | None, first: date, last: date) -> dict[date, str]:
    """Days on which the site is closed by a holiday or an exception, and why: three queries at most."""
    if site is None:
        return {}
    days = openings([site], centre, first, last)[site.pk]
    unusual = (Why.HOLIDAY, Why.EXCEPTION, Why.CLOSED_FOR_GOOD)
    closed = gettext("the centre is closed")
    return {
        one.day: one.reason or one.holiday or closed for one in days if not one.is_open and one.why in unusual
    }


def in_the_way(
    centre: Centre, whens: Sequence[When], rooms: Collection[Room], people: Collection[User]
) -> dict[datetime, list[str]]:
    """Beginning -> what has one of the rooms or one of the people then: two queries."""
    if not whens:
        return {}
    begins, ends = min(one.begins for one in whens), max(one.ends for one in whens)
    booked = Booking.objects.filter(room__in=[one.pk for one in rooms]).during(begins, ends)
    booked = booked.select_related("room__space", "session__event", "session__centre", "visit__centre")
    led = leading([one.pk for one in people], begins, ends)
    led = led.select_related("person", "session__event", "session__centre", "visit__centre")
    names = {one.pk: one.name for one in people}
    busy = [(one.begins_at, one.ends_at, f"{one.room}: {taken_by(one)}") for one in booked]
    for one in led:
        owner = one.session or one.visit
        if owner and owner.begins_at and owner.ends_at:
            busy.append(
                (owner.begins_at, owner.ends_at, f"{names[one.person_id or 0]}: {_what(owner, centre)}")
            )
    return {
        when.begins: [words for starts, until, words in busy if starts < when.ends and until > when.begins]
        for when in whens
    }


def candidates(session: Session) -> list[Candidate]:
    """Everybody of the team, and what they do while ``session`` takes place: three queries and those of the rota."""
    centre, team = session.centre, team_of(session.centre)
    begins, ends = session.begins_at, session.ends_at
    chosen = set(session.facilitations.values_list("person", flat=True))
    duty: dict[tuple[int, bool], list[str]] = {}
    for one in on_duty.on_duty(centre=centre, begins=begins, ends=ends):
        hours = f"{centre.local(one.begins):%H:%M}–{centre.local(one.ends):%H:%M}"
        duty.setdefault((one.person, one.facilitates), []).append(hours)
    busy = leading([one.pk for one in team], begins, ends).exclude(session=session.pk)
    busy = busy.select_related("session__event", "session__centre", "visit__centre")
    elsewhere = {one.person_id: _what(owner, centre) for one in busy if (owner := one.session or one.visit)}
    found = [
        Candidate(
            one,
            one.pk in chosen,
            ", ".join(duty.get((one.pk, True), [])),
            ", ".join(duty.get((one.pk, False), [])),
            elsewhere.get(one.pk, ""),
        )
        for one in team
    ]
    return sorted(found, key=lambda one: one.order)


def _what(owner: Session | ClassVisit, centre: Centre) -> str:
    """What somebody leads; of another centre only that it is something."""
    return owner_words(owner) if owner.centre_id == centre.pk else gettext("something at another centre")


__all__ = [
    "Candidate",
    "candidates",
    "closed_days",
    "equipment_of",
    "in_the_way",
    "rooms_of",
    "sites_of",
    "team_of",
]
