"""Somebody asks at night, comes back with their code, reads the answer, and says what they think of it."""

import re
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import OpeningHours
from parvis.guidance import sealed_files
from parvis.guidance.actions import questions
from parvis.guidance.actions.questions.mails import tell_answer
from parvis.guidance.factories import a_thread, takes_questions
from parvis.guidance.forms.visitor_code import places_of
from parvis.guidance.models import Attachment, Entry, OpinionCount, Question, Thread
from parvis.guidance.queries.question_keys import opened_question, reply_to_of
from parvis.guidance.receipt import Receipt, read
from parvis.guidance.scope import unpacked
from parvis.guidance.tests.hostile_files import png
from parvis.guidance.visitor_limits import limiter
from parvis.reception.factories import a_device
from parvis.reception.models import Device

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    limiter().storage.reset()


@pytest.fixture
def centre():
    return takes_questions(a_centre(name="Lyon")).centre


def told(response):
    return response.content.decode()


def kept(response):
    return re.search(r'name="kept" value="([^"]+)"', told(response))[1]


class Visitor:
    """Somebody with a browser and, later, a code."""

    def __init__(self, centre):
        self.browser, self.key = Client(), uuid4()
        self.address = reverse("guidance:ask_centre", args=[centre.slug]) + "?language=en"

    def asks(self, text="How do I become an electrician?", **said):
        data = {"key": self.key, "theme": "other", "text": text, "language": "en", "way": "code"}
        return self.browser.post(self.address, data | said)

    def agrees(self, page):
        return self.browser.post(self.address, {"kept": kept(page), "keeps": 12, "agreed": "on"})

    def confirms(self, page, **wrong):
        said = unpacked(kept(page), "question")
        self.receipt = Receipt(said["secret"])
        words = self.receipt.words("en")
        typed = {f"word_{place}": words[place - 1] for place in places_of(self.receipt)}
        return self.browser.post(self.address, {"kept": kept(page)} | typed | wrong)

    def through(self, *asked, **said):
        return self.confirms(self.agrees(self.asks(*asked, **said)))


def test_the_whole_way(centre):
    theme, visitor = a_theme(centre), Visitor(centre)
    assert theme.sentence.localize("en") in told(visitor.browser.get(visitor.address))
    page = visitor.agrees(
        visitor.asks("How do I learn to weld?", theme=theme.pk, way="mail", mail="ada@example.org")
    )
    assert (Thread.objects.count(), Question.objects.count(), Entry.objects.count()) == (0, 0, 0)
    done = visitor.confirms(page)
    question = Question.objects.get()
    assert done["Location"].startswith(reverse("guidance:my_question", args=[question.key]))
    assert (question.centre, question.theme, question.language, question.key) == (
        centre,
        theme,
        "en",
        visitor.key,
    )
    assert reply_to_of(opened_question(question), question) == "ada@example.org"
    shown = told(visitor.browser.get(done["Location"]))
    assert "Your question is with us" in shown
    assert "How do I learn to weld?" in shown


def test_a_lost_answer_never_asks_twice(centre):
    visitor = Visitor(centre)
    page = visitor.agrees(visitor.asks())
    for _twice in range(2):
        assert visitor.confirms(page).status_code == 302
    assert (Thread.objects.count(), Question.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_nothing_is_asked_without_the_yes_or_with_wrong_words(centre):
    visitor = Visitor(centre)
    page = visitor.asks()
    refused = visitor.browser.post(visitor.address, {"kept": kept(page), "keeps": 12})
    assert refused.status_code == 422
    page = visitor.agrees(page)
    place = places_of(Receipt(unpacked(kept(page), "question")["secret"]))[0]
    assert visitor.confirms(page, **{f"word_{place}": "zebra"}).status_code == 422
    assert not Thread.objects.exists()


def test_names_are_shown_hidden_or_kept_as_the_visitor_wishes(centre):
    visitor, text = Visitor(centre), "My phone is 06 12 34 56 78. Where can I train?"
    warned = visitor.asks(text)
    assert (warned.status_code, "who somebody is" in told(warned)) == (422, True)
    hidden = visitor.asks(text, names="hide")
    assert "[telephone number]" in told(hidden)
    assert "06 12 34 56 78. Where" not in told(hidden)
    assert "Only your code opens the answer" in told(visitor.asks(text, names="keep"))


def test_a_code_in_the_words_is_refused_and_the_words_stay(centre):
    words = " ".join(Receipt(7**30 % 2**92).words("fr"))
    refused = Visitor(centre).asks(f"My code is {words}")
    assert refused.status_code == 422
    assert "please take the code out" in told(refused)
    assert words in told(refused)


@pytest.mark.parametrize(
    "said", [{"theme": ""}, {"text": ""}, {"way": "mail", "mail": ""}, {"mail": "not one"}, {"key": "x"}]
)
def test_wrong_input_is_told_and_the_rest_kept(centre, said):
    refused = Visitor(centre).asks(**{"text": "Where can I train?"} | said)
    assert refused.status_code == 422
    assert "Where can I train?" in told(refused) or said == {"text": ""}


def test_what_was_packed_cannot_be_changed_or_used_elsewhere(centre):
    visitor = Visitor(centre)
    page = visitor.asks()
    changed = visitor.browser.post(
        visitor.address, {"kept": kept(page)[:-4] + "AAAA", "keeps": 12, "agreed": "on"}
    )
    assert changed.status_code == 422
    assert "What would you like to know?" in told(changed)


def test_words_of_danger_show_the_numbers_and_mark_the_question(centre):
    visitor = Visitor(centre)
    page = visitor.asks("I want to kill myself, where can I train?")
    assert "You do not have to carry this alone" in told(page)
    visitor.confirms(visitor.agrees(page))
    assert Question.objects.get().dangers == ["self"]


def test_a_network_asks_a_few_times_in_ten_minutes_and_loses_nothing(centre):
    for _n in range(6):
        assert Visitor(centre).through().status_code == 302
    late = Visitor(centre)
    page = late.agrees(late.asks())
    refused = late.confirms(page)
    assert (refused.status_code, refused["Retry-After"], "nothing is lost" in told(refused)) == (
        429,
        "600",
        True,
    )
    limiter().storage.reset()
    assert late.confirms(refused).status_code == 302


def test_only_centres_that_take_questions_are_offered(centre, client):
    other = a_centre(name="Nowhere")
    shown = told(client.get(reverse("guidance:ask")))
    assert ("Lyon" in shown, "Nowhere" in shown) == (True, False)
    assert client.get(reverse("guidance:ask_centre", args=[other.slug])).status_code == 404


class TestAnswer:
    @pytest.fixture
    def visitor(self, centre):
        visitor = Visitor(centre)
        visitor.through()
        visitor.question = Question.objects.get()
        visitor.page = reverse("guidance:my_question", args=[visitor.question.key]) + "?language=en"
        return visitor

    def answered(self, centre, question, text="Ask at the training centre."):
        adviser = a_person(Role.ADVISER, centre=centre, name="Zebulon Quxley")
        questions.take_question(question=question, person=adviser)
        questions.send_answer(question=question, key=uuid4(), person=adviser, text=text, at=centre.now())
        return adviser

    def sends(self, visitor, name, **said):
        parts = {"key": visitor.question.key}
        return visitor.browser.post(reverse(f"guidance:{name}", kwargs=parts) + "?language=en", said)

    def test_read_with_the_code_in_another_spelling(self, visitor, centre):
        self.answered(centre, visitor.question)
        elsewhere = Client()
        assert elsewhere.get(visitor.page).status_code == 302
        spelled = " ".join(visitor.receipt.words("es")).upper()
        assert read(spelled) == visitor.receipt
        elsewhere.post(reverse("guidance:open"), {"code": spelled})
        shown = told(elsewhere.get(visitor.page))
        assert "Ask at the training centre." in shown
        assert "Here is your answer" in shown
        assert "Zebulon" not in shown
        assert visitor.page.split("?")[0] in told(elsewhere.get(reverse("guidance:thread")))

    def test_another_thread_has_no_such_question(self, visitor, centre):
        other = Visitor(centre)
        other.through()
        assert other.browser.get(visitor.page).status_code == 404

    def test_more_words_are_added_once(self, visitor):
        key = uuid4()
        for _twice in range(2):
            assert self.sends(visitor, "my_words", key=key, text="In the evening.").status_code == 302
        assert Entry.objects.count() == 2

    def test_an_opinion_is_counted_once(self, visitor, centre):
        assert self.sends(visitor, "my_opinion", helped=4, clear=3).status_code == 404
        self.answered(centre, visitor.question)
        assert "Did this answer help you?" in told(visitor.browser.get(visitor.page))
        for _twice in range(2):
            assert self.sends(visitor, "my_opinion", helped=4, clear=3).status_code == 302
        assert OpinionCount.objects.get().times == 1
        assert "Did this answer help you?" not in told(visitor.browser.get(visitor.page))

    def test_a_file_is_cleaned_sealed_read_by_both_and_taken_back(
        self, visitor, centre, client, django_capture_on_commit_callbacks
    ):
        key = uuid4()
        for _twice in range(2):
            file = SimpleUploadedFile("ada.png", png(), "image/png")
            assert self.sends(visitor, "my_files", key=key, file=file).status_code == 302
        kept_file = Attachment.objects.get()
        assert b"PNG" not in (sealed_files._folder() / kept_file.name.hex).read_bytes()
        mine = reverse("guidance:my_file", args=[visitor.question.key, key])
        assert visitor.browser.get(mine).content.startswith(b"\x89PNG")
        client.force_login(a_person(Role.ADVISER, centre=centre))
        theirs = reverse("guidance:question_file", args=[centre.slug, visitor.question.pk, key])
        assert client.get(theirs).content == visitor.browser.get(mine).content
        with django_capture_on_commit_callbacks(execute=True):
            visitor.browser.post(reverse("guidance:my_file_remove", args=[visitor.question.key, key]))
        assert not (sealed_files._folder() / kept_file.name.hex).exists()
        assert (visitor.browser.get(mine).status_code, client.get(theirs).status_code) == (404, 404)

    def test_a_file_of_another_kind_and_a_fourth_one_are_refused(self, visitor):
        odd = SimpleUploadedFile("x.pdf", b"MZ not a pdf", "application/pdf")
        assert self.sends(visitor, "my_files", key=uuid4(), file=odd).status_code == 422
        for n in range(4):
            file = SimpleUploadedFile("x.png", png(), "image/png")
            sent = self.sends(visitor, "my_files", key=uuid4(), file=file)
            assert sent.status_code == (302 if n < 3 else 409)

    def test_erasing_takes_files_and_question_along(self, visitor, django_capture_on_commit_callbacks):
        file = SimpleUploadedFile("x.png", png(), "image/png")
        self.sends(visitor, "my_files", key=uuid4(), file=file)
        name = Attachment.objects.get().name
        with django_capture_on_commit_callbacks(execute=True):
            visitor.browser.post(reverse("guidance:erase") + "?language=en")
        assert not (sealed_files._folder() / name.hex).exists()
        assert (Thread.objects.count(), Entry.objects.count(), Attachment.objects.count()) == (0, 0, 0)
        assert visitor.browser.get(visitor.page).status_code == 302


class TestInAThread:
    @pytest.fixture
    def browser(self, centre, client):
        self.opened, receipt = a_thread(centre, centre.now())
        client.post(reverse("guidance:open"), {"code": receipt.letters()})
        return client

    def sends(self, browser, centre, **said):
        address = reverse("guidance:my_ask_centre", args=[centre.slug]) + "?language=en"
        data = {"theme": "other", "text": "Where can I train?", "language": "en", "way": "code"}
        return browser.post(address, data | said)

    def test_a_question_is_asked_without_another_code(self, browser, centre):
        assert reverse("guidance:my_ask") in told(browser.get(reverse("guidance:thread")))
        assert "Lyon" in told(browser.get(reverse("guidance:my_ask")))
        key = uuid4()
        for _twice in range(2):
            assert self.sends(browser, centre, key=key).status_code == 302
        question = Question.objects.get()
        assert (question.key, question.thread) == (key, self.opened.thread)
        assert Thread.objects.count() == 1

    def test_only_a_centre_of_the_network_that_takes_questions(self, browser, centre):
        stranger = takes_questions(a_centre()).centre
        silent = a_centre(network=centre.network)
        assert [self.sends(browser, one, key=uuid4()).status_code for one in (stranger, silent)] == [404, 404]

    def test_without_a_code_one_is_led_to_it(self, centre):
        assert self.sends(Client(), centre, key=uuid4()).status_code == 302
        assert not Question.objects.exists()


def test_no_table_holds_the_words_the_address_or_the_code(centre):
    visitor = Visitor(centre)
    visitor.through("Where do I learn to weld?", way="mail", mail="ada@example.org")
    question, adviser = Question.objects.get(), a_person(Role.ADVISER, centre=centre)
    questions.take_question(question=question, person=adviser)
    questions.keep_draft(question=question, person=adviser, text="Half a sentence", revision=0)
    sent = {"key": uuid4(), "person": adviser, "text": "Weekly, on Thursdays.", "at": centre.now()}
    questions.send_answer(question=question, **sent)
    tell_answer.enqueue(question.pk, "https://example.org/thread/")
    tell_answer.call(question.pk, "https://example.org/thread/")
    assert len(mail.outbox) == 1
    kept = b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for model in apps.get_models()
        for row in model.objects.values_list()
        for value in row
    )
    words = [*visitor.receipt.words("en")]
    for told_one in ["weld", "ada@", "Half a", "Thursdays", visitor.receipt.letters(), " ".join(words)]:
        assert told_one.encode() not in kept


def test_whoever_goes_back_and_writes_something_else_asks_something_else(centre):
    visitor = Visitor(centre)
    visitor.through("Where do I learn to weld?")
    page = visitor.agrees(visitor.asks("And where to cook?"))
    for _twice in range(2):
        assert visitor.confirms(page).status_code == 302
    assert (Thread.objects.count(), Question.objects.count()) == (2, 2)
    key = uuid4()
    address = reverse("guidance:my_words", args=[Question.objects.latest("pk").key]) + "?language=en"
    for text in ("More.", "More.", "Something else."):
        assert visitor.browser.post(address, {"key": key, "text": text}).status_code == 302
    assert Entry.objects.count() == 4


def test_whoever_finds_the_door_closed_can_ask(centre, client):
    door = reverse("reception:door", args=[a_device(centre, Device.Kind.DOOR).token]) + "?language=en"
    asking = reverse("guidance:ask_centre", args=[centre.slug]) + "?language=en"
    yesterday = (centre.now() - timedelta(days=1)).weekday()
    OpeningHours.objects.create(
        site=centre.sites.get(), weekday=(yesterday + 3) % 7, opens=time(9), closes=time(17)
    )
    assert asking in told(client.get(door))
    questions.set_questions(centre=centre, taken=False, promise=2, reviewed=False)
    shown = told(client.get(door))
    assert "We are closed at the moment." in shown
    assert asking not in shown
