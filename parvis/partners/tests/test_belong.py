"""Who of the team comes from where."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.actions.team import remove_from_team
from parvis.centres.factories import LONG_AGO, a_centre, a_person
from parvis.partners import actions, queries
from parvis.partners.actions.forgetting import forget_belongings
from parvis.partners.factories import an_institution
from parvis.partners.models import Belonging

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
LATER = DAY + timedelta(days=10)


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
def person(centre):
    return a_person(Role.ADVISER, centre=centre)


def rows(person):
    found = Belonging.objects.filter(person=person).order_by("valid_from")
    return list(found.values_list("institution__name", "valid_from", "valid_to"))


def test_somebody_belongs_to_one_institution_after_another(centre, person, school, union):
    actions.belong(centre=centre, person=person, to=school, on=DAY)
    actions.belong(centre=centre, person=person, to=union, on=LATER)
    assert rows(person) == [("School", DAY, LATER), ("Union", LATER, None)]
    assert queries.institution_of(person, centre, LATER - timedelta(days=1)) == school
    assert queries.institution_of(person, centre, LATER) == union
    actions.belong(centre=centre, person=person, to=None, on=LATER + timedelta(days=1))
    assert queries.institution_of(person, centre, LATER + timedelta(days=1)) is None


def test_said_twice_it_is_so_once(centre, person, school):
    actions.belong(centre=centre, person=person, to=school, on=DAY)
    actions.belong(centre=centre, person=person, to=school, on=LATER)
    assert rows(person) == [("School", DAY, None)]


def test_a_slip_is_put_right_on_the_same_day(centre, person, school, union):
    actions.belong(centre=centre, person=person, to=school, on=DAY)
    actions.belong(centre=centre, person=person, to=union, on=DAY)
    assert rows(person) == [("Union", DAY, None)]


def test_nothing_is_changed_before_the_last_change(centre, person, school, union):
    actions.belong(centre=centre, person=person, to=school, on=LATER)
    with pytest.raises(actions.NotSoEarly):
        actions.belong(centre=centre, person=person, to=union, on=DAY)
    actions.belong(centre=centre, person=person, to=None, on=LATER + timedelta(days=5))
    with pytest.raises(actions.NotSoEarly):
        actions.belong(centre=centre, person=person, to=union, on=LATER)


def test_only_the_team_and_only_partners_of_the_centre(centre, person, school):
    elsewhere = an_institution(a_centre(network=centre.network), "Elsewhere").institution
    with pytest.raises(actions.NotKnownHere):
        actions.belong(centre=centre, person=person, to=elsewhere, on=DAY)
    with pytest.raises(actions.NotInTeam):
        actions.belong(centre=centre, person=a_person(), to=school, on=DAY)


def test_old_belongings_and_those_of_former_colleagues_are_forgotten(centre, person, school, union):
    at = datetime(2026, 3, 3, 2, tzinfo=UTC)
    gone = a_person(Role.ADVISER, centre=centre)
    actions.belong(centre=centre, person=gone, to=school, on=DAY)
    actions.belong(centre=centre, person=person, to=school, on=LONG_AGO)
    actions.belong(centre=centre, person=person, to=union, on=DAY - timedelta(days=402))
    actions.belong(centre=centre, person=person, to=school, on=DAY - timedelta(days=300))
    remove_from_team(place=centre, person=gone, at=at)
    assert forget_belongings(at=at) == 2
    assert rows(gone) == []
    assert [name for name, _from, _to in rows(person)] == ["Union", "School"]


def test_the_page_tells_and_changes_where_somebody_comes_from(centre, person, school, union, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="en"))
    people = reverse("partners:people", args=[centre.slug])
    assert person.name in client.get(people).content.decode()
    own = reverse("partners:person", args=[centre.slug, person.pk])
    assert "Union" in client.get(own).content.decode()
    day = centre.local_day(centre.now()).isoformat()
    assert client.post(own, {"institution": union.pk, "on": day}).status_code == 302
    assert "Union" in client.get(people).content.decode()
    assert client.post(own, {"institution": school.pk, "on": "2020-01-01"}).status_code == 422
    assert client.post(own, {"institution": "", "on": day}).status_code == 302
    assert rows(person) == []


def test_people_of_another_centre_are_not_there(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    other = a_person(Role.ADVISER, centre=a_centre())
    assert client.get(reverse("partners:person", args=[centre.slug, other.pk])).status_code == 404
    assert client.get(reverse("partners:people", args=[a_centre().slug])).status_code == 404


def test_the_team_asks_the_same_for_one_and_for_three(centre, school, client, django_assert_max_num_queries):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    address = reverse("partners:people", args=[centre.slug])

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(address)
        return len(found)

    client.get(address)
    one = asked()
    for _n in range(2):
        person = a_person(Role.ADVISER, centre=centre)
        actions.belong(centre=centre, person=person, to=school, on=LONG_AGO)
    assert asked() == one
