"""A steering committee with seats, a meeting that was minuted and approved, one that is being prepared, a structure model."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from parvis.partners.actions import decisions, meetings, structure
from parvis.partners.factories import an_institution
from parvis.partners.factories_bodies import (
    a_body,
    a_decision,
    a_mandate,
    a_meeting,
    a_point_of,
    an_action,
    seats,
)
from parvis.partners.models import Attendance, Decision, Institution, StructureModel

if TYPE_CHECKING:
    from datetime import datetime

    from e2e.walk.scene import Scene

K = Institution.Kind


def some_bodies(scene: Scene, now: datetime) -> None:
    """Rows for each page about coordination."""
    centre, today = scene.centre, now.date()
    college = an_institution(centre, "Evening college").institution
    town = an_institution(centre, "Town hall", kind=K.COMMUNITY).institution
    body = a_body(centre, "Steering committee", purpose="Decides on the year’s plan.")
    first, second = seats(body, K.EDUCATION, 2)
    own = seats(body, label="Towns around")[0]
    a_mandate(first, college, representative="Ana Ribeiro", valid_to=today)
    a_mandate(first, college, representative="Jo Keller", deputy="Paul Renard", valid_from=today)
    a_mandate(own, town, valid_to=today + timedelta(days=40))
    held = a_meeting(body, today - timedelta(days=30), place="Town hall, first floor")
    item = a_point_of(held, "Opening in the evening", brought_by=town, minutes="The town asks for Tuesdays.")
    decision = a_decision(held, "Open until eight on Tuesdays.", item=item, votes=decisions.Votes(3, 0, 1))
    a_decision(held, "A second site is looked for.", result=Decision.Result.POSTPONED)
    point = an_action(held, "Ask the caretaker for keys", town, due=today - timedelta(days=3), item=item)
    an_action(held, "Print the poster", person=scene.people["staff"])
    meetings.note_attendance(meeting=held, states={own: Attendance.State.PRESENT}, at=now)
    coming = a_meeting(body, today)
    old = a_meeting(body, today - timedelta(days=90))
    meetings.approve_minutes(meeting=old, at_meeting=held, at=now)
    words = {"text": "Six seats.", "reason": "A slip"}
    meetings.correct_minutes(meeting=old, key=old.key, by=scene.people["staff"], at=now, **words)
    a_body(centre, "Working group on schools", kind="working_group", valid_to=today)
    structure.choose_structure(centre=centre, model=StructureModel.AGREEMENT, since=today, at=now)
    rows = {"body": body, "seat held": first, "seat vacant": second, "mandate": own.mandates.get()}
    rows |= {"meeting held": held, "meeting coming": coming, "meeting approved": old}
    rows |= {"agenda item": item, "decision": decision, "action point": point}
    scene.rows |= {name: row.pk for name, row in rows.items()}
