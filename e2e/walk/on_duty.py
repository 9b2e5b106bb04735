"""The published rota of the walk: this week, with a gap, an absence, and a coordinator who sees their own people."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.partners.models import Institution
from parvis.rota.actions.control import look_ahead
from parvis.rota.actions.cover import open_cover_call
from parvis.rota.factories import a_duty_slot, a_half_day, a_need, speaks_for
from parvis.rota.models import DutySlot, HalfDay, Held, Rota, Swap

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


def some_duty(scene: Scene, at: datetime) -> None:
    """From Monday to Friday, mornings and afternoons."""
    centre, people = scene.centre, scene.people
    lender = Institution.objects.get(relations=scene.rows["institution"])
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre, name="Marc Aubry")
    speaks_for(coordinator, centre, lender)
    people["coordinator"] = coordinator
    people["several"] = a_person(Role.PARTNER_COORDINATOR, centre=centre, name="Inès Faure")
    for one in Institution.objects.filter(relations__centre=centre).order_by("pk")[:2]:
        speaks_for(people["several"], centre, one)
    Rota.objects.get_or_create(centre=centre, defaults={"version": 2, "changed_at": at})
    themes = {key: centre.themes.get(key=key) for key in ("train", "job")}
    monday = centre.local_day(at) - timedelta(days=centre.local_day(at).weekday())
    for day in (monday + timedelta(days=n) for n in range(5)):
        for starts in (time(9), time(14)):
            if HalfDay.objects.filter(centre=centre, date=day, starts=starts).exists():
                continue
            half_day = a_half_day(centre, day, starts, institutions_min=2)
            a_need(half_day)
            for theme in themes.values():
                a_need(half_day, theme)
            usual = {"half_day": half_day, "changed_at": at - timedelta(days=1)}
            a_duty_slot(centre, people["staff"], day, starts, **usual)
            a_duty_slot(centre, people["calling"], day, starts, themes["train"], **usual)
            a_duty_slot(centre, people["talking"], day, starts, themes["train"], **usual)
            a_duty_slot(
                centre, people["idle"], day, starts, themes["job"], state=DutySlot.State.ABSENT, **usual
            )
    _asked(scene, at)
    scene.rows["look ahead"] = look_ahead(centre=centre, at=at)[0].day.isoformat()


def _asked(scene: Scene, at: datetime) -> None:
    """An absence for which somebody is looked for, and an exchange that waits for an answer."""
    ahead = DutySlot.objects.filter(centre=scene.centre, half_day__date__gt=scene.centre.local_day(at))
    absent = ahead.filter(state=DutySlot.State.ABSENT).order_by("half_day__date", "pk")[0]
    people, key = scene.people, uuid4()
    open_cover_call(slot=absent, asked=[people["calling"]], key=key, by=people["staff"], at=at)
    mine, theirs = (
        ahead.filter(person=people[who]).order_by("half_day__date", "pk")[0] for who in ("talking", "calling")
    )
    Swap.objects.create(
        key=uuid4(),
        centre=scene.centre,
        slot=mine,
        other_slot=theirs,
        proposed_by=people["talking"],
        proposed_to=people["calling"],
        proposed_at=at,
    )
    scene.rows["absent_slot"], scene.rows["calling_slot"] = absent.pk, theirs.pk
    begun = at - timedelta(hours=3)
    ended = Held.objects.create(
        key=uuid4(), centre=scene.centre, person=people["idle"], duty="advice", ending=Held.Ending.FORGOTTEN,
        date=scene.centre.local_day(begun), begun_at=begun, ended_at=at - timedelta(hours=1),
    )  # fmt: skip
    scene.rows["held"] = ended.pk
