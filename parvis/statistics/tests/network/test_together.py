"""Sums of what all counted alike, reasons for the rest, protected figures, files; and who sees them."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_network, a_person, words
from parvis.centres.models import Code, CodeList
from parvis.reception.factories import an_act, codes_of
from parvis.rota.periods import read
from parvis.statistics.queries.network.periods import network_today
from parvis.statistics.queries.network.together import Line, Together, together
from parvis.statistics.tests.network.scene import NOON, a_centre_of, a_coordinator

pytestmark = pytest.mark.django_db
MARCH = read("2026-03")


def found(*centres, period=MARCH):
    return together(centres, period, network_today(centres), NOON)


def figure(page, key: str) -> Together:
    return next(one for one in page.figures if one.key == key)


def mapped(centre, listed=CodeList.CHANNEL):
    """Every entry of a centre's list counts as the network's of the same key."""
    for code in Code.objects.filter(centre=centre, list=listed):
        target, _made = Code.objects.get_or_create(
            network=centre.network,
            centre=None,
            list=listed,
            key=code.key,
            defaults={"label": words(code.key, code.key), "valid_from": LONG_AGO, "position": code.position},
        )
        Code.objects.filter(pk=code.pk).update(network_code=target)


def add_acts(centre, channel: str, many: int):
    for _n in range(many):
        chosen = codes_of(centre, CodeList.CHANNEL, channel)[0]
        an_act(centre, NOON.replace(month=3, day=31, hour=9), channel=chosen)


def test_what_all_counted_is_added_and_rounded():
    network = a_network()
    centres = [a_centre_of(network, name, acts=31, signed_until=date(2026, 3, 1)) for name in "ABC"]
    acts = figure(found(*centres), "acts")
    assert (acts.n, acts.of, acts.is_whole) == (3, 3, True)
    assert acts.figure % 5 == 0
    assert abs(acts.figure - 93) <= 24
    assert not any(one.key == "passages" for one in found(*centres).figures)  # nobody counted any


def test_a_gap_is_said_and_not_filled():
    network = a_network()
    whole = a_centre_of(network, "A", acts=20)
    a_gap = a_centre_of(network, "B", acts=20, first=date(2026, 2, 2), signed_until=date(2026, 1, 31))
    page = found(whole, a_gap)
    acts = figure(page, "acts")
    assert not acts.is_whole
    assert acts.reasons == ("B did not count this.",)
    assert (acts.n, acts.of) == (1, 2)
    (quarter,) = figure(found(a_gap, period=read("2026-Q1")), "acts").reasons
    assert quarter == "B has none in March 2026, though it was open."


def test_a_centre_that_was_not_expected_keeps_nobody_from_being_whole():
    network = a_network()
    whole = a_centre_of(network, "A", acts=20)
    later = a_centre_of(network, "B", acts=20, first=date(2026, 4, 2), signed_until=date(2026, 1, 31))
    acts = figure(found(whole, later), "acts")
    assert (acts.is_whole, acts.n, acts.of) == (True, 1, 1)


def test_a_list_is_added_only_in_the_networks_words():
    network = a_network()
    centres = [a_centre_of(network, name, acts=0, signed_until=date(2026, 3, 1)) for name in "AB"]
    for centre in centres:
        add_acts(centre, "phone", 30)
        add_acts(centre, "desk", 12)
    mapped(centres[0])
    channels = figure(found(*centres), "acts-channel")
    assert not channels.is_whole
    assert channels.reasons == ("B shows none: it does not say this, or of fewer than ten acts.",)
    mapped(centres[1])
    channels = figure(found(*centres), "acts-channel")
    assert channels.is_whole
    assert [one.label for one in channels.lines] == ["desk", "phone"]
    assert all(one.figure % 5 == 0 for one in channels.lines)
    Code.objects.filter(centre=centres[1], list=CodeList.CHANNEL, key="email").update(network_code=None)
    assert figure(found(*centres), "acts-channel").reasons == (
        "B: 1 entry of its list counts as nothing in the network’s.",
    )


def test_a_picture_leaves_out_what_was_not_said_and_tells_it_beside():
    told = Together(
        "acts-theme",
        "Acts by theme",
        "",
        120,
        3,
        3,
        (),
        (Line("Job", 20, 17), Line("Not said", 100, 83, unsaid=True)),
    )
    assert [(row.label, row.value) for row in told.picture.rows] == [("Job", 20)]
    assert told.picture.note == "without “Not said”: 100"
    alone = replace(told, lines=told.lines[1:])
    assert ([row.label for row in alone.picture.rows], alone.picture.note) == (["Not said"], "")


def test_the_page_and_its_files(client):
    network = a_network()
    whole = a_centre_of(network, "Alpha", acts=40)
    a_centre_of(network, "Beta", acts=0, signed_until=date(2026, 3, 1))
    client.force_login(a_coordinator(whole))
    address = reverse("statistics:network_together", args=[network.slug])
    page = client.get(f"{address}?period=2026-03")
    body = page.content.decode()
    assert "Beta did not count this." in body
    assert "Profile of the public" in body
    assert page.context["added"] == []
    file = reverse("statistics:network_together_file", args=[network.slug, "csv"])
    rows = list(
        csv.DictReader(StringIO(client.get(f"{file}?period=2026-03").content.decode().removeprefix("\ufeff")))
    )
    acts = next(row for row in rows if row["Figure"] == "Acts")
    assert (acts["Value"], acts["Added"], acts["Centres that gave it"], acts["of"]) == ("", "no", "1", "2")
    book = load_workbook(
        BytesIO(client.get(reverse("statistics:network_together_file", args=[network.slug, "xlsx"])).content)
    )
    assert book.sheetnames == ["Together", "Never added", "How to read it"]
    empty = client.get(f"{address}?period=2024").content.decode()
    assert "No figure yet" in empty


def test_who_may_not(client):
    centre, other = a_centre_of(acts=0), a_centre_of(acts=0)
    address = reverse("statistics:network_together", args=[centre.network.slug])
    for person, theirs in [
        (a_person(Role.DIRECTOR, centre=centre), 404),
        (a_coordinator(other), 404),
        (a_coordinator(centre), 200),
    ]:
        client.force_login(person)
        assert client.get(address).status_code == theirs


def test_the_same_queries_for_one_centre_and_three(client):
    one = a_centre_of()
    client.force_login(a_coordinator(one))
    address = reverse("statistics:network_together", args=[one.network.slug]) + "?period=2026-03"
    counts = []
    for more in (0, 2):
        for _n in range(more):
            a_centre_of(one.network)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
