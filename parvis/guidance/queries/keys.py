"""What needs which of the installation's keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max

from parvis.guidance.models import Grant, Question, Thread
from parvis.shared.sealing import keys
from parvis.shared.sealing.vault import Vault

AT_ONCE = 500


@dataclass(frozen=True)
class KeyUse:
    """One key: whether it is there, and how many threads, open conversations and open questions need it.

    ``until``: when the last of the threads expires, if nobody opens it before.
    """

    version: int
    there: bool
    threads: int
    conversations: int
    questions: int
    until: date | None

    @property
    def needed(self) -> bool:
        """Whether something could not be found or opened without it."""
        return bool(self.threads or self.conversations or self.questions)


def uses_of_keys() -> list[KeyUse]:
    """Every key that is there or needed, newest first: three queries."""
    threads = {
        row["lookup_version"]: (row["count"], row["until"])
        for row in Thread.objects.order_by()
        .values("lookup_version")
        .annotate(count=Count("pk"), until=Max("expires_on"))
    }
    grants = Grant.objects.open().order_by().values_list("version").annotate(Count("pk"))
    asked = Question.objects.exclude(wrapped=b"").order_by().values_list("version").annotate(Count("pk"))
    conversations, questions, there = dict(grants), dict(asked), keys.versions()
    return [
        KeyUse(
            version=version,
            there=version in there,
            threads=threads.get(version, (0, None))[0],
            conversations=conversations.get(version, 0),
            questions=questions.get(version, 0),
            until=threads.get(version, (0, None))[1],
        )
        for version in sorted({*there, *threads, *conversations, *questions}, reverse=True)
    ]


def lost_but_copied(own: Vault, copy: Vault) -> tuple[int, int]:
    """Of how many threads the share is gone and a copy of the vault still has it; and how many threads there are."""
    lost, count, last = 0, 0, 0
    while rows := list(Thread.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "key")[:AT_ONCE]):
        last, count = rows[-1][0], count + len(rows)
        missing: set[UUID] = own.missing([key for _pk, key in rows])
        lost += len(missing - copy.missing(missing))
    return lost, count
