"""What whoever answers sees of the questions of their centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import get_language

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Centre, Theme
from parvis.guidance.models import AnswerModel, Attachment, Entry, Kind, Question, QuestionSettings, Talk
from parvis.guidance.opened import Opened
from parvis.guidance.queries.question_keys import draft_of, opened_question
from parvis.guidance.queries.threads import Line, line
from parvis.guidance.visitor_nicknames import nickname
from parvis.reception.queries.lines import language_name
from parvis.shared.plain import plain

State = Question.State


class Which(StrEnum):
    """The parts of the list."""

    OPEN = "open"
    MINE = "mine"
    REVIEW = "review"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Wanted:
    """What is looked for. ``theme`` is a row's number, 0 for those without a theme."""

    which: Which = Which.OPEN
    theme: int | None = None
    language: str = ""
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One question in the list."""

    question: Question
    nickname: str
    language: str
    due_on: date
    overdue: bool
    due_today: bool
    mine: bool
    holder: str


@dataclass(frozen=True)
class Counts:
    """How many questions are in each part."""

    open: int
    mine: int
    review: int
    answered: int
    due_today: int
    overdue: int


@dataclass(frozen=True)
class Questions:
    """The page of the list."""

    rows: list[Row]
    counts: Counts
    themes: list[Theme]
    languages: list[tuple[str, str]]
    taken: bool  # whether the centre takes questions now


def questions_of(centre: Centre, person: User, wanted: Wanted, at: datetime) -> Questions:
    """The open questions of a centre by due day: three queries."""
    day = centre.local_day(at)
    found = Question.objects.readable().filter(centre=centre).select_related("thread", "theme", "taken_by")
    rows = [_row(question, person, day) for question in found]
    shown = [row for row in rows if _is_wanted(row, wanted, person)]
    codes = sorted({row.question.language for row in rows})
    return Questions(
        rows=shown,
        counts=_counts(rows, person),
        themes=list(centre.themes.open_on(day)),
        languages=[(code, language_name(code)) for code in codes],
        taken=QuestionSettings.objects.filter(centre=centre, taken=True).exists(),
    )


def _row(question: Question, person: User, day: date) -> Row:
    waits = question.state in Question.UNANSWERED
    return Row(
        question=question,
        nickname=nickname(question.thread, get_language() or "en") if question.thread else "",
        language=language_name(question.language),
        due_on=question.due_on,
        overdue=question.is_overdue(day),
        due_today=waits and question.due_on == day,
        mine=question.taken_by_id == person.pk,
        holder=question.taken_by.name if question.taken_by else "",
    )


def _is_wanted(row: Row, wanted: Wanted, person: User) -> bool:
    question = row.question
    in_part = {
        Which.OPEN: question.state in Question.UNANSWERED,
        Which.MINE: row.mine and question.state != State.ANSWERED,
        Which.REVIEW: _to_review(question, person),
        Which.ANSWERED: question.state == State.ANSWERED,
    }[wanted.which]
    theme = wanted.theme is None or (question.theme_id or 0) == wanted.theme
    language = not wanted.language or question.language == wanted.language
    return in_part and theme and language and plain(wanted.words) in plain(row.nickname)


def _to_review(question: Question, person: User) -> bool:
    return question.state == State.REVIEW and question.written_by_id != person.pk


def _counts(rows: list[Row], person: User) -> Counts:
    return Counts(
        open=sum(row.question.state in Question.UNANSWERED for row in rows),
        mine=sum(row.mine and row.question.state != State.ANSWERED for row in rows),
        review=sum(_to_review(row.question, person) for row in rows),
        answered=sum(row.question.state == State.ANSWERED for row in rows),
        due_today=sum(row.due_today for row in rows),
        overdue=sum(row.overdue for row in rows),
    )


@dataclass(frozen=True)
class Reading:
    """A question's page: what was said, the draft, and what ``person`` may do now."""

    row: Row
    opened: Opened
    lines: list[Line]
    files: list[Attachment]
    draft: str
    remark: str
    reviewed: bool  # whether the centre wants a second pair of eyes
    talks: bool  # whether the visitor waits or talks in live hours now

    @property
    def asked(self) -> int:
        """How often the visitor has written."""
        return sum(one.kind == Kind.QUESTION for one in self.lines)

    @property
    def may_take(self) -> bool:
        return self.row.question.state == State.WAITING

    @property
    def may_write(self) -> bool:
        return self.row.mine and self.row.question.state in (State.TAKEN, State.ANSWERED)

    @property
    def may_hand_on(self) -> bool:
        return self.row.question.state in (State.WAITING, State.TAKEN)


def reading(question: Question, person: User, at: datetime) -> Reading | None:
    """An open question, read; nothing once it is closed or erased: six queries."""
    opened = opened_question(question)
    if opened is None:
        return None
    kept = draft_of(opened, question)
    return Reading(
        row=_row(question, person, question.centre.local_day(at)),
        opened=opened,
        lines=lines_of(opened, question),
        files=list(question.attachments.all()),
        draft=kept["text"],
        remark=kept["remark"],
        reviewed=QuestionSettings.objects.filter(centre=question.centre, reviewed=True).exists(),
        talks=Talk.objects.open().filter(question=question).exists(),
    )


def lines_of(opened: Opened, question: Question) -> list[Line]:
    """What was asked and answered in this question, oldest first; nothing else of the thread: one query."""
    kinds = [Kind.QUESTION, Kind.ANSWER]
    entries = Entry.objects.filter(thread=opened.thread, kind__in=kinds).select_related("centre")
    lines = [line(opened, entry) for entry in entries]
    return [one for one in lines if one.said.get("question") == str(question.key)]


def open_question(centre: Centre, pk: int) -> Question | None:
    """A question that the centre can read: one query."""
    found = Question.objects.readable().filter(centre=centre, pk=pk)
    return found.select_related("thread", "theme", "taken_by", "written_by", "centre").first()


def who_answers(centre: Centre) -> list[User]:
    """Everybody who answers questions at a centre, by name: one query."""
    held = centre.assignments.filter(role__in=roles_with(Permission.ANSWER)).values("person")
    return list(User.objects.filter(pk__in=held).order_by("name", "pk"))


def due_questions(centre: Centre, day: date) -> tuple[int, int]:
    """How many questions are overdue on ``day``, and how many due: one query."""
    due = Question.objects.to_answer().filter(centre=centre, due_on__lte=day).values_list("due_on", flat=True)
    days = list(due)
    return sum(one < day for one in days), sum(one == day for one in days)


def where_else(centre: Centre) -> list[Centre]:
    """The other centres of the network that take questions, with their themes: two queries."""
    others = Centre.objects.filter(network=centre.network_id, question_settings__taken=True)
    return list(others.exclude(pk=centre.pk).prefetch_related("themes").order_by("name"))


@dataclass(frozen=True)
class Ready:
    """A model in the language of a question, or in the first one that it was written in."""

    title: str
    text: str
    language: str


def ready_models(question: Question) -> list[Ready]:
    """The models for an answer to ``question``, those of its theme first: one query."""
    found = models_of_answers(question.centre, question.theme_id)
    return [Ready(model.title, *_in_language(model, question.language)) for model in found]


def _in_language(model: AnswerModel, language: str) -> tuple[str, str]:
    texts = model.text.data if isinstance(model.text.data, dict) else {"": str(model.text)}
    code = next((code for code in [language, model.centre.language, *texts] if texts.get(code)), "")
    return texts.get(code, ""), code


def models_of_answers(centre: Centre, theme: int | None = None) -> list[AnswerModel]:
    """The models of a centre, those of ``theme`` first: one query."""
    models = list(AnswerModel.objects.filter(centre=centre).select_related("theme", "centre"))
    return sorted(
        models, key=lambda model: (theme is None or model.theme_id != theme, model.title.casefold())
    )
