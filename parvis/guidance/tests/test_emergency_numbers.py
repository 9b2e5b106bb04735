"""Whom a visitor in danger may call: the country's numbers until the centre writes its own, and the card that shows them."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.guidance.actions import emergency as actions
from parvis.guidance.models import EmergencyNumber
from parvis.guidance.queries.emergency import card, numbers_of
from parvis.guidance.visitor_danger import Kind
from parvis.guidance.visitor_emergency import OF_COUNTRY, WITH_112, defaults

pytestmark = pytest.mark.django_db


def address(centre, name="emergency_numbers", **parts):
    return reverse(f"guidance:{name}", kwargs={"centre": centre.slug, **parts})


def of(role, centre):
    client = Client()
    client.force_login(a_person(role, centre=centre))
    return client


def sent(**changes):
    """The form as the page sends it: name and hours have an input for each language of the centre."""
    data = {"name_0": "Nuit blanche", "hours_0": "la nuit", "number": "01 23 45 67 89", "kind": "self"}
    return {**data, "key": uuid4(), **changes}


def shown(centre):
    return [line.number for line in numbers_of(centre).lines]


def test_a_centre_without_numbers_shows_those_of_its_country():
    centre = a_centre(country="FR")
    assert shown(centre) == ["112", "3114", "3919", "119", "15", "17", "18", "114"]
    assert not numbers_of(centre).own
    assert shown(a_centre(country="EE")) == ["112"]
    assert shown(a_centre(country="BR")) == []


def test_every_country_of_the_product_has_112_and_each_number_can_be_dialled():
    assert set(OF_COUNTRY) <= WITH_112
    for country in WITH_112:
        numbers = [one.number for one in defaults(country)]
        assert numbers[0] == "112"
        assert len(set(numbers)) == len(numbers)
        assert [number for number in numbers if not re.fullmatch(r"\d[\d ]*", number)] == []


def test_the_card_has_those_for_the_danger_first_then_those_for_any():
    centre = a_centre(country="ES")
    assert [line.number for line in card(centre, {Kind.SELF})] == ["024", "112"]
    assert [line.number for line in card(centre, [])] == ["112"]
    assert [line.number for line in card(centre, ["self", "minor"])] == ["024", "116 111", "112"]


def test_taking_them_over_keeps_them_in_every_language_and_happens_once():
    centre = a_centre(country="FI")
    actions.adopt_numbers(centre=centre)
    actions.adopt_numbers(centre=centre)
    assert shown(centre) == ["112", "09 2525 0111", "080 005 005", "116 111"]
    assert numbers_of(centre).own
    first = EmergencyNumber.objects.filter(centre=centre)[0]
    assert set(first.name.data) == {code for code, _name in settings.LANGUAGES}
    assert len(set(first.name.data.values())) == len(settings.LANGUAGES)


def test_the_first_own_number_comes_beside_those_of_the_country():
    centre = a_centre(country="EE")
    director = of(Role.DIRECTOR, centre)
    data = sent()
    assert director.post(address(centre, "new_number"), data).status_code == 302
    assert director.post(address(centre, "new_number"), data).status_code == 302  # sent again
    assert shown(centre) == ["112", "01 23 45 67 89"]


def test_a_number_is_changed_ordered_and_removed():
    centre = a_centre(country="EE")
    director = of(Role.DIRECTOR, centre)
    director.post(address(centre, "new_number"), sent())
    first, second = EmergencyNumber.objects.filter(centre=centre)
    director.post(address(centre, "number", pk=second.pk), sent(number="+33 1 00 00 00 00", hours_0=""))
    assert shown(centre) == ["112", "+33 1 00 00 00 00"]
    assert numbers_of(centre).lines[1].address == "tel:+33100000000"
    director.post(address(centre, "order_numbers"), {"order": [second.pk, first.pk, "x", "²"]})
    assert shown(centre) == ["+33 1 00 00 00 00", "112"]
    director.post(address(centre, "remove_number", pk=second.pk))
    assert shown(centre) == ["112"]
    director.post(address(centre, "remove_number", pk=first.pk))
    assert not numbers_of(centre).own  # the country's again
    assert director.post(address(centre, "remove_number", pk=first.pk)).status_code == 404


@pytest.mark.parametrize("wrong", [{"number": "call me"}, {"number": ""}, {"name_0": ""}, {"kind": "fire"}])
def test_what_cannot_be_is_said_beside_the_field_and_the_rest_is_kept(wrong):
    centre = a_centre(country="EE")
    page = of(Role.DIRECTOR, centre).post(address(centre, "new_number"), sent(hours_0="le soir") | wrong)
    assert page.status_code == 422
    assert "le soir" in page.content.decode()
    assert not numbers_of(centre).own


@pytest.mark.parametrize(
    ("name", "parts"), [("emergency_numbers", {}), ("new_number", {}), ("number", {"pk": 0})]
)
def test_who_may_open_the_pages(name, parts):
    centre = a_centre(country="FR")
    actions.adopt_numbers(centre=centre)
    pk = EmergencyNumber.objects.filter(centre=centre)[0].pk
    page = address(centre, name, **({"pk": pk} if parts else {}))
    assert of(Role.DIRECTOR, centre).get(page).status_code == 200
    assert of(Role.ADVISER, centre).get(page).status_code == 403
    assert of(Role.DIRECTOR, a_centre()).get(page).status_code == 404


def test_a_number_of_another_centre_is_not_there():
    centre, other = a_centre(country="FR"), a_centre(country="FR")
    actions.adopt_numbers(centre=other)
    theirs = EmergencyNumber.objects.filter(centre=other)[0]
    director = of(Role.DIRECTOR, centre)
    assert director.get(address(centre, "number", pk=theirs.pk)).status_code == 404
    assert director.post(address(centre, "remove_number", pk=theirs.pk)).status_code == 404
    assert len(shown(other)) == 8


def queries_of_the_page(centre, count):
    director = of(Role.DIRECTOR, centre)
    director.get(address(centre))  # the session and the permissions, once
    with CaptureQueriesContext(connection) as asked:
        page = director.get(address(centre)).content.decode()
    assert page.count("data-order-item") == count
    return len(asked)


def test_three_numbers_cost_no_more_queries_than_one():
    one, three = a_centre(country="EE"), a_centre(country="FR")
    for centre in (one, three):
        actions.adopt_numbers(centre=centre)
    assert queries_of_the_page(one, 1) == queries_of_the_page(three, 8)


def test_the_page_says_whose_numbers_they_are():
    centre = a_centre(country="FR")
    director = of(Role.DIRECTOR, centre)
    assert "Make them ours" in director.get(address(centre)).content.decode()
    assert director.post(address(centre, "adopt_numbers")).status_code == 302
    page = director.get(address(centre)).content.decode()
    assert ("Your numbers" in page, "Make them ours" in page) == (True, False)
    none = a_centre(country="BR")
    assert "No number yet" in of(Role.DIRECTOR, none).get(address(none)).content.decode()


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_card_speaks_each_language_and_dials(language):
    lines = card(a_centre(country="FR"), {Kind.SELF, Kind.MINOR})
    with translation.override("en"):
        english = render_to_string("guidance/visitor/_danger.html", {"numbers": lines})
    with translation.override(language):
        page = render_to_string("guidance/visitor/_danger.html", {"numbers": lines})
        without = render_to_string("guidance/visitor/_danger.html", {"numbers": []})
    assert re.findall(r'href="([a-z]+:\d+)"', page) == [
        *("tel:3114", "tel:119", "tel:15", "tel:112", "tel:18", "sms:114")
    ]
    assert "tel:" not in without
    sentences = re.findall(r">([^<>]{12,})<", english)
    assert len(sentences) > 8
    if language != "en":
        assert [text for text in sentences if text in page] == []
