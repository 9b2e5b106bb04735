"""Questions in figures: in time, how fast, about what, what visitors thought; small numbers protected."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import OpeningHours
from parvis.guidance import actions
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_question, takes_questions
from parvis.guidance.queries.needs.periods import Span, period_of
from parvis.guidance.queries.question_figures import Hours, question_figures
from parvis.guidance.visitor_faces import Face
from parvis.reception.factories import a_ticket

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 7, tzinfo=UTC)  # in Paris nine o'clock, a Monday
JUNE = period_of(Span.MONTH, date(2026, 6, 10))


@pytest.fixture
def centre():
    centre = takes_questions(a_centre()).centre
    for weekday in range(5):
        OpeningHours.objects.create(site=centre.sites.get(), weekday=weekday, opens=time(9), closes=time(17))
    return centre


def answered(centre, adviser, hours, **said):
    question, opened, _receipt = a_question(centre, AT, **said)
    questions.take_question(question=question, person=adviser)
    at = AT + timedelta(hours=hours)
    questions.send_answer(question=question, key=uuid4(), person=adviser, text="Yes.", at=at)
    return question, opened


def test_the_figures_of_a_month(centre):
    adviser, theme = a_person(Role.ADVISER, centre=centre), a_theme(centre)
    for hours in (1, 3, 26):
        answered(centre, adviser, hours, theme=theme)
    late, _opened = answered(centre, adviser, 7 * 24, language="ar")
    questions.close_question(question=late, person=adviser)
    a_question(centre, AT)
    erased, opened, _receipt = a_question(centre, AT)
    actions.erase_thread(thread=opened.thread)
    a_question(centre, AT - timedelta(days=20))
    found = question_figures(centre, JUNE, date(2026, 6, 30))
    assert (found.asked, found.answered, found.in_time, found.due, found.unanswered, found.before) == (
        6,
        4,
        3,
        5,
        1,
        1,
    )
    assert found.hours == Hours(n=4, median=3, ninth=40)
    assert found.by_theme == [(theme, 3), (None, 3)] or found.by_theme == [(None, 3), (theme, 3)]
    assert found.languages == [("français", 5), ("العربيّة", 1)]


def test_opinions_are_told_from_ten_on(centre):
    adviser = a_person(Role.ADVISER, centre=centre)
    for n in range(10):
        question, opened = answered(centre, adviser, 1)
        said = {"helped": Face.MOSTLY, "clear": Face.COMPLETELY}
        questions.give_opinion(opened=opened, question=question, at=AT, **said)
        found = question_figures(centre, JUNE, date(2026, 6, 30)).opinions
        assert (found.n, found.asked, found.rate, bool(found.helped)) == (n + 1, n + 1, 100, n == 9)
    assert dict(found.helped) == {"Completely": 0, "Mostly": 10, "A little": 0, "Not at all": 0}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_for_those_who_read_figures(client, centre, count, django_assert_num_queries):
    for n in range(count):
        a_question(centre, timezone.now(), theme=a_theme(centre, f"t{n}"))
    address = reverse("guidance:question_figures", args=[centre.slug])
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(address).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre(network=centre.network)))
    assert client.get(address).status_code == 404
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    client.get(address)
    with django_assert_num_queries(7):
        shown = client.get(address).content.decode()
    assert "<strong>" in shown
    assert "By theme" in shown


def test_from_outside_small_numbers_are_hidden(client, centre):
    for n in range(3):
        a_question(centre, timezone.now(), theme=a_theme(centre, f"t{n}"))
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    shown = client.get(reverse("guidance:question_figures", args=[centre.slug])).context
    assert [row.value for row in shown["themes"].rows] == [None, None, None]
    assert [row.value for row in shown["languages"].rows] == [None]


def test_nobody_asked_yet(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert (
        "Nobody asked yet"
        in client.get(reverse("guidance:question_figures", args=[centre.slug])).content.decode()
    )


def test_what_is_overdue_or_due_today_stands_above_the_figures_of_the_day(client, centre):
    now = timezone.now()
    a_question(centre, now - timedelta(days=30))
    a_ticket(a_theme(centre), now)
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    shown = client.get(reverse("statistics:today", args=[centre.slug])).content.decode()
    assert "1 question asked online is overdue." in shown
