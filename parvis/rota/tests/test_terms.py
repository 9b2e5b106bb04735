"""What somebody does on duty: set by who plans, and by their institution's coordinator."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.actions import NotInTeam
from parvis.partners.factories import an_institution
from parvis.rota import actions
from parvis.rota.actions.terms import Agreed
from parvis.rota.factories import a_pattern, comes_from, speaks_for, terms_for
from parvis.rota.models import Terms

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def centre():
    return a_centre(clock_set_at=timezone.now(), clock_showed=AT, clock_speed=0)


@pytest.fixture
def theme(centre):
    return a_theme(centre)


@pytest.fixture
def people(centre):
    """One from the school, one of the centre's own, the school's coordinator, and the director."""
    school = an_institution(centre, "School").institution
    lent, own = (a_person(Role.ADVISER, centre=centre, name=name) for name in ("Awa", "Bruno"))
    comes_from(lent, centre, school)
    coordinator = a_person(Role.PARTNER_COORDINATOR, centre=centre, name="Marc")
    speaks_for(coordinator, centre, school)
    return lent, own, coordinator, a_person(Role.DIRECTOR, centre=centre, name="Samira")


def to(name, centre, *args):
    return reverse(f"rota:{name}", args=[centre.slug, *args])


def said(theme, **fields):
    usual = {"themes": [theme.pk], "languages": ["fr"], "per_week": "3", "per_day": "2", "rest_hours": "11"}
    return usual | {"since": "2026-03-02"} | fields


def test_terms_are_set_whole(client, centre, theme, people):
    client.force_login(people[3])
    job = a_theme(centre, "job")
    page = to("terms", centre, people[0].pk)
    assert client.get(page).status_code == 200
    client.post(page, said(theme, learning=[job.pk], receives="on"))
    terms = Terms.objects.get(person=people[0])
    assert (list(terms.themes.all()), list(terms.learning.all())) == ([theme], [job])
    assert (terms.languages, terms.receives, terms.facilitates, terms.per_week) == (["fr"], True, False, 3)
    client.post(page, said(theme, per_week="", until="2026-06-01"))
    terms.refresh_from_db()
    assert (terms.receives, terms.per_week, terms.until) == (False, None, date(2026, 6, 1))
    assert list(terms.learning.all()) == []


def test_what_cannot_be(client, centre, theme, people):
    client.force_login(people[3])
    page = to("terms", centre, people[0].pk)
    for wrong in (
        {"learning": [theme.pk]},
        {"until": "2026-03-01"},
        {"per_day": "0"},
        {"themes": ["999999"]},
    ):
        assert client.post(page, said(theme, **wrong)).status_code == 422
    stranger = a_person(Role.ADVISER, centre=a_centre())
    assert client.get(to("terms", centre, stranger.pk)).status_code == 404
    agreed = Agreed([], [], [], False, False, None, 2, None, 11, DAY)
    with pytest.raises(NotInTeam):
        actions.set_terms(centre=centre, person=stranger, said=agreed)
    assert not Terms.objects.exists()


def test_a_coordinator_sees_and_sets_their_own_people_s_only(client, centre, theme, people):
    lent, own, coordinator, _director = people
    for person in (lent, own):
        terms_for(person, centre, theme)
    client.force_login(coordinator)
    text = client.get(to("team", centre)).content.decode()
    assert ("Awa" in text, "Bruno" in text, "Samira" in text) == (True, False, False)
    assert client.post(to("terms", centre, lent.pk), said(theme, per_week="1")).status_code == 302
    assert Terms.objects.get(person=lent).per_week == 1
    for other in (own, coordinator):
        assert client.get(to("terms", centre, other.pk)).status_code == 404
        assert client.post(to("terms", centre, other.pk), said(theme)).status_code == 404
    assert Terms.objects.get(person=own).per_week is None


def test_an_adviser_reads_no_list_and_sets_no_terms_not_even_their_own(client, centre, theme, people):
    client.force_login(people[0])
    assert client.get(to("team", centre)).status_code == 404
    assert client.post(to("terms", centre, people[0].pk), said(theme)).status_code == 404


def test_a_coordinator_without_institution_is_told(client, centre):
    client.force_login(a_person(Role.PARTNER_COORDINATOR, centre=centre))
    assert "has not said yet for which institution" in client.get(to("team", centre)).content.decode()


def test_the_list_says_who_is_not_on_the_rota_and_who_has_said_nothing(client, centre, theme, people):
    terms_for(people[0], centre, theme, per_week=2)
    client.force_login(people[3])
    text = client.get(to("team", centre)).content.decode()
    assert text.index("Awa") < text.index("Not on the rota") < text.index("Bruno")
    assert "no usual week yet" in text
    a_pattern(people[0], centre, 0, "morning")
    assert "no usual week yet" not in client.get(to("team", centre)).content.decode()


def test_as_many_queries_for_one_as_for_three(client, centre, theme, people, django_assert_num_queries):
    client.force_login(people[3])
    terms_for(people[0], centre, theme)
    client.get(to("team", centre))
    with CaptureQueriesContext(connection) as one:
        client.get(to("team", centre))
    for person in people[1:3]:
        terms_for(person, centre, theme)
    with django_assert_num_queries(len(one)):
        client.get(to("team", centre))
