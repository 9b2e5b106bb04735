from datetime import date

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres import usage
from parvis.centres.factories import a_centre, a_person, a_ready_centre
from parvis.centres.models import Code, CodeList, Theme
from parvis.centres.queries.mapping import mapping, network_mapping

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def centre():
    return a_ready_centre()


def loss(centre, listed):
    return next((loss for loss in mapping(centre, DAY).lists if loss.listed == listed), None)


def local(centre, listed, key):
    return centre.codes.get(list=listed, key=key)


def keys(entries):
    return [entry.row.key for entry in entries]


def test_a_new_centre_loses_nothing(centre):
    report = mapping(centre, DAY)
    assert (report.lists, report.whole) == ([], list(CodeList))
    assert report.since == date(2025, 3, 2)


def test_an_entry_mapped_to_nothing_leaves_one_unreached(centre):
    Code.objects.filter(pk=local(centre, "status", "retired").pk).update(network_code=None)
    found = loss(centre, CodeList.STATUS)
    assert keys(found.unmapped) == ["retired"]
    assert [code.key for code in found.unreached] == ["retired"]


def test_several_entries_merged_into_one(centre):
    target = local(centre, "age_band", "under_15").network_code
    Code.objects.filter(pk=local(centre, "age_band", "15_17").pk).update(network_code=target)
    found = loss(centre, CodeList.AGE_BAND)
    assert [(merge.network_code, keys(merge.entries)) for merge in found.merged] == [
        (target, ["under_15", "15_17"])
    ]
    assert [code.key for code in found.unreached] == ["15_17"]


def test_an_entry_that_the_network_closed_meanwhile(centre):
    target = local(centre, "referral", "press").network_code
    Code.objects.filter(pk=target.pk).update(valid_to=DAY)
    found = loss(centre, CodeList.REFERRAL)
    assert keys(found.closed) == ["press"]
    assert found.unreached == []
    Code.objects.filter(pk=target.pk).update(valid_to=date(2026, 3, 3))
    assert loss(centre, CodeList.REFERRAL) is None  # still open today


def test_closed_local_entries_no_longer_count(centre):
    entry = local(centre, "status", "retired")
    Code.objects.filter(pk=entry.pk).update(network_code=None, valid_to=DAY)
    found = loss(centre, CodeList.STATUS)
    assert found.unmapped == []
    assert [code.key for code in found.unreached] == ["retired"]


def test_themes_are_mapped_too(centre):
    Theme.objects.filter(centre=centre, key="job").update(network_code=None)
    assert keys(loss(centre, CodeList.THEME).unmapped) == ["job"]


def test_each_entry_says_how_often_it_was_used(client, centre, monkeypatch):
    entry = local(centre, "status", "retired")
    Code.objects.filter(pk=entry.pk).update(network_code=None)
    asked = []

    def count(codes, since):
        asked.append(since)
        return {code: 12 for code in codes if code == entry.pk}

    monkeypatch.setattr(usage, "_UNITS", {})
    usage.register_unit(usage.Unit("visits", "%(n)s visits", by_code=count))
    usage.register_unit(usage.Unit("others", "%(n)s others", by_code=lambda codes, since: {entry.pk: 3}))
    assert [found.uses for found in loss(centre, CodeList.STATUS).unmapped] == [["12 visits", "3 others"]]
    assert asked == [date(2025, 3, 2)]
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    shown = client.get(reverse("centres:mapping", args=[centre.slug])).content.decode()
    assert "12 visits · 3 others" in shown


def test_the_network_sees_what_no_centre_reaches_and_who_has_something_to_mend(centre):
    other = a_centre(network=centre.network, name="Aix")
    Code.objects.filter(centre=centre, key="retired").update(network_code=None)
    target = local(centre, "referral", "press").network_code
    Code.objects.filter(pk=target.pk).update(valid_to=DAY)
    report = network_mapping(centre.network, DAY)
    assert [(listed, [code.key for code in found]) for listed, found in report.unreached] == [
        (CodeList.STATUS, ["retired"])
    ]
    assert [(line.centre, line.unmapped, line.closed) for line in report.centres] == [
        (other, 0, 0),
        (centre, 1, 1),
    ]


def test_the_pages_say_so(client, centre):
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    own = client.get(reverse("centres:mapping", args=[centre.slug])).content.decode()
    assert "Nothing is lost: each entry counts" in own
    network = client.get(reverse("centres:network_mapping", args=[centre.network.slug])).content.decode()
    assert centre.name in network
    assert "Each entry is reached by at least one centre." in network
