"""The ledger: every minute has its reason, and nothing is lost by rounding."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners.actions import belong
from parvis.partners.factories import a_contribution, an_agreement, an_institution, hours
from parvis.rota import periods, reports
from parvis.rota.ledger import HeldRow, SlotRow, Why, account, hundredths
from parvis.rota.models import Change, Held
from parvis.rota.queries.ledger import differences, ledger
from parvis.rota.tests.duty import DAY, a_half_day, a_slot, a_stretch, at

MARCH = date(2026, 3, 1)
QUARTER = periods.read("2026-Q1")


@st.composite
def worlds(draw):
    """Any slots, in any state, some replacing earlier ones, and any stretches."""
    institutions = st.sampled_from([None, 1, 2, 3])
    themes = st.sampled_from([None, 10, 11])
    months = st.sampled_from([MARCH, date(2026, 2, 1)])
    slots = []
    for key in range(1, draw(st.integers(0, 12)) + 1):
        above = draw(st.sampled_from([None, *range(1, key)]))
        state = draw(st.sampled_from(["planned", "absent", "cancelled"]))
        minutes = draw(st.integers(0, 600))
        slots.append(
            SlotRow(
                key,
                draw(institutions),
                draw(themes),
                draw(months),
                minutes,
                state,
                above,
                draw(st.booleans()),
                draw(st.booleans()),
            )
        )
    held = [
        HeldRow(
            draw(st.sampled_from([None, *range(1, len(slots) + 1)])),
            draw(institutions),
            draw(themes),
            draw(months),
            draw(st.integers(0, 600)),
            draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 8)))
    ]
    return slots, held


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_planned_and_every_difference_is_held_whatever_happened(world):
    slots, held = world
    found = account(slots, held)
    for institution in [None, 1, 2, 3]:
        why = found.differences.get(institution, {})
        assert found.planned_by(institution) + sum(why.values()) == found.held_by(institution)
    assert sum(found.held.values()) == sum(row.minutes for row in held)


@given(st.lists(st.integers(0, 10**7), max_size=12), st.integers(1, 10**7))
def test_hundredths_add_up_and_none_is_a_hundredth_off(parts, whole):
    shown = hundredths(parts, whole)
    exact = [Fraction(100 * part, whole) for part in parts]
    assert abs(sum(shown) - sum(exact)) <= Fraction(1, 2)
    assert all(abs(one - right) < 1 for one, right in zip(shown, exact, strict=True))


@pytest.mark.parametrize(
    ("written", "first", "last", "before", "after"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2025-Q4", "2026-Q2"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "2028-01", "2028-03"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2025", "2027"),
    ],
)
def test_periods_are_whole_months(written, first, last, before, after):
    period = periods.read(written)
    assert (period.first, period.last, period.key) == (first, last, written)
    assert (period.before.key, period.after.key) == (before, after)


@pytest.mark.parametrize("written", ["", "2026-13", "2026-Q5", "2026-3", "1926", "2026-Q1x"])
def test_what_is_no_period_is_none(written):
    assert periods.read(written) is None


@pytest.fixture
def world(db):
    """A chamber that pledged 10 hours a month, a school, and everything that can happen to a slot of three hours."""
    centre = a_centre(languages=["en"], language="en")
    jobs = a_theme(centre, "jobs")
    chamber, school = an_institution(centre, "Chamber"), an_institution(centre, "School")
    people = {}
    for name, relation in [("ann", chamber), ("bob", chamber), ("cleo", school)]:
        people[name] = a_person(Role.ADVISER, centre=centre)
        belong(centre=centre, person=people[name], to=relation.institution, on=LONG_AGO)
    an_agreement(chamber, hours("10", theme=jobs), starts_on=date(2026, 2, 1))
    return centre, jobs, chamber.institution, school.institution, people


def told(slot, when):
    Change.objects.create(
        centre=slot.centre,
        deed=uuid4(),
        kind=Change.Kind.ABSENT,
        slot=slot,
        at=when,
        before={"state": "planned"},
        after={"state": "absent"},
    )


def test_each_way_in_which_held_is_not_planned(world):
    centre, jobs, chamber, school, people = world
    day = [DAY + timedelta(days=n) for n in range(9)]

    def slot(n, who="ann", of=chamber, **fields):
        return a_slot(people[who], jobs, a_half_day(centre, day=day[n]), institution=of, **fields)

    def held(one, hour, minute, until, minutes=0):
        on = one.half_day.date
        return a_stretch(one, at(centre, hour, minute, day=on), at(centre, until, minutes, day=on))

    held(slot(0), 9, 0, 12)  # as planned
    held(slot(1), 9, 20, 12)  # 20 minutes late
    held(slot(2), 8, 50, 12, 5)  # a quarter of an hour more
    slot(3)  # nobody knows
    told(slot(4, state="absent"), at(centre, 8, day=day[3]))
    told(late := slot(5, state="absent"), at(centre, 8, 50, day=day[5]))
    cover = slot(5, "cleo", school, replaces=late)
    held(cover, 9, 0, 12)
    told(slot(6, state="absent"), at(centre, 8, 50, day=day[6]))
    swapped = slot(7, state="cancelled")
    held(slot(7, "bob", replaces=swapped), 9, 0, 12)
    more = a_stretch(swapped, at(centre, 14, day=day[8]), at(centre, 15, 1, day=day[8]))
    Held.objects.filter(pk=more.pk).update(slot=None)  # nobody had planned it
    slot(8, "bob")  # tomorrow, seen from then
    found = ledger(centre, QUARTER, at(centre, 11, day=day[8]))
    assert dict(differences(found, chamber.pk)) == {
        Why.ABSENT: -180,
        Why.ABSENT_LATE: -180,
        Why.REPLACED_BY_OTHER: -180,
        Why.TO_COME: -180,
        Why.NOT_HELD: -180,
        Why.SHORTER: -20,
        Why.LONGER: 15,
        Why.UNPLANNED: 61,
    }
    assert differences(found, school.pk) == [(Why.COVERED_OTHER, 180)]
    figures = found.rows(0)
    assert (figures[chamber.pk].planned, figures[chamber.pk].held) == (9 * 180, 776)
    assert (figures[school.pk].planned, figures[school.pk].held) == (0, 180)
    assert figures[chamber.pk].pledged == 2 * 600  # from February on


def test_the_parts_of_a_report_are_its_totals(world):
    centre, jobs, chamber, school, people = world
    a_contribution(chamber.relations.get(centre=centre), date(2026, 2, 3), 95)
    for n, who in enumerate(["ann", "bob", "cleo"]):
        of = school if who == "cleo" else chamber
        one = a_slot(people[who], jobs, a_half_day(centre, day=DAY + timedelta(days=n)), institution=of)
        on = one.half_day.date
        a_stretch(one, at(centre, 9, n, day=on), at(centre, 12, 7 * n, day=on))
    own = a_person(Role.ADVISER, centre=centre)
    one = a_slot(own, jobs, a_half_day(centre, day=date(2026, 1, 5)))
    a_stretch(one, at(centre, 9, day=date(2026, 1, 5)), at(centre, 11, 11, day=date(2026, 1, 5)))
    found = reports.report(centre, QUARTER, at(centre, 9, day=date(2026, 4, 2)))
    for lines in (found.partners, found.themes, found.months, found.cells):
        assert sum((line.now for line in lines), reports.Figures()) == found.total.now
        assert sum(line.fte for line in lines) == found.total.fte
        assert sum(line.pledged_fte for line in lines) == found.total.pledged_fte
    assert [line.label for line in found.partners] == ["Chamber", "School", "The centre’s own staff"]
    chambers = reports.report(centre, QUARTER, at(centre, 9, day=date(2026, 4, 2)), chamber.pk)
    assert chambers.total.now.held == 180 + (180 - 1 + 7)
    assert chambers.total.now.total == chambers.total.now.held + 95


def test_the_steps_of_a_report_add_up(world):
    centre, jobs, chamber, _school, people = world
    a_slot(people["ann"], jobs, a_half_day(centre), institution=chamber)
    found = reports.report(centre, QUARTER, at(centre, 9, day=date(2026, 4, 2)), chamber.pk)
    for figures in (lambda step: step.now, lambda step: step.before or 0):
        running = None
        for step in found.steps[2:]:
            running = figures(step) if running is None else running + (0 if step.total else figures(step))
            assert not step.total or running == figures(step)
    assert [step.now for step in found.steps[:3]] == [0, 1200, 1200]


@pytest.mark.parametrize("partners", [1, 3])
def test_a_report_costs_the_same_for_one_and_three(world, partners, django_assert_num_queries):
    centre, jobs, chamber, school, people = world
    for n, who in enumerate(["ann", "bob", "cleo"][:partners]):
        a_slot(people[who], jobs, a_half_day(centre, day=DAY + timedelta(days=n)), institution=chamber)
    with django_assert_num_queries(18):
        reports.report(centre, QUARTER, at(centre, 9, day=date(2026, 4, 2)))


def test_on_paper_and_in_sheets(world):
    centre, jobs, chamber, _school, people = world
    one = a_slot(people["ann"], jobs, a_half_day(centre), institution=chamber)
    a_stretch(one, at(centre, 9), at(centre, 11, 59))
    found = reports.report(centre, QUARTER, at(centre, 9, day=date(2026, 4, 2)), chamber.pk)
    assert reports.as_pdf(found, date(2026, 4, 2)).startswith(b"%PDF-1.7")
    assert ["By theme", "Find jobs", "Held", 179] in reports.for_csv(found)
    assert reports.for_sheets(found)["By theme"][1][0][:4] == ["Find jobs", 1200, 180, 179]
    assert [line[:4] for line in reports.for_sheets(found)["By theme and month"][1]] == [
        ["Find jobs · February 2026", 600, 0, 0],
        ["Find jobs · March 2026", 600, 180, 179],
    ]
    assert [line.pledged_fte for line in found.cells] == [Fraction(3, 100), Fraction(2, 100)]
    everybody = reports.report(centre, QUARTER, at(centre, 9, day=date(2026, 4, 2)))
    titles = [title for title, _heading, _rows in reports.tables(everybody, on_paper=True)]
    assert "By partner, theme and month" not in titles
    rows = reports.for_sheets(everybody)["By partner, theme and month"][1]
    assert rows[1][:4] == ["Chamber · Find jobs · March 2026", 600, 180, 179]
    assert (reports.clock(-65), reports.clock(0), reports.clock(725)) == ("−1:05", "0:00", "12:05")
