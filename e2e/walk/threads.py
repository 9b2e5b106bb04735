"""Somebody came back: a conversation that goes on; needs and proposals; numbers for an emergency."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from parvis.centres.models import CodeList
from parvis.guidance import actions as threads
from parvis.guidance.actions import emergency, needs
from parvis.guidance.factories import a_conversation, a_line, a_thread
from parvis.guidance.forms.entries import WRITTEN
from parvis.guidance.models import EmergencyNumber, Kind
from parvis.guidance.models import ProposalState as P

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


def some_threads(scene: Scene, now: datetime) -> None:
    """Somebody came back: something of each kind was written, and a conversation goes on."""
    earlier = now - timedelta(days=120)
    _opened, receipt = a_thread(scene.centre, earlier)
    talk = a_conversation(receipt, scene.centre, scene.people["calling"], earlier)
    for kind in WRITTEN:
        a_line(talk, f"Something to read about {kind.value}", earlier, kind)
    step = {"text": "Ask for the leaflet", "who": "you", "due": "2026-04-01", "where": "Blue room"}
    for said in (step, step | {"text": "Come back in spring", "done": True}):
        threads.write_entry(opened=talk, key=uuid4(), kind=Kind.STEP, said=said, at=earlier)
    if talk.grant:
        threads.end_conversations(grants=[talk.grant], at=earlier)
    talk = a_conversation(receipt, scene.centre, scene.people["talking"], now)
    threads.mark_trainee(grant=talk.grant, listens=True)
    scene.rows["conversation"] = str(talk.grant.key)
    scene.links["code"] = receipt.letters()


def some_needs(scene: Scene, now: datetime) -> None:
    """Needs that the team noted, one taken back; a proposal that is overdue and one that is done."""
    centre, staff = scene.centre, scene.people["staff"]
    job = centre.themes.get(key="job")
    code = centre.codes.filter(list=CodeList.UNMET_NEED, not_communicated=False).order_by("position")[0]
    noted = [
        needs.note_need(centre=centre, key=uuid4(), noted=needs.Noted(text, job, 4, now.date()), at=now)
        for text in ("Nothing in the evening for people who work by day", "A quiet room for video interviews")
    ]
    needs.withdraw_need(need=noted[1], at=now)
    scene.rows |= {"need": noted[0].pk, "need taken back": noted[1].pk}
    for name, wanted in {
        "overdue": needs.Wanted(
            "An evening workshop a month", "workshop", [job], due=date(2026, 2, 1), needs=noted, codes=[code]
        ),
        "done": needs.Wanted("A partner for childcare", "partner", [job], owner=staff),
    }.items():
        made = needs.make_proposal(centre=centre, key=uuid4(), wanted=wanted, by=staff, at=now)
        needs.add_remark(proposal=made, key=uuid4(), text="Two partners would join.", by=staff, at=now)
        scene.rows[f"proposal {name}"] = made.pk
    for version, state in enumerate((P.AGREED, P.UNDER_WAY, P.DONE), 1):
        said = "They come on Wednesdays." if state == P.DONE else ""
        moved = {"to": state, "version": version, "by": staff, "at": now, "outcome": said}
        needs.move_proposal(proposal=made, key=uuid4(), **moved)


def some_numbers(scene: Scene) -> None:
    """The centre's own numbers, taken over from its country."""
    emergency.adopt_numbers(centre=scene.centre)
    scene.rows["emergency number"] = EmergencyNumber.objects.filter(centre=scene.centre)[0].pk
