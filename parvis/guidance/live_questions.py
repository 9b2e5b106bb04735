"""How the two sides of a question hear that something was said. What is sent is a number: the page asks again, and is asked who it is.

The visitor's page follows until the question is cut loose from its thread; an adviser's until they may no longer read it.
"""

from __future__ import annotations

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Assignment
from parvis.guidance.models import Question
from parvis.shared import live
from parvis.shared.live.versions import known

PREFIX = "question"
LOOKED_AT = 3.0  # seconds after which somebody who lost their role is noticed
VISITOR = "visitor"


def topic(question: int) -> str:
    """The topic of one question."""
    return f"{PREFIX}/{question}"


def visitors_address(question: Question) -> str:
    """Where the page of whoever asked follows it."""
    return live.address(topic(question.pk), VISITOR)


def address(question: Question, person: User) -> str:
    """Where the page of one adviser follows it."""
    return live.address(topic(question.pk), str(person.pk))


def changed(question: int) -> None:
    """Says, inside a transaction, that something was said or done once it commits."""
    live.changed(topic(question))


def read(name: str, slots: frozenset[str]) -> dict[str, str]:
    """A number that is another one after each change, for those who may still read the question: two queries."""
    question = Question.objects.filter(pk=int(name.partition("/")[2])).exclude(thread=None).first()
    if question is None:
        return {}
    people = {int(slot) for slot in slots if slot != VISITOR}
    held = Assignment.objects.filter(
        person__in=people, centre=question.centre_id, role__in=roles_with(Permission.ANSWER)
    )
    may = set(held.values_list("person", flat=True)) if question.wrapped else set()
    now = str(known.get(name, 0))
    return {slot: now for slot in slots if slot == VISITOR or int(slot) in may}
