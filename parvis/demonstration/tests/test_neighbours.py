"""Small centres beside the demonstration's own: enough for a spread, one of them behind with its evenings."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person, a_ready_centre
from parvis.demonstration.neighbours import PLACES, open_neighbours

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))


def test_small_centres_give_the_network_a_spread_and_sums(client):
    first = a_ready_centre()
    first.clock_set_at, first.clock_showed, first.clock_speed = NOON, NOON, 0
    first.save()
    assert open_neighbours(first, days=40, seed="seven") > 4000
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=first))

    def page(name: str):
        return client.get(
            reverse(f"statistics:{name}", args=[first.network.slug]) + "?period=2026-02"
        ).context

    lines = {line.centre.name: line for line, _said in page("network_centres")["lines"]}
    assert len(lines) == len(PLACES) + 1
    assert not lines["Cité des métiers de la Baie"].is_missing
    assert len(lines["Cité des métiers du Plateau"].evenings.missing) == 20
    band = page("network_spread")["bands"][0]
    assert (band.indicator.key, band.n) == ("contacts-an-hour", 4)
    together = page("network_together")["found"]
    assert next(one for one in together.figures if one.key == "acts").n == 4
