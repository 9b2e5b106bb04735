"""When somebody is there for which theme, as visitors read it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_kit
from parvis.agenda.models import AgendaSettings
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota.factories import a_duty_slot, a_half_day, a_need, comes_from, terms_for
from parvis.rota.models import DutySlot, Rota
from parvis.rota.queries.visitor_week import Ahead, rest_of_today, week_ahead

MONDAY = date(2026, 3, 2)
PARIS = ZoneInfo("Europe/Paris")
TEN = datetime(2026, 3, 2, 10, 0, tzinfo=PARIS)


@pytest.fixture
def house(db):
    """Two advisers of two institutions for one theme, on a Monday morning."""
    centre = a_centre(name="Lyon", languages=["fr", "ar", "en"])
    theme = a_theme(centre, "training")
    people = []
    for name, spoken in (("Zebulon", ["en", "fr"]), ("Petronella", ["ar", "sw"])):
        person = a_person(Role.ADVISER, centre=centre, name=name)
        comes_from(person, centre, an_institution(centre, f"School of {name}").institution)
        terms_for(person, centre, theme, languages=spoken)
        a_duty_slot(centre, person, MONDAY, theme=theme)
        people.append(person)
    Rota.objects.create(centre=centre, version=1, changed_at=TEN)
    return centre, theme, people


def said(ahead: Ahead):
    return [
        (day, one.starts, one.now, [(offer.theme.key, offer.languages) for offer in one.offers])
        for day, times in ahead.days
        for one in times
    ]


def test_theme_and_languages_in_the_centres_order(house):
    centre, _theme, _people = house
    assert said(week_ahead(centre, TEN)) == [(MONDAY, time(9), True, [("training", ["fr", "ar", "en"])])]


def test_a_language_that_the_centre_does_not_announce_is_not_told(house):
    centre, *_rest = house
    [(_day, [one])] = week_ahead(centre, TEN).days
    assert "sw" not in one.offers[0].languages


@pytest.mark.parametrize("state", [DutySlot.State.ABSENT, DutySlot.State.CANCELLED])
def test_only_who_comes_counts(house, state):
    centre, _theme, people = house
    DutySlot.objects.filter(person=people[0]).update(state=state)
    assert said(week_ahead(centre, TEN)) == [(MONDAY, time(9), True, [("training", ["ar"])])]
    DutySlot.objects.update(state=state)
    assert week_ahead(centre, TEN).days == []


def test_one_or_two_people_look_the_same(house):
    centre, _theme, people = house
    for person in people:
        person.terms.update(languages=["fr"])
    both = week_ahead(centre, TEN)
    DutySlot.objects.filter(person=people[0]).delete()
    assert week_ahead(centre, TEN) == both


def test_what_is_over_and_what_is_far_is_left_out(house):
    centre, theme, people = house
    a_duty_slot(centre, people[0], MONDAY + timedelta(days=6), theme=theme)
    a_duty_slot(centre, people[0], MONDAY + timedelta(days=7), theme=theme)
    found = week_ahead(centre, datetime(2026, 3, 2, 12, 30, tzinfo=PARIS))
    assert [day for day, _times in found.days] == [MONDAY + timedelta(days=6)]


def test_neither_reception_nor_gaps_are_told(house):
    centre, theme, people = house
    DutySlot.objects.all().delete()
    half_day = a_half_day(centre, MONDAY, time(14))
    a_need(half_day, theme)
    a_duty_slot(centre, people[0], MONDAY, time(14), half_day=half_day)
    assert week_ahead(centre, TEN).days == []


def test_the_board_says_now_and_later(house):
    centre, theme, people = house
    for starts in (time(14), time(18)):
        a_duty_slot(centre, people[0], MONDAY, starts, theme=theme)
    assert [(one.starts, one.now) for one in rest_of_today(centre, TEN)] == [
        (time(9), True),
        (time(14), False),
    ]


@pytest.mark.parametrize("days", [1, 3])
def test_as_many_queries_for_three_days_as_for_one(house, django_assert_num_queries, days):
    centre, theme, people = house
    for n in range(1, days):
        for person in people:
            a_duty_slot(centre, person, MONDAY + timedelta(days=n), theme=theme)
    with django_assert_num_queries(2):
        week_ahead(centre, TEN)


def test_the_page_in_each_language_without_names_or_institutions(client, house):
    centre, theme, people = house
    today = centre.local_day(centre.now())
    half_day = a_half_day(centre, today, time(0), ends=time(23, 59))
    a_duty_slot(centre, people[0], today, time(0), theme=theme, half_day=half_day)
    for code, _name in settings.LANGUAGES:
        response = client.get(f"/places/{centre.slug}/", {"language": code})
        page = response.content.decode()
        assert (response.status_code, response["Content-Language"]) == (200, code)
        assert [
            word for word in ("Zebulon", "Petronella", "School") if word.casefold() in page.casefold()
        ] == []
        assert ("Français" in page, "English" in page, 'class="theme-mark' in page) == (True, True, True)


def test_a_centre_without_a_rota_is_not_listed(client, house):
    centre, *_rest = house
    other = a_centre(name="Marseille")
    listed = client.get("/places/", {"language": "en"}).content.decode()
    assert ("Lyon" in listed, "Marseille" in listed) == (True, False)
    unknown = client.get(f"/places/{other.slug}/", {"language": "en"})
    assert (unknown.status_code, "There is no centre at this address" in unknown.content.decode()) == (
        404,
        True,
    )


def test_nothing_published_for_these_days(client, house):
    centre, *_rest = house
    page = client.get(f"/places/{centre.slug}/", {"language": "fr"}).content.decode()
    assert "Rien n’est publié pour les sept prochains jours" in page


def test_teachers_find_the_way_where_classes_are_welcome(client, house):
    centre, *_rest = house
    address, way = f"/places/{centre.slug}/?language=en", f"/classes/{centre.slug}/"
    assert way not in client.get(address).content.decode()  # nothing to choose yet
    a_kit(centre, "Explore trades")
    assert way in client.get(address).content.decode()
    AgendaSettings.objects.create(centre=centre, classes_welcome=False)
    assert way not in client.get(address).content.decode()
