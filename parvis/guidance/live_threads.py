"""How pages that show a thread hear that it has changed. What is sent says nothing: the page asks again, and is asked who it is.

Each person at a desk follows a slot of their own. Once they may no longer read the thread, there is no such slot, and their stream
ends: at once when the conversation does, within seconds when they leave the desk or lose their role.
"""

from __future__ import annotations

from uuid import UUID

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment
from parvis.guidance.models import Grant, Question
from parvis.guidance.queries.threads import who_may_read
from parvis.shared import live
from parvis.shared.live.versions import known

PREFIX = "thread"
QUESTION, VISITOR = "question", "visitor"
LOOKED_AT = (
    3.0  # seconds after which somebody who lost their role without the thread's hearing of it is noticed
)


def address(grant: Grant, person: User) -> str:
    """Where a page of one person follows one conversation."""
    return live.address(topic(grant.thread_id), f"{grant.key}:{person.pk}")


def question_address(question: Question, person: User | None = None) -> str:
    """Where a page follows one question that is talked about: whoever answers, or (nobody) the visitor's own."""
    name = f"{QUESTION}:{question.key}:{person.pk if person else VISITOR}"
    return live.address(topic(question.thread_id or 0), name)


def topic(thread: int) -> str:
    """The topic of one thread."""
    return f"{PREFIX}/{thread}"


def changed(thread: int) -> None:
    """Says, inside a transaction, that a thread is different once it commits."""
    live.changed(topic(thread))


def read(name: str, slots: frozenset[str]) -> dict[str, str]:
    """A number that is another one after each change, for those who may still read the thread."""
    talks = {slot for slot in slots if slot.startswith(f"{QUESTION}:")}
    asked = {slot: slot.partition(":") for slot in slots - talks}
    wanted = {slot: (UUID(grant), int(person)) for slot, (grant, _colon, person) in asked.items()}
    allowed = who_may_read(set(wanted.values()))
    there = {slot for slot, pair in wanted.items() if pair in allowed} | _answering(talks)
    return {slot: str(known.get(name, 0)) for slot in there}


def _answering(slots: set[str]) -> set[str]:
    """Of the pages of questions, those whose reader may still read them; the visitor's own while there is the question."""
    if not slots:
        return set()
    asked = {slot: slot.split(":") for slot in slots}
    rows = Question.objects.readable().filter(key__in={parts[1] for parts in asked.values()})
    centres = {str(question.key): question.centre_id for question in rows}
    people = [int(who) for _question, _key, who in asked.values() if who != VISITOR]
    held = Assignment.objects.filter(person__in=people, role__in=roles_with(Permission.ANSWER))
    may = {(str(person), centre) for person, centre in held.values_list("person", "centre")}
    return {
        slot
        for slot, (_question, key, who) in asked.items()
        if key in centres and (who == VISITOR or (who, centres[key]) in may)
    }
