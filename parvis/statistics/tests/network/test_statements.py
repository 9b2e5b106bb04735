"""Published figures: kept once, corrected with their history, taken back, beside what was counted; by pages and files."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.statistics.actions.network.statements import (
    CorrectedMeanwhile,
    Stated,
    TakenBack,
    correct,
    put_down,
    take_back,
)
from parvis.statistics.models import Statement
from parvis.statistics.protection import Hidden
from parvis.statistics.queries.network.statements import Wanted, groups, history, statements_of
from parvis.statistics.tests.network.scene import MARCH, NOON, a_centre_of, a_coordinator

pytestmark = pytest.mark.django_db
YEAR = (date(2018, 1, 1), date(2018, 12, 31))
SAID = Stated("visitors in the year", "persons", Decimal(550000), *YEAR, "Rapport annuel", date(2019, 2, 1))


@pytest.fixture
def centre():
    return a_centre_of(name="Rivemont", acts=40)


@pytest.fixture
def coordinator(centre):
    return a_coordinator(centre)


def put(of, by, **said):
    return put_down(network=of.network, key=uuid4(), said=replace(SAID, **said), by=by, at=NOON)


def beside(centre, **wanted):
    found = statements_of(centre.network, Wanted(**wanted))
    return groups(found, [centre], NOON.date(), NOON)


def test_the_same_key_is_kept_once(centre, coordinator):
    key = uuid4()
    for _n in range(2):
        put_down(network=centre.network, key=key, said=SAID, by=coordinator, at=NOON)
    row = Statement.objects.get()
    assert (row.value, row.entered_by, row.is_in_force) == (550000, coordinator, True)


def test_a_correction_stands_in_its_place_and_the_old_one_stays(centre, coordinator):
    old, key = put(centre, coordinator), uuid4()
    fresh = replace(SAID, value=Decimal(505000))
    made = [
        correct(statement=old, key=key, said=fresh, reason="Digits turned round", by=coordinator, at=NOON)
        for _n in range(2)
    ]
    assert made[0] == made[1]
    assert [one.value for one in statements_of(centre.network, Wanted())] == [505000]
    assert len(statements_of(centre.network, Wanted(past=True))) == 2
    assert [one.pk for one in history(made[0])] == [old.pk, made[0].pk]
    with pytest.raises(CorrectedMeanwhile):
        correct(statement=old, key=uuid4(), said=SAID, reason="Again", by=coordinator, at=NOON)
    with pytest.raises(CorrectedMeanwhile):
        take_back(statement=old, reason="No", by=coordinator, at=NOON)


def test_what_is_taken_back_says_why_and_is_corrected_no_more(centre, coordinator):
    row = put(centre, coordinator)
    take_back(statement=row, reason="Another network of the same name", by=coordinator, at=NOON)
    take_back(statement=row, reason="A second click", by=coordinator, at=NOON + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.withdrawn_because, row.withdrawn_at) == ("Another network of the same name", NOON)
    assert statements_of(centre.network, Wanted()) == []
    with pytest.raises(TakenBack):
        correct(statement=row, key=uuid4(), said=SAID, reason="Late", by=coordinator, at=NOON)


def test_contradictions_stand_beside_each_other_in_the_order_of_their_days(centre, coordinator):
    put(centre, coordinator, value=Decimal(300000), source="Site", published_on=date(2020, 1, 1))
    put(centre, coordinator)
    put(centre, coordinator, unit="passages")
    persons, passages = sorted(beside(centre), key=lambda one: -len(one.statements))
    assert [one.value for one in persons.statements] == [550000, 300000]
    assert persons.contradict
    assert not passages.contradict
    assert not persons.is_counted  # persons are not counted here
    assert not passages.is_counted  # nor was anything before the first record


def test_what_was_counted_here_stands_beside_the_same_unit_and_period(centre, coordinator):
    acts = {"what": "acts", "unit": "acts", "first": MARCH[0], "last": MARCH[1]}
    put(centre, coordinator, **acts, published_on=date(2026, 4, 2))
    put(centre, coordinator, **acts | {"unit": "passages"}, published_on=date(2026, 4, 2))
    put(centre, coordinator, **acts | {"last": date(2026, 3, 20)}, published_on=date(2026, 4, 2))
    put(centre, coordinator, **acts | {"last": date(2026, 4, 30), "first": date(2026, 4, 1)}, centre=centre)
    put(centre, coordinator, **acts, centre=centre)
    found = {(one.centre, one.unit, one.last): one for one in beside(centre)}
    whole = found[None, "acts", MARCH[1]]
    assert whole.is_counted
    assert whole.counted % 5 == 0
    assert abs(whole.counted - 40) <= 24
    assert (
        found[centre, "acts", MARCH[1]].counted == whole.counted
    )  # the only centre: the same rows, the same figure
    assert found[None, "passages", MARCH[1]].counted is Hidden.SMALL
    assert not found[None, "acts", date(2026, 3, 20)].is_counted  # no whole months
    assert not found[centre, "acts", date(2026, 4, 30)].is_counted  # not over


def test_filters(centre, coordinator):
    put(centre, coordinator)
    put(
        centre,
        coordinator,
        centre=centre,
        unit="acts",
        what="actes",
        first=date(2019, 1, 1),
        last=date(2019, 12, 31),
    )
    for wanted, many in [
        ({"centre": "network"}, 1),
        ({"centre": str(centre.pk)}, 1),
        ({"unit": "acts"}, 1),
        ({"unit": "nonsense"}, 2),
        ({"year": "2018"}, 1),
        ({"q": "RAPPORT"}, 2),
        ({"q": "nowhere"}, 0),
    ]:
        assert len(statements_of(centre.network, Wanted(**wanted))) == many, wanted


def typed(**more):
    said = {"what": "visitors in the year", "value": "550000", "unit": "persons", "first": "2018-01-01"}
    return (
        said
        | {
            "last": "2018-12-31",
            "source": "Rapport annuel",
            "published_on": "2019-02-01",
            "key": str(uuid4()),
        }
        | more
    )


def test_by_the_pages(client, centre, coordinator):
    client.force_login(coordinator)
    network = [centre.network.slug]
    there = reverse("statistics:statements", args=network)
    assert "No published figure yet" in client.get(there).content.decode()
    new = reverse("statistics:new_statement", args=network)
    for wrong, said in [
        ({"source": "Appelez Jeanne au 06 12 34 56 78"}, "looks like a phone number"),
        ({"published_on": "2031-01-01"}, "Choose a day that is over."),
        ({"last": "2017-01-01"}, "The last day comes before the first"),
        ({"value": "-1"}, "greater than or equal to 0"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
    ]:
        refused = client.post(new, typed(**wrong))
        assert refused.status_code == 422
        assert said in refused.content.decode()
    assert client.post(new, typed(url="https://example.org/rapport"))["Location"] == there
    row = Statement.objects.get()
    body = client.get(there).content.decode()
    assert "550,000" in body
    assert 'href="https://example.org/rapport"' in body
    one = reverse("statistics:statement", args=[*network, row.pk])
    assert client.post(one, typed(value="505000")).status_code == 422  # without a reason
    client.post(one, typed(value="505000", reason="Digits turned round"))
    made = Statement.objects.get(corrects=row)
    page = client.get(reverse("statistics:statement", args=[*network, made.pk])).content.decode()
    assert "550,000" in page
    assert "Digits turned round" in page
    back = reverse("statistics:take_statement_back", args=[*network, made.pk])
    assert client.post(back, {}).status_code == 422
    client.post(back, {"because": "Not this network"})
    assert "Taken back on" in client.get(one).content.decode()
    assert (
        "Correct it"
        not in client.get(reverse("statistics:statement", args=[*network, made.pk])).content.decode()
    )


def test_files_agree_with_the_page(client, centre, coordinator):
    put(centre, coordinator, source="=1+1")
    client.force_login(coordinator)
    file = client.get(reverse("statistics:statements_file", args=[centre.network.slug, "csv"]))
    (row,) = csv.DictReader(StringIO(file.content.decode().removeprefix("\ufeff")))
    assert (row["Figure"], row["Source"], row["Counted here"], row["In force"]) == (
        "550000.0",
        "'=1+1",
        "",
        "yes",
    )
    book = client.get(reverse("statistics:statements_file", args=[centre.network.slug, "xlsx"]))
    assert book.content.startswith(b"PK")


def test_who_may_not(client, centre, coordinator):
    row = put(centre, coordinator)
    other = a_centre_of(acts=0)
    pages = [
        reverse("statistics:statements", args=[centre.network.slug]),
        reverse("statistics:new_statement", args=[centre.network.slug]),
        reverse("statistics:statement", args=[centre.network.slug, row.pk]),
    ]
    for person, theirs in [
        (a_person(Role.DIRECTOR, centre=centre), 404),
        (a_coordinator(other), 404),
        (coordinator, 200),
    ]:
        client.force_login(person)
        assert {client.get(page).status_code for page in pages} == {theirs}
    client.force_login(a_coordinator(other))
    assert client.get(reverse("statistics:statement", args=[other.network.slug, row.pk])).status_code == 404


def test_the_same_queries_for_one_statement_and_three(client, centre, coordinator):
    client.force_login(coordinator)
    acts = {"what": "acts", "unit": "acts", "first": MARCH[0], "last": MARCH[1]}
    counts = []
    for more in (1, 2):
        for _n in range(more):
            put(centre, coordinator, **acts)
        client.get(reverse("statistics:statements", args=[centre.network.slug]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("statistics:statements", args=[centre.network.slug]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
