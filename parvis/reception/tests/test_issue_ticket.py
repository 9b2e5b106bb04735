from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from parvis.centres.factories import a_centre, a_code, a_theme
from parvis.centres.models import CodeList, Space, TicketStyle
from parvis.reception import actions
from parvis.reception.factories import a_device, a_ticket
from parvis.reception.models import Arrival, Day, Device, State, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def test_numbers_follow_each_other_and_each_centre_counts_for_itself():
    here, there = a_theme(a_centre()), a_theme(a_centre())
    numbers = [a_ticket(theme, NOON).number for theme in (here, here, there, here)]
    assert numbers == [1, 2, 1, 3]


def test_the_same_key_again_is_the_same_ticket():
    theme = a_theme(a_centre())
    arriving = actions.Arriving(theme=theme, language="fr", arrival=Arrival.KIOSK)
    key = uuid4()
    first, again = (
        actions.issue_ticket(centre=theme.centre, arriving=arriving, key=key, at=NOON) for _ in range(2)
    )
    assert (first, Ticket.objects.count(), Day.objects.get().last_number) == (again, 1, 1)


def test_a_ticket_starts_waiting_with_an_open_period():
    ticket = a_ticket(a_theme(a_centre()), NOON)
    (period,) = ticket.periods.all()
    assert (ticket.state, period.state, period.started_at, period.ended_at) == (
        State.WAITING,
        State.WAITING,
        NOON,
        None,
    )


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/Paris", datetime(2026, 3, 10, 22, 59, tzinfo=UTC), date(2026, 3, 10)),
        ("Europe/Paris", datetime(2026, 3, 10, 23, 0, tzinfo=UTC), date(2026, 3, 11)),
        (
            "Europe/Paris",
            datetime(2026, 3, 29, 21, 59, tzinfo=UTC),
            date(2026, 3, 29),
        ),  # summer time since that night
        ("Europe/Paris", datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        ("Europe/Paris", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),  # winter time
        ("America/Cayenne", datetime(2026, 3, 11, 2, 59, tzinfo=UTC), date(2026, 3, 10)),
        ("Indian/Reunion", datetime(2026, 3, 10, 20, 0, tzinfo=UTC), date(2026, 3, 11)),
    ],
)
def test_the_day_is_the_centres_own(zone, at, day):
    assert a_ticket(a_theme(a_centre(time_zone=zone)), at).date == day


def test_counting_starts_again_at_local_midnight():
    theme = a_theme(a_centre(time_zone="Europe/Paris"))
    before, after = datetime(2026, 3, 10, 22, 59, tzinfo=UTC), datetime(2026, 3, 10, 23, 1, tzinfo=UTC)
    assert [a_ticket(theme, before).number, a_ticket(theme, after).number] == [1, 1]


def test_a_day_of_25_hours_has_both_hours():
    centre = a_centre(time_zone="Europe/Paris")
    start, end = centre.bounds(date(2026, 10, 25))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=25)


def test_a_word_only_where_the_centre_uses_words():
    styles = [TicketStyle.WORD, TicketStyle.NUMBER, TicketStyle.NONE]
    tickets = [a_ticket(a_theme(a_centre(ticket_style=style)), NOON) for style in styles]
    assert [bool(ticket.word) for ticket in tickets] == [True, False, False]


def test_seated_without_a_ticket():
    theme = a_theme(a_centre())
    space = Space.objects.get(site__centre=theme.centre)
    ticket = a_ticket(theme, NOON, seated_in=space)
    assert (ticket.style, ticket.word, ticket.seated_in) == (TicketStyle.NONE, "", space)


def test_another_centres_things_are_refused():
    theme, other = a_theme(a_centre()), a_theme(a_centre())
    frail_elsewhere = a_code(other.centre, CodeList.PRIORITY, "frail")
    need = a_code(theme.centre, CodeList.NEED, "cv")
    space = Space.objects.get(site__centre=other.centre)
    for theme_, more in [
        (other, {}),
        (theme, {"priority": frail_elsewhere}),
        (theme, {"priority": need}),
        (theme, {"seated_in": space}),
        (theme, {"language": "fi"}),
    ]:
        said = {"theme": theme_, "language": "fr", "arrival": Arrival.GREETER} | more
        with pytest.raises(actions.NotOfThisCentre):
            actions.issue_ticket(centre=theme.centre, arriving=actions.Arriving(**said), key=uuid4(), at=NOON)
    assert Ticket.objects.count() == 0


def test_a_closed_theme_is_refused_from_its_closing_day():
    theme = a_theme(a_centre(), valid_to=date(2026, 3, 11))
    a_ticket(theme, NOON)
    with pytest.raises(actions.NotOfThisCentre):
        a_ticket(theme, NOON + timedelta(days=1))


def test_leased_numbers_are_set_aside_and_used_by_their_device_only():
    theme = a_theme(a_centre())
    kiosk, other = (a_device(theme.centre, Device.Kind.KIOSK) for _ in range(2))
    key = uuid4()
    lease = actions.lease_numbers(device=kiosk, key=key, count=20, at=NOON)
    assert actions.lease_numbers(device=kiosk, key=key, count=20, at=NOON) == lease
    assert (lease.first, lease.last, a_ticket(theme, NOON).number) == (1, 20, 21)

    offline = actions.Arriving(theme=theme, language="fr", arrival=Arrival.KIOSK, device=kiosk)
    ticket = actions.issue_ticket(centre=theme.centre, arriving=offline, key=uuid4(), at=NOON, leased=7)
    assert ticket.number == 7
    elsewhere = actions.Arriving(theme=theme, language="fr", arrival=Arrival.KIOSK, device=other)
    for arriving, number in [(elsewhere, 8), (offline, 21)]:
        with pytest.raises(actions.UnknownLease):
            actions.issue_ticket(centre=theme.centre, arriving=arriving, key=uuid4(), at=NOON, leased=number)
