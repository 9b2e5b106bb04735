"""A network's institutions: renamed for every centre, and two that are one merged without losing anything."""

from datetime import date

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_network, a_person, a_theme
from parvis.partners import actions
from parvis.partners.actions.network import NotTheSameNetwork, merge_institutions, rename_institution
from parvis.partners.factories import a_contribution, an_agreement, an_institution, hours, step
from parvis.partners.models import Belonging, Contact, Institution, Liaison, Relation, Stage, Step
from parvis.partners.queries.network import network_institutions, what_moves
from parvis.partners.queries.pledges import pledged_minutes

pytestmark = pytest.mark.django_db
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def here(network):
    return a_centre(network=network)


@pytest.fixture
def there(network):
    return a_centre(network=network)


def test_a_name_changes_for_every_centre(here, there):
    one, other = an_institution(here, "School"), an_institution(there, "School")
    rename_institution(institution=one.institution, name="Academy", kind=Institution.Kind.EDUCATION)
    other.institution.refresh_from_db()
    assert other.institution.name == "Academy"
    with pytest.raises(actions.AlreadyKnown):
        rename_institution(
            institution=an_institution(here, "Clinic").institution,
            name="ACADEMY",
            kind=Institution.Kind.HEALTH,
        )


def test_everything_moves_where_only_one_was_known(here, there):
    keep, gone = an_institution(here, "School"), an_institution(there, "The school")
    an_agreement(gone, hours("31"))
    a_contribution(gone, date(2026, 3, 3), 60)
    person = a_person(Role.ADVISER, centre=there)
    actions.belong(centre=there, person=person, to=gone.institution, on=LONG_AGO)
    before = pledged_minutes(there, *MARCH)
    assert dict(what_moves(gone.institution)) == {
        "partners.Relation": 1,
        "partners.Belonging": 1,
        "partners.Agreement": 1,
        "partners.Contribution": 1,
        "partners.Step": 1,
    }
    merge_institutions(keep=keep.institution, gone=gone.institution)
    assert [one.name for one in Institution.objects.all()] == ["School"]
    assert list(pledged_minutes(there, *MARCH).values()) == list(before.values())
    assert Belonging.objects.get().institution == keep.institution


def test_a_centre_that_worked_with_both_works_with_one(here):
    theme = a_theme(here)
    keep = an_institution(here, "School", valid_from=date(2020, 1, 1), parts=["mission"], valid_to=MARCH[0])
    gone = an_institution(
        here, "The school", address="1, rue Haute", themes=[theme], parts=["event"], for_staff="Evenings"
    )
    an_agreement(gone, hours("31"))
    step(gone, Stage.SUSPENDED, date(2026, 3, 1))
    Contact.objects.create(relation=gone, name="Ana", phone="02")
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=here)
    for relation in (keep, gone):
        Liaison.objects.create(person=coordinator, centre=here, institution=relation.institution)
    merge_institutions(keep=keep.institution, gone=gone.institution)
    one = Relation.objects.get()
    assert (one.valid_from, one.valid_to, one.address) == (LONG_AGO, None, "1, rue Haute")
    assert (one.parts, [*one.themes.all()], one.for_staff) == (["mission", "event"], [theme], "Evenings")
    assert (Contact.objects.get().relation, Liaison.objects.get().institution) == (one, keep.institution)
    assert [told.stage for told in Step.objects.all()] == ["active"]
    assert pledged_minutes(here, *MARCH) == {(keep.institution_id, None): 31 * 60}


def test_the_other_history_counts_where_there_is_no_own(here):
    keep = an_institution(here, "School", standing="outside")
    gone = an_institution(here, "The school")
    merge_institutions(keep=keep.institution, gone=gone.institution)
    one = Relation.objects.get()
    assert (one.standing, one.stage, one.steps.count()) == ("partner", "active", 1)


def test_done_twice_or_across_networks(here, there):
    keep, gone = an_institution(here, "School").institution, an_institution(there, "The school").institution
    other = an_institution(a_centre(), "Elsewhere").institution
    for wrong in (other, keep):
        with pytest.raises(NotTheSameNetwork):
            merge_institutions(keep=keep, gone=wrong)
    again = Institution.objects.get(pk=gone.pk)
    merge_institutions(keep=keep, gone=gone)
    assert merge_institutions(keep=keep, gone=again) == keep


def test_nearly_the_same_names_are_told(network, here):
    for name in ("Mission locale du Val", "Mission Locale  Val", "Chambre des métiers"):
        an_institution(here, name)
    found = network_institutions(network)
    assert [(str(one), str(other)) for one, other in found.alike] == [
        ("Mission locale du Val", "Mission Locale  Val")
    ]
    assert [str(line.institution) for line in network_institutions(network, "chambre").lines] == [
        "Chambre des métiers"
    ]


def test_a_coordinator_renames_and_merges_on_the_pages(network, here, there, client):
    keep, gone = an_institution(here, "School").institution, an_institution(there, "The school").institution
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=here, language="en"))
    page = client.get(reverse("partners:network_institutions", args=[network.slug])).content.decode()
    assert "The school" in page
    own = reverse("partners:network_institution", args=[network.slug, keep.pk])
    assert client.post(own, {"name": "The school", "kind": "ngo"}).status_code == 422
    assert client.post(own, {"name": "Academy", "kind": "ngo"}).status_code == 302
    merger = reverse("partners:network_merge", args=[network.slug, keep.pk, gone.pk])
    assert client.get(f"{own}?gone={gone.pk}")["Location"] == merger
    assert "What would move" in client.get(merger).content.decode()
    assert Institution.objects.count() == 2
    assert client.post(merger).status_code == 302
    assert [one.name for one in Institution.objects.all()] == ["Academy"]


def test_nobody_else_and_no_other_network(network, here, client):
    keep = an_institution(here, "School").institution
    own = reverse("partners:network_institution", args=[network.slug, keep.pk])
    client.force_login(a_person(Role.DIRECTOR, centre=here))
    assert client.get(own).status_code == 404
    other = a_centre()
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=other))
    assert client.get(own).status_code == 404
    elsewhere = reverse("partners:network_institution", args=[other.network.slug, keep.pk])
    assert client.get(elsewhere).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_three(network, here, client, django_assert_max_num_queries):
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=here))
    address = reverse("partners:network_institutions", args=[network.slug])

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(address)
        return len(found)

    an_institution(here, "A")
    asked()
    one = asked()
    an_institution(here, "B"), an_institution(here, "C")
    assert asked() == one
