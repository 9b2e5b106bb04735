"""Adding, changing and closing institutions; and their pages."""

from datetime import date

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_network, a_person, a_theme, words
from parvis.partners import actions
from parvis.partners.actions import Described
from parvis.partners.factories import an_institution
from parvis.partners.models import Belonging, Institution, Relation

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
KIND, STANDING = Institution.Kind, Relation.Standing


def said(name="House of Work", **fields) -> Described:
    usual = {"kind": KIND.EMPLOYER, "standing": STANDING.PARTNER, "valid_from": LONG_AGO}
    return Described(name=name, **usual | fields)


def names(centre):
    return [str(one) for one in Relation.objects.filter(centre=centre).open_on(DAY).by_name()]


def test_accents_count_neither_in_the_order_nor_in_a_search(client):
    """Whichever the database: one of them knows no capital É."""
    centre = a_centre()
    for name in ("Zoo", "École du Parc", "Fabrik", "Oeuvre", "Œuvre des métiers"):
        an_institution(centre, name)
    assert names(centre) == ["École du Parc", "Fabrik", "Oeuvre", "Œuvre des métiers", "Zoo"]
    client.force_login(a_person(Role.PARTNERSHIP_MANAGER, centre=centre))
    for search, there in (("ecole", "École du Parc"), ("OEUVRE DES", "Œuvre des métiers")):
        page = client.get(
            reverse("partners:institutions", args=[centre.slug]), {"q": search}
        ).content.decode()
        assert (there in page, "Fabrik" in page) == (True, False)


def test_a_name_is_known_whatever_its_case_on_every_database():
    centre = a_centre()
    known = an_institution(centre, "École").institution
    with pytest.raises(actions.AlreadyKnown):
        actions.add_institution(centre=centre, said=said("ÉCOLE"))
    other = an_institution(centre, "Other")
    with pytest.raises(actions.AlreadyKnown):
        actions.change_institution(relation=other, said=said("éCOLE"))
    actions.change_institution(relation=known.relations.get(), said=said("ÉCOLE"))
    assert Institution.objects.get(pk=known.pk).name == "ÉCOLE"


def test_two_centres_of_a_network_mean_the_same_institution():
    network = a_network()
    here, there = a_centre(network=network), a_centre(network=network)
    one = actions.add_institution(centre=here, said=said())
    other = actions.add_institution(centre=there, said=said("HOUSE of work", kind=KIND.NGO))
    assert other.institution == one.institution
    assert (one.institution.name, one.institution.kind) == ("House of Work", KIND.EMPLOYER)


def test_a_network_does_not_know_what_another_knows():
    here, there = a_centre(), a_centre()
    one, other = an_institution(here, "House of Work"), an_institution(there, "House of Work")
    assert one.institution != other.institution


def test_a_centre_takes_up_an_institution_once():
    centre = a_centre()
    an_institution(centre, "House of Work", valid_to=DAY)
    with pytest.raises(actions.AlreadyKnown):
        actions.add_institution(centre=centre, said=said("house of work"))


def test_a_name_is_changed_as_long_as_no_other_centre_uses_it():
    network = a_network()
    here, there = a_centre(network=network), a_centre(network=network)
    relation = an_institution(here, "House of Work")
    actions.change_institution(relation=relation, said=said("House of all Work"))
    assert names(here) == ["House of all Work"]
    an_institution(there, "House of all Work")
    with pytest.raises(actions.NameIsShared):
        actions.change_institution(relation=relation, said=said("Another house"))


def test_a_name_of_another_institution_is_taken():
    centre = a_centre()
    an_institution(centre, "School")
    relation = an_institution(centre, "House of Work")
    with pytest.raises(actions.AlreadyKnown):
        actions.change_institution(relation=relation, said=said("SCHOOL"))
    assert names(centre) == ["House of Work", "School"]


def test_a_theme_of_another_centre_is_refused():
    with pytest.raises(actions.NotOfThisCentre):
        actions.add_institution(centre=a_centre(), said=said(themes=[a_theme(a_centre())]))
    assert Institution.objects.count() == 0


def test_who_belongs_to_a_closed_institution_does_so_until_then():
    centre = a_centre()
    relation = an_institution(centre, "House of Work")
    one, other = a_person(Role.ADVISER, centre=centre), a_person(Role.ADVISER, centre=centre)
    actions.belong(centre=centre, person=one, to=relation.institution, on=LONG_AGO)
    actions.belong(centre=centre, person=other, to=relation.institution, on=DAY)
    actions.change_institution(relation=relation, said=said(valid_to=DAY))
    assert list(Belonging.objects.values_list("person", "valid_to")) == [(one.pk, DAY)]
    assert names(centre) == []


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def manager(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def test_the_list_tells_partners_from_outside_bodies_and_closed_ones(centre, manager, client):
    theme = a_theme(centre)
    relation = an_institution(centre, "École", themes=[theme], for_staff="Evening classes")
    actions.belong(centre=centre, person=manager, to=relation.institution, on=LONG_AGO)
    an_institution(centre, "Clinic", standing=STANDING.OUTSIDE)
    an_institution(centre, "Old guild", valid_to=date(2020, 1, 1))
    page = client.get(reverse("partners:institutions", args=[centre.slug]))
    found = page.context["found"]
    assert [(line.relation.institution.name, line.people) for line in found.partners] == [("École", 1)]
    assert [line.relation.institution.name for line in found.outside] == ["Clinic"]
    assert [line.relation.institution.name for line in found.closed] == ["Old guild"]
    for address in ("?q=ecole", "?q=evening"):
        page = client.get(reverse("partners:institutions", args=[centre.slug]) + address)
        assert "École" in page.content.decode()
        assert "Clinic" not in page.content.decode()


def test_an_institution_is_added_and_changed_on_its_page(centre, manager, client):
    theme = a_theme(centre)
    form = {"name": "House of Work", "kind": "ngo", "standing": "outside", "themes": [theme.pk]}
    form |= {"for_staff": "When papers are missing", "for_visitors_0": "They help with papers"}
    form |= {"website": "house.example", "valid_from": "2026-01-01"}
    address = reverse("partners:new_institution", args=[centre.slug])
    assert client.get(address).status_code == 200
    assert client.post(address, form).status_code == 302
    relation = Relation.objects.get()
    assert (relation.standing, relation.website) == ("outside", "https://house.example")
    assert relation.for_visitors.localize("en") == "They help with papers"
    assert [*relation.themes.all()] == [theme]
    assert client.post(address, form).status_code == 422  # sent twice: it is known
    page = client.get(reverse("partners:institution", args=[centre.slug, relation.pk]))
    assert "House of Work" in page.content.decode()
    own = reverse("partners:change_institution", args=[centre.slug, relation.pk])
    assert "House of Work" in client.get(own).content.decode()
    assert client.post(own, form | {"valid_to": "2026-02-01", "phone": "02"}).status_code == 302
    relation.refresh_from_db()
    assert (relation.phone, relation.valid_to) == ("02", date(2026, 2, 1))


def test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(centre, manager, client):
    form = {"name": "House", "kind": "ngo", "standing": "outside", "valid_from": "2026-02-01"}
    form |= {"valid_to": "2026-01-01", "for_staff": "Ask for Marie Dupont, 06 12 34 56 78"}
    page = client.post(reverse("partners:new_institution", args=[centre.slug]), form)
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["for_staff", "valid_to"]
    assert 'value="House"' in page.content.decode()
    assert Relation.objects.count() == 0


def test_a_shared_name_cannot_be_changed_on_the_page(manager, centre, client):
    relation = an_institution(centre, "House of Work")
    an_institution(a_centre(network=centre.network), "House of Work")
    form = {"name": "Mine", "kind": "ngo", "standing": "partner", "valid_from": "2026-01-01"}
    own = reverse("partners:change_institution", args=[centre.slug, relation.pk])
    assert client.post(own, form).status_code == 302
    relation.institution.refresh_from_db()
    assert relation.institution.name == "House of Work"


def test_an_institution_of_another_centre_is_not_there(manager, centre, client):
    other = an_institution(a_centre(network=centre.network), "Elsewhere")
    assert client.get(reverse("partners:institution", args=[centre.slug, other.pk])).status_code == 404


def test_advisers_may_not_look_after_partners(centre, client):
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(reverse("partners:institutions", args=[centre.slug])).status_code == 403


def test_the_list_asks_the_same_for_one_and_for_three(centre, manager, client, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse("partners:institutions", args=[centre.slug]))
        return len(asked)

    def another(name):
        relation = an_institution(centre, name, for_visitors=words("Good", "Bon"))
        person = a_person(Role.ADVISER, centre=centre)
        actions.belong(centre=centre, person=person, to=relation.institution, on=LONG_AGO)

    another("A")
    client.get(reverse("partners:institutions", args=[centre.slug]))
    one = queries()
    another("B"), another("C")
    assert queries() == one
