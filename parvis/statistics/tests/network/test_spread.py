"""The network's spread: what it is made of, from how many centres on, whose mark stands in it, and who sees it."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_network, a_person
from parvis.centres.models import CodeList
from parvis.reception.factories import an_act, codes_of
from parvis.rota.periods import read
from parvis.statistics.queries.network.indicators import indicators
from parvis.statistics.queries.network.spread import LEAST, Band, spread
from parvis.statistics.tests.network.scene import MARCH, NOON, PARIS, a_centre_of, a_coordinator

pytestmark = pytest.mark.django_db
MONTH = read("2026-03")


def some_centres(many: int):
    """Of one network; the first has 20 acts, each further one 20 more."""
    network = a_network()
    return [a_centre_of(network, f"Place {n}", acts=20 * (n + 1)) for n in range(many)]


def band(found: list[Band], key: str) -> Band:
    return next(one for one in found if one.indicator.key == key)


def test_contacts_an_opening_hour_and_what_was_not_found():
    centre = a_centre_of(acts=0, signed_until=date(2026, 3, 1))
    missing = codes_of(centre, CodeList.UNMET_NEED, "transport")
    for n in range(100):
        an_act(
            centre,
            datetime.combine(MARCH[0], time(10), PARIS).replace(day=3, minute=n % 60),
            codes=missing if n < 40 else (),
        )
    found = {one.key: one.values.get(centre.pk) for one in indicators([centre], MONTH, NOON)}
    # Opened since its first act on 3 March: 21 days of 8 hours; a hundred contacts are told as a multiple of five near it.
    assert found["contacts-an-hour"] == pytest.approx(100 / (21 * 8), abs=0.15)
    assert 25 <= found["unmet"] <= 55
    assert found["wait"] is None


def test_of_fewer_than_five_centres_nothing_is_told_but_ones_own():
    centres = some_centres(LEAST - 1)
    found = band(spread(centres, MONTH, NOON, centres[0]), "contacts-an-hour")
    assert (found.ends, found.picture, found.n) == (None, None, 4)
    assert found.own is not None
    assert "from 5 on" in found.sentence


def test_from_five_centres_on_there_are_quarters_and_ends():
    centres = some_centres(LEAST)
    found = band(spread(centres, MONTH, NOON, centres[2]), "contacts-an-hour")
    values = sorted(found.indicator.values.values())
    assert found.ends is not None
    assert (found.ends.lowest, found.ends.middle, found.ends.highest) == (values[0], values[2], values[4])
    assert (found.ends.lower, found.ends.upper) == (values[1], values[3])
    assert found.picture is not None
    assert "own" in found.picture
    assert band(spread(centres, MONTH, NOON), "contacts-an-hour").own is None


def test_pages_name_nobody_else_and_files_agree(client):
    centres = some_centres(LEAST)
    own = centres[3]
    client.force_login(a_person(Role.DIRECTOR, centre=own))
    page = client.get(reverse("statistics:beside", args=[own.slug]) + "?period=2026-03")
    body = page.content.decode()
    assert own.name in body
    assert not any(other.name in body for other in centres if other != own)
    file = client.get(reverse("statistics:beside_file", args=[own.slug, "csv"]) + "?period=2026-03")
    rows = list(csv.DictReader(StringIO(file.content.decode().removeprefix("\ufeff"))))
    shown = page.context["bands"][0]
    assert float(rows[0][own.name]) == shown.own
    assert float(rows[0]["Highest"]) == shown.ends.highest
    client.force_login(a_coordinator(own))
    body = client.get(
        reverse("statistics:network_spread", args=[own.network.slug]) + "?period=2026-03"
    ).content.decode()
    assert not any(one.name in body for one in centres)
    assert "spread-own" not in body
    file = client.get(reverse("statistics:network_spread_file", args=[own.network.slug, "xlsx"]))
    assert file.content.startswith(b"PK")


def test_too_few_centres_see_their_own_figures_and_no_empty_picture(client):
    own, *_others = some_centres(LEAST - 1)
    client.force_login(a_person(Role.DIRECTOR, centre=own))
    page = client.get(reverse("statistics:beside", args=[own.slug]) + "?period=2026-03")
    body = page.content.decode()
    assert 'class="spread"' not in body
    assert "from fewer than 5 centres" in body
    assert "Your own figures" in body
    assert page.context["lines"]
    assert all(one.own_said in body for one in page.context["lines"])
    client.force_login(a_coordinator(own))
    address = reverse("statistics:network_spread", args=[own.network.slug]) + "?period=2026-03"
    page = client.get(address)
    assert page.context["lines"] == []
    assert "<table" not in page.content.decode()


def test_a_period_without_figures_says_so(client):
    centre = a_centre_of()
    client.force_login(a_coordinator(centre))
    page = client.get(reverse("statistics:network_spread", args=[centre.network.slug]) + "?period=2024")
    assert "No figure yet" in page.content.decode()


def test_who_may_not(client):
    centre, other = a_centre_of(acts=0), a_centre_of(acts=0)
    network = reverse("statistics:network_spread", args=[centre.network.slug])
    beside = reverse("statistics:beside", args=[centre.slug])
    for person, theirs in [
        (a_person(Role.DIRECTOR, centre=centre), (404, 200)),
        (a_person(Role.ADVISER, centre=centre), (404, 403)),
        (a_person(Role.DIRECTOR, centre=other), (404, 404)),
        (a_coordinator(other), (404, 404)),
    ]:
        client.force_login(person)
        assert (client.get(network).status_code, client.get(beside).status_code) == theirs


def test_the_same_queries_for_one_centre_and_three(client):
    one = a_centre_of()
    client.force_login(a_person(Role.DIRECTOR, centre=one))
    counts = []
    for more in (0, 2):
        for _n in range(more):
            a_centre_of(one.network)
        client.get(reverse("statistics:beside", args=[one.slug]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("statistics:beside", args=[one.slug]) + "?period=2026-03")
        counts.append(len(queries))
    assert counts[0] == counts[1]
