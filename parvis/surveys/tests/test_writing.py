"""A questionnaire is written: sections, questions, order, conditions, translations; and an opened one stays."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from i18nfield.strings import LazyI18nString

from parvis.centres.factories import a_centre
from parvis.surveys.actions import questionnaires, versions, writing
from parvis.surveys.conditions import Fault
from parvis.surveys.factories import a_draft, a_question_in, an_open_version
from parvis.surveys.fingerprints import content_of, is_unchanged
from parvis.surveys.models import (
    Option,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    Version,
    VersionIsFixed,
)
from parvis.surveys.queries.questionnaires import changed_since_before
from parvis.surveys.queries.wording import missing_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def said(text="Was it good?", kind=QuestionKind.CHOICE, **more):
    rows = {"answers": [("", "Yes"), ("", "No")]} if kind == QuestionKind.CHOICE else {}
    return writing.QuestionSaid(kind=kind, text=LazyI18nString({"en": text}), **rows | more)


def whole(version):
    return Version.objects.whole().get(pk=version.pk)


def options(question):
    return {one.key: str(one.label) for one in question.options.all()}


def test_a_question_sent_twice_is_there_once():
    section = a_draft(a_centre()).sections.get()
    first = writing.add_question(section=section, key="good", said=said())
    assert writing.add_question(section=section, key="good", said=said("Other")) == first
    assert (Question.objects.count(), str(first.text)) == (1, "Was it good?")
    assert options(first) == {"a1": "Yes", "a2": "No"}


def test_answers_keep_their_keys_and_none_is_used_again_for_something_else():
    question = writing.add_question(section=a_draft(a_centre()).sections.get(), key="good", said=said())
    rows = [("a2", "Not at all"), ("", "Perhaps"), ("", "Perhaps")]
    writing.change_question(question=question, said=said(answers=rows[:2]))
    assert options(question) == {"a2": "Not at all", "a3": "Perhaps"}  # a1 was never put to anybody
    version = versions.open_version(version=question.version, languages=["en"], on=DAY)
    later = versions.next_version(version=version).questions.get()
    writing.change_question(question=later, said=said(answers=[("a2", "Not at all"), ("", "Surely")]))
    assert options(later) == {"a2": "Not at all", "a1": "Surely"}
    writing.change_question(question=later, said=said(answers=[("a2", "Not at all"), ("", "Surely")]))
    assert options(later) == {"a2": "Not at all", "a1": "Surely"}, "sent twice"


def test_a_changed_wording_drops_its_translations_and_another_keeps_them():
    question = writing.add_question(section=a_draft(a_centre()).sections.get(), key="good", said=said())
    words = {f"option-{one.pk}-label": f"{one.key} fr" for one in question.options.all()}
    assert writing.translate(version=question.version, language="fr", words=words) == 2
    writing.change_question(question=question, said=said(answers=[("a1", "Yes"), ("a2", "Never")]))
    assert [one.label.data for one in question.options.all()] == [
        {"en": "Yes", "fr": "a1 fr"},
        {"en": "Never"},
    ]


def test_the_language_it_is_written_in_is_not_translated_over():
    question = a_question_in(a_draft(a_centre()), "again")
    name = f"question-{question.pk}-text"
    assert writing.translate(version=question.version, language="en", words={name: "Other"}) == 0
    assert writing.translate(version=question.version, language="fr", words={name: ""}) == 1
    assert [text.name for text in missing_in(whole(question.version), "fr")] == [name]


def test_a_question_goes_only_if_nothing_depends_on_it():
    version = a_draft(a_centre())
    first = a_question_in(version, "first")
    then = a_question_in(version, "then", only_if={"first": ["no"]})
    with pytest.raises(writing.StillUsed):
        writing.remove_question(question=first)
    writing.remove_question(question=then)
    writing.remove_question(question=first)
    writing.remove_section(section=version.sections.get())
    assert not Section.objects.exists()


def test_an_order_in_which_a_question_would_come_before_what_it_depends_on_is_refused():
    version = a_draft(a_centre())
    first = a_question_in(version, "first")
    then = a_question_in(version, "then", only_if={"first": ["no"]})
    last = writing.add_section(version=version, title=LazyI18nString({"en": "Last"}))
    own = version.sections.all()[0].pk
    with pytest.raises(versions.CannotBeReached) as refusal:
        writing.put_in_order(
            version=version, sections=[own, last.pk], questions={then.pk: own, first.pk: own}, on_day=DAY
        )
    assert refusal.value.faults == {"then": Fault.LATER}
    writing.put_in_order(
        version=version, sections=[own, last.pk], questions={first.pk: own, then.pk: last.pk}, on_day=DAY
    )
    assert [[q.key for q in s.questions.all()] for s in version.sections.all()] == [["first"], ["then"]]


def test_conditions_that_exclude_each_other_are_refused_and_those_before_stay():
    version = a_draft(a_centre())
    first = a_question_in(version, "first")
    second = a_question_in(version, "second", only_if={"first": ["no"]})
    third = a_question_in(version, "third", only_if={"second": ["yes"]})
    with pytest.raises(versions.CannotBeReached) as refusal:
        writing.ask_only_if(question=third, conditions={first.pk: ["yes"], second.pk: ["yes"]}, on_day=DAY)
    assert refusal.value.faults == {"third": Fault.NEVER}
    assert [one.on_id for one in third.conditions.all()] == [second.pk]


def test_it_opens_when_it_asks_something_in_each_language_and_all_can_be_reached():
    version = a_draft(a_centre())
    with pytest.raises(versions.NothingAsked):
        versions.open_version(version=version, languages=["en"], on=DAY)
    question = a_question_in(version, "why", QuestionKind.CHOICE, options=["far", "wait"])
    with pytest.raises(versions.NotWorded) as missing:
        versions.open_version(version=version, languages=["en", "de"], on=DAY)
    assert missing.value.missing == {"de": 4}  # title, question, two answers
    a_question_in(version, "far", only_if={"why": ["far"]})
    writing.change_question(question=question, said=said("Why?", answers=[("wait", "It is long")]))
    with pytest.raises(versions.CannotBeReached) as refusal:
        versions.open_version(version=version, languages=["en"], on=DAY)
    assert refusal.value.faults == {"far": Fault.NO_SUCH_ANSWER}


def test_an_opened_version_never_changes():
    version = an_open_version(a_centre())
    before = content_of(whole(version))
    section, question = version.sections.get(), version.questions.all()[0]
    tries = [
        lambda: writing.add_section(version=version, title=LazyI18nString({"en": "More"})),
        lambda: writing.change_section(section=section, title=LazyI18nString({"en": "Other"})),
        lambda: writing.remove_section(section=section),
        lambda: writing.add_question(section=section, key="more_still", said=said()),
        lambda: writing.change_question(question=question, said=said()),
        lambda: writing.remove_question(question=question),
        lambda: writing.ask_only_if(question=question, conditions={}, on_day=DAY),
        lambda: writing.put_in_order(version=version, sections=[], questions={}, on_day=DAY),
        lambda: writing.translate(version=version, language="fr", words={}),
        lambda: writing.write_around(version=version, welcome="Hello", thanks="Bye"),
        lambda: questionnaires.delete_draft(version=version),
        lambda: versions.open_version(version=version, languages=["en"], on=DAY),
        question.save,
        question.delete,
        section.save,
        Option.objects.filter(question__version=version)[0].delete,
    ]
    for attempt in tries:
        with pytest.raises(VersionIsFixed):
            attempt()
    assert content_of(whole(version)) == before
    assert is_unchanged(whole(version))


def test_what_is_changed_behind_the_actions_is_noticed():
    version = an_open_version(a_centre())
    Option.objects.filter(question__version=version)[:1].get()
    Option.objects.filter(question__version=version).update(label="Other")
    assert not is_unchanged(whole(version))


def test_the_next_version_says_the_same_under_the_same_keys_until_it_is_changed():
    first = an_open_version(a_centre())
    draft = versions.next_version(version=first)
    told = {"language", "welcome", "thanks", "sections"}
    assert {key: content_of(whole(draft))[key] for key in told} == {
        key: content_of(whole(first))[key] for key in told
    }
    assert changed_since_before(whole(draft)).nothing
    with pytest.raises(versions.HasADraft):
        versions.next_version(version=first)
    writing.remove_question(question=draft.questions.get(key="hours"))
    writing.change_question(question=draft.questions.get(key="more"), said=said("And?", QuestionKind.TEXT))
    a_question_in(draft, "new")
    changed = changed_since_before(whole(draft))
    assert (changed.before, changed.added, changed.removed, changed.reworded) == (
        1,
        ["About new?"],
        ["About hours?"],
        ["And?"],
    )
    opened = versions.open_version(version=draft, languages=["en"], on=DAY, changes="Shorter")
    first.refresh_from_db()
    assert (first.state, first.closed_on, opened.number) == (Version.State.CLOSED, DAY, 2)
    assert is_unchanged(whole(first))


def test_a_copy_is_a_questionnaire_of_its_own_and_a_key_belongs_to_one_holder():
    centre, source, key = a_centre(), an_open_version(a_centre()), uuid4()
    wanted = questionnaires.Said(LazyI18nString({"en": "Mine"}), "satisfaction", "visitor")
    begun = {"key": key, "said": wanted, "language": "en", "source": source}
    copy = questionnaires.begin_questionnaire(holder=centre, **begun)
    assert questionnaires.begin_questionnaire(holder=centre, **begun) == copy
    assert content_of(whole(copy))["sections"] == content_of(whole(source))["sections"]
    with pytest.raises(questionnaires.OfAnother):
        questionnaires.begin_questionnaire(holder=a_centre(), **begun)


def test_a_draft_goes_with_its_questionnaire_where_that_has_nothing_else():
    version = a_draft(a_centre())
    a_question_in(version, "first")
    assert questionnaires.delete_draft(version=version)
    assert not questionnaires.delete_draft(version=version)
    assert not Questionnaire.objects.exists()
    opened = an_open_version(a_centre())
    assert not questionnaires.delete_draft(version=versions.next_version(version=opened))
    assert list(opened.questionnaire.versions.all()) == [opened]


def test_what_was_promised_to_people_stays():
    version = an_open_version(a_centre(), audience="partner")
    row = version.questionnaire
    other = questionnaires.Said(row.title, row.purpose, row.audience, anonymous=False)
    with pytest.raises(questionnaires.AnsweredAlready):
        questionnaires.change_questionnaire(questionnaire=row, said=other)
    questionnaires.archive(questionnaire=row, on=DAY)
    questionnaires.archive(questionnaire=row, on=date(2026, 7, 1))
    row.refresh_from_db()
    version.refresh_from_db()
    assert (row.archived_on, version.state) == (DAY, Version.State.CLOSED)


def test_the_network_starts_from_what_was_offered_and_opened():
    version = an_open_version(centre := a_centre())
    draft = a_draft(centre)
    for one in (version, draft):
        questionnaires.offer_as_model(questionnaire=one.questionnaire, offered=True)
    assert list(Questionnaire.objects.models_for(centre.network)) == [version.questionnaire]
    assert list(Questionnaire.objects.models_for(a_centre().network)) == []
