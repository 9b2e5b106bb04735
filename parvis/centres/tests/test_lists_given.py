"""Networks and centres from before the lists of events and schools get them."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import Code, CodeList, Network, ServiceModel
from parvis.centres.service_models import list_entries

migration = import_module("parvis.centres.migrations.0008_lists_of_events_and_schools")

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPENED = date(2015, 1, 1)
NEW = [CodeList(name) for name in migration.LISTS]
FIELDS = ("list", "key", "label", "position", "not_communicated", "network_code__key", "valid_from")


def a_house(model, name="Lyon"):
    network = create_network(name=f"Network of {name}", service_models=[model], at=AT)
    return create_centre(network=network, service_model=model, name=name, at=AT, plan=Plan(open_since=OPENED))


def rows(**of):
    found = Code.objects.filter(list__in=NEW, **of).order_by("list", "position")
    return [(*row[:2], str(row[2]), *row[3:]) for row in found.values_list(*FIELDS)]


def run():
    migration.give_lists(apps, None)


@pytest.mark.parametrize("model", list(ServiceModel))
def test_an_old_house_has_what_a_new_one_begins_with(model):
    centre = a_house(model)
    new, of_network = rows(centre=centre), rows(centre=None)
    Code.objects.filter(list__in=NEW, network_code__isnull=False).delete()
    Code.objects.filter(list__in=NEW).delete()
    run()
    assert rows(centre=centre) == new
    assert [row[:5] for row in rows(centre=None)] == [row[:5] for row in of_network]
    assert len(new) == len(of_network) == sum(len(list_entries(listed)) for listed in NEW)
    assert {row[-1] for row in rows()} == {OPENED}  # figures of the years before may use them
    before = Code.objects.count()
    run()
    assert Code.objects.count() == before


def test_who_has_entries_of_a_list_keeps_them_alone():
    centre = a_house(ServiceModel.CITE_DES_METIERS)
    Code.objects.filter(list__in=NEW, centre=centre).exclude(list=CodeList.SECTOR, key="crafts").delete()
    run()
    assert [code.key for code in centre.codes.filter(list=CodeList.SECTOR)] == ["crafts"]
    assert centre.codes.filter(list=CodeList.STREAM, network_code__key="general").exists()


def test_each_counts_as_its_own_network_s_entry():
    a_house(ServiceModel.OHJAAMO, "Turku")
    centre = a_house(ServiceModel.OHJAAMO, "Oulu")
    Code.objects.filter(list__in=NEW, centre=centre).delete()
    Code.objects.filter(list=CodeList.SECTOR, key="crafts", network=centre.network).delete()
    run()
    mapped = centre.codes.filter(list__in=NEW).exclude(network_code=None)
    assert set(mapped.values_list("network_code__network", "network_code__centre")) == {
        (centre.network_id, None)
    }
    assert centre.codes.get(list=CodeList.SECTOR, key="crafts").network_code is None  # the report says so


def test_a_list_whose_words_are_gone_begins_empty(monkeypatch, tmp_path):
    Code.objects.filter(list__in=NEW).delete()
    centre = a_house(ServiceModel.OHJAAMO)
    Code.objects.filter(list__in=NEW, centre=centre).delete()
    monkeypatch.setattr(migration, "WORDS", tmp_path)
    run()
    assert not centre.codes.filter(list__in=NEW).exists()


def test_a_network_without_lists_waits_for_its_first_centre():
    Network.objects.create(name="Empty", slug="empty")
    run()
    assert not Code.objects.exists()


def test_it_can_be_taken_back():
    centre = a_house(ServiceModel.OHJAAMO)
    migration.take_lists_away(apps, None)
    assert not Code.objects.filter(list__in=NEW).exists()
    assert centre.codes.filter(list=CodeList.GAP).exists()
