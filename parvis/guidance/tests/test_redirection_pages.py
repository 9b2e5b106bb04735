"""The page on which a visitor is sent on, and the team's list of what to ask about."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person
from parvis.guidance.actions import begin_conversation
from parvis.guidance.actions.forgetting_redirections import forget_redirected_tickets
from parvis.guidance.factories import a_thread
from parvis.guidance.models import FollowUp, Redirection
from parvis.guidance.queries.threads import entries_of
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.partners.models import Relation
from parvis.reception import actions as reception
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Period
from parvis.reception.tests.pages import a_house
from parvis.reception.tests.pages import address as at_reception

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def visitor(house):
    """Somebody in interview with the adviser."""
    now = house.centre.now()
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    ticket = a_ticket(house.jobs, now, language="en")
    reception.call_next(seat=seat, at=now)
    return reception.start_interview(seat=seat, ticket=ticket, at=now)


@pytest.fixture
def school(house):
    return an_institution(house.centre, "School", themes=[house.jobs], for_staff="Evening classes")


def address(house, name, **parts):
    return reverse(f"guidance:{name}", kwargs={"centre": house.centre.slug} | parts)


def said(house, school, **more):
    usual = {"key": str(uuid4()), "to": school.pk, "theme": house.jobs.pk, "kind": "cold"}
    return usual | more


def today(house):
    return house.centre.local_day(house.centre.now())


def test_the_desk_leads_to_it(house, visitor):
    part = {"HX-Request": "true"}
    panel = house.as_(house.adviser).get(
        at_reception(house, "ticket_hand_over", ticket=visitor.pk), headers=part
    )
    assert address(house, "redirect_visitor", ticket=visitor.pk) in panel.content.decode()


def test_a_visitor_is_sent_on_and_it_is_taken_back(house, visitor, school):
    lender = an_institution(house.centre, "Lender")
    belong(centre=house.centre, person=house.adviser, to=lender.institution, on=LONG_AGO)
    client, page = house.as_(house.adviser), address(house, "redirect_visitor", ticket=visitor.pk)
    shown = client.get(page)
    assert [title for title, _found, _sight in shown.context["form"].groups] == [
        "For this theme",
        "Other partners",
    ]
    assert "Evening classes" in shown.content.decode()
    form = said(house, school)
    assert client.post(page, form).url == page
    assert client.post(page, form).url == page  # sent again
    found = Redirection.objects.get()
    assert (found.to_institution, found.from_institution) == (school.institution, lender.institution)
    assert (found.ticket, found.due_on) == (visitor, None)
    assert "School" in client.get(page).content.decode()
    client.post(address(house, "undo_redirection", ticket=visitor.pk, pk=found.pk))
    assert Redirection.objects.counted().count() == 0


def test_warm_needs_agreement_and_a_day_and_the_rest_is_kept(house, visitor, school):
    client, page = house.as_(house.adviser), address(house, "redirect_visitor", ticket=visitor.pk)
    wrong = said(house, school, kind="warm", appointment_at="10:00", note="Madame Dupont, 06 12 34 56 78")
    answer = client.post(page, wrong)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert sorted(form.errors) == ["agreed", "appointment_on", "due_on", "note"]
    assert (form["to"].value(), form["kind"].value()) == (str(school.pk), "warm")
    soon = (today(house) + timedelta(days=3)).isoformat()
    right = wrong | {"agreed": "on", "appointment_on": soon, "due_on": soon, "note": "Bring the form"}
    assert client.post(page, right).url == page
    found = Redirection.objects.get()
    assert (found.follow_up, found.note) == (FollowUp.OPEN, "Bring the form")
    assert found.reference in client.get(page).content.decode()


def test_only_whoever_received_the_visitor_today_sends_them_on(house, visitor, school):
    page = address(house, "redirect_visitor", ticket=visitor.pk)
    colleague = a_person(Role.ADVISER, centre=house.centre)
    a_seat([house.training], house.centre.now(), desk=house.desks[1], person=colleague)
    assert house.as_(colleague).get(page).status_code == 404
    assert house.as_(colleague).post(page, said(house, school)).status_code == 404
    assert house.as_(house.greeter).get(page).status_code == 403
    assert house.as_(house.stranger).get(page).status_code == 404
    now = house.centre.now()
    reception.finish_interview(seat=visitor.seat, ticket=visitor, at=now)
    assert house.as_(house.adviser).get(page).status_code == 200
    later = a_ticket(house.jobs, now, language="en")
    assert (
        house.as_(house.adviser).get(address(house, "redirect_visitor", ticket=later.pk)).status_code == 404
    )


def test_without_institutions_the_page_says_what_comes_first(house, visitor):
    page = house.as_(house.adviser).get(address(house, "redirect_visitor", ticket=visitor.pk))
    assert "No institution to choose yet" in page.content.decode()


def test_the_page_asks_the_same_for_one_institution_and_for_three(
    house, visitor, school, django_assert_max_num_queries
):
    client, page = house.as_(house.adviser), address(house, "redirect_visitor", ticket=visitor.pk)

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(page)
        return len(found)

    client.get(page)
    one = asked()
    an_institution(house.centre, "Another", themes=[house.jobs])
    an_institution(house.centre, "Clinic", standing=Relation.Standing.OUTSIDE)
    assert asked() == one


@pytest.fixture
def waiting(house, school):
    """Two to ask about, one of them overdue."""
    rows = []
    for days, theme in ((-1, house.jobs), (0, house.training)):
        rows.append(
            Redirection.objects.create(
                key=uuid4(),
                centre=house.centre,
                date=today(house) - timedelta(days=9),
                theme=theme,
                to_institution=school.institution,
                kind="warm",
                agreed=True,
                due_on=today(house) + timedelta(days=days),
                follow_up="open",
                reference=f"K7M2{len(rows)}",
            )
        )
    return rows


def test_the_team_settles_with_one_tap_and_takes_it_back(house, waiting):
    client, page = house.as_(house.partnership), address(house, "follow_ups")
    found = client.get(page).context["found"]
    assert [line.redirection.reference for line in found.overdue] == ["K7M20"]
    one = address(house, "settle", pk=waiting[0].pk)
    part = client.post(one, {"outcome": "met"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert part.context["found"].settled == [waiting[0]]
    assert client.post(one, {"outcome": "open"}).url == page
    assert client.get(page).context["found"].overdue[0].redirection == waiting[0]
    assert client.post(one, {"outcome": "lovely"}).status_code == 404


def test_the_list_is_filtered_by_theme_and_institution(house, waiting, school):
    client, page = house.as_(house.adviser), address(house, "follow_ups")
    found = client.get(page, {"theme": house.training.pk, "to": school.institution_id}).context["found"]
    assert (len(found.overdue), len(found.due), found.open) == (0, 1, 2)
    assert client.get(page, {"theme": "x", "to": "999"}).status_code == 200


def test_an_empty_list_teaches_the_first_step(house):
    page = house.as_(house.adviser).get(address(house, "follow_ups"))
    assert "Nothing to ask about yet" in page.content.decode()


def test_another_centres_are_not_there(house, waiting):
    other = a_house()
    assert other.as_(other.adviser).get(address(other, "follow_ups")).context["found"].open == 0
    row = reverse("guidance:settle", kwargs={"centre": other.centre.slug, "pk": waiting[0].pk})
    assert other.as_(other.adviser).post(row, {"outcome": "met"}).status_code == 404
    coordinator = a_person(Role.NETWORK_COORDINATOR, centre=house.centre)
    assert house.as_(coordinator).get(address(house, "follow_ups")).status_code == 403
    assert (
        house.as_(a_person(Role.ADVISER, centre=a_centre())).get(address(house, "follow_ups")).status_code
        == 404
    )


def test_the_list_asks_the_same_for_one_and_for_three(house, waiting, django_assert_max_num_queries):
    client, page = house.as_(house.adviser), address(house, "follow_ups")

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(page)
        return len(found)

    client.get(page)
    two = asked()
    Redirection.objects.filter(pk=waiting[0].pk).delete()
    assert asked() == two


@pytest.fixture
def thread(house, visitor):
    """The visitor's thread, open for this visit."""
    at = house.centre.now()
    _opened, receipt = a_thread(house.centre, at)
    return begin_conversation(
        receipt=receipt, centre=house.centre, person=house.adviser, key=uuid4(), at=at, ticket=visitor
    )


def test_an_open_thread_is_told_where_to_go_and_forgets_it_when_it_is_taken_back(
    house, visitor, thread, school
):
    Relation.objects.filter(pk=school.pk).update(address="40, Loire Street", phone="02 61 91 10 40")
    client, page = house.as_(house.adviser), address(house, "redirect_visitor", ticket=visitor.pk)
    assert client.get(page).context["form"]["in_thread"].value() is True
    soon = today(house) + timedelta(days=3)
    day = soon.isoformat()
    form = said(house, school, kind="warm", agreed="on", appointment_on=day, due_on=day, in_thread="on")
    client.post(page, form)
    client.post(page, form)  # sent again
    (line,) = entries_of(thread)
    found = Redirection.objects.get()
    with translation.override("fr"):
        when = date_format(soon, "l j F")
    assert (line.kind, line.said["where"]) == ("hand_over", "40, Loire Street · 02 61 91 10 40")
    assert line.said["text"] == f"School · {when} · {found.reference}"
    talk = {"centre": house.centre.slug, "key": thread.grant.key}
    assert page in client.get(reverse("guidance:conversation", kwargs=talk)).content.decode()
    assert "Qui continue avec vous" in client.get(reverse("guidance:sheet", kwargs=talk)).content.decode()
    client.post(address(house, "undo_redirection", ticket=visitor.pk, pk=found.pk))
    assert entries_of(thread) == []


def test_a_thread_is_left_alone_without_a_word_and_no_key_leads_to_it_after_the_day(
    house, visitor, thread, school
):
    client, page = house.as_(house.adviser), address(house, "redirect_visitor", ticket=visitor.pk)
    client.post(page, said(house, school))
    assert entries_of(thread) == []
    client.post(page, said(house, school, in_thread="on"))
    (line,) = entries_of(thread)
    assert Redirection.objects.latest("pk").entry == line.key
    forget_redirected_tickets(at=house.centre.now() + timedelta(days=1))
    assert set(Redirection.objects.values_list("ticket", "entry")) == {(None, None)}
    assert entries_of(thread) == [line]


def test_a_colleagues_conversation_tells_nothing(house, visitor, thread, school):
    colleague = a_person(Role.ADVISER, centre=house.centre)
    Period.objects.filter(ticket=visitor).update(
        seat=a_seat([house.training], house.centre.now(), desk=house.desks[1], person=colleague)
    )
    page = address(house, "redirect_visitor", ticket=visitor.pk)
    assert "in_thread" not in house.as_(colleague).get(page).context["form"].fields


def test_somebody_without_a_ticket_is_sent_on_too(house, school):
    client, page = house.as_(house.adviser), address(house, "redirect_somebody")
    assert client.post(page, said(house, school) | {"theme": ""}).status_code == 422
    answer = client.post(page, said(house, school))
    found = Redirection.objects.get()
    assert (answer.url, found.ticket) == (f"{page}?noted={found.pk}", None)
    assert "School" in client.get(answer.url).content.decode()
    assert client.get(f"{page}?noted={10**30}").status_code == 200
    assert house.as_(house.greeter).get(page).status_code == 403
    other = a_house()
    undo = reverse("guidance:undo_somebody", args=[other.centre.slug, found.pk])
    assert other.as_(other.adviser).post(undo).status_code == 404
    client.post(address(house, "undo_somebody", pk=found.pk))
    assert Redirection.objects.counted().count() == 0
