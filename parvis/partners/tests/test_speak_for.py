"""Who answers for which institution's people, and how it ends."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.actions.team import change_roles, remove_from_team
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import Assignment
from parvis.partners.actions import NotKnownHere
from parvis.partners.actions.liaisons import NoCoordinator, forget_liaisons, speak_for
from parvis.partners.factories import an_institution
from parvis.partners.models import Liaison

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)


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
def coordinator(centre):
    return a_person(Role.PARTNER_COORDINATOR, centre=centre, name="Marc Aubry")


def spoken(person):
    return sorted(Liaison.objects.filter(person=person).values_list("institution__name", flat=True))


def test_exactly_these_institutions(centre, coordinator, school, union):
    for wanted, names in (([school, union], ["School", "Union"]), ([union], ["Union"]), ([], [])):
        for _n in range(2):
            speak_for(centre=centre, person=coordinator, institutions=wanted, day=DAY)
        assert spoken(coordinator) == names


def test_only_with_the_role_and_only_for_partners_of_the_centre(centre, coordinator, school):
    with pytest.raises(NoCoordinator):
        speak_for(centre=centre, person=a_person(Role.ADVISER, centre=centre), institutions=[school], day=DAY)
    elsewhere = an_institution(a_centre(), "Elsewhere").institution
    with pytest.raises(NotKnownHere):
        speak_for(centre=centre, person=coordinator, institutions=[elsewhere], day=DAY)


def test_it_ends_with_the_role(centre, coordinator, school):
    speak_for(centre=centre, person=coordinator, institutions=[school], day=DAY)
    remove_from_team(place=centre, person=coordinator, at=AT)
    assert spoken(coordinator) == []


def test_it_ends_the_night_after_where_another_role_stays(centre, coordinator, school):
    director = a_person(Role.DIRECTOR, centre=centre)
    speak_for(centre=centre, person=coordinator, institutions=[school], day=DAY)
    assert forget_liaisons(at=AT) == 0
    change_roles(place=centre, person=coordinator, roles=[Role.ADVISER], by=director, at=AT)
    assert forget_liaisons(at=AT) == 1


def test_whoever_looks_after_partners_says_so_on_a_page(client, centre, coordinator, school, union):
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre))
    listed = reverse("partners:speakers", args=[centre.slug])
    assert "nobody yet" in client.get(listed).content.decode()
    page = reverse("partners:speaker", args=[centre.slug, coordinator.pk])
    assert client.post(page, {"institutions": [school.pk]})["Location"] == listed
    assert spoken(coordinator) == ["School"]
    assert "School" in client.get(listed).content.decode()
    assert client.post(page, {"institutions": ["999999"]}).status_code == 422
    adviser = a_person(Role.ADVISER, centre=centre)
    assert client.get(reverse("partners:speaker", args=[centre.slug, adviser.pk])).status_code == 404


def test_who_may_not(client, centre, coordinator):
    client.force_login(coordinator)
    assert client.get(reverse("partners:speakers", args=[centre.slug])).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(reverse("partners:speakers", args=[centre.slug])).status_code == 404


def test_without_a_coordinator_the_page_teaches_the_first_step(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    text = client.get(reverse("partners:speakers", args=[centre.slug])).content.decode()
    assert "No coordinator yet" in text
    assert reverse("centres:team", args=[centre.slug]) in text
    assert not Assignment.objects.filter(role=Role.PARTNER_COORDINATOR, centre=centre).exists()
