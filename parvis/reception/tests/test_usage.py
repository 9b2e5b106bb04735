from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.actions import codes as code_actions
from parvis.centres.actions import themes as theme_actions
from parvis.centres.factories import a_person, a_theme
from parvis.centres.models import CodeList
from parvis.centres.usage import used
from parvis.reception.factories import an_act, coded_centre, codes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return coded_centre()


def test_acts_are_counted_by_their_codes_channel_and_themes(centre):
    now = timezone.now()
    need = codes_of(centre, CodeList.NEED, "find_training")[0]
    desk, phone = codes_of(centre, CodeList.CHANNEL, "desk", "phone")
    an_act(centre, now, codes=[need])
    an_act(centre, now, channel=phone)
    an_act(centre, now - timedelta(days=400), codes=[need])
    theme = centre.themes.get()

    found = used(
        codes=[need.pk, desk.pk, phone.pk], themes=[theme.pk], since=now.date() - timedelta(days=365)
    )

    assert [found.of_code(code.pk) for code in (need, desk, phone)] == [["1 act"], ["1 act"], ["1 act"]]
    assert found.of_theme(theme.pk) == ["2 acts"]


def test_what_was_used_is_closed_not_removed(centre):
    now = timezone.now()
    need = codes_of(centre, CodeList.NEED, "find_training")[0]
    an_act(centre, now, codes=[need])
    a_theme(centre, key="other")
    with pytest.raises(code_actions.CodeInUse):
        code_actions.remove_code(code=need)
    with pytest.raises(theme_actions.ThemeInUse):  # the acts' themes are a many-to-many: no key protects it
        theme_actions.remove_theme(theme=centre.themes.get(key="training"))


def test_the_director_is_told_so(client, centre):
    an_act(centre, timezone.now())
    a_theme(centre, key="other")
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    theme = centre.themes.get(key="training")
    address = reverse("centres:remove_theme", args=[centre.slug, theme.key])
    assert "Give it a closing date instead." in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("acts", [1, 3])
def test_counting_costs_the_same(centre, acts, django_assert_num_queries):
    for _ in range(acts):
        an_act(centre, timezone.now())
    pks = list(centre.codes.values_list("pk", flat=True))
    theme = centre.themes.get()
    with django_assert_num_queries(7):
        used(codes=pks, themes=[theme.pk], since=date(2020, 1, 1))
