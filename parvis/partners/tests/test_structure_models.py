"""The five structure models, and which of them a centre is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.partners.actions import structure as actions
from parvis.partners.models import StructureModel, StructurePeriod
from parvis.partners.queries.structure import structure_of
from parvis.partners.structure_models import about, abouts

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 3, 12, tzinfo=UTC)
DAY = AT.date()
M = StructureModel


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


def test_each_model_is_explained():
    assert [one.model for one in abouts()] == [*M]
    assert all(about(one).advantages and about(one).limits and about(one).see_to for one in M)


def test_a_model_lasts_until_the_next_one(centre):
    actions.choose_structure(centre=centre, model=M.AGREEMENT, since=date(2015, 1, 1), at=AT)
    actions.choose_structure(centre=centre, model=M.SINGLE_PUBLIC, since=DAY, at=AT)
    models = [structure_of(centre, day) for day in (date(2014, 12, 31), DAY - timedelta(days=1), DAY)]
    assert [one.model if one else None for one in models] == [None, M.AGREEMENT, M.SINGLE_PUBLIC]


def test_said_again_for_a_day_it_replaces_and_no_day_lies_ahead(centre):
    for model in (M.AGREEMENT, M.SINGLE_PUBLIC):
        actions.choose_structure(centre=centre, model=model, since=DAY, at=AT)
    assert list(StructurePeriod.objects.values_list("model", flat=True)) == [M.SINGLE_PUBLIC]
    with pytest.raises(actions.NotThatLate):
        actions.choose_structure(centre=centre, model=M.AGREEMENT, since=DAY + timedelta(days=1), at=AT)


def at(centre, name, *args):
    return reverse(f"partners:{name}", args=[centre.slug, *args])


def test_it_is_said_among_the_settings_and_read_by_everybody(centre, client):
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en"))
    own = at(centre, "structure")
    ahead = (centre.local_day(centre.now()) + timedelta(days=2)).isoformat()
    assert [*client.post(own, {"model": M.AGREEMENT, "since": ahead}).context["form"].errors] == ["since"]
    said = {"model": M.AGREEMENT, "since": "2015-01-01", "remark": "A convention"}
    assert client.post(own, said).status_code == 302
    page = client.get(own).content.decode()
    assert "A convention" in page
    assert reverse("centres:waiting", args=[centre.slug]) not in page  # settings that one may not open
    client.force_login(a_person(Role.ADVISER, centre=centre, language="en"))
    assert client.get(own).status_code == 403
    page = client.get(at(centre, "structure_models")).content.decode()
    assert "This centre: Association agreement without legal entity, since 1 January 2015." in page
    assert "this centre, since" in client.get(at(centre, "structure_model", "agreement")).content.decode()
    assert client.get(at(centre, "structure_model", "another")).status_code == 404


def test_the_settings_lead_to_it(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="en"))
    page = client.get(reverse("centres:settings", args=[centre.slug])).content.decode()
    assert at(centre, "structure") in page


def test_what_was_said_by_mistake_is_taken_back(centre, client):
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="en"))
    period = actions.choose_structure(centre=centre, model=M.AGREEMENT, since=DAY, at=AT)
    elsewhere = actions.choose_structure(centre=a_centre(), model=M.AGREEMENT, since=DAY, at=AT)
    assert client.post(at(centre, "remove_structure", elsewhere.pk)).status_code == 404
    assert client.post(at(centre, "remove_structure", period.pk)).status_code == 302
    assert list(StructurePeriod.objects.all()) == [elsewhere]
