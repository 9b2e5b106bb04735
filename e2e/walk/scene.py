"""A lively Tuesday morning with something on every page: one queue, three desks, acts, an announcement, files of the past."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils import timezone

from e2e.walk.agenda_classes import some_classes
from e2e.walk.agenda_coming import some_comings
from e2e.walk.agenda_day import some_days
from e2e.walk.agenda_kits import some_kits
from e2e.walk.agenda_programme import a_programme
from e2e.walk.agenda_public import a_public_event
from e2e.walk.asked import ask_some
from e2e.walk.bodies import some_bodies
from e2e.walk.drafts import some_drafts
from e2e.walk.morning import after_an_outage, some_ground, some_past, some_tickets, the_day
from e2e.walk.nights import some_nights
from e2e.walk.on_duty import some_duty
from e2e.walk.open_data import an_open_year
from e2e.walk.partners import some_institutions
from e2e.walk.published import some_published
from e2e.walk.questionnaires import some_questionnaires
from e2e.walk.reports import some_reports
from e2e.walk.rota import a_rota
from e2e.walk.surveyed import some_surveys
from e2e.walk.team import some_links, some_people
from e2e.walk.threads import some_needs, some_numbers, some_threads
from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.demonstration.actions import set_clock
from parvis.demonstration.models import Demonstration
from parvis.demonstration.setting import set_up
from parvis.reception.models import Act, Device, PastImport, State, Ticket

ELEVEN = datetime(2026, 3, 3, 10, 5, tzinfo=UTC)  # in Paris, five past eleven


@dataclass
class Scene:
    """The rows by name."""

    centre: Centre
    people: dict[str, User]
    tickets: dict[str, Ticket]
    devices: dict[str, Device]
    files: dict[str, PastImport] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int | str] = field(default_factory=dict)


def a_scene() -> Scene:
    """Everything, through the product's own actions."""
    set_up(today=ELEVEN.date(), at=ELEVEN, language="en")
    centre = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    Centre.objects.filter(pk=centre.pk).update(is_demonstration=True)
    set_clock(centre=centre, shows=ELEVEN, speed=0, real=timezone.now())
    Demonstration.objects.create(
        centre=centre, seed="s", played_until=ELEVEN, player="me", player_seen_at=timezone.now()
    )
    centre.refresh_from_db()
    people = some_people(centre)
    scene = Scene(
        centre,
        people,
        some_tickets(centre, people, ELEVEN),
        {one.kind: one for one in centre.devices.order_by("-pk")},
    )
    the_day(scene, ELEVEN)
    some_ground(scene, ELEVEN)
    some_links(scene)
    some_past(scene, ELEVEN)
    after_an_outage(scene, ELEVEN)
    some_threads(scene, ELEVEN)
    some_needs(scene, ELEVEN)
    ask_some(scene, ELEVEN)
    some_surveys(scene, ELEVEN)
    some_numbers(scene)
    some_institutions(scene, ELEVEN)
    some_duty(scene, ELEVEN)
    some_bodies(scene, ELEVEN)
    scene.rows.update(a_rota(centre, people, ELEVEN))
    some_drafts(scene, ELEVEN)
    scene.rows.update(some_reports(centre, people["staff"], ELEVEN))
    scene.rows.update(an_open_year(centre, people["staff"], ELEVEN))
    scene.rows["published figure"] = some_published(centre, people["staff"], ELEVEN)
    scene.rows.update(some_questionnaires(centre, ELEVEN.date()))
    _agenda(scene)
    some_nights()
    return scene


def _agenda(scene: Scene) -> None:
    centre, people, rows = scene.centre, scene.people, scene.rows
    rows.update(a_programme(centre, people, ELEVEN))
    rows.update(a_public_event(centre, ELEVEN))
    rows.update(some_comings(centre, ELEVEN))
    rows.update(some_classes(centre, people, ELEVEN))
    rows.update(some_kits(centre, ELEVEN))
    rows.update(some_days(centre, people, ELEVEN))


def in_state(scene: Scene) -> None:
    """The tickets are in the states that the pages are about."""
    for name, state in {
        "waiting": State.WAITING,
        "called": State.CALLED,
        "interview": State.INTERVIEW,
        "parked": State.PARKED,
        "left": State.LEFT,
        "coded": State.DONE,
    }.items():
        scene.tickets[name].refresh_from_db()
        assert scene.tickets[name].state == state, name
