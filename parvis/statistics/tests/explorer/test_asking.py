"""What the address asks: readable, whole on its way back, and refused with a reason beside its field."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest

from parvis.statistics.cube.dimensions import OF
from parvis.statistics.cube.facts import Unit
from parvis.statistics.cube.questions import Dimension
from parvis.statistics.protection import Audience, Refusal, refused
from parvis.statistics.queries.explorer.ready import READY, ready
from parvis.statistics.queries.explorer.words import NAMES, OFFERED
from parvis.statistics.tests.explorer.by_hand import TODAY, WORDS, asked_of, form_of
from parvis.statistics.ways_out import Kind

pytestmark = pytest.mark.once
D = Dimension
HERE = frozenset({1})


def test_an_empty_address_asks_the_first_question():
    asked = asked_of("")
    assert (asked.unit, asked.rows, asked.columns) == (Unit.ACTS, D.THEME, D.MONTH)
    assert (asked.period.first, asked.period.last) == (date(2026, 9, 1), date(2027, 8, 31))


def test_everything_is_in_the_address_and_comes_back():
    query = (
        "count=acts&rows=need&columns=weekday&each=channel&period=month-2026-10&compare=year&words=network"
        "&picture=heat&theme=change&theme=job&channel=none"
    )
    asked = asked_of(query)
    assert asked.where == {D.THEME: {1, 2}, D.CHANNEL: {None}}
    again = asked.address(WORDS)
    assert parse_qs(again) == parse_qs(query)
    assert asked_of(again) == asked


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("count=passages&rows=theme&period=last-month", "rows", "Of “Passages”, nobody notes “Theme”."),
        ("count=participants&rows=age-band&columns=gender&period=last-month", "columns", "counted by itself"),
        ("count=profiles&rows=age-band&columns=hour&period=last-month", "columns", "nobody notes “Hour”"),
        ("count=acts&rows=theme&columns=theme&period=last-month", "columns", "already chosen"),
        ("count=acts&columns=theme&period=last-month", "rows", "Columns need lines"),
        ("count=acts&rows=theme&period=next-week", "period", "no such period"),
        ("count=acts&rows=theme&period=month-2027-01", "period", "not begun"),
        (
            "count=acts&rows=theme&period=months&start=2026-05&end=2026-03",
            "end",
            "cannot be before the first",
        ),
        ("count=acts&rows=theme&period=months&start=May", "start", ""),
        ("count=waits&picture=flows&period=last-month", "picture", "acts only"),
        ("count=acts&rows=nothing-like-it&period=last-month", "rows", ""),
        ("count=acts&rows=need&theme=unheard-of&period=last-month", "theme", ""),
    ],
)
def test_the_impossible_is_refused_beside_its_field(query, field, words):
    form = form_of(query)
    assert not form.is_valid()
    assert words in " ".join(form.errors[field])
    assert form.asked is None


@pytest.mark.parametrize(
    ("query", "why", "field"),
    [
        ("count=acts&rows=theme&period=today", Refusal.RUNNING, "period"),
        ("count=acts&rows=day&period=last-month", Refusal.DAYS, "rows"),
        ("count=acts&rows=month&columns=week&period=last-quarter", Refusal.CROSSED, "columns"),
        ("count=acts&rows=need&period=last-month&theme=job&theme=change", Refusal.UNION, "theme"),
        (
            "count=acts&rows=need&columns=service&each=channel&period=last-month&theme=job",
            Refusal.DEEP,
            "columns",
        ),
        ("count=acts&rows=need&period=months-2026-02-to-2026-03", Refusal.PERIOD, "period"),
    ],
)
def test_what_others_may_not_ask_is_said_beside_its_field(query, why, field):
    form = form_of(query)
    assert form.is_valid()
    question = form.asked.until(TODAY, Audience.PUBLIC).question(HERE)
    assert refused(question, Audience.TEAM, today=TODAY) is None
    assert refused(question, Audience.PUBLIC, today=TODAY) is why
    form.refuse(why)
    assert form.errors[field] == [form.reason(why)]


def test_of_what_is_not_over_the_team_is_told_up_to_today_and_others_whole_months():
    asked = asked_of("")
    assert asked.until(TODAY, Audience.TEAM).period.last == TODAY
    others = asked.until(TODAY, Audience.PUBLIC)
    assert (others.period.first, others.period.last) == (date(2026, 9, 1), date(2026, 10, 31))
    assert refused(others.question(HERE), Audience.PUBLIC, today=TODAY) is None
    weekly = asked_of("count=acts&rows=week&period=this-week").until(TODAY, Audience.PUBLIC)
    assert refused(weekly.question(HERE), Audience.PUBLIC, today=TODAY) is Refusal.RUNNING


def test_every_ready_question_is_possible_and_those_of_others_are_answered():
    for outside in (False, True):
        found = list(ready(outside=outside))
        assert len(found) == len(READY) == 11
        for _words, address in found:
            asked = asked_of(address).until(TODAY, Audience.PUBLIC)
            if outside:
                assert refused(asked.question(HERE), Audience.PUBLIC, today=TODAY) is None, address


def test_flows_ask_for_their_three_steps():
    asked = asked_of("count=acts&picture=flows&rows=theme&period=last-month")
    assert asked.by == (D.NEED, D.SERVICE, D.REDIRECTION)
    assert asked.picture is Kind.FLOWS
    assert "rows" not in asked.address(WORDS)


def test_what_is_offered_can_be_answered_and_has_a_name():
    for unit in Unit:
        assert set(OFFERED[unit]) <= set(OF[unit]), unit
        assert set(OFFERED[unit]) <= NAMES.keys()


def test_a_network_asks_in_shared_words_and_by_place():
    form = form_of("count=acts&rows=centre&period=last-month", of_network=True)
    assert form.is_valid()
    assert form.asked.in_network_words
    assert "words" not in form.fields
    assert D.SITE not in form.offer.dimensions(Unit.ACTS)
