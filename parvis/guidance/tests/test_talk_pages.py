"""The pages of a talk, from both sides: offered, waited for, taken, written in, ended; and who may see none of it."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import OpeningHours
from parvis.guidance.actions import talks
from parvis.guidance.factories import a_question, answers_live
from parvis.guidance.models import OnlineDuty, Question, QuestionSettings, Talk
from parvis.guidance.queries.questions import lines_of
from parvis.guidance.scope import COOKIE, carry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 8, tzinfo=UTC)  # a Monday; ten o'clock in the centre
MARK = {"X-Parvis-Talk": "1"}


def clock(centre, at):
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = timezone.now(), at, 0
    centre.save()


@pytest.fixture
def centre():
    centre = a_centre()
    for day in range(5):
        OpeningHours.objects.create(site=centre.sites.get(), weekday=day, opens=time(9), closes=time(17))
    clock(centre, AT)
    return centre


@pytest.fixture
def adviser(centre):
    person = a_person(Role.ADVISER, centre=centre, name="Nadia Berger")
    answers_live(centre, person, at=AT)
    return person


@pytest.fixture
def staff(client, adviser, centre):
    client.force_login(adviser)

    def asked(name, pk=None, *, data=None, **headers):
        parts = {"centre": centre.slug} | ({"pk": pk} if pk else {})
        address = reverse(f"guidance:{name}", kwargs=parts)
        return client.get(address) if data is None else client.post(address, data, headers=headers)

    return asked


class Visitor:
    """Somebody with the thread of their question open, on a screen of their own."""

    def __init__(self, centre, **said):
        self.question, self.opened, receipt = a_question(centre, AT, **said)
        self.client = Client()
        self.client.cookies[COOKIE] = carry(HttpResponse(), receipt).cookies[COOKIE].value

    def __call__(self, name, data=None, **headers):
        address = reverse(f"guidance:{name}", kwargs={"key": self.question.key}) + "?language=en"
        if data is None:
            return self.client.get(address)
        return self.client.post(address, data, headers=headers)

    def says(self, text, **more):
        return self("my_talk_say", {"key": more.pop("key", uuid4()), "text": text, **more}, **MARK)

    def lines(self):
        return [line.said["text"] for line in lines_of(self.opened, self.question)]


def told(response):
    return response.content.decode()


def test_the_question_offers_a_talk_while_somebody_is_there(centre, adviser):
    visitor = Visitor(centre)
    shown = told(visitor("my_question"))
    assert "An adviser is free now." in shown
    assert "You wait 15 minutes at most" in shown
    clock(centre, AT + timedelta(hours=3))
    assert "Talk with an adviser now" not in told(visitor("my_question"))


def test_whoever_is_late_is_told_and_has_their_question(centre, adviser):
    visitor = Visitor(centre)
    talks.end_duty(centre=centre, person=adviser)
    answer = visitor.client.post(
        reverse("guidance:my_talk_open", kwargs={"key": visitor.question.key}) + "?language=en", follow=True
    )
    assert "Your question is answered in writing." in told(answer)
    assert not Talk.objects.exists()


def test_a_talk_from_both_sides(centre, staff):
    visitor = Visitor(centre)
    assert visitor("my_talk_open", {}).status_code == 302
    shown = told(visitor("my_talk"))
    assert "You are number 1 in line." in shown
    assert "An adviser answers you here by 10:15" in shown
    line = told(staff("online_duty"))
    assert "Talk with the next one" in line
    pk = visitor.question.pk
    assert staff("talk_take", pk, data={}).url == reverse("guidance:talk", args=[centre.slug, pk])
    assert "How do I become an electrician?" in told(staff("talk", pk))
    staff("talk_say", pk, data={"key": uuid4(), "text": "Good morning."})
    came = told(visitor("my_talk_news", {"last": str(visitor.question.key)}, **MARK))
    assert "Good morning." in came
    assert "electrician" not in came
    assert "An adviser is here." in came
    assert "Nadia" not in came
    answer = visitor.says("Thank you", last=str(visitor.question.key))
    assert (answer.status_code, answer.headers["X-Parvis-Talk"]) == (200, "news")
    assert visitor.lines()[1:] == ["Good morning.", "Thank you"]
    assert "Thank you" in told(staff("talk_news", pk, data={}, **MARK))


def test_the_same_message_again_is_one(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    key = uuid4()
    assert [visitor.says("Hello?", key=key).status_code for _n in range(3)] == [200] * 3
    assert visitor.lines()[1:] == ["Hello?"]


def test_without_scripts_the_page_comes_back(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    assert visitor("my_talk_say", {"key": uuid4(), "text": "Hello?"}).status_code == 302
    empty = visitor("my_talk_say", {"key": uuid4(), "text": ""})
    assert empty.status_code == 422
    assert "Please write your question." in told(empty)
    assert "<html" in told(empty)


def test_names_are_shown_first_and_a_code_is_refused(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    seen = visitor.says("Write to jane@example.org")
    assert (seen.status_code, seen.headers["X-Parvis-Talk"]) == (422, "form")
    assert "jane@example.org" in told(seen)
    assert "<html" not in told(seen)
    hidden = visitor.says("Write to jane@example.org", names="hide")
    assert (hidden.status_code, "It is hidden." in told(hidden)) == (422, True)
    assert visitor.says("Write to jane@example.org", names="keep").status_code == 200
    *_rest, receipt = a_question(centre, AT)
    refused = visitor.says(f"My code is {receipt.letters()}")
    assert (refused.status_code, "This holds a code." in told(refused)) == (422, True)
    assert visitor.lines()[1:] == ["Write to jane@example.org"]


def test_a_danger_shows_the_card_and_the_message_goes_on(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    answer = visitor.says("I want to kill myself")
    assert answer.status_code == 200
    assert "You do not have to carry this alone" in told(answer)
    assert Question.objects.get(pk=visitor.question.pk).dangers == ["self"]


def test_the_hours_end_and_every_word_stays(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    visitor.says("Still there?")
    clock(centre, AT + timedelta(minutes=9))
    visitor("my_talk_news", {}, **MARK)
    clock(centre, AT + timedelta(minutes=15))
    came = told(visitor("my_talk_news", {}, **MARK))
    assert "Nobody was free in time. We are sorry." in came
    assert "You get an answer in writing by 3 June 2026 at the latest." in came
    assert "Still there?" in came
    assert visitor.says("One thing more").status_code == 200
    shown = told(visitor("my_question"))
    assert shown.index("Still there?") < shown.index("One thing more")


def test_the_visitor_would_rather_have_it_in_writing(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    visitor("my_talk_leave", {})
    assert Talk.objects.get().end == Talk.End.LATER
    assert "You will find the answer here by" in told(visitor("my_question"))


@pytest.mark.parametrize(("end", "to"), [("said", "guidance:online_duty"), ("later", "guidance:question")])
def test_the_adviser_ends_it(centre, staff, end, to):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    pk = visitor.question.pk
    staff("talk_take", pk, data={})
    parts = {"centre": centre.slug} | ({"pk": pk} if end == "later" else {})
    assert staff("talk_end", pk, data={"end": end}).url == reverse(to, kwargs=parts)
    over = staff("talk_say", pk, data={"key": uuid4(), "text": "Wait"}, **MARK)
    assert (over.status_code, over.headers["X-Parvis-Talk"]) == (409, "form")
    assert "Wait" in told(over)
    assert "This talk is over." in told(over)


def test_the_loser_is_told(centre, staff):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    other = a_person(Role.ADVISER, centre=centre)
    talks.take_talk(question=visitor.question, person=other, at=AT)
    lost = staff("talk_take", visitor.question.pk, data={})
    assert lost.status_code == 409
    assert "A colleague has just taken this question." in told(lost)
    clock(centre, AT + timedelta(minutes=2))
    talks.heard_visitor(question=visitor.question, at=AT + timedelta(minutes=2))
    assert "The adviser is not heard of" in told(staff("online_here", data={}))
    assert staff("talk_take", visitor.question.pk, data={"over": "1"}).status_code == 302
    assert Question.objects.get(pk=visitor.question.pk).taken_by != other


def test_being_on_duty_and_leaving(centre, staff, adviser):
    talks.end_duty(centre=centre, person=adviser)
    assert staff("online_duty", data={"languages": []}).status_code == 422
    assert staff("online_duty", data={"languages": ["fr"]}).status_code == 302
    assert OnlineDuty.objects.get().languages == ["fr"]
    assert "I am on duty no longer" in told(staff("online_duty"))
    staff("online_leave", data={})
    assert not OnlineDuty.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_line_asks_as_much_for_one_as_for_three(centre, staff, count, django_assert_num_queries):
    for _n in range(count):
        Visitor(centre)("my_talk_open", {})
    staff("online_duty")
    with django_assert_num_queries(13):
        staff("online_duty")


def test_only_who_answers_there_sees_a_talk(client, centre, adviser):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    addresses = [
        reverse("guidance:online_duty", args=[centre.slug]),
        reverse("guidance:talk", args=[centre.slug, visitor.question.pk]),
    ]
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    assert [client.get(address).status_code for address in addresses] == [403, 403]
    client.force_login(a_person(Role.ADVISER, centre=a_centre()))
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_another_centres_talk_is_not_found_under_ones_own(client, centre, adviser):
    visitor = Visitor(centre)
    visitor("my_talk_open", {})
    elsewhere = a_centre()
    client.force_login(a_person(Role.ADVISER, centre=elsewhere))
    for name in ("talk", "talk_take", "talk_say", "talk_news", "talk_end"):
        address = reverse(f"guidance:{name}", args=[elsewhere.slug, visitor.question.pk])
        answer = client.get(address) if name == "talk" else client.post(address, {})
        assert answer.status_code == 404


def test_another_thread_opens_no_talk(centre, adviser):
    mine, theirs = Visitor(centre), Visitor(centre)
    mine("my_talk_open", {})
    theirs.question = mine.question
    assert theirs("my_talk").status_code == 404
    assert theirs.says("Hello").status_code == 404


def test_the_director_sets_the_live_hours(client, centre, adviser):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    address = reverse("guidance:question_settings", args=[centre.slug])
    said = {"taken": "on", "promise": 2, "live": "on", "live_days": ["1", "3"], "live_wait": 10}
    wrong = client.post(address, said | {"live_from": "12:00", "live_until": "09:00"})
    assert wrong.status_code == 422
    assert "They end after they begin" in told(wrong)
    assert client.post(address, said | {"live_from": "09:00", "live_until": "12:00"}).status_code == 302
    kept = QuestionSettings.objects.get(centre=centre)
    assert (kept.live, kept.live_days, kept.live_from, kept.live_wait) == (True, [1, 3], time(9), 10)
    ask = told(client.get(reverse("guidance:ask_centre", args=[centre.slug]) + "?language=en"))
    assert "An adviser answers at once: Tue, Thu, 09:00–12:00." in ask


def test_the_figures_tell_how_many_and_how_long(client, centre, adviser):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    address = reverse("guidance:question_figures", args=[centre.slug])
    for minutes in (2, 5, 9):
        question, opened, _receipt = a_question(centre, AT)
        talks.open_talk(opened=opened, question=question, at=AT)
        talks.take_talk(question=question, person=adviser, at=AT)
        at = AT + timedelta(minutes=minutes)
        talks.answer_live(question=question, key=uuid4(), person=adviser, text="Good morning.", at=at)
    Visitor(centre)("my_talk_open", {})
    shown = told(client.get(address))
    assert "<strong>4</strong> talks in live hours." in shown
    assert "waited <strong>5</strong> minutes or less for the first words (n = 3)" in shown
