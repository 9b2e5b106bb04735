from datetime import UTC, date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from parvis.accounts.roles import Role
from parvis.centres.actions import hours, places, themes
from parvis.centres.factories import a_centre, a_desk, a_person, a_ready_centre, a_theme
from parvis.centres.models import Desk, OpeningException, Site, Space
from parvis.centres.queries import opening_on
from parvis.centres.queries.opening import Stretch
from parvis.centres.service_models import HoursPreset

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_ready_centre(languages=("fr", "en", "ar"))


@pytest.fixture
def director(client, centre):
    person = a_person(Role.DIRECTOR, centre=centre)
    client.force_login(person)
    return person


def at(name, centre, **parts):
    return reverse(f"centres:{name}", kwargs={"centre": centre.slug, **parts})


def pages(centre):
    site = centre.sites.get()
    return [
        at("settings", centre),
        at("waiting", centre),
        at("places", centre),
        at("new_site", centre),
        at("site", centre, pk=site.pk),
        at("new_space", centre, site=site.pk),
        at("space", centre, pk=site.spaces.first().pk),
        at("new_desk", centre, space=site.spaces.first().pk),
        at("desk", centre, pk=Desk.objects.filter(space__site=site).first().pk),
        at("themes", centre),
        at("new_theme", centre),
        at("theme", centre, key="job"),
        at("main_hours", centre),
        at("hours", centre, site=site.pk),
        at("new_exception", centre, site=site.pk),
        at("exception", centre, site=site.pk, day="2026-07-14"),
    ]


def test_a_director_may_others_may_not_and_elsewhere_there_is_nothing(client, centre):
    director = a_person(Role.DIRECTOR, centre=centre)
    adviser = a_person(Role.ADVISER, centre=centre)
    stranger = a_person(Role.DIRECTOR, centre=a_centre())
    for person, expected in [(director, 200), (adviser, 403), (stranger, 404)]:
        client.force_login(person)
        assert {page: client.get(page).status_code for page in pages(centre)} == dict.fromkeys(
            pages(centre), expected
        )


def test_rows_of_another_centre_are_not_found(client, centre, director):
    other = a_ready_centre()
    site = other.sites.get()
    space = site.spaces.first()
    addresses = [
        at("site", centre, pk=site.pk),
        at("space", centre, pk=space.pk),
        at("new_desk", centre, space=space.pk),
        at("new_space", centre, site=site.pk),
        at("desk", centre, pk=Desk.objects.filter(space__site=site).first().pk),
        at("hours", centre, site=site.pk),
        at("new_exception", centre, site=site.pk),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert client.post(at("remove_place", centre, kind="site", pk=site.pk)).status_code == 404
    assert client.post(at("remove_place", centre, kind="user", pk=site.pk)).status_code == 404


def general(**changes):
    sent = {"name": "Lyon", "welcome_0": "Entrez", "country": "FR", "time_zone": "Europe/Paris"}
    return sent | {"languages": ["ar", "fr"], "age_from": "", "age_to": ""} | changes


def test_the_first_language_becomes_the_main_one(client, centre, director):
    assert client.post(at("settings", centre), general()).status_code == 302
    centre.refresh_from_db()
    assert (centre.name, centre.language, centre.languages) == ("Lyon", "ar", ["ar", "fr"])
    assert centre.welcome.data == {"fr": "Entrez"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"languages": []}, "Choose at least one language."),
        ({"time_zone": "Europe/Atlantis"}, "Select a valid choice."),
        ({"age_from": "30", "age_to": "15"}, "The oldest age is below the youngest."),
    ],
)
def test_a_wrong_setting_is_named(client, centre, director, changes, message):
    answer = client.post(at("settings", centre), general(**changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "Entrez" in answer.content.decode()


def test_sample_days_are_sorted_and_needed(client, centre, director):
    sent = {"ticket_style": "word", "no_show_minutes": "5", "profile_moment": "sample_days"}
    assert "at least one sample day" in client.post(at("waiting", centre), sent).content.decode()
    wrong = client.post(at("waiting", centre), sent | {"sample_days": ["2026-04-31"]})
    assert "“2026-04-31” is not a date." in wrong.content.decode()
    client.post(at("waiting", centre), sent | {"sample_days": ["2026-05-12", "", "2026-05-05"]})
    centre.refresh_from_db()
    assert centre.sample_days == ["2026-05-05", "2026-05-12"]
    assert centre.no_show_minutes == 5


def test_a_new_main_site_makes_the_old_one_secondary(client, centre, director):
    old = centre.sites.get()
    client.post(at("new_site", centre), {"name": "East", "kind": "main", "address": "", "closed_on": ""})
    assert [(site.name, site.kind) for site in centre.sites.all()] == [
        (old.name, "secondary"),
        ("East", "main"),
    ]


def test_a_centre_keeps_one_open_main_site(client, centre, director):
    main = centre.sites.get()
    sent = {"name": main.name, "kind": "main", "address": "", "closed_on": "2026-05-01"}
    assert client.post(at("site", centre, pk=main.pk), sent).status_code == 422
    assert client.post(at("site", centre, pk=main.pk), sent | {"kind": "secondary"}).status_code == 422
    with pytest.raises(places.MainSiteStays):
        places.remove_place(place=main)


def test_closing_a_site_closes_what_is_in_it(centre):
    site = Site.objects.create(centre=centre, kind=Site.Kind.SECONDARY, name="East")
    space = Space.objects.create(site=site, kind=Space.Kind.INTERVIEWS, name="Blue")
    desk = Desk.objects.create(space=space, name="B1")
    site.closed_on = date(2026, 5, 1)
    places.settle_site(site=site)
    desk.refresh_from_db()
    assert desk.closed_on == date(2026, 5, 1)


def test_a_place_made_by_mistake_can_be_removed_with_what_is_in_it(client, centre, director):
    site = Site.objects.create(centre=centre, kind=Site.Kind.SECONDARY, name="East")
    Desk.objects.create(space=Space.objects.create(site=site, kind="interviews", name="Blue"), name="B1")
    hours.set_week(site=site, week=[HoursPreset(0, time(9), time(12))])
    client.post(at("remove_place", centre, kind="site", pk=site.pk))
    assert not centre.sites.filter(name="East").exists()


def test_two_desks_of_a_site_never_share_a_name(client, centre, director):
    space = Space.objects.filter(site__centre=centre, kind="workshop").get()
    sent = {"name": "1", "seats": "2", "direction": "ahead", "closed_on": ""}
    answer = client.post(at("new_desk", centre, space=space.pk), sent)
    assert "Another desk of this site has this name" in answer.content.decode()
    assert client.post(at("new_desk", centre, space=space.pk), sent | {"name": "W"}).status_code == 302
    assert (
        client.post(at("new_desk", centre, space=space.pk), sent | {"seats": "9", "name": "X"}).status_code
        == 422
    )


def theme_sent(**changes):
    sent = {
        "name_0": "Bouger",
        "name_2": "تنقل",
        "sentence_0": "Je veux bouger",
        "tint": "sky",
        "shape": "moon",
    }
    return sent | {"network_code": "", "valid_from": "2026-03-01", "valid_to": ""} | changes


def test_a_theme_is_added_last_in_the_languages_of_the_centre(client, centre, director):
    assert client.post(at("new_theme", centre), theme_sent()).status_code == 302
    theme = centre.themes.order_by("-position")[0]
    assert (theme.key, theme.name.data) == ("bouger", {"fr": "Bouger", "ar": "تنقل"})
    client.post(at("new_theme", centre), theme_sent(shape="leaf"))
    assert centre.themes.filter(key="bouger-2").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name_0": ""}, "Write it in Français at least."),
        ({"tint": "leaf", "shape": "triangle"}, "Another theme has this colour and this shape."),
        ({"valid_to": "2026-03-01"}, "It closes before it starts."),
    ],
)
def test_a_wrong_theme_is_named(client, centre, director, changes, message):
    answer = client.post(at("new_theme", centre), theme_sent(**changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_rewording_the_main_language_drops_translations_nobody_sees(client, centre, director):
    sent = theme_sent(name_0="Trouver un boulot", name_1="Find a job", sentence_0="Je cherche un emploi")
    client.post(at("theme", centre, key="job"), sent)
    theme = centre.themes.get(key="job")
    assert theme.name.data == {"fr": "Trouver un boulot", "en": "Find a job", "ar": "تنقل"}
    assert theme.sentence.data["fi"] == "Etsin työtä"  # its main wording stayed


def test_themes_take_another_order(client, centre, director):
    client.post(at("order_themes", centre), {"order": ["business", "job"]})
    assert [theme.key for theme in centre.themes.order_by("position")] == [
        "business",
        "job",
        "choose",
        "train",
        "change",
    ]


def test_a_theme_nobody_came_for_can_be_removed(client, centre, director):
    assert client.post(at("remove_theme", centre, key="train")).url == at("themes", centre)
    assert not centre.themes.filter(key="train").exists()


def test_the_last_theme_stays():
    centre = a_centre()
    theme = a_theme(centre)
    with pytest.raises(themes.LastTheme):
        themes.remove_theme(theme=theme)
    theme.valid_to = date(2026, 5, 1)
    with pytest.raises(themes.LastTheme):
        themes.settle_theme(theme=theme)


def test_the_week_is_replaced(client, centre, director):
    site = centre.sites.get()
    client.post(at("hours", centre, site=site.pk), {"2_0_opens": "13:00", "2_0_closes": "19:00"})
    assert [str(row) for row in site.hours.all()] == ["2 13:00–19:00"]
    wrong = client.post(at("hours", centre, site=site.pk), {"2_0_opens": "13:00", "2_0_closes": "25:00"})
    assert wrong.status_code == 422
    assert "Write the time as 09:30." in wrong.content.decode()


def test_several_days_differ_and_can_be_taken_back(client, centre, director):
    site = centre.sites.get()
    sent = {"day": "2026-08-03", "until": "2026-08-05", "reason_0": "Congés"}
    assert client.post(at("new_exception", centre, site=site.pk), sent).status_code == 302
    assert OpeningException.objects.filter(site=site, opens=None).count() == 3
    again = {
        "day": "2026-08-04",
        "opens": "09:00",
        "closes": "12:00",
        "opens_again": "14:00",
        "closes_again": "16:00",
    }
    client.post(at("new_exception", centre, site=site.pk), again)
    assert opening_on(site, date(2026, 8, 4)).stretches == (
        Stretch(time(9), time(12)),
        Stretch(time(14), time(16)),
    )
    client.post(at("clear_exception", centre, site=site.pk, day="2026-08-04"))
    assert opening_on(site, date(2026, 8, 4)).why == "week"
    shown = client.get(at("exception", centre, site=site.pk, day="2026-08-03")).content.decode()
    assert "Congés" in shown


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"day": "2026-08-03", "until": "2026-08-01"}, "The last day is before the first."),
        ({"day": "2026-08-03", "until": "2027-08-01"}, "More than three months"),
        ({"day": "2026-08-03", "opens": "09:00"}, "Give both times, or none."),
        ({"day": ""}, "This field is required."),
    ],
)
def test_a_wrong_exception_is_named(client, centre, director, sent, message):
    answer = client.post(at("new_exception", centre, site=centre.sites.get().pk), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()


def test_a_closed_day_has_no_times_and_one_row():
    site = a_ready_centre().sites.get()
    closed = {"first": date(2026, 8, 3), "last": date(2026, 8, 3), "stretches": []}
    for _ in range(2):
        hours.set_exception(site=site, **closed, reason=LazyI18nString({"en": "x"}))
    assert OpeningException.objects.count() == 1


@pytest.mark.parametrize("name", ["places", "themes", "main_hours", "settings"])
def test_pages_cost_the_same_with_one_and_three_rows(client, name):
    counts = []
    for rows in (1, 3):
        centre = a_centre()
        client.force_login(a_person(Role.DIRECTOR, centre=centre))
        for n in range(rows):
            a_theme(centre, key=f"theme-{n}")
            a_desk(centre, name=f"Desk {n}")
            Site.objects.create(centre=centre, kind=Site.Kind.SECONDARY, name=f"Site {n}")
        client.get(at(name, centre))
        counts.append(_queries(client, at(name, centre)))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def _queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_an_administrator_may_too(client, centre):
    client.force_login(a_person(Role.ADMINISTRATOR, centre=centre))
    assert client.get(at("settings", centre)).status_code == 200


def test_pages_keep_the_clock_of_the_centre(client, centre, director):
    centre.clock_set_at, centre.clock_showed = timezone.now(), datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
    centre.save()
    shown = client.get(at("new_theme", centre)).content.decode()
    assert 'value="2027-01-04"' in shown
    assert "14 July 2027" in client.get(at("main_hours", centre)).content.decode()
