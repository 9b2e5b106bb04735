"""Sending a visitor on, asking what became of it, taking it back, forgetting."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.centres.factories import a_centre, a_theme
from parvis.guidance.actions import redirections as actions
from parvis.guidance.actions.forgetting_redirections import (
    forget_redirected_tickets,
    forget_redirection_words,
)
from parvis.guidance.actions.redirections import Sending
from parvis.guidance.models import FollowUp, Redirection
from parvis.guidance.queries import redirections as queries
from parvis.partners.factories import an_institution
from parvis.reception.factories import a_ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 3, 11, tzinfo=UTC)
DAY = NOON.date()
WARM, COLD = Redirection.Kind.WARM, Redirection.Kind.COLD


@pytest.fixture
def centre():
    return a_centre()


@pytest.fixture
def cold(centre):
    return Sending(to=an_institution(centre, "School").institution, theme=a_theme(centre), kind=COLD)


@pytest.fixture
def warm(cold):
    more = {"appointment_on": DAY + timedelta(days=2), "appointment_at": time(14, 30)}
    return replace(cold, kind=WARM, agreed=True, due_on=DAY + timedelta(days=3), **more)


def sent(centre, sending, at=NOON, key=None, **more):
    return actions.redirect_visitor(
        centre=centre, key=key or uuid4(), sending=sending, at=at, **{"from_institution": None} | more
    )


def test_a_cold_one_is_counted_and_followed_by_nobody(centre, cold):
    ticket, own = a_ticket(cold.theme, NOON), an_institution(centre, "Own").institution
    found = sent(centre, cold, ticket=ticket, from_institution=own)
    assert (found.date, found.theme, found.ticket) == (DAY, cold.theme, ticket)
    assert (found.from_institution, found.to_institution) == (own, cold.to)
    assert (found.kind, found.agreed, found.follow_up, found.due_on) == (COLD, False, "", None)
    with pytest.raises(actions.NothingToFollow):
        actions.follow_up(redirection=found, outcome=FollowUp.MET, at=NOON)


def test_a_warm_one_is_asked_about_on_its_day(centre, warm):
    found = sent(centre, warm)
    assert (found.agreed, found.follow_up, found.appointment_at) == (True, FollowUp.OPEN, time(14, 30))
    assert len(found.reference) == 5
    days = [DAY, warm.due_on, warm.due_on + timedelta(days=1)]
    assert [found.is_due_on(day) for day in days] == [False, True, True]
    assert [found.is_overdue_on(day) for day in days] == [False, False, True]


def test_the_same_page_again_is_the_same_redirection(centre, warm):
    key = uuid4()
    first = sent(centre, warm, key=key)
    assert sent(centre, warm, key=key, at=NOON + timedelta(minutes=1)) == first
    with pytest.raises(actions.RedirectedOtherwise):
        sent(centre, replace(warm, note="Something else"), key=key)
    with pytest.raises(actions.NotOfThisCentre):
        sent(a_centre(), warm, key=key)
    assert Redirection.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"agreed": False}, actions.AgreementMissing),
        ({"due_on": None}, actions.NotThatDay),
        ({"due_on": DAY + timedelta(days=1)}, actions.NotThatDay),  # before the appointment
        ({"appointment_on": DAY - timedelta(days=1)}, actions.NotThatDay),
        ({"due_on": DAY + timedelta(days=367)}, actions.NotThatDay),
        ({"appointment_on": None}, actions.NotThatDay),  # an hour without a day
        ({"kind": COLD}, actions.NotThatDay),  # cold, with all of that
    ],
)
def test_what_does_not_fit_is_refused(centre, warm, change, error):
    with pytest.raises(error):
        sent(centre, replace(warm, **change))
    assert Redirection.objects.count() == 0


def test_the_last_day_to_ask_is_a_year_ahead(centre, warm):
    sent(centre, replace(warm, due_on=DAY + timedelta(days=366)))
    sent(centre, replace(warm, appointment_on=DAY, due_on=DAY))
    assert Redirection.objects.count() == 2


def test_another_centres_rows_and_closed_ones_are_refused(centre, cold):
    other = a_centre(network=centre.network)
    closed = an_institution(centre, "Closed", valid_to=DAY).institution
    for sending in (
        replace(cold, theme=a_theme(other)),
        replace(cold, to=an_institution(other, "Elsewhere").institution),
        replace(cold, to=closed),
    ):
        with pytest.raises(actions.NotOfThisCentre):
            sent(centre, sending)
    yesterday = a_ticket(cold.theme, NOON - timedelta(days=1))
    with pytest.raises(actions.NotOfThisCentre):
        sent(centre, cold, ticket=yesterday)


def test_what_became_of_it_can_be_said_and_unsaid(centre, warm):
    found = sent(centre, warm)
    later = NOON + timedelta(days=4)
    said = actions.follow_up(redirection=found, outcome=FollowUp.MET, at=later)
    assert (said.follow_up, said.settled_on) == (FollowUp.MET, later.date())
    again = actions.follow_up(redirection=found, outcome=FollowUp.MET, at=later + timedelta(days=1))
    assert again.settled_on == later.date()
    back = actions.follow_up(redirection=found, outcome=FollowUp.OPEN, at=later)
    assert (back.follow_up, back.settled_on) == (FollowUp.OPEN, None)


def test_it_is_taken_back_on_its_own_day_only(centre, warm):
    found = sent(centre, warm)
    with pytest.raises(actions.TooLate):
        actions.undo_redirection(redirection=found, at=NOON + timedelta(hours=13))
    undone = actions.undo_redirection(redirection=found, at=NOON + timedelta(minutes=5))
    assert (
        actions.undo_redirection(redirection=found, at=NOON + timedelta(hours=1)).undone_at
        == undone.undone_at
    )
    assert list(Redirection.objects.counted()) == []
    with pytest.raises(actions.NothingToFollow):
        actions.follow_up(redirection=found, outcome=FollowUp.MET, at=NOON)


def test_the_list_tells_overdue_from_due_and_from_later(centre, warm):
    rows = [sent(centre, replace(warm, due_on=DAY + timedelta(days=n))) for n in (4, 3, 5)]
    settled = sent(centre, warm)
    actions.follow_up(redirection=settled, outcome=FollowUp.NOT_MET, at=NOON)
    found = queries.follow_ups(centre, DAY + timedelta(days=4))
    assert [line.redirection for line in found.overdue] == [rows[1]]
    assert [line.redirection for line in found.due] == [rows[0]]
    assert [line.redirection for line in found.ahead] == [rows[2]]
    assert (found.settled, found.open) == ([settled], 3)
    assert queries.follow_ups(centre, DAY, theme=a_theme(centre, "jobs")).open == 3
    assert queries.follow_ups(centre, DAY, theme=a_theme(centre, "health")).ahead == []
    assert queries.asked_about(centre) == [(warm.to.pk, "School")]


def test_no_way_leads_from_a_reference_to_a_visit_after_its_day(centre, warm):
    found = sent(centre, replace(warm, note="Bring the form"), ticket=a_ticket(warm.theme, NOON))
    assert forget_redirected_tickets(at=NOON) == 0
    assert forget_redirected_tickets(at=NOON + timedelta(hours=15)) == 1
    found.refresh_from_db()
    assert (found.ticket, found.note) == (None, "Bring the form")


def test_words_are_forgotten_a_month_after_the_last_of_them(centre, warm, cold):
    open_one = sent(centre, replace(warm, note="A"))
    settled, plain = sent(centre, replace(warm, note="B")), sent(centre, replace(cold, note="C"))
    actions.follow_up(redirection=settled, outcome=FollowUp.MET, at=NOON)
    assert forget_redirection_words(at=NOON + timedelta(days=30)) == 0
    assert forget_redirection_words(at=NOON + timedelta(days=31)) == 2
    assert forget_redirection_words(at=NOON + timedelta(days=31)) == 0
    kept = dict(Redirection.objects.values_list("pk", "note"))
    assert kept == {open_one.pk: "A", settled.pk: "", plain.pk: ""}
    assert Redirection.objects.exclude(reference="").get() == open_one
    assert forget_redirection_words(at=NOON + timedelta(days=94)) == 1
