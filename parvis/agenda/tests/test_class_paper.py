"""Sheets of a class's day: each is opened and read."""

from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from parvis.accounts.roles import Role
from parvis.agenda.actions.day_plan import DaySaid, StationSaid, plan_day
from parvis.agenda.queries.class_day import class_day
from parvis.agenda.tests.class_days import a_dated_visit, a_planned_visit
from parvis.agenda.visitor_class_paper import certificate_pdf, teacher_pdf
from parvis.centres.factories import a_centre, a_person

pytestmark = pytest.mark.django_db


def pages_of(data):
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


@pytest.fixture
def morning(client):
    centre = a_centre(language="en")
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    return a_planned_visit(centre, language="en")


def sheet(client, visit, kind):
    where = reverse("agenda:visit_sheets", kwargs={"centre": visit.centre.slug, "pk": visit.pk, "kind": kind})
    answer = client.get(where)
    assert answer.headers["Content-Type"] == "application/pdf"
    return pages_of(answer.content)


def test_each_group_has_its_sheet(client, morning):
    pages = sheet(client, morning, "groups")
    assert len(pages) == 3
    for number, text in enumerate(pages, 1):
        assert f"Group {number}" in text
        assert "8 pupils" in text
        for words in ("09:15–09:45", "Explore", "Keys", "Games", "Room Keys"):
            assert words in text


def test_each_workshop_has_its_sheet_with_who_leads_it(client, morning):
    pages = sheet(client, morning, "workshops")
    leaders = [str(one.person) for one in morning.stations.select_related("person")]
    assert len(pages) == 3
    for text, leader in zip(pages, leaders, strict=True):
        assert leader in text
        assert all(f"Group {number}" in text for number in (1, 2, 3))


def test_the_door_has_everybody_on_one_sheet(client, morning):
    (text,) = sheet(client, morning, "door")
    assert "School by the river" in text
    assert all(f"Group {number}" in text for number in (1, 2, 3))


def test_the_teacher_reads_their_own_language(client, morning):
    morning.checklist.create(text="Bus until the station", for_teacher=True)
    morning.checklist.create(text="Badges", for_teacher=False)
    (text,) = sheet(client, morning, "teacher")
    assert "Bus until the station" in text
    assert "Badges" not in text


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_in_every_language(morning, language):
    with translation.override(language):
        pages = pages_of(teacher_pdf(class_day(morning), to_see_to=[]))
        made = certificate_pdf(class_day(morning), objectives=["Know oneself"])
    assert len(pages) == 1
    assert "Know oneself" in pages_of(made)[0]


def test_nothing_is_printed_before_it_is_planned(client, morning):
    visit = a_dated_visit(morning.centre)
    where = reverse(
        "agenda:visit_sheets", kwargs={"centre": visit.centre.slug, "pk": visit.pk, "kind": "door"}
    )
    assert client.get(where).status_code == 404


def test_the_certificate_says_what_it_is_not(morning):
    morning.came = 23
    with translation.override("en"):
        (text,) = pages_of(certificate_pdf(class_day(morning), objectives=["Discover education"]))
    for words in (
        "School by the river",
        "10 March 2026",
        "23 pupils were there.",
        "Discover education",
        "not a diploma",
    ):
        assert words in " ".join(text.split())


def test_interviews_have_a_name_on_paper(client, morning):
    visit = a_dated_visit(morning.centre, language="en", pupils=4)
    plan_day(visit=visit, said=DaySaid(groups=[4], stations=[StationSaid(None, places=4)]))
    assert "Individual interviews" in sheet(client, visit, "groups")[0]
