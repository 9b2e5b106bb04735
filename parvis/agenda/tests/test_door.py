"""At the door: checked in by name, counted by click, handed in late; the count adds up."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import signing
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.counting import Count, MoreThanCame, NotBegun, count_session
from parvis.agenda.actions.door import Counted, Full, check_in, click, undo_check_in
from parvis.agenda.actions.places import Wish, come, withdraw
from parvis.agenda.door_tokens import door_token
from parvis.agenda.factories import a_coming, a_session, an_event
from parvis.agenda.models import Coming, DoorCount, Event, Registration, Session, Where
from parvis.agenda.queries.door import clicked, proposed
from parvis.centres.factories import a_centre, a_code, a_person
from parvis.centres.models import CodeList
from parvis.surveys.factories import a_collection, an_open_version
from parvis.surveys.models import Collection, Way

pytestmark = pytest.mark.django_db
State = Coming.State


@pytest.fixture
def session():
    event = an_event(a_centre(), "Writing a letter", registration=Registration.ALIAS)
    return a_session(event, event.centre.now() + timedelta(minutes=20), room_seats=6)


def comes(session, wanted=1, **more):
    wish = Wish(wanted, "en", **more)
    return come(session=session, wish=wish, key=uuid4(), at=session.centre.now())


def now(session):
    return session.centre.now()


def said(coming):
    coming.refresh_from_db()
    coming.session.refresh_from_db()
    return coming.state, coming.seats, coming.came, coming.session.room_taken


class TestCheckIn:
    def test_they_are_here_once(self, session):
        coming = comes(session, 2)
        for _twice in range(2):
            check_in(coming=coming, came=2, at=now(session))
        assert said(coming) == ("came", 2, 2, 2)

    def test_fewer_give_the_others_back_to_who_waits(self, session):
        coming, _other, waits = comes(session, 4), comes(session, 2), comes(session, 2)
        check_in(coming=coming, came=2, at=now(session))
        assert said(coming)[:3] == ("came", 2, 2)
        assert said(waits)[0] == "offered"

    def test_more_take_what_is_free_and_count_all_the_same(self, session):
        coming = comes(session, 4)
        comes(session, 1)
        check_in(coming=coming, came=5, at=now(session))
        assert said(coming) == ("came", 5, 5, 6)

    def test_who_waits_takes_a_free_place_and_is_refused_without_one(self, session):
        comes(session, 5)
        waits = comes(session, 2)
        check_in(coming=waits, came=1, at=now(session))
        assert said(waits) == ("came", 1, 1, 6)
        last = comes(session, 1)
        with pytest.raises(Full):
            check_in(coming=last, came=1, at=now(session))
        assert said(last)[0] == "waiting"

    def test_an_offer_is_taken_by_coming(self, session):
        first, waits = comes(session, 5), comes(session, 5)
        withdraw(coming=first, at=now(session))
        check_in(coming=waits, came=5, at=now(session))
        assert said(waits) == ("came", 5, 5, 5)

    def test_a_slip_is_undone_once(self, session):
        coming = comes(session, 2)
        check_in(coming=coming, came=2, at=now(session))
        for _twice in range(2):
            undo_check_in(coming=coming, at=now(session))
        assert said(coming) == ("held", 2, 0, 2)

    def test_who_was_released_comes_in_while_there_is_a_place(self, session):
        Event.objects.update(release_minutes=30)
        coming = comes(session, 2)
        Coming.objects.update(said_at=now(session) - timedelta(days=1))
        check_in(coming=coming, came=2, at=now(session))
        assert said(coming) == ("came", 2, 2, 2)


class TestClicker:
    def test_each_click_counts_once(self, session):
        keys = [uuid4() for _n in range(3)]
        for key in keys * 2:
            click(session=session, key=key, count=1, at=now(session))
        click(session=session, key=uuid4(), count=-1, at=now(session))
        assert (clicked(session), DoorCount.objects.count()) == (2, 4)

    def test_nobody_is_less_than_nobody(self, session):
        click(session=session, key=uuid4(), count=-1, at=now(session))
        assert clicked(session) == 0

    def test_after_the_count_nothing_is_noted(self, session):
        coming = comes(session)
        Session.objects.update(state=Session.State.CANCELLED)
        with pytest.raises(Counted):
            click(session=session, key=uuid4(), count=1, at=now(session))
        with pytest.raises(Counted):
            check_in(coming=coming, came=1, at=now(session))


class TestCount:
    @pytest.fixture
    def over(self, session):
        Session.objects.update(begins_at=now(session) - timedelta(hours=2), ends_at=now(session))
        session.refresh_from_db()
        return session

    def test_totals_add_up_and_the_rest_is_not_communicated(self, over):
        young = a_code(over.centre, CodeList.AGE_BAND, "15_17")
        old = a_code(over.centre, CodeList.AGE_BAND, "18_24")
        silent = a_code(over.centre, CodeList.AGE_BAND, "not_communicated", not_communicated=True)
        heads = {young: 5, old: 2, silent: 1}
        held = count_session(session=over, count=Count(10, heads=heads), by=None, at=now(over))
        assert (held.state, held.participants) == (Session.State.HELD, 10)
        assert {one.code.key: one.count for one in held.head_counts.all()} == {
            "15_17": 5,
            "18_24": 2,
            "not_communicated": 3,
        }

    def test_a_correction_takes_its_place(self, over):
        young = a_code(over.centre, CodeList.AGE_BAND, "15_17")
        for number in (4, 3):
            count_session(session=over, count=Count(number, 1, {young: number}), by=None, at=now(over))
        over.refresh_from_db()
        assert (over.participants, over.online_participants, over.head_counts.get().count) == (3, 1, 3)

    def test_more_in_a_list_than_came_is_refused(self, over):
        young = a_code(over.centre, CodeList.AGE_BAND, "15_17")
        with pytest.raises(MoreThanCame):
            count_session(session=over, count=Count(3, 1, {young: 5}), by=None, at=now(over))
        over.refresh_from_db()
        assert over.state == Session.State.PLANNED

    def test_nothing_is_counted_before_it_begins_or_where_it_was_cancelled(self, session, over):
        with pytest.raises(NotBegun):
            count_session(session=over, count=Count(3), by=None, at=over.begins_at - timedelta(minutes=1))
        Session.objects.update(state=Session.State.CANCELLED)
        with pytest.raises(NotBegun):
            count_session(session=over, count=Count(3), by=None, at=now(over))


def page(name, session, **more):
    return reverse(f"agenda:{name}", kwargs={"centre": session.centre.slug, "pk": session.pk, **more})


@pytest.fixture
def greeter(client, session):
    client.force_login(a_person(Role.FACILITATOR, centre=session.centre, language="en"))
    return client


class TestPages:
    @pytest.mark.parametrize("name", ["door", "count", "comings"])
    def test_who_may_and_who_may_not(self, client, session, name):
        people = {
            200: a_person(Role.FACILITATOR, centre=session.centre),
            403: a_person(Role.DOCUMENTALIST, centre=session.centre),
            404: a_person(Role.FACILITATOR, centre=a_centre()),
        }
        for status, person in people.items():
            client.force_login(person)
            assert client.get(page(name, session)).status_code == status

    @pytest.mark.parametrize(("name", "queries"), [("door", 14), ("count", 14), ("comings", 12)])
    def test_as_many_questions_for_one_as_for_three(
        self, greeter, session, name, queries, django_assert_max_num_queries
    ):
        greeter.get(page(name, session))
        comes(session)
        with django_assert_max_num_queries(queries) as first:
            greeter.get(page(name, session))
        comes(session), comes(session)
        with django_assert_max_num_queries(queries) as third:
            greeter.get(page(name, session))
        assert len(first) == len(third)

    def test_the_door_works_without_a_script(self, greeter, session):
        coming = comes(session, 2)
        greeter.post(page("door_note", session), {"here": coming.pk, f"came-{coming.pk}": 2})
        greeter.post(page("door_note", session), {"count": 1})
        assert said(coming) == ("came", 2, 2, 2)
        assert clicked(session) == 1
        for undone in (coming.pk, "x", 999):
            greeter.post(page("door_note", session), {"undo": undone})
        assert said(coming)[0] == "held"

    def test_a_hundred_and_fifty_registrations_are_a_light_page(self, greeter, session):
        Session.objects.update(room_seats=None)
        session.refresh_from_db()
        for _n in range(150):
            a_coming(session, 2)
        assert len(greeter.get(page("door", session)).content) < 150_000

    def test_an_empty_door_says_so(self, greeter, session):
        assert "Nobody has registered." in greeter.get(page("door", session)).content.decode()

    def test_a_shown_square_opens_with_a_button_for_the_team_alone(self, client, greeter, session):
        coming = comes(session, 2)
        mine = reverse("agenda:mine", kwargs={"token": coming.token})
        assert "They are here" in greeter.get(mine).content.decode()
        greeter.post(page("door_here", session, token=coming.token))
        assert said(coming) == ("came", 2, 2, 2)
        client.logout()
        assert "They are here" not in client.get(mine).content.decode()
        client.force_login(a_person(Role.FACILITATOR, centre=a_centre()))
        assert "They are here" not in client.get(mine).content.decode()
        assert client.post(page("door_here", session, token=coming.token)).status_code == 404

    def test_the_exit_leads_to_the_questions_from_the_beginning_on(self, greeter, session):
        asked = a_collection(an_open_version(session.centre), way=Way.QR)
        Event.objects.update(satisfaction=asked)
        assert f"/s/{asked.token}/" not in greeter.get(page("door", session)).content.decode()
        Session.objects.update(begins_at=now(session) - timedelta(minutes=1))
        assert f"/s/{asked.token}/" in greeter.get(page("door", session)).content.decode()

    def test_the_count_is_proposed_closed_and_corrected(self, greeter, session):
        check_in(coming=comes(session, 2), came=2, at=now(session))
        for _n in range(3):
            click(session=session, key=uuid4(), count=1, at=now(session))
        assert "It has not begun" in greeter.get(page("count", session)).content.decode()
        Session.objects.update(begins_at=now(session) - timedelta(minutes=1))
        code = a_code(session.centre, CodeList.GENDER, "woman")
        assert 'value="3"' in greeter.get(page("count", session)).content.decode()
        refused = greeter.post(page("count", session), {"participants": 3, f"code-{code.pk}": 4})
        assert refused.status_code == 422
        assert "more people than came" in refused.content.decode()
        assert (
            greeter.post(page("count", session), {"participants": 3, f"code-{code.pk}": 2}).status_code == 302
        )
        session.refresh_from_db()
        assert (session.state, session.participants) == (Session.State.HELD, 3)
        assert 'value="2"' in greeter.get(page("count", session)).content.decode()

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_registrations_as_a_file(self, greeter, session, kind):
        comes(session, 2)
        answer = greeter.get(page("comings_file", session, kind=kind))
        assert answer.status_code == 200
        assert kind != "csv" or " 1,On site,A place is kept,2,2,0,0" in answer.content.decode()
        assert greeter.get(page("comings_file", session, kind="pdf")).status_code == 404


class TestHandedIn:
    def sent(self, client, session, *entries, token=None):
        address = (
            reverse("agenda:door_entries", kwargs={"token": token or door_token(session)}) + "?language=en"
        )
        body = {"entries": list(entries), "problems": [], "lease": {}}
        return client.post(address, json.dumps(body), content_type="application/json")

    def test_what_is_handed_in_twice_counts_once(self, client, session):
        coming = comes(session, 2)
        entries = [
            {"key": str(uuid4()), "do": "here", "token": coming.token, "came": 2, "age": 90},
            {"key": str(uuid4()), "do": "click", "count": 1, "age": 80},
            {"key": str(uuid4()), "do": "click", "count": 1, "age": 1},
        ]
        for _twice in range(2):
            told = self.sent(client, session, *entries).json()
        assert [one["key"] for one in told["answers"]] == [one["key"] for one in entries]
        assert (told["answers"][0]["state"], told["answers"][-1]["clicked"]) == ("came", 2)
        assert said(coming) == ("came", 2, 2, 2)
        assert (clicked(session), DoorCount.objects.count()) == (2, 2)
        assert now(session) - coming.came_at >= timedelta(seconds=89)

    def test_what_cannot_be_done_is_told(self, client, session):
        comes(session, 5), comes(session, 1)
        waits = comes(session)
        here = {"key": str(uuid4()), "do": "here", "token": waits.token}
        nobody = {"key": str(uuid4()), "do": "here", "token": "nothing"}
        nonsense = {"key": "x", "do": "dance"}
        told = self.sent(client, session, here, nobody, nonsense).json()["answers"]
        assert [bool(one["refused"]) for one in told] == [True] * 3
        assert "No place is free" in told[0]["refused"]

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"entries": 3}', "[" * 5000])
    def test_what_is_no_sending_is_refused(self, client, session, body):
        address = reverse("agenda:door_entries", kwargs={"token": door_token(session)})
        assert client.post(address, body, content_type="application/json").status_code == 400

    def test_the_address_is_one_session_s_and_ends(self, client, session, monkeypatch):
        assert self.sent(client, session, token="nothing").status_code == 404
        other = a_session(session.event, now(session) + timedelta(days=1))
        coming = comes(session)
        here = {"key": str(uuid4()), "do": "here", "token": coming.token}
        assert self.sent(client, other, here).json()["answers"][0]["refused"]
        token = door_token(session)
        later = signing.time.time() + 3 * 24 * 3600
        monkeypatch.setattr(signing.time, "time", lambda: later)
        assert self.sent(client, session, token=token).status_code == 404


class TestQuestions:
    def test_a_questionnaire_is_put_once_and_taken_away(self, greeter, session):
        version = an_open_version(session.centre)
        address = reverse(
            "agenda:event_questions", kwargs={"centre": session.centre.slug, "pk": session.event.pk}
        )
        assert version.asked_as in greeter.get(address).content.decode()
        key = str(uuid4())
        for _twice in range(2):
            greeter.post(address, {"key": key, "about": "questions", "version": version.pk})
        event = Event.objects.get()
        assert (event.questions, event.satisfaction) == (Collection.objects.get(), None)
        greeter.post(address, {"key": str(uuid4()), "about": "questions", "version": ""})
        assert Event.objects.get().questions is None

    def test_what_is_not_open_is_refused(self, greeter, session):
        address = reverse(
            "agenda:event_questions", kwargs={"centre": session.centre.slug, "pk": session.event.pk}
        )
        for wrong in ({"about": "questions", "version": 999}, {"about": "centre", "version": ""}):
            assert greeter.post(address, {"key": str(uuid4())} | wrong).status_code == 422

    def test_who_may_and_who_may_not(self, client, session):
        address = reverse(
            "agenda:event_questions", kwargs={"centre": session.centre.slug, "pk": session.event.pk}
        )
        for role, status in ((Role.FACILITATOR, 200), (Role.RECEPTIONIST, 403)):
            client.force_login(a_person(role, centre=session.centre))
            assert client.get(address).status_code == status
        client.force_login(a_person(Role.FACILITATOR, centre=a_centre()))
        assert client.get(address).status_code == 404


def test_online_and_on_site_are_counted_apart(session):
    Session.objects.update(link="https://example.org/x", online_seats=None)
    a_coming(session, 2, state=State.CAME, came=2)
    a_coming(session, 1, state=State.CAME, came=1, where=Where.ONLINE)
    assert proposed(session) == (2, 1)


def test_the_session_s_page_leads_to_the_door_for_who_receives(client, session):
    address = page("session", session)
    client.force_login(a_person(Role.FACILITATOR, centre=session.centre))
    assert page("door", session) in client.get(address).content.decode()
    client.force_login(a_person(Role.DOCUMENTALIST, centre=session.centre))
    assert page("door", session) not in client.get(address).content.decode()
