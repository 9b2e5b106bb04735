"""Who sat at a desk is known for four days."""

from datetime import UTC, datetime, timedelta

import pytest

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.actions.forgetting import forget_former_colleagues
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.reception.actions.forgetting import forget_notes, forget_who_sat
from parvis.reception.actions.transfers import Target, transfer
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.models import Day, Period, Seat, Ticket

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


@pytest.fixture
def theme():
    return a_theme(a_centre())


@pytest.fixture
def centre(theme):
    return theme.centre


@pytest.mark.parametrize(("too_old", "kept"), [(timedelta(0), True), (timedelta(seconds=1), False)])
@pytest.mark.parametrize("closed", [True, False])
def test_the_person_of_a_seat_is_forgotten_and_the_seat_stays(centre, theme, too_old, kept, closed):
    opened = AT - timedelta(days=4) - too_old
    person = a_person(Role.ADVISER, centre=centre)
    seat = a_seat([theme], opened, person=person)
    Seat.objects.filter(pk=seat.pk).update(closed_at=opened + timedelta(hours=3) if closed else None)
    assert forget_who_sat(at=AT) == (0 if kept else 1)
    assert (Seat.objects.get().person == person) is kept
    assert forget_who_sat(at=AT) == 0


def test_the_invented_people_of_a_demonstration_stay(centre, theme):
    a_seat([theme], AT - timedelta(days=300), person=a_person(Role.ADVISER, centre=centre))
    centre.clock_set_at, centre.clock_showed = AT, AT - timedelta(days=300)
    centre.save()
    assert forget_who_sat(at=AT) == 0


def test_what_a_former_colleague_signed_stays_without_their_name(centre, theme):
    person = a_person(date_joined=AT - timedelta(days=200))
    Day.objects.create(centre=centre, date=AT.date(), signed_at=AT, signed_by=person)
    a_seat([theme], AT - timedelta(days=100), person=person)
    assert forget_former_colleagues(at=AT) == 1
    assert not User.objects.filter(pk=person.pk).exists()
    assert (Day.objects.get().signed_at, Day.objects.get().signed_by) == (AT, None)
    assert Seat.objects.get().person is None


def test_words_for_colleagues_are_forgotten_when_the_day_is_over_at_the_centre():
    night = datetime(2026, 6, 2, 2, tzinfo=UTC)  # in Paris the second of June, in Montréal still the first
    tickets = []
    for zone in ("Europe/Paris", "America/Montreal"):
        theme = a_theme(a_centre(time_zone=zone))
        ticket = a_ticket(theme, night - timedelta(hours=10))
        tickets.append(transfer(ticket=ticket, to=Target(theme=theme), at=night, note="Wants evenings"))
    assert forget_notes(at=night) == 2  # the ticket and its period
    assert [Ticket.objects.get(pk=one.pk).note for one in tickets] == ["", "Wants evenings"]
    assert Period.objects.exclude(note="").count() == 1
    assert forget_notes(at=night + timedelta(hours=3)) == 2
