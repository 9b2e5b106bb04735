from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import Centre, Code, CodeList, Desk, OpeningHours, ServiceModel, Space, Theme
from parvis.centres.service_models import HoursPreset, preset

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CITE, OHJAAMO = ServiceModel.CITE_DES_METIERS, ServiceModel.OHJAAMO


@pytest.fixture
def network():
    return create_network(name="Réseau", service_models=[CITE], at=AT)


def test_a_network_has_the_lists_of_its_service_models(network):
    themes = Code.objects.filter(network=network, centre=None, list=CodeList.THEME).open_on(AT.date())
    assert [code.key for code in themes] == ["choose", "train", "job", "change", "business"]
    assert set(network.codes.values_list("list", flat=True)) == set(CodeList.values)
    assert network.slug == "reseau"


@pytest.mark.parametrize("model", list(ServiceModel))
def test_a_centre_is_ready(model):
    network = create_network(name="Network", service_models=[model], at=AT)

    centre = create_centre(network=network, service_model=model, name="Lyon", at=AT)

    made = preset(model)
    assert [space.kind for space in Space.objects.filter(site__centre=centre)] == made.spaces
    assert [desk.name for desk in Desk.objects.filter(space__site__centre=centre, seats=2)] == made.desks
    assert OpeningHours.objects.filter(site__centre=centre, site__kind="main").count() == len(made.hours)
    themes = Theme.objects.filter(centre=centre).open_on(date(2026, 3, 2))
    assert [(theme.key, theme.network_code.key) for theme in themes] == [(t.key, t.key) for t in made.themes]
    assert not centre.codes.filter(network_code=None).exists()
    assert (centre.slug, centre.language, centre.languages) == ("lyon", "fr", ["fr", "en"])


def test_finer_entries_count_as_the_network_s():
    network = create_network(name="Network", service_models=[OHJAAMO], at=AT)
    centre = create_centre(network=network, service_model=OHJAAMO, name="Turku", at=AT)
    finer = centre.codes.get(list=CodeList.AGE_BAND, key="18_20")
    assert finer.network_code.key == "18_24"
    assert not network.codes.filter(centre=None, key="18_20").exists()


def test_a_service_model_new_to_the_network_brings_its_entries_and_nothing_else(network):
    before = set(network.codes.values_list("pk", "position"))
    centre = create_centre(network=network, service_model=OHJAAMO, name="Turku", at=AT)
    assert before <= set(network.codes.filter(centre=None).values_list("pk", "position"))
    assert not centre.themes.filter(network_code=None).exists()


def test_an_entry_that_the_network_closed_is_not_counted_as(network):
    network.codes.filter(list=CodeList.GENDER, key="other").update(
        valid_from=date(2020, 1, 1), valid_to=date(2026, 3, 2)
    )
    create_centre(network=network, service_model=CITE, name="One", at=AT)
    two = create_centre(network=network, service_model=CITE, name="Two", at=AT)
    assert two.codes.get(list=CodeList.GENDER, key="other").network_code is None
    assert two.codes.get(list=CodeList.GENDER, key="woman").network_code.key == "woman"


def test_the_same_key_again_returns_the_same_centre(network):
    key = uuid4()
    made = [create_centre(network=network, service_model=CITE, name="Lyon", at=AT, key=key) for _ in range(2)]
    assert made[0] == made[1]
    assert Centre.objects.count() == 1


def test_two_centres_of_one_name_get_two_addresses(network):
    slugs = [
        create_centre(network=network, service_model=CITE, name=n, at=AT).slug
        for n in ["Lyon", "Lyon", "New", "Київ"]
    ]
    assert slugs == ["lyon", "lyon-2", "new-2", "centre"]


def test_a_plan_changes_what_the_model_proposes(network):
    themes = tuple(preset(CITE).themes[:2])
    plan = Plan(
        time_zone="America/Guadeloupe",
        languages=("es", "fr"),
        themes=themes,
        desks=("Blue",),
        hours=(HoursPreset(5, time(9), time(12)),),
        open_since=date(2015, 1, 1),
    )
    centre = create_centre(network=network, service_model=CITE, name="Caraïbes", at=AT, plan=plan)
    assert centre.language == "es"
    assert [theme.valid_from for theme in centre.themes.all()] == [date(2015, 1, 1)] * 2
    assert [str(desk) for desk in Desk.objects.all()] == ["Blue"]
    assert OpeningHours.objects.get().weekday == 5


def test_lists_start_on_the_centre_s_own_day(network):
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # already the 3rd in Paris
    centre = create_centre(network=network, service_model=CITE, name="Lyon", at=late)
    assert set(centre.codes.values_list("valid_from", flat=True)) == {date(2026, 3, 3)}


def test_an_impossible_time_zone_makes_nothing(network):
    with pytest.raises(ValidationError):
        create_centre(
            network=network, service_model=CITE, name="X", at=AT, plan=Plan(time_zone="Europe/Atlantis")
        )
    assert Centre.objects.count() == 0
