"""What the pages on which questionnaires are written show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Prefetch

from parvis.centres.models import Holder, Network
from parvis.surveys.conditions import faults
from parvis.surveys.fingerprints import content_of
from parvis.surveys.models import Question, Questionnaire, Section, Version
from parvis.surveys.queries.choices import Choices, choices_of, path_of, questions_of
from parvis.surveys.queries.in_words import FAULTS, answers_in_words, condition_in_words
from parvis.surveys.queries.wording import missing_in, texts_of


@dataclass(frozen=True)
class Line:
    """A questionnaire in the list, with its newest version and the one that is open."""

    questionnaire: Questionnaire
    newest: Version
    opened: Version | None

    @property
    def questions(self) -> int:
        """How many questions the newest version has."""
        return int(self.newest.asked)  # type: ignore[attr-defined]  # counted by the query


@dataclass(frozen=True)
class QuestionLine:
    """A question on the page of a version."""

    question: Question
    number: int
    answers: str
    only_if: list[str]
    fault: str


@dataclass(frozen=True)
class SectionLine:
    """A section with its questions."""

    section: Section
    questions: list[QuestionLine]


@dataclass(frozen=True)
class LanguageLine:
    """A language of a version: how much is worded in it."""

    code: str
    missing: int
    texts: int

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.missing == 0


@dataclass(frozen=True)
class Changed:
    """What a version changed against the one before it, as questions."""

    before: int
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether it asks the same."""
        return not (self.added or self.removed or self.reworded)


def questionnaires(holder: Holder) -> list[Line]:
    """All that a holder has, the newest first: two statements."""
    versions = Version.objects.annotate(asked=Count("questions")).order_by("-number")
    found = Questionnaire.objects.held_by(holder).order_by("-pk")
    lines = []
    for questionnaire in found.prefetch_related(Prefetch("versions", versions, to_attr="in_order")):
        newest, *_older = in_order = questionnaire.in_order  # type: ignore[attr-defined]  # put there by the prefetch
        lines.append(Line(questionnaire, newest, next((one for one in in_order if one.is_open), None)))
    return lines


def offered_models(network: Network) -> list[Version]:
    """The versions that the network's centres may start from, one of each questionnaire: two statements."""
    found = Questionnaire.objects.models_for(network).select_related("centre").order_by("pk")
    opened = Version.objects.exclude(state=Version.State.DRAFT).order_by("-number")
    models = []
    for questionnaire in found.prefetch_related(Prefetch("versions", opened, to_attr="opened")):
        version: Version = questionnaire.opened[0]  # type: ignore[attr-defined]  # put there by the prefetch
        version.questionnaire = questionnaire
        models.append(version)
    return models


def sections(version: Version, choices: Choices) -> list[SectionLine]:
    """A whole version as a page lists it; no statement."""
    wrong = faults(path_of(version, choices))
    number = {question.pk: n for n, question in enumerate(questions_of(version), 1)}
    return [
        SectionLine(
            section,
            [
                QuestionLine(
                    question,
                    number[question.pk],
                    answers_in_words(question, choices),
                    [condition_in_words(one, choices) for one in question.conditions.all()],
                    str(FAULTS[wrong[question.key]]) if question.key in wrong else "",
                )
                for question in section.questions.all()
            ],
        )
        for section in version.sections.all()
    ]


def languages_of_version(version: Version, offered: list[str]) -> list[LanguageLine]:
    """The version's own language, then ``offered`` and those in which something is worded; no statement."""
    texts = texts_of(version)
    spoken = {code for text in texts for code in text.words}
    codes = [version.language, *(code for code in offered if code != version.language)]
    codes += sorted(spoken - {*codes, ""})
    return [LanguageLine(code, len(missing_in(version, code)), len(texts)) for code in codes]


def changed_since_before(version: Version) -> Changed | None:
    """What a whole version changed; nothing where it is the first."""
    before = (
        Version.objects.whole()
        .filter(questionnaire=version.questionnaire, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    if before is None:
        return None
    old, new = _by_key(before), _by_key(version)
    texts = {question.key: str(question.text) for one in (before, version) for question in questions_of(one)}
    return Changed(
        before.number,
        added=[texts[key] for key in new if key not in old],
        removed=[texts[key] for key in old if key not in new],
        reworded=[texts[key] for key in new if key in old and new[key] != old[key]],
    )


def _by_key(version: Version) -> dict[str, object]:
    return {
        question["key"]: question
        for section in content_of(version)["sections"]
        for question in section["questions"]
    }


def writing_choices(version: Version, day: date) -> Choices:
    """What can be chosen as the questionnaire's holder has it on ``day``: one statement where lists are used."""
    return choices_of(version, version.questionnaire.holder, day)
