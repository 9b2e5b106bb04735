"""Private calendar addresses: made, seen once, read, stopped."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota import limits
from parvis.rota.actions import feeds as actions
from parvis.rota.factories import a_duty_slot, comes_from
from parvis.rota.models import DutySlot, Feed

KEY = UUID(int=9)


@pytest.fixture
def house(db):
    limits.limiter().storage.reset()
    centre = a_centre(name="Lyon")
    return centre, a_person(Role.ADVISER, centre=centre, name="Ana Ribeiro")


def issued(centre, person, key=KEY):
    return actions.make_feed(person=person, centre=centre, key=key, at=centre.now())


def read(token, **headers):
    return Client().get(reverse("rota:feed", args=[token]), **headers)


def test_the_same_key_gives_the_same_address(house):
    centre, ana = house
    assert issued(centre, ana).token == issued(centre, ana).token != issued(centre, ana, uuid4()).token
    assert Feed.objects.count() == 2
    assert len(issued(centre, ana).token) == 43


def test_only_a_keyed_digest_is_kept(house):
    centre, ana = house
    made = issued(centre, ana)
    assert made.token not in repr(Feed.objects.values())


def test_nobody_has_more_than_ten(house):
    centre, ana = house
    made = [issued(centre, ana, uuid4()) for _n in range(actions.MOST)]
    with pytest.raises(actions.TooManyFeeds):
        issued(centre, ana, uuid4())
    actions.revoke_feed(feed=made[0].feed, at=centre.now())
    issued(centre, ana, uuid4())


def test_the_page_shows_an_address_once_and_only_ones_own(client, house):
    centre, ana = house
    other = issued(centre, a_person(Role.ADVISER, centre=centre), uuid4())
    client.force_login(ana)
    page = reverse("rota:feeds", args=[centre.slug])
    assert "No address yet" in client.get(page).content.decode()
    shown = client.post(page, {"key": str(KEY)}).content.decode()
    [token] = set(re.findall(r"/rota/calendar/([\w-]+)\.ics", shown))
    assert ("webcal://testserver/" in shown, 'class="qr"' in shown) == (True, True)
    assert token == issued(centre, ana).token
    again = client.get(page).content.decode()
    assert (token in again, again.count("not read yet")) == (False, 1)
    stop = reverse("rota:feed_revoke", args=[centre.slug, other.feed.pk])
    assert client.post(stop).status_code == 404
    assert client.post(page, {"key": "none"}).status_code == 404


def test_a_calendar_holds_ones_own_duties_and_no_colleague(house):
    centre, ana = house
    colleague = a_person(Role.ADVISER, centre=centre, name="Zebulon Quxley")
    for person, name in ((ana, "Kwibbelberg"), (colleague, "Vandersloot")):
        comes_from(person, centre, an_institution(centre, name).institution)
    day, theme = centre.local_day(centre.now()) + timedelta(days=3), a_theme(centre, "training")
    mine = a_duty_slot(centre, ana, day, theme=theme)
    theirs = a_duty_slot(centre, colleague, day, theme=theme)
    response = read(issued(centre, ana).token)
    text = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(mine.uid) in text, str(theirs.uid) in text, text.count("BEGIN:VEVENT")) == (True, False, 1)
    assert [word for word in ("Quxley", "Ribeiro", "Kwibbelberg", "Vandersloot") if word in text] == []
    assert "SUMMARY:Find training · Lyon" in text


def test_unknown_stopped_and_left_are_the_same_404(house):
    centre, ana = house
    stopped, kept = issued(centre, ana), issued(centre, ana, uuid4())
    actions.revoke_feed(feed=stopped.feed, at=centre.now())
    assert read(kept.token).status_code == 200
    unknown = read("x" * 43)
    answers = [unknown, read(stopped.token)]
    team.remove_from_team(place=centre, person=ana, at=centre.now())
    assert Feed.objects.count() == 0
    answers.append(read(kept.token))
    assert {(one.status_code, one.content) for one in answers} == {(404, unknown.content)}


def test_who_is_closed_out_has_no_calendar(house):
    centre, ana = house
    token = issued(centre, ana).token
    ana.is_active = False
    ana.save()
    assert read(token).status_code == 404


def test_unchanged_is_304_and_a_change_is_not(house):
    centre, ana = house
    slot = a_duty_slot(centre, ana, centre.local_day(centre.now()) + timedelta(days=1))
    token = issued(centre, ana).token
    first = read(token)
    assert first["Cache-Control"] == "private, no-cache"
    same = read(token, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    DutySlot.objects.filter(pk=slot.pk).update(
        sequence=1, state=DutySlot.State.CANCELLED, changed_at=centre.now()
    )
    changed = read(token, headers={"if-none-match": first["ETag"]})
    text = changed.content.decode()
    assert (changed.status_code, "STATUS:CANCELLED" in text, "SEQUENCE:1" in text) == (200, True, True)
    assert f"UID:{slot.uid}" in text.replace("\r\n ", "")


def test_a_cancelled_duty_is_told_for_a_month(house):
    centre, ana = house
    now = centre.now()
    for days in (20, 40):
        a_duty_slot(
            centre,
            ana,
            centre.local_day(now) + timedelta(days=days),
            state=DutySlot.State.CANCELLED,
            changed_at=now - timedelta(days=days),
        )
    assert read(issued(centre, ana).token).content.count(b"BEGIN:VEVENT") == 1


def test_the_day_of_the_last_reading_is_written_once_a_day(house, django_assert_num_queries):
    centre, ana = house
    token = issued(centre, ana).token
    read(token)
    assert Feed.objects.get().read_on == centre.local_day(centre.now())
    with django_assert_num_queries(2):
        read(token)


def test_addresses_that_lead_nowhere_are_limited_by_network_and_known_ones_are_not(house):
    centre, ana = house
    token = issued(centre, ana).token
    answers = [read(f"x{n}").status_code for n in range(31)]
    assert answers == [404] * 30 + [429]
    assert read(token).status_code == 200


def test_one_address_is_not_read_all_day_long(house):
    centre, ana = house
    token = issued(centre, ana).token
    answers = [read(token) for _n in range(61)]
    assert [one.status_code for one in answers] == [200] * 60 + [429]
    assert answers[-1]["Retry-After"] == "600"


def test_stopped_addresses_are_forgotten_after_a_month(house):
    centre, ana = house
    old, young, live = (issued(centre, ana, uuid4()).feed for _n in range(3))
    at = centre.now()
    actions.revoke_feed(feed=old, at=at - timedelta(days=31))
    actions.revoke_feed(feed=young, at=at - timedelta(days=29))
    assert actions.forget_feeds(at=at) == 1
    assert {*Feed.objects.all()} == {young, live}


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_queries_for_three_duties_as_for_one(house, django_assert_num_queries, many):
    centre, ana = house
    for n in range(many):
        a_duty_slot(centre, ana, date(2030, 1, 1 + n), theme=a_theme(centre, f"theme-{n}"))
    token = issued(centre, ana).token
    read(token)
    with django_assert_num_queries(2):
        read(token)
