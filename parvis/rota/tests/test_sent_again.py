"""One goes back to a page that was sent, types something else and sends it: neither is lost, and nobody is told that it is kept when it is not."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.partners.models import Agreement, Contribution
from parvis.rota.models import Leave
from parvis.rota.tests import clock
from parvis.rota.tests.cover_house import a_house

pytestmark = pytest.mark.django_db
SENT = "This page was sent before, with something else: that is kept."


def send_twice(client, address, first, other):
    """The first words twice, other words under the same key, and these once more as the page has them then."""
    assert [client.post(address, first).status_code for _twice in range(2)] == [302, 302]
    refused = client.post(address, other)
    assert (refused.status_code, SENT in refused.content.decode()) == (422, True)
    forms = [one for one in map(refused.context.get, ("form", "leave_form")) if one is not None]
    key = str(next(one for one in forms if one.is_bound)["key"].value())
    assert key != str(first["key"])
    assert client.post(address, other | {"key": key}).status_code == 302


@pytest.mark.parametrize("page", ["leave", "absence"])
def test_days_on_which_one_does_not_come(page):
    house = a_house()
    clock.stands(house.centre, house.early)
    ann = house.people["ann"]
    address = house.address("absence") if page == "absence" else house.address("leave", person_id=ann.pk)
    first = {"key": uuid4(), "first_day": "2026-03-12", "part": ""}
    send_twice(house.client("ann"), address, first, first | {"first_day": "2026-03-19"})
    days = Leave.objects.filter(person=ann).order_by("first_day").values_list("first_day", flat=True)
    assert list(days) == [date(2026, 3, 12), date(2026, 3, 19)]


def test_a_contribution_and_an_agreement(client):
    centre = a_centre(languages=["en"])
    school, theme = an_institution(centre, "School"), a_theme(centre, "jobs")
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en"))
    new = reverse("partners:new_contribution", args=[centre.slug])
    given = {"key": uuid4(), "relation": school.pk, "day": "2026-03-01", "kind": "event", "hours": "1.5"}
    send_twice(client, new, given, given | {"hours": "2"})
    assert sorted(Contribution.objects.values_list("minutes", flat=True)) == [90, 120]
    put = reverse("partners:new_agreement", args=[centre.slug, school.pk])
    said = {"key": uuid4(), "kind": "convention", "starts_on": "2026-01-01", "money": "5"}
    said |= {"currency": "EUR", "money_per": "year"}
    lines = {"pledges-TOTAL_FORMS": 1, "pledges-INITIAL_FORMS": 0, "pledges-0-theme": theme.pk}
    lines |= {"pledges-0-amount": "10", "pledges-0-unit": "hours", "pledges-0-per": "month"}
    send_twice(client, put, said | lines, said | lines | {"pledges-0-amount": "12"})
    assert Agreement.objects.count() == 2
