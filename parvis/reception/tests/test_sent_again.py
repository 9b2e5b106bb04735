"""What is sent again after a lost answer, after somebody else went on, or under a key that another centre used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_desk, a_person, a_theme
from parvis.reception import actions
from parvis.reception.actions.passages import hour_of
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act, coded_centre
from parvis.reception.models import Act, Announcement, Arrival, Expected, Passage, Profile, State, Ticket

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def minutes(n):
    return NOON + timedelta(minutes=n)


def standing(centre):
    """The centre's clock stands at noon."""
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = NOON, NOON, 0
    centre.save()
    return centre


def page(name, centre, **more):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug, **more})


# After somebody else went on


def test_handing_over_again_takes_nobody_from_a_colleague(client):
    centre = standing(coded_centre())
    theme = centre.themes.get()
    one, two = a_seat([theme], NOON), a_seat([theme], NOON, desk=a_desk(centre, "2"))
    ticket = a_ticket(theme, NOON)
    actions.call_next(seat=one, at=NOON)
    client.force_login(one.person)
    over, to = page("ticket_hand_over", centre, ticket=ticket.pk), {"to": f"seat-{two.pk}"}
    assert client.post(over, to).status_code == 200
    actions.call_next(seat=two, at=NOON)
    assert client.post(over, to).status_code == 409
    ticket.refresh_from_db()
    assert (ticket.state, ticket.seat) == (State.CALLED, two)


def test_an_hour_sent_again_does_not_take_back_what_somebody_entered_since():
    centre = coded_centre()
    site, key, start = centre.sites.get(), uuid4(), hour_of(centre, NOON, 9)
    actions.enter_hour(site=site, key=key, start=start, count=10, at=NOON)
    actions.enter_hour(site=site, key=uuid4(), start=start, count=12, at=minutes(1))
    actions.enter_hour(site=site, key=key, start=start, count=10, at=minutes(2))
    assert list(Passage.objects.filter(undone_at=None).values_list("count", flat=True)) == [12]


def test_an_act_that_was_taken_back_is_not_recorded_by_the_same_page_unnoticed():
    centre, key = coded_centre(), uuid4()
    act = actions.record_act(centre=centre, key=key, coding=a_coding(centre), at=NOON)
    actions.undo_act(act=act, at=NOON)
    with pytest.raises(actions.TakenBack):
        actions.record_act(centre=centre, key=key, coding=a_coding(centre), at=NOON)


def test_the_page_of_an_act_taken_back_records_it_anew_when_saved_once_more(client):
    centre = standing(coded_centre())
    client.force_login(a_person(Role.ADVISER, centre=centre))
    act = an_act(centre, NOON)
    actions.undo_act(act=act, at=NOON)
    said = {
        "key": str(act.key),
        "themes": [centre.themes.get().pk],
        "channel": act.channel_id,
        "language": "fr",
    }
    refused = client.post(page("act_new", centre), said)
    assert refused.status_code == 422
    fresh = refused.context["form"]["key"].value()
    assert fresh != str(act.key)
    assert client.post(page("act_new", centre), said | {"key": fresh}).status_code == 302
    assert Act.objects.counted().count() == 1


@pytest.mark.parametrize("by", ["desk", "greeter"])
def test_undo_sent_again_takes_back_one_step(client, by):
    centre = standing(coded_centre())
    theme = centre.themes.get()
    person = a_person(Role.ADVISER, Role.RECEPTIONIST, centre=centre)
    seat, ticket = a_seat([theme], NOON, person=person), a_ticket(theme, NOON)
    actions.call_next(seat=seat, at=NOON)
    actions.start_interview(seat=seat, ticket=ticket, at=NOON)
    client.force_login(person)
    client.post(page("ticket_finish", centre, ticket=ticket.pk))
    ticket.refresh_from_db()
    parts = {"ticket": ticket.pk}
    here = page("ticket_undo", centre, **parts)
    if by == "greeter":
        here = page("ticket_change", centre, **parts, change="undo")
    for _ in range(2):
        assert client.post(here, {"step": ticket.step}).status_code == 200
        assert Ticket.objects.get(pk=ticket.pk).state == State.INTERVIEW
    actions.finish_interview(seat=seat, ticket=ticket, at=minutes(1))
    assert client.post(here, {"step": "left-1.0"}).status_code == 409
    assert Ticket.objects.get(pk=ticket.pk).state == State.DONE


def test_the_page_names_the_step_that_it_would_take_back(client):
    centre = standing(coded_centre())
    theme = centre.themes.get()
    seat, ticket = a_seat([theme], NOON), a_ticket(theme, NOON)
    client.force_login(seat.person)
    text = client.post(page("call_next", centre)).content.decode()
    ticket.refresh_from_db()
    assert f'{{"step": "{ticket.step}"}}' in text


# A visitor whose adviser went home


@pytest.fixture
def handed():
    """A visitor handed to a second seat."""
    centre = coded_centre()
    theme = centre.themes.get()
    one, two = a_seat([theme], NOON), a_seat([theme], NOON, desk=a_desk(centre, "2"))
    ticket = actions.transfer(ticket=a_ticket(theme, NOON), to=Target(seat=two), at=minutes(1))
    return one, two, ticket


@pytest.mark.parametrize("back", [actions.come_back, actions.undo])
def test_whoever_comes_back_when_their_adviser_has_gone_waits_for_the_theme(handed, back):
    one, two, ticket = handed
    actions.leave(ticket=ticket, at=minutes(2))
    actions.close_seat(seat=two, at=minutes(3))
    back(ticket=ticket, at=minutes(4))
    assert actions.call_next(seat=one, at=minutes(5)) == ticket


def test_a_seat_that_closed_since_the_page_was_shown_is_handed_nobody(handed):
    one, two, ticket = handed
    actions.transfer(ticket=ticket, to=Target(desk=one.desk), at=minutes(2))
    actions.close_seat(seat=type(two).objects.get(pk=two.pk), at=minutes(3))
    with pytest.raises(actions.NotOfThisCentre):
        actions.transfer(ticket=ticket, to=Target(seat=two), at=minutes(4))  # ``two`` as the page read it


@pytest.mark.parametrize("state", [State.CALLED, State.INTERVIEW])
def test_a_visit_that_nobody_ended_in_the_evening_is_ended_at_its_desk_in_the_morning(client, state):
    centre = standing(coded_centre())
    theme, yesterday = centre.themes.get(), NOON - timedelta(days=1)
    seat, ticket = a_seat([theme], yesterday), a_ticket(theme, yesterday)
    actions.call_next(seat=seat, at=yesterday)
    if state == State.INTERVIEW:
        actions.start_interview(seat=seat, ticket=ticket, at=yesterday)
    today = a_ticket(theme, NOON)
    client.force_login(seat.person)
    shown = client.get(page("desk", centre)).context["page"]
    assert (shown.present.ticket, shown.present.ticket.state) == (ticket, state)
    client.post(page("ticket_finish", centre, ticket=ticket.pk))
    assert actions.call_next(seat=seat, at=NOON) == today


# A key that another centre used


def test_the_key_of_another_centre_is_refused_and_tells_nothing_of_it():
    centre, other = coded_centre(), coded_centre()
    key, theme = uuid4(), centre.themes.get()
    arriving = {"language": "fr", "arrival": Arrival.GREETER}

    def each(at_centre):
        own = at_centre.themes.get()
        hour = hour_of(at_centre, NOON, 9)
        site = at_centre.sites.get()
        yield lambda: actions.issue_ticket(
            centre=at_centre, arriving=actions.Arriving(theme=own, **arriving), key=key, at=NOON
        )
        yield lambda: actions.record_act(centre=at_centre, key=key, coding=a_coding(at_centre), at=NOON)
        yield lambda: actions.count_passages(site=site, key=key, count=1, at=NOON)
        yield lambda: actions.enter_hour(site=site, key=key, start=hour, count=3, at=NOON)
        yield lambda: actions.expect(
            centre=at_centre, key=key, kind=Expected.Kind.CLASS, at=NOON, theme=own, language="fr", size=3
        )
        yield lambda: actions.announce(
            centre=at_centre, key=key, at=NOON, lasting=timedelta(hours=1), theme=own, minutes=9
        )
        yield lambda: actions.answer_profile(
            centre=at_centre, key=key, method=Profile.Method.ASKED, day=NOON.date()
        )

    for act in each(other):
        act()
    for act in each(centre):
        with pytest.raises(actions.NotOfThisCentre):
            act()
    for model in (Ticket, Act, Passage, Expected, Announcement, Profile):
        assert not model.objects.filter(centre=centre).exists()
    assert theme.centre == centre


@pytest.mark.parametrize("name", ["expected", "announcements", "profile_new"])
def test_a_page_with_such_a_key_says_so(client, name):
    centre, other, key = standing(coded_centre()), coded_centre(), uuid4()
    own, its = centre.themes.get(), other.themes.get()
    actions.expect(centre=other, key=key, kind=Expected.Kind.CLASS, at=NOON, theme=its, language="fr", size=3)
    actions.announce(centre=other, key=key, at=NOON, lasting=timedelta(hours=1), theme=its, minutes=9)
    actions.answer_profile(centre=other, key=key, method=Profile.Method.ASKED, day=NOON.date())
    client.force_login(a_person(Role.RECEPTIONIST, Role.DIRECTOR, Role.ADVISER, centre=centre))
    said = {"key": str(key), "theme": own.pk, "language": "fr", "size": 3, "minutes": 9, "lasting": 30}
    said |= {"kind": "class", "day": "2026-03-11", "time": "10:00"}
    answer = client.post(page(name, centre), said)
    assert (answer.status_code, str(actions.NotOfThisCentre()) in answer.content.decode()) == (422, True)


def test_a_correction_of_another_centres_day_is_refused():
    keys, key = [], uuid4()
    for centre in (coded_centre(), coded_centre()):
        by = a_person(Role.DIRECTOR, centre=centre)
        day = actions.sign_day(
            centre=centre, day=NOON.date(), door_count=None, reasons=[], remark="", by=by, at=NOON
        )
        keys.append(
            {"day": day, "key": key, "subject": "acts", "after": 3, "reason": "r", "by": by, "at": NOON}
        )
    first = actions.correct_day(**keys[0])
    assert actions.correct_day(**keys[0]) == first
    with pytest.raises(actions.NotOfThisCentre):
        actions.correct_day(**keys[1])


# Numbers beyond any column


def test_a_number_that_no_row_has_is_not_found(client):
    centre = standing(coded_centre())
    seat = a_seat([a_theme(centre, "other")], NOON)
    client.force_login(seat.person)
    for number in (2**63, 10**30):
        assert client.post(page("ticket_call", centre, ticket=number)).status_code == 404
        seated = client.post(page("seat", centre), {"place": number, "themes": [number], "languages": ["fr"]})
        assert (seated.status_code, "themes" in seated.context["form"].errors) == (422, True)
