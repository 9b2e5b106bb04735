"""The pages on which questionnaires are written: who may, what they show, what wrong input does."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.addresses import address_of
from parvis.surveys.factories import a_draft, a_question_in, an_open_version
from parvis.surveys.models import Question, QuestionKind, Questionnaire, Version
from parvis.surveys.ready import ready_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr", "ar"], language="en")


@pytest.fixture
def signed_in(client, centre):
    client.force_login(a_person(Role.FACILITATOR, centre=centre, language="en"))
    return client


def test_who_may_write(client, centre):
    address = address_of(centre, "questionnaires")
    for role, status in [
        (Role.DIRECTOR, 200),
        (Role.PARTNERSHIP_MANAGER, 200),
        (Role.ADVISER, 403),
        (Role.RECEPTIONIST, 403),
    ]:
        client.force_login(a_person(role, centre=centre))
        assert client.get(address).status_code == status
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(address).status_code == 404


def test_rows_of_another_holder_are_not_there(signed_in, centre):
    for holder in (a_centre(), centre.network):
        draft = a_draft(holder)
        question = a_question_in(draft, "first")
        for name, args in [
            ("questionnaire", [draft.questionnaire_id]),
            ("version", [draft.pk]),
            ("opening", [draft.pk]),
            ("translation", [draft.pk, "fr"]),
            ("paper", [draft.pk, "en"]),
            ("question", [question.pk]),
            ("conditions", [question.pk]),
        ]:
            assert signed_in.get(address_of(centre, name, *args)).status_code == 404, name
        gone = address_of(centre, "version_deed", draft.pk, "delete")
        assert signed_in.post(gone).status_code == 404
        assert Version.objects.filter(pk=draft.pk).exists()


def test_a_coordinator_writes_the_networks_own(client, centre):
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    address = address_of(centre.network, "new_questionnaire")
    posted = {"key": uuid4(), "source": "profile"}
    assert client.post(address, posted).status_code == 302
    questionnaire = Questionnaire.objects.get()
    assert (questionnaire.centre, questionnaire.network) == (None, centre.network)
    assert client.get(address_of(centre.network, "questionnaires")).status_code == 200


def test_starting_from_a_ready_model_twice_makes_one(signed_in, centre):
    address, posted = (
        address_of(centre, "new_questionnaire"),
        {"key": uuid4(), "source": "visitor_satisfaction"},
    )
    first, second = signed_in.post(address, posted), signed_in.post(address, posted)
    assert (first["Location"], Questionnaire.objects.count()) == (second["Location"], 1)
    page = signed_in.get(first["Location"]).content.decode()
    assert "Did you feel welcome?" in page
    assert "“Did you find what you came for?”: In part, No" in page


def test_another_centre_starts_from_what_was_offered(signed_in, centre):
    other = a_centre(network=centre.network)
    version = an_open_version(other)
    Questionnaire.objects.filter(pk=version.questionnaire_id).update(offered=True)
    address = address_of(centre, "new_questionnaire")
    assert other.name in signed_in.get(address).content.decode()
    assert signed_in.post(address, {"key": uuid4(), "source": version.pk}).status_code == 302
    assert Questionnaire.objects.get(centre=centre).versions.get().questions.count() == 9


def test_a_question_is_written_with_its_answers(signed_in, centre):
    draft = a_draft(centre)
    address = address_of(centre, "new_question", draft.pk, "several")
    posted = {
        "key": "q1",
        "text_0": "What helped?",
        "answers": ["Time", "", "Words"],
        "answers-key": ["", "", ""],
    }
    assert signed_in.post(address, posted).status_code == 302
    question = Question.objects.get()
    assert [(one.key, str(one.label)) for one in question.options.all()] == [("a1", "Time"), ("a2", "Words")]
    page = signed_in.get(address_of(centre, "question", question.pk)).content.decode()
    assert 'value="Words"' in page


def test_wrong_input_is_said_beside_the_field_and_the_rest_is_kept(signed_in, centre):
    draft = a_draft(centre)
    address = address_of(centre, "new_question", draft.pk, "choice")
    posted = {"key": "q1", "text_0": "What helped?", "answers": ["Time"], "answers-key": [""]}
    response = signed_in.post(address, posted)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write at least two answers, or choose a list." in page
    assert 'value="What helped?"' in page
    assert 'value="Time"' in page
    assert not Question.objects.exists()


def test_the_order_is_one_list_of_sections_and_questions(signed_in, centre):
    draft = a_draft(centre)
    first, second = a_question_in(draft, "first"), a_question_in(draft, "second")
    later = draft.sections.create(position=1, title="Later")
    own = draft.sections.all()[0].pk
    order = [f"section-{own}", f"question-{second.pk}", f"section-{later.pk}", f"question-{first.pk}"]
    assert signed_in.post(address_of(centre, "order", draft.pk), {"order": order}).status_code == 302
    assert [[q.key for q in s.questions.all()] for s in draft.sections.all()] == [["second"], ["first"]]
    assert signed_in.post(address_of(centre, "order", draft.pk), {"order": ["question-x"]}).status_code == 404


def test_what_an_order_would_break_is_said(signed_in, centre):
    draft = a_draft(centre)
    first = a_question_in(draft, "first")
    then = a_question_in(draft, "then", only_if={"first": ["no"]})
    order = [f"question-{then.pk}", f"question-{first.pk}"]
    page = signed_in.post(address_of(centre, "order", draft.pk), {"order": order}, follow=True)
    assert "It depends on an answer that is given only later." in page.content.decode()
    assert [one.key for one in draft.questions.all()] == ["first", "then"]


def test_conditions_are_ticked(signed_in, centre):
    draft = a_draft(centre)
    first, then = a_question_in(draft, "first"), a_question_in(draft, "then")
    address = address_of(centre, "conditions", then.pk)
    assert "About first?" in signed_in.get(address).content.decode()
    assert signed_in.post(address, {f"on-{first.pk}": ["no"]}).status_code == 302
    assert [(one.on, one.answers) for one in then.conditions.all()] == [(first, ["no"])]
    assert signed_in.post(address, {}).status_code == 302
    assert not then.conditions.exists()


def test_translating_side_by_side(signed_in, centre):
    question = a_question_in(draft := a_draft(centre), "again")
    address = address_of(centre, "translation", draft.pk, "ar")
    page = signed_in.get(address).content.decode()
    assert "About again?" in page
    name = f"question-{question.pk}-text"
    assert signed_in.post(address, {name: "هل تعود؟"}).status_code == 302
    question.refresh_from_db()
    assert question.text.data["ar"] == "هل تعود؟"
    assert signed_in.get(address_of(centre, "translation", draft.pk, "en")).status_code == 404


def test_opening_says_what_is_missing_and_then_opens(signed_in, centre):
    draft = a_draft(centre)
    address = address_of(centre, "opening", draft.pk)
    assert "It asks nothing yet." in signed_in.get(address).content.decode()
    a_question_in(draft, "again")
    page = signed_in.get(address).content.decode()
    assert "1 question" in page
    assert signed_in.post(address, {"languages": ["ar"]}).status_code == 422
    named = signed_in.post(address, {"languages": ["en"], "changes": "Mr Martin Dupont asked"})
    assert named.status_code == 422
    assert signed_in.post(address, {"languages": ["en", "fr"]}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.languages) == (Version.State.OPENED, ["en", "fr"])
    page = signed_in.get(address_of(centre, "version", draft.pk)).content.decode()
    assert "it does not change any more" in page
    assert signed_in.get(address).status_code == 404


def test_deeds(signed_in, centre):
    version = an_open_version(centre)
    row, here = version.questionnaire, [centre, "questionnaire_deed", version.questionnaire_id]
    signed_in.post(address_of(*here, "offer"))
    signed_in.post(address_of(*here, "next"))
    signed_in.post(address_of(*here, "next"))
    assert row.versions.count() == 2
    key = {"key": uuid4(), "source": "copy"}
    for _try in range(2):
        signed_in.post(address_of(*here, "copy"), key)
    assert Questionnaire.objects.count() == 2
    row.refresh_from_db()
    assert row.offered
    signed_in.post(address_of(*here, "archive"))
    row.refresh_from_db()
    assert (row.archived_on, row.offered) == (centre.local_day(centre.now()), False)
    signed_in.post(address_of(*here, "return"))
    row.refresh_from_db()
    assert row.archived_on is None
    assert signed_in.post(address_of(*here, "nonsense")).status_code == 404


def test_the_preview_shows_each_question_as_a_visitor_sees_it(signed_in, centre):
    draft = begin_ready(holder=centre, key=uuid4(), model=ready_model("visitor_satisfaction"), language="en")
    page = signed_in.get(address_of(centre, "preview", draft.pk, "ar")).content.decode()
    assert '<html lang="ar" dir="rtl"' in page
    assert "ما الذي كان ينقص؟" in page  # asked of some only, and shown here
    assert "Back to the questions" in page  # the bar above speaks to who previews
    assert 'type="submit"' not in page
    assert signed_in.get(address_of(centre, "preview", draft.pk, "xx")).status_code == 404


def test_paper_in_each_direction(signed_in, centre):
    draft = begin_ready(holder=centre, key=uuid4(), model=ready_model("visitor_satisfaction"), language="en")
    for language in ("en", "ar"):
        response = signed_in.get(address_of(centre, "paper", draft.pk, language))
        assert (response.status_code, response.content[:5]) == (200, b"%PDF-")
    assert signed_in.get(address_of(centre, "paper", draft.pk, "xx")).status_code == 404


def test_pages_ask_the_same_for_little_and_for_much(signed_in, centre):
    few = a_draft(centre)
    a_question_in(few, "first")
    a_question_in(few, "second", only_if={"first": ["no"]})
    addresses = ["questionnaires"], ["version", few.pk], ["opening", few.pk], ["translation", few.pk, "fr"]

    def statements(parts):
        with CaptureQueriesContext(connection) as asked:
            assert signed_in.get(address_of(centre, *parts)).status_code == 200
        return len(asked)

    statements(addresses[0])  # the first page of all signs the session
    before = [statements(parts) for parts in addresses]
    for n in range(3):
        a_question_in(few, f"more{n}", QuestionKind.CHOICE, options=["a", "b"], only_if={"first": ["no"]})
        an_open_version(centre)
    assert [statements(parts) for parts in addresses] == before
