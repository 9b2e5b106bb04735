"""A small past, every account, every address."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Assignment, Centre
from parvis.demonstration.demonstrate import demonstrate
from parvis.demonstration.ground import ground_of
from parvis.demonstration.management.commands.demonstrate import table
from parvis.demonstration.sent_on import write_redirections
from parvis.demonstration.surveys import write_surveys
from parvis.guidance.actions import open_thread
from parvis.guidance.models import Kind, Need, Proposal, ProposalStep, Question, Redirection, Remark
from parvis.guidance.queries.threads import entries_of
from parvis.partners.models import Belonging, Body, Contact, Institution, Relation
from parvis.partners.queries.bodies import body_page
from parvis.partners.queries.contributions import contributed_minutes
from parvis.partners.queries.matters import matters
from parvis.partners.queries.pledges import pledged_minutes
from parvis.partners.queries.structure import structure_of
from parvis.reception.models import Act, Day, Device, Seat, State, Ticket
from parvis.reception.queries.figures import figures_by_day
from parvis.shared.free_text import spot
from parvis.surveys import counted
from parvis.surveys.models import ClassRound, Collection, PaperBatch, Response, Version
from parvis.surveys.queries.results import results

pytestmark = pytest.mark.django_db
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(beneath):
    """Made once: each test reads it, or changes its own view of it."""
    with beneath():
        return demonstrate(
            at=TUESDAY_NOON, language="en", days=9, seed="seven", password="lake-lantern-heron-12"
        )


@pytest.fixture
def shown(made):
    return deepcopy(made)


def test_accounts_for_every_role_sign_in_with_the_one_password(shown):
    assert {account.role for account in shown.accounts} == set(Role)
    for account in shown.accounts:
        assert authenticate(email=account.email, password=shown.password).email == account.email
    robot = User.objects.filter(email__startswith="robots-")[0]
    assert not robot.has_usable_password()


def test_devices_of_each_kind_have_an_address(shown):
    assert {device.kind for device in shown.devices if "cite" in device.centre.slug} == set(
        Device.Kind.values
    )


def test_the_past_is_signed_but_for_the_last_day_and_today_is_under_way(shown):
    cite = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    days = Day.objects.filter(centre=cite).order_by("date")
    assert [day.date.isoformat() for day in days if not day.is_signed] == ["2026-03-02", "2026-03-03"]
    assert all(day.figures["passages"] == day.door_count for day in days if day.is_signed)
    today = Ticket.objects.filter(centre=cite, date=date(2026, 3, 3))
    assert today.filter(state=State.DONE).count() > 20
    assert today.open().exists()
    assert Seat.objects.open().filter(centre=cite, person=None).count() == 0
    assert Seat.objects.filter(centre=cite).exclude(closed_at=None).exclude(person=None).count() == 0
    assert not Ticket.objects.open().exclude(date=date(2026, 3, 3)).exists()
    assert today.latest("number").number == today.count() == days.last().last_number


def test_figures_stay_near_what_a_centre_sees(shown):
    cite = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    week = figures_by_day(cite, date(2026, 2, 23), date(2026, 2, 27))
    for day in week.values():
        assert 100 < day.live.contacts < 330
        assert day.live.passages >= day.received
        assert day.live.acts > 0.8 * day.live.contacts
        assert day.live.left < 0.2 * day.live.contacts
    assert week[date(2026, 2, 23)].shown.passages > 0


def test_each_centre_has_a_greeter_s_tablet_that_goes_on_without_a_network(shown):
    for centre in Centre.objects.all():
        (tablet,) = centre.devices.filter(kind=Device.Kind.GREETER, revoked_at=None)
        person = centre.assignments.filter(role="receptionist")[0].person
        client = Client()
        client.force_login(person)
        page = client.get(f"/c/{centre.slug}/greeter/").content.decode()
        assert f'data-entries="/devices/{tablet.token}/entries/"' in page


def test_in_the_middle_of_the_day_the_clock_is_the_real_one(shown):
    assert [centre.clock_set_at for centre in Centre.objects.all()] == [None, None]


def test_each_printed_code_opens_a_thread(shown):
    for centre, receipt in shown.codes:
        assert " ".join(receipt.words(centre.language)) in table(shown)
        lines = entries_of(open_thread(receipt=receipt, at=TUESDAY_NOON))
        assert len([line for line in lines if line.kind == Kind.STEP]) >= 2


def test_every_printed_address_opens(shown, client):
    for line in table(shown).splitlines():
        if any(part in line for part in ("/board/", "/k/", "/d/", "/visit/")):
            path = line.split("http://localhost:8000")[1]
            assert client.get(path).status_code == 200, line


def test_each_centre_shows_a_teachers_page(shown):
    assert "/visit/" in table(shown)
    assert {visit.centre for visit in shown.visits} == {centre for centre, _receipt in shown.codes}


def test_everything_counts_on_its_own_day(shown):
    for model in (Ticket, Act):
        last = model.objects.latest("date").date
        assert date(2026, 3, 3) - timedelta(days=9) <= model.objects.earliest("date").date <= last
        assert last == date(2026, 3, 3)


def test_the_teams_have_noted_needs_and_proposed_something(shown):
    for centre in Centre.objects.all():
        needs, proposals = Need.objects.filter(centre=centre), Proposal.objects.filter(centre=centre)
        today = centre.local_day(TUESDAY_NOON)
        assert {row.state for row in proposals} >= {"idea", "agreed", "under_way", "done"}
        assert any(row.is_overdue_on(today) for row in proposals)
        assert proposals.filter(owner=None).exists()
        assert needs.latest("date").date <= today
        assert not ProposalStep.objects.filter(proposal__centre=centre, at__gt=TUESDAY_NOON).exists()
        texts = [*needs.values_list("text", flat=True)]
        texts += [text for row in proposals for text in (row.title, row.plan, row.outcome)]
        texts += Remark.objects.filter(proposal__centre=centre).values_list("text", flat=True)
        assert [found for text in texts for found in spot(text, country=centre.country)] == []


def test_questions_wait_are_drafted_and_were_answered(shown):
    for centre in Centre.objects.all():
        asked = Question.objects.filter(centre=centre)
        states = set(asked.values_list("state", flat=True))
        assert states == {"waiting", "taken", "answered", "closed"}
        assert {question.in_time for question in asked.filter(state="closed")} == {True}


def test_the_coordinator_belongs_to_the_network(shown):
    assert Assignment.objects.get(role=Role.NETWORK_COORDINATOR).network.centres.count() == 2


def test_institutions_lend_people_and_visitors_are_sent_to_them(shown):
    for centre in Centre.objects.all():
        people = Belonging.objects.filter(centre=centre).values("person")
        advisers = User.objects.filter(assignments__centre=centre, assignments__role=Role.ADVISER)
        assert not advisers.exclude(pk__in=people).exists()
        assert Relation.objects.filter(centre=centre, standing="outside").exists()
        sent = Redirection.objects.filter(centre=centre)
        assert set(sent.values_list("kind", flat=True)) == {"warm", "cold"}
        assert sent.filter(follow_up="open").exists()
    for relation in Relation.objects.all():
        assert spot(relation.for_staff, country=relation.centre.country) == []


def test_the_same_seed_sends_the_same_visitors_on(shown):
    keys = set(Redirection.objects.values_list("key", flat=True))
    Redirection.objects.all().delete()
    for centre in Centre.objects.all():
        ground = ground_of(centre, "seven")
        known = {one.name: one for one in Institution.objects.all()}
        write_redirections(ground, known, date(2026, 3, 3) - timedelta(days=9), date(2026, 3, 3))
    assert set(Redirection.objects.values_list("key", flat=True)) == keys


def test_each_centre_has_a_steering_committee_that_met_and_decided(shown):
    for centre in Centre.objects.all():
        body = Body.objects.get(centre=centre)
        page = body_page(body, TUESDAY_NOON.date())
        assert page.line.neutrality.is_neutral
        assert (page.line.vacant, len(page.line.ending)) == (1, 1)
        assert [meeting.is_approved for meeting in page.meetings] == [False, False, True]
        assert page.line.overdue == 1
        texts = [item.minutes for meeting in page.meetings for item in meeting.items.all()]
        assert [spot(text, country=centre.country) for text in texts if spot(text)] == []
        assert structure_of(centre, TUESDAY_NOON.date())


def test_partners_promise_give_and_wait_for_decisions(shown):
    for centre in Centre.objects.all():
        day = TUESDAY_NOON.date()
        lenders = Relation.objects.filter(centre=centre, standing="partner")
        assert not lenders.filter(agreements=None).exists()
        assert pledged_minutes(centre, day - timedelta(days=60), day)
        assert contributed_minutes(centre, day - timedelta(days=90), day)
        assert {str(one.what) for one in matters(centre, day)} >= {"expiry", "notice", "next"}
        assert Contact.objects.filter(relation__centre=centre).exists()


def test_each_centre_asks_how_the_visit_was_and_writes_what_to_ask_later(shown):
    for centre in Centre.objects.all():
        asked = Version.objects.filter(questionnaire__centre=centre).order_by("pk")
        assert [(one.questionnaire.ready_model, one.state) for one in asked] == [
            ("visitor_satisfaction", "opened"),
            ("impact_three_months", "draft"),
            ("class_expectations", "opened"),
        ]
        assert asked[0].languages == centre.languages


def test_surveys_go_on_on_paper_at_desks_and_in_classes(shown):
    day = TUESDAY_NOON.date()
    for centre in Centre.objects.all():
        assert {one.way for one in Collection.objects.open_on(day).filter(centre=centre)} >= {
            "adviser",
            "paper",
            "class",
        }
        pile = PaperBatch.objects.get(collection__centre=centre)
        assert (pile.done, pile.left, pile.is_over) == (16, 8, False)
        rounds = ClassRound.objects.filter(collection__centre=centre).order_by("state")
        assert [(one.state, one.collection.responses.count()) for one in rounds] == [
            ("over", 23),
            ("ready", 0),
        ]


def test_a_long_past_has_surveys_that_are_over(shown):
    """Two waves about satisfaction and a profile, each a sample; one by a link about what changed."""
    centre = Centre.objects.get(slug="cite-des-metiers-de-rivemont")
    before = list(counted._TELLERS)

    def ten_an_hour(_centre, first, last):
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [(day, time(hour)) for day in days for hour in range(9, 18) for _each in range(10)]

    counted.register(ten_an_hour)
    try:
        rows = write_surveys(ground_of(centre, "seven"), date(2025, 3, 3), TUESDAY_NOON.date())
    finally:
        counted._TELLERS[:] = before
    surveys = Collection.objects.filter(centre=centre, closes_on__lt=TUESDAY_NOON.date()).order_by("opens_on")
    assert [(one.version.questionnaire.purpose, hasattr(one, "sample")) for one in surveys] == [
        ("satisfaction", True),
        ("impact", False),
        ("satisfaction", True),
        ("profile", True),
    ]
    assert rows == Response.objects.filter(collection__in=surveys).count() > 300
    found = results(surveys[2], surveys[2].closes_on)
    assert 0.5 < found.sampled.rate < 0.8
    assert 4 < found.found[0].blocks[0].mean.value < 5
