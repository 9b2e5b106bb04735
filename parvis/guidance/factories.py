"""Threads for tests and the demonstration, made through the room's own actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.guidance import actions
from parvis.guidance.actions import questions, talks
from parvis.guidance.models import Keeps, Kind, Question, QuestionSettings, Thread
from parvis.guidance.opened import Opened
from parvis.guidance.receipt import Receipt


def a_thread(
    centre: Centre, at: datetime, *, receipt: Receipt | None = None, keeps: Keeps = Keeps.TWELVE
) -> tuple[Opened, Receipt]:
    """A thread that a visitor agreed to ``at`` a centre, and the receipt that they hold."""
    receipt = receipt or Receipt.new()
    agreement = actions.Agreement(language="fr", way=Thread.Way.AT_THE_DESK, keeps=keeps)
    return actions.begin_thread(centre=centre, receipt=receipt, agreement=agreement, at=at), receipt


def a_conversation(receipt: Receipt, centre: Centre, person: User, at: datetime) -> Opened:
    """A talk of ``person`` with whoever holds the receipt."""
    return actions.begin_conversation(receipt=receipt, centre=centre, person=person, key=uuid4(), at=at)


def a_line(opened: Opened, text: str, at: datetime, kind: Kind = Kind.STEP) -> None:
    """One piece of a thread."""
    actions.write_entry(opened=opened, key=uuid4(), kind=kind, said={"text": text}, at=at)


def takes_questions(centre: Centre, *, promise: int = 2, reviewed: bool = False) -> QuestionSettings:
    """The centre takes questions online."""
    return questions.set_questions(centre=centre, taken=True, promise=promise, reviewed=reviewed)


def a_question(
    centre: Centre, at: datetime, text: str = "How do I become an electrician?", **said: Any
) -> tuple[Question, Opened, Receipt]:
    """A question that somebody asked in a thread of their own (``receipt``: in theirs), in French unless told otherwise."""
    opened, receipt = a_thread(centre, at, receipt=said.pop("receipt", None))
    asking = questions.Asking(**{"centre": centre, "theme": None, "language": "fr", "text": text} | said)
    return questions.ask(opened=opened, key=uuid4(), asking=asking, at=at), opened, receipt


def answers_live(centre: Centre, *people: User, at: datetime, wait: int = 15) -> QuestionSettings:
    """The centre answers at once from 9 to 12 on every day; ``people`` are on duty for all of it in English and French."""
    live = questions.LiveHours(on=True, days=range(7), wait=wait)
    settings = questions.set_questions(centre=centre, taken=True, promise=2, reviewed=False, live=live)
    themes = list(centre.themes.all())
    for person in people:
        talks.begin_duty(centre=centre, person=person, themes=themes, languages=["en", "fr"], at=at)
    return settings
