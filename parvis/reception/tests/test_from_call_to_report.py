"""From a sick call to the partner's quarterly report: what was held at the desk is what the report says, to the minute."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from parvis.reception import actions
from parvis.reception.factories import a_seat
from parvis.rota import periods
from parvis.rota.actions.cover import accept_cover, open_cover_call
from parvis.rota.models import Held
from parvis.rota.queries.covering import could_cover
from parvis.rota.reports import report
from parvis.rota.tests.cover_house import a_house
from parvis.rota.tests.duty import at

pytestmark = pytest.mark.django_db


def test_who_comes_instead_opens_the_desk_from_the_slot_and_the_report_says_it():
    house = a_house()
    absent = house.absent()
    asked = [one.person for one in could_cover(absent, house.early)]
    call = open_cover_call(slot=absent, asked=asked, key=uuid4(), by=house.planner, at=house.early)
    cover = accept_cover(call=call, person=house.people["dan"], at=house.early)
    seat = a_seat([house.jobs], at(house.centre, 8, 58, second=30), person=house.people["dan"])
    actions.close_seat(seat=seat, at=at(house.centre, 12, 33, second=10))

    held = Held.objects.get()
    assert (held.slot, held.institution, held.minutes) == (cover, house.institutions["School"], 215)
    later = at(house.centre, 9, day=date(2026, 4, 2))
    said = {
        name: report(house.centre, periods.read("2026-Q1"), later, institution.pk)
        for name, institution in house.institutions.items()
    }
    assert {name: one.total.now.held for name, one in said.items()} == {"Chamber": 0, "School": 215}
    steps = {step.label: step.now for step in said["School"].steps}
    assert steps["came instead of somebody of another institution"] == 210
    assert steps["came earlier or stayed longer than planned"] == 5
    assert {step.label: step.now for step in said["Chamber"].steps}[
        "absent, replaced by another institution"
    ] == -210
