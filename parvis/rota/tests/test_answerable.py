"""For whom somebody may speak: all, their institution's people, or nobody but themselves."""

from datetime import date, timedelta

import pytest

from parvis.accounts.roles import GRANTS, Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment
from parvis.partners.factories import an_institution
from parvis.partners.models import Belonging
from parvis.rota.factories import comes_from, speaks_for
from parvis.rota.queries import answerable, whom_to_ask

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


@pytest.fixture
def union(centre):
    return an_institution(centre, "Union").institution


@pytest.fixture
def team(centre, school, union):
    """One from the school, one from the union, one of the centre's own."""
    lent, other, own = (a_person(Role.ADVISER, centre=centre) for _n in range(3))
    comes_from(lent, centre, school)
    comes_from(other, centre, union)
    return lent, other, own


@pytest.fixture
def coordinator(centre, school):
    person = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    speaks_for(person, centre, school)
    return person


def asked(centre, person, role, day=DAY):
    return answerable(centre, person, GRANTS[role], day)


def test_who_plans_speaks_for_the_whole_team(centre, team):
    director = a_person(Role.DIRECTOR, centre=centre)
    a_person(Role.ADVISER, centre=a_centre())
    found = asked(centre, director, Role.DIRECTOR)
    assert (found.others, found.everybody, found.speaks) == (
        {one.pk for one in (*team, director)},
        True,
        True,
    )


def test_an_adviser_speaks_for_themselves_alone(centre, team):
    found = asked(centre, team[0], Role.ADVISER)
    assert [found.may_see(one.pk) for one in team] == [True, False, False]
    assert (found.may_set_terms(team[0].pk), found.speaks) == (False, False)


def test_a_coordinator_speaks_for_the_institution_s_people(centre, team, coordinator):
    found = asked(centre, coordinator, Role.PARTNER_COORDINATOR)
    assert [found.may_set_terms(one.pk) for one in team] == [True, False, False]
    assert (found.may_see(coordinator.pk), found.may_set_terms(coordinator.pk)) == (True, False)


def test_only_on_days_on_which_they_belong_to_it(centre, team, coordinator, union):
    Belonging.objects.filter(person=team[0]).update(valid_to=DAY)
    assert asked(centre, coordinator, Role.PARTNER_COORDINATOR).others == frozenset()
    before = asked(centre, coordinator, Role.PARTNER_COORDINATOR, DAY - timedelta(days=1))
    assert before.others == {team[0].pk}


def test_nobody_who_left_the_team(centre, team, coordinator):
    Assignment.objects.filter(person=team[0]).delete()
    assert asked(centre, coordinator, Role.PARTNER_COORDINATOR).others == frozenset()


def test_a_liaison_without_the_role_counts_for_nothing(centre, team, school):
    speaks_for(team[2], centre, school)
    assert asked(centre, team[2], Role.ADVISER).others == frozenset()


def test_a_liaison_at_another_centre_counts_for_nothing_here(centre, team, school):
    person = a_person(Role.PARTNER_COORDINATOR, centre=centre)
    speaks_for(person, a_centre(network=centre.network), school)
    assert asked(centre, person, Role.PARTNER_COORDINATOR).others == frozenset()


def test_whom_to_ask_about_one_s_limits(centre, team, coordinator):
    director = a_person(Role.DIRECTOR, centre=centre)
    assert whom_to_ask(centre, team[0].pk, DAY) == [coordinator.name]
    assert whom_to_ask(centre, team[2].pk, DAY) == [director.name]
