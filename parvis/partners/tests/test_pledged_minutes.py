"""How much time partners pledged: boundaries, leap years, replaced agreements, rests."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.centres.factories import a_centre, a_theme
from parvis.partners import actions
from parvis.partners.factories import an_agreement, an_institution, hours, step
from parvis.partners.models import Agreement, Pledge, Stage
from parvis.partners.pledged import Days, exact_minutes, whole, without
from parvis.partners.queries.pledges import pledged_by_month, pledged_minutes
from parvis.partners.terms import months_later, term_end

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def school(centre):
    return an_institution(centre, "School")


def said(centre, school, first, last):
    return {
        theme: minutes
        for (institution, theme), minutes in pledged_minutes(centre, first, last).items()
        if institution == school.institution_id
    }


def test_a_whole_period_is_what_was_promised(centre, school):
    theme = a_theme(centre)
    an_agreement(school, hours("30", "month", theme), hours("100", "quarter"), hours("0.25", "year", theme))
    assert said(centre, school, *YEAR) == {theme.pk: 12 * 30 * 60 + 15, None: 400 * 60}


def test_months_are_rounded_so_that_they_add_up(centre, school):
    an_agreement(school, hours("100", "quarter"))
    months = pledged_by_month(centre, date(2026, 1, 1), date(2026, 3, 31))
    cell = (school.institution_id, None)
    assert [cells[cell] for cells in months.values()] == [2067, 1866, 2067]  # 2066.67, 1866.67, 2066.67


def test_an_agreement_that_ends_in_a_month_pledges_its_days_of_it(centre, school):
    an_agreement(school, hours("31", "month"), last_day=date(2026, 3, 10))
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert said(centre, school, *march) == {None: 10 * 60}
    assert said(centre, school, date(2026, 3, 11), date(2026, 3, 31)) == {}
    assert said(centre, school, date(2026, 3, 10), date(2026, 3, 10)) == {None: 60}


def test_a_leap_year_pledges_no_more_than_another(centre, school):
    an_agreement(school, hours("366", "year"))
    assert said(centre, school, date(2028, 1, 1), date(2028, 12, 31)) == {None: 366 * 60}
    assert said(centre, school, date(2028, 2, 29), date(2028, 2, 29)) == {None: 60}
    assert said(centre, school, date(2027, 1, 1), date(2027, 12, 31)) == {None: 366 * 60}


def test_a_full_time_equivalent_is_the_centres_year_as_it_was_when_agreed(centre, school):
    fte = actions.Promise(None, Pledge.Unit.FTE, Decimal("0.5"), "year")
    by_month = actions.Promise(None, Pledge.Unit.FTE, Decimal("0.5"), "month")
    an_agreement(school, fte)
    actions.set_fte_hours(centre=centre, hours=1800)
    assert said(centre, school, *YEAR) == {None: 1607 * 30}
    union = an_institution(centre, "Union")
    an_agreement(union, by_month)
    assert said(centre, union, *YEAR) == {None: 1800 * 30}
    assert said(centre, union, date(2026, 2, 1), date(2026, 2, 28)) == {None: 1800 * 30 // 12}


def test_a_later_agreement_takes_the_place_of_the_one_before(centre, school):
    first = an_agreement(school, hours("31", "month"))
    second = an_agreement(school, hours("62", "month"), starts_on=date(2026, 3, 16), replaces=first)
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert said(centre, school, *march) == {None: 15 * 60 + 16 * 120}
    actions.withdraw_agreement(agreement=second, why="A slip", by=None, at=AT)
    assert said(centre, school, *march) == {None: 31 * 60}


def test_a_partnership_that_rests_pledges_nothing(centre, school):
    an_agreement(school, hours("31", "month"))
    step(school, Stage.SUSPENDED, date(2026, 3, 11))
    step(school, Stage.ACTIVE, date(2026, 3, 21))
    assert said(centre, school, date(2026, 3, 1), date(2026, 3, 31)) == {None: 21 * 60}
    step(school, Stage.ENDED, date(2026, 3, 31))
    assert said(centre, school, date(2026, 3, 1), date(2026, 4, 30)) == {None: 20 * 60}


def test_a_step_taken_back_on_its_day_leaves_no_rest(centre, school):
    an_agreement(school, hours("31", "month"))
    step(school, Stage.SUSPENDED, date(2026, 3, 11))
    step(school, Stage.ACTIVE, date(2026, 3, 11))
    assert said(centre, school, date(2026, 3, 1), date(2026, 3, 31)) == {None: 31 * 60}


def test_a_closed_institution_pledges_nothing(centre):
    gone = an_institution(centre, "Gone", valid_to=date(2026, 3, 11))
    an_agreement(gone, hours("31", "month"))
    assert said(centre, gone, date(2026, 3, 1), date(2026, 3, 31)) == {None: 10 * 60}


def test_tacit_renewal_goes_on_until_notice_has_run_out(centre, school):
    agreement = an_agreement(
        school, hours("10", "month"), last_day=date(2026, 6, 30), renewal_months=12, notice_months=3
    )
    assert agreement.notice_by(date(2026, 2, 1)) == date(2026, 3, 31)
    assert agreement.notice_by(date(2026, 7, 1)) == date(2027, 3, 31)
    assert said(centre, school, *YEAR) == {None: 12 * 600}
    actions.give_notice(agreement=agreement, on=date(2026, 3, 31), last_day=date(2026, 6, 30))
    assert said(centre, school, *YEAR) == {None: 6 * 600}
    actions.take_back_notice(agreement=agreement)
    assert said(centre, school, *YEAR) == {None: 12 * 600}


def test_another_centre_of_the_network_is_another_matter(centre, school):
    other = a_centre(network=centre.network)
    same = an_institution(other, "School")
    an_agreement(same, hours("10", "month"))
    assert said(centre, school, *YEAR) == {}
    assert pledged_minutes(other, *YEAR) == {(school.institution_id, None): 7200}


def test_one_and_five_agreements_ask_the_same(centre, school, django_assert_num_queries):
    an_agreement(school, hours("10", "month"))
    with django_assert_num_queries(3):
        pledged_minutes(centre, *YEAR)
    for n in range(4):
        an_agreement(an_institution(centre, f"School {n}"), hours("10", "month"), hours("7", "year"))
    with django_assert_num_queries(3):
        pledged_by_month(centre, *YEAR)


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(st.integers(1, 99_999), min_size=1, max_size=3),
    per=st.sampled_from(["month", "quarter", "year"]),
    start=st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 900),
    cuts=st.lists(st.dates(date(2023, 1, 1), date(2028, 12, 31)), min_size=2, max_size=5, unique=True),
)
def test_periods_that_adjoin_add_up(amounts, per, start, length, cuts):
    centre = a_centre()
    school = an_institution(centre, "School")
    promises = [hours(str(Decimal(amount) / 100), per) for amount in amounts]
    an_agreement(school, *promises, starts_on=start, last_day=start + timedelta(days=length))
    cuts.sort()
    first, last = cuts[0], cuts[-1]
    whole_thing = said(centre, school, first, last).get(None, 0)
    parts = [(a, b - timedelta(days=1)) for a, b in pairwise(cuts)]
    parts[-1] = (parts[-1][0], last)
    assert sum(said(centre, school, *part).get(None, 0) for part in parts) == whole_thing
    months = pledged_by_month(centre, first, last)
    assert sum(cells.get((school.institution_id, None), 0) for cells in months.values()) == whole_thing
    assert all(minutes >= 0 for cells in months.values() for minutes in cells.values())


def test_days_without_gaps():
    day = [date(2026, 1, n) for n in range(1, 32)]
    left = without([Days(day[0], day[9])], [Days(day[2], day[3]), Days(day[8], day[20])])
    assert left == [Days(day[0], day[1]), Days(day[4], day[7])]
    assert without([Days(day[0], day[1])], [Days(day[0], day[30])]) == []


def test_terms_keep_the_end_of_a_month():
    assert months_later(date(2027, 2, 28), 12) == date(2028, 2, 29)
    assert months_later(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert months_later(date(2026, 1, 30), 1) == date(2026, 2, 28)
    assert term_end(date(2026, 6, 30), 12, date(2029, 7, 1)) == date(2030, 6, 30)
    assert term_end(date(2026, 6, 30), None, date(2029, 7, 1)) == date(2026, 6, 30)
    assert term_end(date(2026, 6, 30), 3, date(2026, 9, 30)) == date(2026, 9, 30)


def test_half_a_minute_goes_up():
    assert [whole(Fraction(n, 2)) for n in (1, 2, 3)] == [1, 1, 2]
    assert exact_minutes(Fraction(30), "month", []) == 0


def test_an_agreement_without_a_last_day_goes_on(centre, school):
    assert Agreement(starts_on=date(2026, 1, 1)).own_last_day is None
    an_agreement(school, hours("1", "month"), starts_on=date(2016, 1, 1))
    assert said(centre, school, date(2099, 12, 1), date(2099, 12, 31)) == {None: 60}
