"""The pages on which a centre answers: who may, what they show, what a loser is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance.actions import questions
from parvis.guidance.factories import a_question, takes_questions
from parvis.guidance.models import AnswerModel, Entry, Question, QuestionSettings
from parvis.guidance.queries.threads import readings_of
from parvis.guidance.receipt import Receipt

pytestmark = pytest.mark.django_db
State = Question.State


@pytest.fixture
def centre():
    return takes_questions(a_centre()).centre


@pytest.fixture
def adviser(centre):
    return a_person(Role.ADVISER, centre=centre, name="Nadia Berger")


@pytest.fixture
def page(client, adviser, centre):
    """Opens or sends one of the centre's pages as the adviser."""
    client.force_login(adviser)

    def asked(name, pk=None, *, data=None, centre=centre, **headers):
        parts = {"centre": centre.slug} | ({"pk": pk} if pk else {})
        address = reverse(f"guidance:{name}", kwargs=parts)
        return client.get(address) if data is None else client.post(address, data, headers=headers)

    return asked


def told(response):
    return response.content.decode()


def test_the_list_shows_what_is_due_first(page, centre):
    now = timezone.now()
    late, *_rest = a_question(centre, now - timedelta(days=20), theme=a_theme(centre))
    a_question(centre, now, language="ar")
    shown = told(page("questions"))
    assert "<strong>2</strong> questions wait" in shown
    assert "overdue since" in shown
    assert shown.index(reverse("guidance:question", args=[centre.slug, late.pk])) < shown.index(
        "العربيّة</span>"
    )


def test_an_empty_list_says_what_will_be_there(page):
    assert "Nobody waits for an answer" in told(page("questions"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(page, centre, count, django_assert_num_queries):
    for _n in range(count):
        a_question(centre, timezone.now(), theme=a_theme(centre, f"t{_n}"))
    page("questions")
    with django_assert_num_queries(5):
        page("questions")


def test_only_who_answers_there_sees_it(client, centre):
    question, *_rest = a_question(centre, timezone.now())
    addresses = [
        reverse("guidance:questions", args=[centre.slug]),
        reverse("guidance:question", args=[centre.slug, question.pk]),
    ]
    for role, place, status in [
        (Role.ADVISER, centre, 200),
        (Role.RECEPTIONIST, centre, 403),
        (Role.DIRECTOR, a_centre(network=centre.network), 404),
    ]:
        client.force_login(a_person(role, centre=place))
        assert [client.get(address).status_code for address in addresses] == [status, status]


def test_a_question_of_another_centre_is_not_here(page, centre):
    other = takes_questions(a_centre(network=centre.network)).centre
    question, *_rest = a_question(other, timezone.now())
    assert page("question", question.pk).status_code == 404
    assert page("question_close", question.pk, data={}).status_code == 404


def test_from_the_question_to_the_answer(page, centre, adviser):
    question, *_rest = a_question(centre, timezone.now(), "Where do I learn to weld?")
    assert "Where do I learn to weld?" in told(page("question", question.pk))
    page("question_take", question.pk, data={})
    kept = page("question_draft", question.pk, data={"text": "At the ", "revision": 0})
    assert 'name="revision" value="1"' in told(kept)
    shown = told(page("question", question.pk))
    assert "At the </textarea>" in shown
    key = uuid4()
    for _twice in range(2):
        sent = page(
            "question_answer", question.pk, data={"key": key, "text": "At the training centre.", "do": "send"}
        )
        assert sent.status_code == 302
    assert Entry.objects.filter(key=key).count() == 1
    assert "At the training centre." in told(page("question", question.pk))
    page("question_close", question.pk, data={})
    assert page("question", question.pk).status_code == 404


def test_who_comes_second_is_told_so(page, centre):
    question, *_rest = a_question(centre, timezone.now())
    questions.take_question(question=question, person=a_person(Role.ADVISER, centre=centre))
    lost = page("question_take", question.pk, data={})
    assert lost.status_code == 409
    assert "A colleague has just taken this question." in told(lost)
    draft = page("question_draft", question.pk, data={"text": "x", "revision": 0})
    assert (draft.status_code, "not kept" in told(draft)) == (409, True)


def test_what_was_typed_is_kept_when_it_is_refused(page, centre, adviser):
    question, *_rest = a_question(centre, timezone.now())
    questions.take_question(question=question, person=adviser)
    words = " ".join(Receipt(7**30 % 2**92).words("fr"))
    refused = page(
        "question_answer", question.pk, data={"key": uuid4(), "text": f"Take {words}", "do": "send"}
    )
    assert refused.status_code == 422
    assert words in told(refused)
    assert "holds a visitor’s code" in told(refused)
    empty = page("question_answer", question.pk, data={"key": uuid4(), "text": " ", "do": "send"})
    assert (empty.status_code, "Write the answer first." in told(empty)) == (422, True)


def test_a_second_adviser_reads_and_sends(page, client, centre, adviser):
    takes_questions(centre, reviewed=True)
    question, *_rest = a_question(centre, timezone.now())
    questions.take_question(question=question, person=adviser)
    assert "Send the answer" not in told(page("question", question.pk))
    refused = page("question_answer", question.pk, data={"key": uuid4(), "text": "Here.", "do": "send"})
    assert refused.status_code == 409
    page("question_answer", question.pk, data={"key": uuid4(), "text": "Here.", "do": "review"})
    assert "being read by a colleague" in told(page("question", question.pk))
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert "It is right: send it" in told(page("question", question.pk))
    page("question_remark", question.pk, data={"remark": "Say where."})
    assert Question.objects.get().state == State.TAKEN


def test_it_is_given_and_moved(page, centre, adviser):
    other, elsewhere = (
        a_person(Role.ADVISER, centre=centre),
        takes_questions(a_centre(network=centre.network)).centre,
    )
    question, *_rest = a_question(centre, timezone.now())
    page("question_give", question.pk, data={"colleague": other.pk, "seen_with": ""})
    assert Question.objects.get().taken_by == other
    lost = page("question_give", question.pk, data={"colleague": adviser.pk, "seen_with": adviser.pk})
    assert lost.status_code == 409
    page("question_move", question.pk, data={"to": f"{elsewhere.pk}-0"})
    assert (Question.objects.get().centre, Question.objects.get().taken_by) == (elsewhere, None)


def test_nobody_answers_past_what_the_visitor_wrote_meanwhile(page, centre, adviser):
    question, opened, _receipt = a_question(centre, timezone.now())
    questions.take_question(question=question, person=adviser)
    seen = page("question", question.pk).context["form"]["seen"].value()
    said = {"opened": opened, "question": question, "key": uuid4(), "at": timezone.now()}
    questions.ask_further(**said, text="Only in the evening.")
    data = {"key": uuid4(), "text": "In the morning.", "do": "send", "seen": seen}
    refused = page("question_answer", question.pk, data=data)
    assert refused.status_code == 409
    assert "Only in the evening." in told(refused)
    assert "In the morning.</textarea>" in told(refused)
    data["seen"] = refused.context["form"]["seen"].value()
    for _twice in range(2):
        assert page("question_answer", question.pk, data=data).status_code == 302


class TestModels:
    def write(self, page, pk=None, **said):
        data = {
            "key": uuid4(),
            "title": "Evening courses",
            "theme": "",
            "text_fr": "Les cours du soir commencent en septembre.",
        }
        return page("answer_model" if pk else "answer_model_new", pk, data=data | said)

    def test_made_found_and_put_into_an_answer(self, page, centre, adviser):
        key = uuid4()
        for _twice in range(2):
            assert self.write(page, key=key, text_en="Evening courses begin in September.").status_code == 302
        assert AnswerModel.objects.get().key == key
        assert "Evening courses" in told(page("answer_models"))
        question, *_rest = a_question(centre, timezone.now(), language="en")
        questions.take_question(question=question, person=adviser)
        assert "begin in September" in told(page("question", question.pk))

    def test_it_names_nobody_but_may_say_where_to_call(self, page):
        refused = self.write(page, text_fr="Demandez Madame Sophie Martin, sophie.martin@example.org.")
        assert refused.status_code == 422
        assert "Models name nobody" in told(refused)
        assert self.write(page, text_fr="Appelez le 01 44 55 66 77.").status_code == 302

    def test_a_title_is_there_once(self, page):
        self.write(page)
        again = self.write(page)
        assert (again.status_code, "has this title already" in told(again)) == (422, True)

    def test_changed_and_taken_away(self, page):
        self.write(page)
        model = AnswerModel.objects.get()
        self.write(page, model.pk, title="Night courses")
        model.refresh_from_db()
        assert (model.title, AnswerModel.objects.count()) == ("Night courses", 1)
        page("answer_model_remove", model.pk, data={})
        assert not AnswerModel.objects.exists()


def test_the_director_says_how_questions_are_taken(client, page, centre):
    assert page("question_settings").status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    page("question_settings", data={"taken": "on", "promise": 3, "reviewed": "on"})
    kept = QuestionSettings.objects.get()
    assert (kept.taken, kept.promise, kept.reviewed) == (True, 3, True)
    wrong = page("question_settings", data={"taken": "on", "promise": 0})
    assert wrong.status_code == 422


def test_keys_are_new_on_each_page(page, centre, adviser):
    question, *_rest = a_question(centre, timezone.now())
    questions.take_question(question=question, person=adviser)
    keys = {str(page("question", question.pk).context["form"]["key"].value()) for _twice in range(2)}
    assert len(keys) == 2


def test_the_visitor_sees_on_the_thread_that_the_centre_read_the_question(page, centre):
    question, *_rest = a_question(centre, timezone.now())
    assert readings_of(question.thread) == []
    for _n in range(2):
        assert page("question", question.pk).status_code == 200
    [read] = readings_of(question.thread)
    assert (read.centre, read.role, read.goes_on) == (centre.name, "an adviser", False)
    assert "Nadia" not in repr(read)
