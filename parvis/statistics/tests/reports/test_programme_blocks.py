"""Events and classes in reports: filled from the agenda, typed where it knows of none, protected like everything about people."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from parvis.agenda.factories import a_class_visit, a_school, a_session, an_event, an_event_kind
from parvis.agenda.models import ClassVisit, ObjectiveDone, Session
from parvis.centres.factories import a_code
from parvis.centres.models import CodeList
from parvis.reception.factories import coded_centre
from parvis.statistics.models import PartKind
from parvis.statistics.queries.reports.asked import Leaving
from parvis.statistics.queries.reports.blocks import BLOCKS, Asked
from parvis.statistics.queries.reports.blocks.charter import charter
from parvis.statistics.queries.reports.blocks.typed import Commitment
from parvis.statistics.queries.reports.protecting import verdict
from parvis.statistics.shown import Audience, Hidden
from parvis.statistics.tests.reports.scene import NOON, PARIS, a_report

pytestmark = pytest.mark.django_db
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def centre():
    """A fair with 120 people, two workshops with 8 and 9, of which one a year before, and two classes of one of three schools."""
    centre = coded_centre(clock_set_at=NOON, clock_showed=NOON, clock_speed=0)
    fair, workshop = an_event_kind(centre, "fair"), an_event_kind(centre, "workshop")
    sector = a_code(centre, CodeList.SECTOR, "wood")
    for kind, day, people in (
        (fair, date(2025, 3, 3), 120),
        (workshop, date(2025, 3, 10), 8),
        (workshop, date(2024, 6, 1), 9),
    ):
        event = an_event(centre, kind=kind)
        event.codes.add(sector)
        at = datetime.combine(day, time(14), PARIS)
        a_session(event, at, state=Session.State.HELD, participants=people, counted_at=at)
    a_session(event, datetime.combine(date(2025, 5, 1), time(9), PARIS), state=Session.State.CANCELLED)
    network, level = (
        a_code(centre, CodeList.SCHOOL_NETWORK, "town"),
        a_code(centre, CodeList.SCHOOL_LEVEL, "last"),
    )
    schools = [a_school(centre, f"School {n}", school_network=network, pupils=200) for n in range(2)]
    a_school(centre, "School without a network")
    objective = a_code(centre, CodeList.OBJECTIVE, "know_oneself")
    for n, came in enumerate((24, 21)):
        begins = datetime.combine(date(2025, 4, 1 + n), time(9), PARIS)
        visit = a_class_visit(
            centre,
            school=schools[0],
            level=level,
            came=came,
            state=ClassVisit.State.HELD,
            begins_at=begins,
            ends_at=begins + timedelta(hours=2),
        )
        depth = (ObjectiveDone.Depth.WORKED, ObjectiveDone.Depth.NOT)[n]
        ObjectiveDone.objects.create(visit=visit, objective=objective, depth=depth)
    return centre


def told(centre, kind, days=YEAR, **said):
    return BLOCKS[kind](Asked(centre, *days, NOON, **said))


def numbers(content):
    return {one.label: one.value for said in content.sentences for one in said.numbers}


def lines(content, name):
    [table] = [one.table for one in content.tables if one.name == name]
    return {str(line.label): list(line.figures) for line in table.lines}


def test_events_and_participants_each_in_their_own_unit(centre):
    content = told(centre, PartKind.EVENTS)
    assert numbers(content) == {"Events held": 2, "Participants at these events": 128}
    assert lines(content, "events-held") == {"Fair": [1], "Workshop": [1]}
    assert lines(content, "participants-event_kind") == {"Fair": [120], "Workshop": [8]}


def test_classes_pupils_objectives_and_reach(centre):
    content = told(centre, PartKind.CLASSES)
    assert numbers(content) == {"Classes received": 2, "Pupils in these classes": 45}
    assert lines(content, "classes-level") == {"Last": [2]}
    assert lines(content, "objectives") == {"Know_oneself": [1, 0]}
    assert lines(content, "reach") == {"Town": [1, 2, 400], "Not said": [0, 1, None], "Together": [1, 3, 400]}
    assert lines(content, "pupils-school_net") == {"Town": [45]}


def test_where_the_agenda_knows_of_none_figures_are_typed(centre):
    row = {"what": "events", "value": "31", "unit": "", "source": "Programme", "on": "2023-12-31"}
    content = told(centre, PartKind.EVENTS, (date(2023, 1, 1), date(2023, 12, 31)), said={"rows": [row]})
    assert numbers(content) == {"Events held": 31}
    assert "Typed in by the centre" in content.note
    assert (
        numbers(told(centre, PartKind.EVENTS, said={"rows": [row]}))["Events held"] == 2
    )  # what is counted wins
    nothing = told(centre, PartKind.CLASSES, (date(2023, 1, 1), date(2023, 12, 31)), said={})
    assert nothing.missing


def test_the_yearly_dashboard_is_filled_and_small_numbers_do_not_leave(centre):
    report = a_report(centre, "ready:dashboard", days=YEAR, audience=Audience.PARTNERS)
    kinds = list(report.parts.values_list("kind", flat=True))
    assert {PartKind.EVENTS, PartKind.CLASSES} <= set(kinds)
    contents = [told(centre, PartKind.EVENTS, audience=Audience.PUBLIC)]
    found = verdict(Leaving(centre, *YEAR, Audience.PUBLIC), contents)
    assert found.failures == []
    shown = lines(found.contents[0], "participants-event_kind")
    assert shown["Workshop"] == [Hidden.SMALL]
    assert isinstance(shown["Fair"][0], Hidden)  # or the workshop's could be computed from the total
    assert numbers(found.contents[0])["Events held"] == 2


def test_the_charter_is_told_how_regular_events_are(centre):
    [content] = [
        one.content for one in charter(Asked(centre, *YEAR, NOON)) if one.commitment == Commitment.EVENTS
    ]
    assert list(numbers(content).values()) == [2, 1, 1, 1, 1, 1]
    assert not [
        one
        for one in charter(Asked(centre, date(2023, 1, 1), date(2023, 12, 31), NOON))
        if one.commitment == Commitment.EVENTS
    ]
