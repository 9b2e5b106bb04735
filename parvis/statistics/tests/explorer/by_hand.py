"""Words, questions and answers made by hand."""

from __future__ import annotations

from datetime import date
from itertools import product

from django.http import QueryDict

from parvis.statistics.cube.questions import ALL, Answer, Count, Dimension
from parvis.statistics.forms.explorer import ExplorerForm, Offer
from parvis.statistics.queries.explorer.words import Vocabulary, Word

D = Dimension
TODAY = date(2026, 11, 23)
WORDS = Vocabulary(
    {
        D.THEME: {
            1: Word("Find a job", "job", (0, 0), "leaf", "circle"),
            2: Word("Change", "change", (0, 1), "sun", "star"),
        },
        D.NEED: {11: Word("A training", "training", (0, 0)), 12: Word("A job", "job", (0, 1))},
        D.SERVICE: {21: Word("Talk", "talk", (0, 0)), 22: Word("Workshop", "workshop", (0, 1))},
        D.REDIRECTION: {31: Word("School", "school", (0, 0))},
        D.CHANNEL: {41: Word("On the spot", "on-site", (0, 0)), 42: Word("By phone", "phone", (0, 1))},
        D.WEEKDAY: {0: Word("Monday", "1", (0, 0)), 1: Word("Tuesday", "2", (0, 1))},
    }
)


def form_of(query: str, *, of_network: bool = False) -> ExplorerForm:
    """The page's form for an address."""
    return ExplorerForm(QueryDict(query), Offer(WORDS, TODAY, 9, of_network))


def asked_of(query: str):
    """What an address asks; it must be possible."""
    form = form_of(query)
    assert form.is_valid(), form.errors
    return form.asked


def answer_of(question, counts, *, several=(), draw: int = 7, **more) -> Answer:
    """An answer whose margins are the sums of ``counts`` (key -> n)."""
    cells: dict = {}
    for key, n in counts.items():
        for margin in product(*[(one, ALL) for one in key]):
            known = cells.get(margin, Count(0, 0))
            cells[margin] = Count(known.n + n, known.draw + draw * n)
    return Answer(question, cells, frozenset(several), **more)
