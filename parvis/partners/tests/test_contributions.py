"""What partners gave outside duty slots."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners import actions
from parvis.partners.factories import a_contribution, an_institution
from parvis.partners.models import Contribution
from parvis.partners.queries.contributions import contributed_by_month, contributed_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def manager(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def test_minutes_are_summed_by_institution_and_theme(centre):
    theme, school = a_theme(centre), an_institution(centre, "School")
    elsewhere = an_institution(a_centre(network=centre.network), "School")
    for day, minutes, about in ((1, 90, theme), (31, 30, theme), (31, 5, None)):
        a_contribution(school, date(2026, 3, day), minutes, theme=about)
    a_contribution(school, date(2026, 4, 1), 60)
    a_contribution(school, date(2026, 3, 2), 0, words="A projector", kind=Contribution.Kind.IN_KIND)
    a_contribution(elsewhere, date(2026, 3, 2), 60)
    march = date(2026, 3, 1), date(2026, 3, 31)
    pk = school.institution_id
    assert contributed_minutes(centre, *march) == {(pk, theme.pk): 120, (pk, None): 5}
    assert contributed_by_month(centre, date(2026, 3, 1), date(2026, 4, 30)) == {
        date(2026, 3, 1): {(pk, theme.pk): 120, (pk, None): 5},
        date(2026, 4, 1): {(pk, None): 60},
    }


def test_a_theme_of_another_centre_is_refused(centre):
    with pytest.raises(actions.NotOfThisCentre):
        a_contribution(an_institution(centre, "School"), date(2026, 3, 1), 5, theme=a_theme(a_centre()))


def test_one_is_noted_changed_and_taken_away(centre, manager, client):
    school, theme = an_institution(centre, "School"), a_theme(centre)
    new = reverse("partners:new_contribution", args=[centre.slug])
    form = {"key": uuid4(), "relation": school.pk, "day": "2026-03-01", "kind": "event", "theme": theme.pk}
    assert client.post(new, form).status_code == 422  # neither hours nor words
    assert client.post(new, form | {"hours": "1.5", "words": "Ask Marie Dupont"}).status_code == 422
    assert client.post(new, form | {"hours": "1.5", "day": "2999-01-01"}).status_code == 422
    for _ in range(2):
        assert client.post(new, form | {"hours": "1.5", "words": "Job fair"}).status_code == 302
    one = Contribution.objects.get()
    assert (one.minutes, one.theme, one.entered_by) == (90, theme, manager)
    page = client.get(reverse("partners:contributions", args=[centre.slug]) + "?year=2026")
    assert "Job fair" in page.content.decode()
    own = reverse("partners:contribution", args=[centre.slug, one.pk])
    assert client.get(own).context["form"]["hours"].value() == 1.5
    changed = form | {"hours": "2", "version": "0", "theme": ""}
    assert client.post(own, changed).status_code == 302
    assert client.post(own, changed | {"hours": "3"}).status_code == 409
    one.refresh_from_db()
    assert (one.minutes, one.theme) == (120, None)
    assert client.post(reverse("partners:delete_contribution", args=[centre.slug, one.pk])).status_code == 302
    assert Contribution.objects.count() == 0


def test_those_of_another_centre_are_not_there(centre, manager, client):
    other = a_contribution(an_institution(a_centre(), "School"), date(2026, 3, 1), 5)
    assert client.get(reverse("partners:contribution", args=[centre.slug, other.pk])).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_three(centre, manager, client, django_assert_max_num_queries):
    theme = a_theme(centre)

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(reverse("partners:contributions", args=[centre.slug]) + "?year=2026")
        return len(found)

    def another(n):
        a_contribution(an_institution(centre, f"School {n}"), date(2026, 3, n), 5, theme=theme)

    another(1)
    asked()
    one = asked()
    another(2), another(3)
    assert asked() == one
