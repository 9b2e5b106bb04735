from datetime import UTC, datetime, time

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_network, a_person
from parvis.centres.models import OpeningHours, Site
from parvis.centres.queries.network import centres_of

pytestmark = pytest.mark.django_db
MONDAY_NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def page(network):
    return reverse("centres:network", args=[network.slug])


def test_centres_by_name_and_whether_they_are_open():
    network = a_network()
    tahiti = a_centre(network=network, name="Papeete", time_zone="Pacific/Tahiti")
    lyon = a_centre(network=network, name="Lyon")
    a_centre(name="Elsewhere")
    for centre in (tahiti, lyon):
        OpeningHours.objects.create(site=centre.sites.get(), weekday=0, opens=time(9), closes=time(17))
    Site.objects.create(centre=lyon, kind=Site.Kind.SECONDARY, name="East")
    found = centres_of(network, MONDAY_NOON)
    assert [(line.centre, line.sites, line.is_open) for line in found] == [
        (lyon, 2, True),
        (tahiti, 1, False),  # two in the morning there
    ]


@pytest.mark.parametrize("centres", [1, 3])
def test_the_list_costs_four_queries(centres, django_assert_num_queries):
    network = a_network()
    for _ in range(centres):
        a_centre(network=network)
    with django_assert_num_queries(4):
        centres_of(network, MONDAY_NOON)


def test_a_network_without_centre_teaches_the_first_step(client):
    centre = a_centre()
    coordinator = a_person(Role.NETWORK_COORDINATOR, centre=centre)
    client.force_login(coordinator)
    assert centre.name in client.get(page(centre.network)).content.decode()
    coordinator.assignments.update(network=a_network(slug="empty"))
    assert "Open the first one" in client.get(reverse("centres:network", args=["empty"])).content.decode()


def test_only_its_coordinators_see_it(client):
    centre = a_centre()
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert client.get(page(centre.network)).status_code == 404
    assert client.get(reverse("centres:network_of", args=[centre.slug])).status_code == 403
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    assert client.get(reverse("centres:network_of", args=[centre.slug])).url == page(centre.network)
