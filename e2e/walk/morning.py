"""A queue with a ticket in each state, three desks; acts, passages and announcements; what an outage left, and files of the past."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from parvis.accounts.models import User
from parvis.centres.factories import words
from parvis.centres.models import Centre, CodeList, Desk, OpeningException
from parvis.reception import actions
from parvis.reception.actions import past
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act
from parvis.reception.models import Act, Announcement, Arrival, Device, Expected, RefusedEntry, Ticket
from parvis.reception.models.past import Stage
from parvis.reception.tests.exports.house import asked, exported
from parvis.reception.tests.past import samples
from parvis.reception.tests.past.house import brought_in, checked, sent, worked

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


def some_tickets(centre: Centre, people: dict[str, User], now: datetime) -> dict[str, Ticket]:
    """A ticket in each state; three advisers, one of whom nobody waits for."""
    job, train, choose = (centre.themes.get(key=key) for key in ("job", "train", "choose"))
    desks = [centre_desk for centre_desk in _desks(centre)]
    start = now - timedelta(hours=2)
    calling = a_seat([job], start, desk=desks[0], person=people["calling"], languages=["fr", "en"])
    talking = a_seat([train], start, desk=desks[1], person=people["talking"], languages=["fr", "en"])
    a_seat([choose], start, desk=desks[2], person=people["idle"], languages=["uk"])
    tickets = {"coded": a_ticket(train, start, arrival=Arrival.KIOSK)}
    _received(talking, tickets["coded"], start, 20)
    actions.record_act(
        centre=centre, key=uuid4(), coding=a_coding(centre), at=start, ticket=tickets["coded"], seat=talking
    )
    tickets["uncoded"] = a_ticket(train, start + timedelta(minutes=25), size=3)
    _received(talking, tickets["uncoded"], start + timedelta(minutes=30), 31)
    soon = now - timedelta(minutes=30)
    tickets["interview"] = a_ticket(train, soon)
    actions.call_next(seat=talking, at=soon)
    actions.start_interview(seat=talking, ticket=tickets["interview"], at=soon)
    tickets["parked"] = a_ticket(job, soon)
    actions.ask_for_time(ticket=tickets["parked"], at=now - timedelta(minutes=2))
    tickets["left"] = a_ticket(job, soon)
    actions.leave(ticket=tickets["left"], at=soon)
    tickets["called"] = a_ticket(job, soon)
    actions.call_next(seat=calling, at=now - timedelta(minutes=1))
    actions.recall(seat=calling, ticket=tickets["called"], at=now)
    waiting = [
        a_ticket(theme, now - timedelta(minutes=20 - n), language=language, size=size)
        for n, (theme, language, size) in enumerate(
            [(job, "fr", 1), (job, "en", 2), (train, "fr", 1), (train, "ar", 1), (choose, "fr", 24)]
        )
    ]
    tickets |= {"waiting": waiting[0], "transferred": waiting[2]}
    return tickets


def _desks(centre: Centre):
    return Desk.objects.filter(space__site__centre=centre).order_by("pk")


def _received(seat, ticket: Ticket, at: datetime, minutes: int) -> None:
    actions.call_next(seat=seat, at=at)
    actions.start_interview(seat=seat, ticket=ticket, at=at)
    actions.finish_interview(seat=seat, ticket=ticket, at=at + timedelta(minutes=minutes))


def the_day(scene: Scene, now: datetime) -> None:
    """Acts, passages, arrivals to come, an announcement; yesterday signed and corrected, the day before not signed."""
    centre, yesterday = scene.centre, now - timedelta(days=1)
    lists = {name: list(centre.codes.filter(list=name, not_communicated=False)) for name in CodeList}
    codes = [lists[name][0] for name in (CodeList.NEED, CodeList.OUTCOME, CodeList.UNMET_NEED)]
    scene.acts["individual"] = an_act(centre, now, codes=codes, note="Comes back about the CV", minutes=25)
    scene.acts["group"] = an_act(centre, now, kind=Act.Kind.GROUP, size=24)
    scene.acts["non_contact"] = an_act(
        centre, now, kind=Act.Kind.NON_CONTACT, themes=[], codes=[lists[CodeList.NON_CONTACT][0]]
    )
    an_act(centre, now - timedelta(days=2), codes=codes)
    an_act(centre, yesterday, codes=codes)
    site = centre.sites.get()
    for hour in range(3):
        when = now - timedelta(hours=hour)
        actions.count_passages(site=site, key=uuid4(), count=12 + hour, at=when, counted_at=when)
    day = actions.sign_day(
        centre=centre,
        day=yesterday.date(),
        door_count=9,
        reasons=[lists[CodeList.GAP][0]],
        remark="",
        by=scene.people["staff"],
        at=yesterday,
    )
    actions.correct_day(
        day=day, key=uuid4(), subject="acts", after=5, reason="On paper", by=scene.people["staff"], at=now
    )
    an_act(centre, yesterday, codes=codes)
    theme = centre.themes.get(key="job")
    for kind, size in ((Expected.Kind.CLASS, 24), (Expected.Kind.APPOINTMENT, 1)):
        expected = {"centre": centre, "key": uuid4(), "kind": kind, "at": now + timedelta(hours=1)}
        actions.expect(**expected, theme=theme, language="fr", size=size)
    actions.announce(centre=centre, key=uuid4(), at=now, lasting=timedelta(hours=1), theme=theme, minutes=20)
    scene.rows |= {"announcement": Announcement.objects.get().pk, "yesterday": yesterday.date().isoformat()}


def some_ground(scene: Scene, now: datetime) -> None:
    """An exception to the hours, a closed code, a device that was stopped."""
    centre = scene.centre
    site = centre.sites.get()
    space = site.spaces.order_by("pk")[0]
    exception = OpeningException.objects.create(
        site=site, day=now.date() + timedelta(days=30), reason=words("Team day", "Journée d’équipe")
    )
    scene.rows |= {
        "site": site.pk,
        "space": space.pk,
        "desk": _desks(centre)[0].pk,
        "exception": exception.day.isoformat(),
    }
    stopped = actions.add_device(site=site, kind=Device.Kind.BOARD, name="Old board")
    actions.revoke_device(device=stopped, at=now)
    scene.devices["stopped"] = stopped


def some_past(scene: Scene, now: datetime) -> None:
    """A file at each step of the assistant."""
    centre, person = scene.centre, scene.people["staff"]
    done = brought_in(centre, samples.french_months(), "Fréquentation 2019.xlsx")
    past.save_model(past_import=done, name="Our monthly sheet", at=now)
    scene.files = {
        "done": done,
        "read": sent(centre, samples.visits_cp1252(), "visites 2017.csv", person),
        "checked": checked(sent(centre, samples.two_headings(), "2018.xlsx", person)),
        "undone": worked(past.undo(past_import=brought_in(centre, samples.finnish_csv(), "2021.csv"))),
        "failed": sent(centre, b"\x00\x01\x02 not a sheet", "broken.xlsx", person),
    }
    reading = past.send_file(
        centre=centre, person=person, file_name="long.csv", chunks=[samples.long_utf16()], at=now
    )
    scene.files["reading"] = reading
    stages = {name: file.stage for name, file in scene.files.items()}
    assert stages == {
        "done": Stage.DONE,
        "read": Stage.READ,
        "checked": Stage.CHECKED,
        "undone": Stage.UNDONE,
        "failed": Stage.FAILED,
        "reading": Stage.READING,
    }


def after_an_outage(scene: Scene, now: datetime) -> None:
    """A kiosk's arrival that could not be taken; a file that can be fetched, and one that is being written."""
    kiosk, centre = scene.devices["kiosk"], scene.centre
    entry = {"key": str(uuid4()), "theme": 999_999, "language": "fr", "size": 2, "age": 900}
    address = reverse("reception:entries", kwargs={"token": kiosk.token})
    sent_late = {"entries": [], "problems": [entry], "lease": None}
    Client().post(address, json.dumps(sent_late), content_type="application/json")
    assert RefusedEntry.objects.filter(device=kiosk).count() == 1
    exported(centre, now.date() - timedelta(days=1), now.date(), now)
    asked(centre, now.date(), now.date(), now)
