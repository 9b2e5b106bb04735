"""Whoever looks after a centre sees what is forgotten, what stopped it, and sets it going again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.queries.nights import OutcomeLine
from parvis.shared import nights, retention
from parvis.shared.models import Night
from parvis.shared.retention import UNFORESEEN

pytestmark = pytest.mark.django_db
RUN, STOPPED, CONFIRMED = Night.Kind.RUN, Night.Kind.STOPPED, Night.Kind.CONFIRMED


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def director(client, centre):
    person = a_person(Role.DIRECTOR, centre=centre)
    client.force_login(person)
    return person


def at(name, centre):
    return reverse(f"centres:{name}", args=[centre.slug])


def ago(days, **fields):
    return Night.objects.create(at=timezone.now() - timedelta(days=days), **{"kind": RUN} | fields)


def page(client, centre):
    return client.get(at("nights", centre)).content.decode()


@pytest.mark.parametrize("name", ["nights", "rehearse_nights", "confirm_clock"])
def test_who_looks_after_the_centre_may_others_may_not_and_elsewhere_there_is_nothing(client, centre, name):
    ask = client.get if name == "nights" else client.post
    for person, status in [
        (a_person(Role.ADMINISTRATOR, centre=centre), 302 if name == "confirm_clock" else 200),
        (a_person(Role.ADVISER, centre=centre), 403),
        (a_person(Role.DIRECTOR, centre=a_centre()), 404),
    ]:
        client.force_login(person)
        assert ask(at(name, centre)).status_code == status


@pytest.mark.usefixtures("director")
class TestPage:
    def test_before_the_first_night(self, client, centre):
        assert "No night yet" in page(client, centre)

    def test_a_good_night(self, client, centre):
        ago(1, forgotten={"ended sessions": 14, "exports": 0})
        ago(0.5, forgotten={"ended sessions": 3})
        text = page(client, centre)
        assert "Everything that was due is forgotten." in text
        assert "3 ended sessions" in text
        rules = client.get(at("nights", centre)).context["found"].rules
        found = {rule.name: (rule.last, rule.total) for rule in rules}
        assert (found["ended sessions"], found["exports"]) == ((3, 17), (None, 0))

    def test_one_that_failed_says_why_in_the_readers_language(self, client, centre, director):
        ago(0.5, failed={"exports": {"says": UNFORESEEN, "error": "OSError"}})
        assert "Something unforeseen (OSError)" in page(client, centre)
        director.language = "fr"
        director.save()
        text = page(client, centre)
        assert "Quelque chose d’imprévu (OSError)" in text
        assert "sessions terminées" in text

    def test_a_stopped_one_goes_on_when_told(self, client, centre):
        ago(9)
        ago(0, kind=STOPPED, since=timezone.now() - timedelta(days=9))
        assert "The clock is right: go on" in page(client, centre)
        for _twice in range(2):
            answer = client.post(at("confirm_clock", centre), follow=True)
            assert "The next night forgets again." in answer.content.decode()
        assert [night.kind for night in nights.last_nights()] == [CONFIRMED, STOPPED, RUN]
        assert "The clock is right: go on" not in page(client, centre)

    def test_nothing_stopped_nothing_confirmed(self, client, centre):
        ago(1)
        client.post(at("confirm_clock", centre))
        assert [night.kind for night in nights.last_nights()] == [RUN]

    def test_a_rehearsal_on_demand(self, client, centre, monkeypatch):
        of_nights = {name: rule for name, rule in retention._RULES.items() if name == "nights of a year ago"}
        monkeypatch.setattr(
            retention, "_RULES", of_nights
        )  # what other tests left outside the database is not ours
        assert "forgotten now" not in page(client, centre)
        assert "Nothing is due" in client.post(at("rehearse_nights", centre)).content.decode()
        ago(400)
        answer = client.post(at("rehearse_nights", centre))
        assert "What would be forgotten now" in answer.content.decode()
        assert answer.context["would_go"] == [OutcomeLine("nights of a year ago", 1)]
        assert Night.objects.count() == 1

    def test_one_and_thirty_nights_cost_as_many_queries(self, client, centre, django_assert_num_queries):
        for count in (1, 29):
            for _n in range(count):
                ago(1, forgotten={"ended sessions": 1})
            with django_assert_num_queries(3):  # session with person, centre with roles, nights
                client.get(at("nights", centre))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR, Role.ADVISER])
def test_the_first_pages_say_so_to_who_looks_after_a_centre(client, centre, role):
    ago(9)
    client.force_login(a_person(role, centre=centre))
    for address in ("/", at("start", centre)):
        text = client.get(address).content.decode()
        assert ("no night has come" in text) == (role != Role.ADVISER)
        assert (f'{at("nights", centre)}">See' in text) == (role != Role.ADVISER)


def test_the_first_pages_are_silent_after_a_good_night(client, centre, director):
    ago(0.5)
    for address in ("/", at("start", centre)):
        assert "nights-told" not in client.get(address).content.decode()
