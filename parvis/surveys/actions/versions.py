"""A version's life: a draft, opened, closed; and the next one, made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from parvis.surveys.conditions import Fault, faults
from parvis.surveys.fingerprints import fingerprint_of
from parvis.surveys.models import Condition, Option, Question, Questionnaire, Section, Version, VersionIsFixed
from parvis.surveys.queries.choices import choices_of, path_of
from parvis.surveys.queries.wording import missing_in


class NothingAsked(Exception):
    """There is no question in it."""


class NotWorded(Exception):
    """Some texts lack a language that was chosen: ``missing`` is how many, by language."""

    def __init__(self, missing: dict[str, int]) -> None:
        self.missing = missing


class CannotBeReached(Exception):
    """Conditions cannot stand: ``faults`` by the question's key."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        self.faults = faults


class NotOpen(Exception):
    """Only an open version is closed."""


class HasADraft(Exception):
    """There is a draft already."""


def locked_draft(version: Version) -> Version:
    """The version as it is now, locked for a change. Raises ``VersionIsFixed``."""
    now = Version.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.pk)
    if not now.is_draft:
        raise VersionIsFixed
    return now


@transaction.atomic
def open_version(*, version: Version, languages: Sequence[str], on: date, changes: str = "") -> Version:
    """From now on it may be put to people in ``languages``, and never changes; the one before it is closed.

    Opened already in the same languages, nothing happens. Raises ``VersionIsFixed``, ``NothingAsked``, ``NotWorded``,
    ``CannotBeReached``.
    """
    questionnaire = Questionnaire.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=version.questionnaire_id
    )
    now = Version.objects.whole().get(pk=version.pk)
    if now.is_open and now.languages == list(languages):
        return now
    locked_draft(now)
    if not now.questions.exists():
        raise NothingAsked
    if missing := {code: n for code in languages if (n := len(missing_in(now, code)))}:
        raise NotWorded(missing)
    if wrong := faults(path_of(now, choices_of(now, questionnaire.holder, on))):
        raise CannotBeReached(wrong)
    before = questionnaire.versions.filter(state=Version.State.OPENED)
    before.update(state=Version.State.CLOSED, closed_on=on)
    now.languages, now.changes, now.title = list(languages), changes, questionnaire.title
    now.state, now.opened_on, now.fingerprint = Version.State.OPENED, on, fingerprint_of(now)
    now.save()
    return now


@transaction.atomic
def close_version(*, version: Version, on: date) -> Version:
    """It takes no more answers; closed already, nothing happens. Raises ``NotOpen``."""
    now = Version.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.pk)
    if now.state == Version.State.CLOSED:
        return now
    if not now.is_open:
        raise NotOpen
    now.state, now.closed_on = Version.State.CLOSED, on
    now.save()
    return now


@transaction.atomic
def next_version(*, version: Version, changes: str = "") -> Version:
    """A draft that says what ``version`` says, to be changed.

    Raises ``HasADraft`` where there is one.
    """
    questionnaire = Questionnaire.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=version.questionnaire_id
    )
    if questionnaire.versions.filter(state=Version.State.DRAFT).exists():
        raise HasADraft
    last = questionnaire.versions.order_by("-number").values_list("number", flat=True)[0]
    draft = Version.objects.create(
        questionnaire=questionnaire,
        number=last + 1,
        language=version.language,
        languages=version.languages,
        changes=changes,
    )
    copy_into(draft, Version.objects.whole().get(pk=version.pk))
    return draft


def copy_into(draft: Version, source: Version) -> None:
    """Write all that a ``whole`` version says into an empty draft."""
    draft.welcome, draft.thanks = source.welcome, source.thanks
    draft.save()
    copied: dict[int, Question] = {}
    for section in source.sections.all():
        new = Section.objects.create(
            version=draft, position=section.position, title=section.title, help=section.help
        )
        for question in section.questions.all():
            copied[question.pk] = copy_question(question, new, question.key)
    for section in source.sections.all():
        for question in section.questions.all():
            for condition in question.conditions.all():
                Condition.objects.create(
                    question=copied[question.pk], on=copied[condition.on_id], answers=condition.answers
                )


SAME = (
    *("kind", "text", "help", "required", "minimum", "maximum"),
    *("low", "high", "most", "code_list", "position"),
)


def copy_question(question: Question, section: Section, key: str) -> Question:
    """The same question, without its conditions, in a section of a draft."""
    said = {name: getattr(question, name) for name in SAME}
    new = Question.objects.create(version=section.version, section=section, key=key, **said)
    Option.objects.bulk_create(
        [
            Option(question=new, axis=one.axis, position=one.position, key=one.key, label=one.label)
            for one in question.options.all()
        ]
    )
    return new
