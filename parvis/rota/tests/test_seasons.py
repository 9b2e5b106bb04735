"""Seasons: begun from the opening hours or like another, their week as numbers, seats taken from the demand."""

from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_desk, a_person, a_theme
from parvis.rota import actions
from parvis.rota.actions.seasons import Named, halves
from parvis.rota.factories import a_pattern_half_day, a_pattern_need, a_season, main_site
from parvis.rota.models import DutyKind, PatternNeed, Season

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SPRING = Named("Spring", Season.During.ALWAYS, DAY)


@pytest.fixture
def centre():
    centre = a_centre(clock_set_at=timezone.now(), clock_showed=AT, clock_speed=0)
    for weekday in (0, 1):
        main_site(centre).hours.create(weekday=weekday, opens=time(9), closes=time(18))
    return centre


@pytest.fixture
def theme(centre):
    return a_theme(centre)


@pytest.fixture
def director(centre, client):
    person = a_person(Role.DIRECTOR, centre=centre)
    client.force_login(person)
    return person


def week(season):
    return [
        (one.weekday, one.starts.hour, one.ends.hour, sorted((n.duty, n.seats) for n in one.needs.all()))
        for one in season.half_days.all()
    ]


@pytest.mark.parametrize(
    ("opens", "closes", "cuts"),
    [
        (9, 18, [9, 13, 18]),
        (9, 20, [9, 13, 17, 20]),
        (9, 13, [9, 13]),
        (14, 18, [14, 18]),
        (13, 20, [13, 17, 20]),
    ],
)
def test_a_long_day_is_cut_in_half_days(opens, closes, cuts):
    times = [time(hour) for hour in cuts]
    assert halves(time(opens), time(closes)) == list(pairwise(times))


def test_a_season_begins_with_the_opening_hours_and_pairs_of_seats(centre, theme):
    season = actions.begin_season(centre=centre, said=SPRING, like=None, day=DAY)
    needs = [("advice", 2), ("reception", 1)]
    assert week(season) == [(0, 9, 13, needs), (0, 13, 18, needs), (1, 9, 13, needs), (1, 13, 18, needs)]
    a_theme(centre, "job")
    few = actions.begin_season(centre=centre, said=Named("Few", SPRING.during, DAY), like=None, day=DAY)
    assert week(few)[0][3] == [("advice", 1), ("advice", 1), ("reception", 1)]
    a_desk(centre, "2")
    pairs = actions.begin_season(centre=centre, said=Named("Pairs", SPRING.during, DAY), like=None, day=DAY)
    assert week(pairs)[0][3] == [("advice", 2), ("advice", 2), ("reception", 1)]


def test_a_season_begins_like_another_and_has_a_name_of_its_own(centre, theme):
    one = actions.begin_season(centre=centre, said=SPRING, like=None, day=DAY)
    one.half_days.filter(weekday=1).delete()
    PatternNeed.objects.filter(half_day__season=one).update(languages={"en": 1})
    with pytest.raises(actions.NameTaken):
        actions.begin_season(centre=centre, said=SPRING, like=one, day=DAY)
    two = actions.begin_season(centre=centre, said=Named("Summer", SPRING.during, DAY), like=one, day=DAY)
    assert week(two) == week(one)
    assert {need.languages["en"] for half in two.half_days.all() for need in half.needs.all()} == {1}
    one.half_days.all().delete()
    assert len(week(two)) == 2


def test_seats_are_set_in_one_go_and_zero_takes_a_need_away(centre, theme):
    season = a_season(centre)
    half = a_pattern_half_day(season, 0)
    need = a_pattern_need(half, theme, languages={"en": 1})
    job = a_theme(centre, "job")
    seats = {
        (half.pk, DutyKind.ADVICE, theme.pk): 3,
        (half.pk, DutyKind.ADVICE, job.pk): 1,
        (half.pk, DutyKind.RECEPTION, None): 0,
        (99_999, DutyKind.RECEPTION, None): 4,
    }
    assert (actions.set_seats(season=season, seats=seats), actions.set_seats(season=season, seats=seats)) == (
        2,
        0,
    )
    need.refresh_from_db()
    assert (need.seats, need.languages) == (3, {"en": 1})
    actions.set_seats(season=season, seats={(half.pk, DutyKind.ADVICE, theme.pk): 0})
    assert [one.theme for one in half.needs.all()] == [job]


def test_the_pages_of_seasons(client, centre, theme, director):
    home = reverse("rota:needs", args=[centre.slug])
    assert "No season yet" in client.get(home).content.decode()
    said = {"name": "Spring", "during": "always", "valid_from": "2026-03-02", "valid_to": "", "like": ""}
    wrong = client.post(reverse("rota:new_season", args=[centre.slug]), said | {"valid_to": "2026-03-01"})
    assert (wrong.status_code, "It ends before it begins." in wrong.content.decode()) == (422, True)
    made = client.post(reverse("rota:new_season", args=[centre.slug]), said)
    season = Season.objects.get()
    assert made["Location"] == reverse("rota:season", args=[centre.slug, season.pk])
    assert client.post(reverse("rota:new_season", args=[centre.slug]), said).status_code == 422
    half = season.half_days.all()[0]
    name = f"n.{half.pk}.advice.{theme.pk}"
    page = reverse("rota:season", args=[centre.slug, season.pk])
    assert f'name="{name}" value="2"' in client.get(page).content.decode()
    assert client.post(page, {name: "5", "n.9.advice.9": "7"}).status_code == 302
    assert half.needs.get(theme=theme).seats == 5
    assert (client.post(page, {name: "-1"}).status_code, half.needs.get(theme=theme).seats) == (422, 5)
    text = client.get(home).content.decode()
    assert "4 half-days" in text
    assert "15 seats a week" in text


def test_one_half_day_with_its_rooms_and_languages(client, centre, theme, director):
    season = a_season(centre)
    half = a_pattern_half_day(season, 0)
    a_pattern_need(half, theme)
    space = main_site(centre).spaces.get()
    page = reverse("rota:half_day", args=[centre.slug, season.pk, half.pk])
    key = f"advice.{theme.pk}"
    said = {
        "starts": "09:30", "ends": "12:00", "institutions_min": "2", "institutions_aim": "3", "unpopular": "on",
        f"{key}.seats": "3", f"{key}.space": str(space.pk), f"{key}.en": "1", "reception.0.seats": "1",
    }  # fmt: skip
    assert "More speakers than seats." in client.post(page, said | {f"{key}.en": "4"}).content.decode()
    assert client.post(page, said | {"institutions_aim": "1"}).status_code == 422
    assert client.post(page, said).status_code == 302
    half.refresh_from_db()
    assert (half.starts, half.institutions_min, half.unpopular) == (time(9, 30), 2, True)
    advice, reception = half.needs.all()
    assert (advice.seats, advice.space, advice.languages) == (3, space, {"en": 1})
    assert (reception.duty, reception.seats) == ("reception", 1)
    added = client.post(
        reverse("rota:new_half_day", args=[centre.slug, season.pk]),
        {"weekday": "2", "starts": "14:00", "ends": "17:00"},
    )
    other = season.half_days.get(weekday=2)
    assert added["Location"] == reverse("rota:half_day", args=[centre.slug, season.pk, other.pk])
    assert sorted(need.seats for need in other.needs.all()) == [1, 3]
    client.post(reverse("rota:drop_half_day", args=[centre.slug, season.pk, other.pk]))
    client.post(reverse("rota:drop_season", args=[centre.slug, season.pk]))
    assert not Season.objects.exists()


def test_seats_that_the_arrivals_ask_for_are_shown_before_they_are_taken(client, centre, theme, director):
    address = reverse("rota:needs_from_demand", args=[centre.slug])
    field = f"seats-0-morning-{theme.pk}"
    assert client.post(address, {field: "4"})["Location"] == reverse("rota:needs", args=[centre.slug])
    season = a_season(centre, name="Usual")
    half = a_pattern_half_day(season, 0)
    a_pattern_need(half, theme)
    sent = {field: "4", f"seats-6-evening-{theme.pk}": "1", "seats-0-morning-999999": "9", "other": "1"}
    text = client.post(address, sent).content.decode()
    assert '<td class="num">2</td><td class="num"><b>4</b></td>' in text
    assert "1 number has no half-day" in text
    assert half.needs.get().seats == 2
    done = client.post(address, sent | {"season": season.pk, "confirmed": "1"})
    assert done["Location"] == reverse("rota:season", args=[centre.slug, season.pk])
    assert half.needs.get().seats == 4
    assert "exactly these seats already" in client.post(address, sent).content.decode()


def test_as_many_queries_for_one_season_as_for_three(
    client, centre, theme, director, django_assert_num_queries
):
    def fill(n):
        for _n in range(n):
            half = a_pattern_half_day(season := a_season(centre), 0)
            a_pattern_need(half, theme)
        return season

    page = reverse("rota:needs", args=[centre.slug])
    season = fill(1)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    fill(2)
    with django_assert_num_queries(len(one)):
        client.get(page)
    week = reverse("rota:season", args=[centre.slug, season.pk])
    client.get(week)
    with CaptureQueriesContext(connection) as one:
        client.get(week)
    for weekday in (1, 2):
        a_pattern_need(a_pattern_half_day(season, weekday), theme)
    with django_assert_num_queries(len(one)):
        client.get(week)


def test_a_season_of_another_centre_is_not_found(client, centre, director):
    other = a_season(a_centre())
    assert client.get(reverse("rota:season", args=[centre.slug, other.pk])).status_code == 404
