"""Who is answered at once: the live hours, who is on duty, who waits in line, and what ends a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment, Centre, Theme
from parvis.centres.queries import openings_today
from parvis.guidance.models import OnlineDuty, Question, QuestionSettings, Talk
from parvis.guidance.opened import Opened
from parvis.guidance.queries.questions import lines_of
from parvis.guidance.queries.threads import Line
from parvis.guidance.visitor_nicknames import nickname
from parvis.reception.queries.lines import language_name

State = Question.State
DUTY_SILENT = timedelta(minutes=3)  # whose page was not heard of for so long is not on duty
ADVISER_SILENT = timedelta(minutes=2)  # after that a colleague may take a talk over
VISITOR_SILENT = timedelta(minutes=10)  # after that the rest is answered in writing
GRACE = timedelta(minutes=30)  # a talk that goes on when the hours end may be finished


def live_now(settings: QuestionSettings, at: datetime) -> bool:
    """Whether it is live hours at a centre: its days and hours, while it opens that day. At most three queries."""
    if not (settings.taken and settings.live):
        return False
    local = settings.centre.local(at)
    if (
        local.weekday() not in settings.live_days
        or not settings.live_from <= local.time() < settings.live_until
    ):
        return False
    return any(opening.is_open for _site, opening in openings_today(settings.centre, at))


def on_duty(centre: Centre, at: datetime) -> list[OnlineDuty]:
    """Who answers at once now: their page is there, and they still may. Two queries."""
    may = Assignment.objects.filter(centre=centre, role__in=roles_with(Permission.ANSWER)).values("person")
    heard = OnlineDuty.objects.filter(centre=centre, heard_at__gt=at - DUTY_SILENT, person__in=may)
    return list(heard.prefetch_related("themes"))


@dataclass(frozen=True)
class Offer:
    """What a visitor hears before they choose to talk now."""

    free: bool  # an adviser has no talk now, and nobody waits before
    before: int  # how many wait before
    minutes: int  # nobody waits longer


def offer(centre: Centre, theme: Theme | None, language: str, at: datetime) -> Offer | None:
    """Whether somebody can be talked with now about a theme in a language; nothing where not. At most nine queries."""
    settings = QuestionSettings.objects.select_related("centre").filter(centre=centre).first()
    if settings is None or not live_now(settings, at):
        return None
    serving = [one for one in on_duty(centre, at) if one.serves(theme.pk if theme else None, language)]
    if not serving:
        return None
    talks = list(Talk.objects.open().filter(question__centre=centre).select_related("question"))
    busy = {talk.question.taken_by_id for talk in talks if talk.question.taken_by_id}
    waiting = [talk.question for talk in talks if talk.question.state == State.WAITING]
    before = sum(any(one.serves(q.theme_id, q.language) for one in serving) for q in waiting)
    free = sum(one.person_id not in busy for one in serving)
    return Offer(free > before, before, settings.live_wait)


def why_over(talk: Talk, settings: QuestionSettings | None, at: datetime) -> Talk.End | None:
    """Why an open talk cannot go on at ``at``; nothing while it can. At most six queries."""
    question, end = talk.question, Talk.End
    if question.state == State.CLOSED:
        return end.SAID
    if talk.visitor_at and talk.visitor_at <= at - VISITOR_SILENT:
        return end.SILENCE
    waiting = question.state == State.WAITING
    if settings is None or not (live_now(settings, at) or (not waiting and live_now(settings, at - GRACE))):
        return end.HOURS
    longest = timedelta(minutes=settings.live_wait)
    return end.NOBODY if waiting and talk.waits_since and talk.waits_since <= at - longest else None


def talk_of(question: Question) -> Talk | None:
    """The open talk of a question: one query."""
    return Talk.objects.open().filter(question=question).select_related("question__centre").first()


def last_talk(question: Question) -> Talk | None:
    """The newest talk of a question, open or over: one query."""
    return Talk.objects.filter(question=question).order_by("-pk").first()


@dataclass(frozen=True)
class InLine:
    """One talk as whoever is on duty sees it."""

    talk: Talk
    nickname: str
    language: str
    minutes: int
    mine: bool
    silent: bool  # whoever has it is not heard of
    for_me: bool


@dataclass(frozen=True)
class Online:
    """The page of whoever is on duty online."""

    duty: OnlineDuty | None
    live: bool
    waiting: list[InLine]
    going_on: list[InLine]

    @property
    def next(self) -> InLine | None:
        """Whose turn it is, of those that the person takes."""
        return next((one for one in self.waiting if one.for_me), None)


def online(centre: Centre, person: User, at: datetime) -> Online:
    """Who waits and who is talked with at a centre: at most seven queries."""
    settings = QuestionSettings.objects.select_related("centre").filter(centre=centre).first()
    duty = OnlineDuty.objects.filter(centre=centre, person=person).prefetch_related("themes").first()
    rows = Talk.objects.open().filter(question__centre=centre, question__thread__isnull=False)
    rows = rows.select_related("question__thread", "question__theme", "question__taken_by")
    lines = [_in_line(talk, person, duty, at) for talk in rows]
    return Online(
        duty=duty,
        live=bool(settings and live_now(settings, at)),
        waiting=[one for one in lines if one.talk.question.state == State.WAITING],
        going_on=[one for one in lines if one.talk.question.state != State.WAITING],
    )


def _in_line(talk: Talk, person: User, duty: OnlineDuty | None, at: datetime) -> InLine:
    question = talk.question
    since = at - (talk.waits_since or at)
    return InLine(
        talk=talk,
        nickname=nickname(question.thread, get_language() or "en") if question.thread else "",
        language=language_name(question.language),
        minutes=max(0, int(since.total_seconds() // 60)),
        mine=question.taken_by_id == person.pk,
        silent=is_silent(talk, at),
        for_me=bool(duty and duty.serves(question.theme_id, question.language)),
    )


def is_silent(talk: Talk, at: datetime) -> bool:
    """Whether whoever has the talk was not heard of for a while, or nobody has it."""
    return (
        talk.question.taken_by_id is None or talk.adviser_at is None or talk.adviser_at <= at - ADVISER_SILENT
    )


@dataclass(frozen=True)
class TalkPage:
    """A talk as either side sees it."""

    question: Question
    talk: Talk | None  # the open one
    last: Talk | None
    lines: list[Line]
    until: datetime | None  # on the centre's clock: nobody waits longer
    place: int  # in line
    silent: bool

    @property
    def waits(self) -> bool:
        return self.talk is not None and self.question.state == State.WAITING

    @property
    def unanswered(self) -> bool:
        return self.question.state in Question.UNANSWERED

    @property
    def last_key(self) -> str:
        return str(self.lines[-1].key) if self.lines else ""


def talk_page(opened: Opened, question: Question, at: datetime, after: str = "") -> TalkPage:
    """A talk; of its words those after the entry ``after``, all where that is unknown: at most five queries."""
    last = last_talk(question)
    talk = last if last and not last.end else None
    lines = lines_of(opened, question)
    known = next((n for n, line in enumerate(lines, 1) if str(line.key) == after), 0)
    until, place = None, 0
    if talk and talk.waits_since and question.state == State.WAITING:
        wait = (
            QuestionSettings.objects.filter(centre=question.centre)
            .values_list("live_wait", flat=True)
            .first()
        )
        until = question.centre.local(talk.waits_since + timedelta(minutes=wait or 0))
        before = Talk.objects.open().filter(
            question__centre=question.centre, question__state=State.WAITING, waits_since__lt=talk.waits_since
        )
        place = before.count() + 1
    silent = bool(talk and question.state != State.WAITING and _away(talk, question, at))
    return TalkPage(question, talk, last, lines[known:], until, place, silent)


def _away(talk: Talk, question: Question, at: datetime) -> bool:
    return question.taken_by_id is None or talk.adviser_at is None or talk.adviser_at <= at - ADVISER_SILENT


def talked_question(centre: Centre, pk: int) -> Question | None:
    """A question of a centre that was or is talked about, while the centre can read it: one query."""
    found = Question.objects.readable().filter(centre=centre, pk=pk, talks__isnull=False)
    return found.select_related("thread", "theme", "taken_by", "written_by", "centre").distinct().first()


def live_hours_of(centre: Centre) -> QuestionSettings | None:
    """When the centre answers at once, for visitors to read; nothing where it does not: one query."""
    return QuestionSettings.objects.filter(centre=centre, taken=True, live=True).first()
