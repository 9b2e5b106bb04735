"""Somebody at home with the poster's address does not empty the day's numbers; nobody's address is kept for it."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from parvis.centres.factories import a_centre, a_theme
from parvis.reception import actions
from parvis.reception.actions import Arriving, Entry
from parvis.reception.factories import a_device, a_seat
from parvis.reception.models import Arrival, Device, Ticket
from parvis.reception.queries.door import MOST_A_MINUTE, MOST_AN_HOUR
from parvis.reception.visitor_limits import MOST, WINDOW, may_draw, trace_of
from parvis.shared.network import network_of

pytestmark = pytest.mark.django_db
WORDS = "Many people are taking a ticket just now."
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def theme():
    now = timezone.now()  # the centre's clock stands still: no window ends in the middle of a test
    centre = a_centre(
        languages=[code for code, _name in settings.LANGUAGES],
        language="en",
        time_zone="UTC",
        clock_set_at=now,
        clock_showed=now,
        clock_speed=0,
    )
    made = a_theme(centre)
    a_seat([made], timezone.now(), languages=["fr"])
    return made


@pytest.fixture
def door(theme):
    return a_device(theme.centre, Device.Kind.DOOR)


def draw(door, theme, address=HOME, key=None, language="en", **more):
    said = {"key": key or str(uuid4()), "theme": theme.pk, "size": 1, "language": language, "seated_in": ""}
    query = f"?language={language}&theme={theme.pk}&size=1&key={said['key']}"
    where = reverse("reception:door", kwargs={"token": door.token}) + query
    return Client(REMOTE_ADDR=address).post(where, said | more)


def entry(theme):
    arriving = Arriving(theme=theme, language="fr", arrival=Arrival.PHONE_PAGE)
    return Entry(key=uuid4(), arriving=arriving, age=timedelta(0))


def test_one_network_draws_a_few_and_then_reads_a_friendly_word(theme, door):
    assert [draw(door, theme).status_code for _ in range(MOST)] == [302] * MOST
    late = draw(door, theme)
    assert (late.status_code, late["Retry-After"]) == (429, "120")
    text = late.content.decode()
    assert WORDS in text
    assert "How would you like to wait?" in text, "what was said still stands: one tap tries again"
    assert draw(door, theme, address=ELSEWHERE).status_code == 302
    assert Ticket.objects.count() == MOST + 1


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_word_is_in_the_visitors_language(theme, door, language):
    for _ in range(MOST):
        draw(door, theme)
    late = draw(door, theme, language=language)
    with translation.override(language):
        said = translation.gettext(
            "Many people are taking a ticket just now. Please try again in a few minutes, or come to the reception desk."
        )
    assert said in late.content.decode()
    assert (WORDS in said) is (language == "en")


def test_a_ticket_that_was_drawn_is_shown_again_beyond_any_limit(theme, door):
    key = str(uuid4())
    first = draw(door, theme, key=key).url
    for _ in range(MOST + 2):
        draw(door, theme)
    assert draw(door, theme, key=key).url == first


def test_after_ten_minutes_there_is_room_again(theme):
    at = timezone.now()
    assert [may_draw(theme.centre, HOME, at) for _ in range(MOST + 1)] == [True] * MOST + [False]
    assert may_draw(theme.centre, HOME, at + timedelta(seconds=WINDOW))


def test_the_door_has_a_limit_of_its_own_a_minute(theme, door):
    statuses = [draw(door, theme, address=f"192.0.2.{n}").status_code for n in range(MOST_A_MINUTE + 2)]
    assert statuses == [302] * MOST_A_MINUTE + [429, 429]
    later = timezone.now() + timedelta(seconds=61)
    assert actions.draw_at_door(device=door, entry=entry(theme), at=later)


def test_and_an_hour(theme, door):
    at = timezone.now().replace(hour=8, minute=0)
    for n in range(MOST_AN_HOUR):
        actions.draw_at_door(device=door, entry=entry(theme), at=at + timedelta(seconds=15 * n))
    late = at + timedelta(seconds=15 * MOST_AN_HOUR)
    with pytest.raises(actions.TooManyNow):
        actions.draw_at_door(device=door, entry=entry(theme), at=late)
    assert actions.draw_at_door(device=door, entry=entry(theme), at=at + timedelta(hours=1, seconds=1))


def test_another_door_and_the_greeter_go_on(theme, door):
    for n in range(MOST_A_MINUTE):
        draw(door, theme, address=f"192.0.2.{n}")
    other = a_device(theme.centre, Device.Kind.DOOR)
    assert draw(other, theme, address="192.0.2.99").status_code == 302
    assert actions.take_entry(
        device=a_device(theme.centre, Device.Kind.KIOSK), entry=entry(theme), at=timezone.now()
    )


def test_whoever_is_in_the_house_shares_its_network(theme, door):
    kiosk = a_device(theme.centre, Device.Kind.KIOSK)
    where = reverse("reception:entries", kwargs={"token": kiosk.token})
    body = json.dumps({"entries": [], "lease": None})
    assert Client(REMOTE_ADDR=HOME).post(where, body, content_type="application/json").status_code == 200
    assert [draw(door, theme).status_code for _ in range(MOST + 2)] == [302] * (MOST + 2)


def test_a_group_at_the_door_is_four_at_most(theme, door):
    assert draw(door, theme, size=4).status_code == 302
    assert draw(door, theme, size=5).status_code == 409
    assert Ticket.objects.count() == 1


def test_a_page_of_questions_costs_nothing(theme, door):
    where = reverse("reception:door", kwargs={"token": door.token})
    for _ in range(MOST + 3):
        assert Client(REMOTE_ADDR=HOME).get(where).status_code == 200
    assert draw(door, theme).status_code == 302


def test_no_address_is_kept_anywhere(theme, door):
    for address in (HOME, "2001:db8:1:2:3:4:5:6"):
        draw(door, theme, address=address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM parvis_cache")
        kept = str(cursor.fetchall())
    assert kept.count("door:") == 2
    for part in (HOME, "203.0", "2001:", ":db8"):  # a digest may well hold the letters db8
        assert part not in kept


def test_digests_say_nothing_of_another_day_or_centre_or_after_their_key_is_gone(theme):
    at, centre = timezone.now(), theme.centre
    today = trace_of(centre, HOME, at)
    assert today == trace_of(centre, HOME, at)
    assert today not in (trace_of(centre, HOME, at + timedelta(days=1)), trace_of(a_centre(), HOME, at))
    cache.clear()
    assert today != trace_of(centre, HOME, at)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_a_home_is_one_network(address, network):
    assert network_of(address) == network
