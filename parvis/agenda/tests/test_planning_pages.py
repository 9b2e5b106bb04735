"""What planning tells: a day that is over; ways that only who plans is led to."""

from datetime import timedelta

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_class_visit, an_event
from parvis.agenda.models import Session
from parvis.centres.factories import a_centre, a_person, where_it_is_noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(time_zone=where_it_is_noon())


def test_a_day_that_is_over_is_pointed_out(client, centre):
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    address = reverse("agenda:plan", kwargs={"centre": centre.slug, "pk": an_event(centre).pk})
    today = centre.local_day(centre.now())
    for day, over in ((today + timedelta(days=3), False), (today - timedelta(days=30), True)):
        form = client.get(address).context["form"]
        said = {"key": form["key"].value(), "day": day, "begins": "10:00", "ends": "11:00", "repeats": "once"}
        page = client.post(address, said | {"step": "1", "nth": "1", "site": ""}, follow=True)
        assert page.redirect_chain
        assert ("Planned on a day that is over." in page.text) == over
    assert Session.objects.count() == 2


@pytest.mark.parametrize(("role", "led"), [(Role.FACILITATOR, True), (Role.RECEPTIONIST, False)])
def test_a_class_s_day_leads_to_its_visit_only_who_may_read_it(client, centre, role, led):
    begins = centre.now() + timedelta(days=3)
    visit = a_class_visit(centre, state="confirmed", begins_at=begins, ends_at=begins + timedelta(hours=2))
    client.force_login(a_person(role, centre=centre))
    where = {"centre": centre.slug, "pk": visit.pk}
    for name in ("visit_day", "visit_preparation", "visit_presence"):
        page = client.get(reverse(f"agenda:{name}", kwargs=where))
        assert page.status_code == 200
        assert (f'href="{reverse("agenda:visit", kwargs=where)}"' in page.text) == led
