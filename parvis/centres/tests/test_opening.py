from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import OpeningException, OpeningHours, ServiceModel, Site
from parvis.centres.public_holidays import countries, public_holidays, regions
from parvis.centres.queries import Opening, Stretch, Why, is_open, next_opening, opening_on, openings_today
from parvis.centres.service_models import HoursPreset

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
CITE = ServiceModel.CITE_DES_METIERS


def make(*hours, **plan):
    network = create_network(name="N", service_models=[CITE], at=datetime(2026, 1, 5, tzinfo=UTC))
    week = tuple(HoursPreset(*row) for row in hours)
    return create_centre(
        network=network,
        service_model=CITE,
        name="Lyon",
        at=datetime(2026, 1, 5, tzinfo=UTC),
        plan=Plan(hours=week, **plan),
    )


def paris(*parts, fold=0):
    return datetime(*parts, tzinfo=PARIS, fold=fold)


def test_an_ordinary_day_may_have_two_stretches():
    centre = make((0, time(9), time(12)), (0, time(14), time(17)))
    opening = opening_on(centre.sites.get(), date(2026, 3, 2))
    assert opening == Opening(
        date(2026, 3, 2), (Stretch(time(9), time(12)), Stretch(time(14), time(17))), Why.WEEK
    )


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (paris(2026, 3, 2, 8, 59), False),
        (paris(2026, 3, 2, 9, 0), True),
        (paris(2026, 3, 2, 11, 59), True),
        (paris(2026, 3, 2, 12, 0), False),
        (paris(2026, 3, 2, 14, 0), True),
        (paris(2026, 3, 3, 9, 30), False),
    ],
)
def test_open_from_the_first_minute_until_before_the_last(at, expected):
    centre = make((0, time(9), time(12)), (0, time(14), time(17)))
    assert is_open(centre, at) is expected


def test_the_day_is_the_centre_s_own():
    centre = make((0, time(18), time(23)), time_zone="America/Guadeloupe")
    at = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)  # Monday 20:30 there, Tuesday in UTC
    assert is_open(centre, at)


def test_just_after_local_midnight_it_is_the_next_day():
    centre = make((1, time(0), time(1)))
    assert not is_open(centre, paris(2026, 3, 2, 23, 59))
    assert is_open(centre, paris(2026, 3, 3, 0, 0))


def test_hours_on_the_door_hold_across_both_clock_changes():
    centre = make(*[(day, time(10), time(18)) for day in range(7)])
    for day in [(2026, 3, 28), (2026, 3, 29), (2026, 10, 24), (2026, 10, 25)]:
        assert not is_open(centre, paris(*day, 9, 59))
        assert is_open(centre, paris(*day, 10, 0))
        assert is_open(centre, paris(*day, 17, 59))
        assert not is_open(centre, paris(*day, 18, 0))
    assert is_open(centre, datetime(2026, 3, 28, 9, 0, tzinfo=UTC))
    assert is_open(centre, datetime(2026, 3, 29, 8, 0, tzinfo=UTC))  # summer time: an hour earlier in UTC


def test_the_hour_that_comes_twice_is_open_twice():
    centre = make((6, time(2), time(3)))
    assert is_open(centre, paris(2026, 10, 25, 2, 30, fold=0))
    assert is_open(centre, paris(2026, 10, 25, 2, 30, fold=1))
    assert not is_open(centre, paris(2026, 10, 25, 3, 0))


def test_a_public_holiday_closes_and_says_its_name():
    centre = make(*[(day, time(10), time(18)) for day in range(7)])
    with translation.override("fr"):
        opening = opening_on(centre.sites.get(), date(2026, 7, 14))
    assert opening == Opening(date(2026, 7, 14), (), Why.HOLIDAY, "Fête nationale", "Fête nationale")


def test_an_exception_overrides_a_holiday_and_the_week():
    centre = make(*[(day, time(10), time(18)) for day in range(7)])
    site = centre.sites.get()
    holiday, ordinary = date(2026, 7, 14), date(2026, 7, 15)
    OpeningException.objects.create(
        site=site, day=holiday, opens=time(14), closes=time(16), reason="Open house"
    )
    OpeningException.objects.create(site=site, day=ordinary, reason="Team day")
    with translation.override("fr"):
        assert opening_on(site, holiday) == Opening(
            holiday, (Stretch(time(14), time(16)),), Why.EXCEPTION, "Open house", "Fête nationale"
        )
        assert opening_on(site, ordinary) == Opening(ordinary, (), Why.EXCEPTION, "Team day")


def test_regional_holidays_come_from_the_region():
    day = date(2026, 12, 26)
    here = make((5, time(10), time(18)), subdivision="57")
    assert opening_on(here.sites.get(), day).why == Why.HOLIDAY
    here.subdivision = ""
    here.save()
    assert opening_on(Site.objects.select_related("centre").get(), day).why == Why.WEEK


def test_a_site_closed_for_good_is_closed_from_that_day():
    centre = make((0, time(9), time(12)))
    site = centre.sites.get()
    site.closed_on = date(2026, 3, 2)
    site.save()
    assert opening_on(site, date(2026, 2, 23)).is_open
    assert opening_on(site, date(2026, 3, 2)).why == Why.CLOSED_FOR_GOOD
    assert openings_today(centre, paris(2026, 3, 2, 10)) == []


def test_one_open_site_is_enough():
    centre = make((0, time(9), time(12)))
    second = Site.objects.create(centre=centre, kind=Site.Kind.SECONDARY, name="East")
    OpeningHours.objects.create(site=second, weekday=0, opens=time(18), closes=time(20))
    assert is_open(centre, paris(2026, 3, 2, 19))


def test_the_next_opening_passes_over_holidays():
    centre = make((1, time(10), time(18)))
    found = next_opening(centre, paris(2026, 7, 10, 12))
    assert found == paris(2026, 7, 21, 10)  # Tuesday the 14th is a holiday
    assert next_opening(make_closed(centre), paris(2026, 7, 10, 12)) is None


def make_closed(centre):
    OpeningHours.objects.all().delete()
    return centre


@pytest.mark.parametrize("sites", [1, 3])
def test_is_open_costs_three_queries(sites, django_assert_num_queries):
    centre = make((0, time(9), time(12)))
    for n in range(sites - 1):
        Site.objects.create(centre=centre, kind=Site.Kind.SECONDARY, name=f"Site {n}")
    with django_assert_num_queries(3):
        is_open(centre, paris(2026, 3, 2, 10))


def test_holidays_are_named_in_the_reader_s_language_or_english():
    day = date(2026, 12, 25)

    def name(language):
        found = public_holidays(country="FI", region="", first=day, last=day, language=language)
        return found[day]

    assert (name("fi"), name("ar")) == ("Joulupäivä", "Christmas Day")


def test_an_unknown_country_or_region_has_no_holidays_of_its_own():
    year = {"first": date(2026, 1, 1), "last": date(2026, 12, 31), "language": "en"}
    assert public_holidays(country="XX", region="", **year) == {}
    assert public_holidays(country="FR", region="nowhere", **year) == public_holidays(
        country="FR", region="", **year
    )


def test_countries_and_regions_have_names():
    assert ("FI", "Finlande") in countries("fr")
    assert ("GE", "Genève") in regions("CH")
    assert ("974", "La Réunion") in regions("FR")
    assert regions("XX") == []
