"""Which questions are asked: against every way through a questionnaire, tried one by one."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.surveys.conditions import Asked, Fault, asked, faults

pytestmark = pytest.mark.once
YES_NO = frozenset(["yes", "no"])


def q(key, *, values=YES_NO, several=False, **only_if):
    return Asked(key, frozenset(values), several, {on: frozenset(one) for on, one in only_if.items()})


def test_a_question_is_asked_after_the_answer_it_waits_for():
    questions = [q("a"), q("b", a=["no"]), q("c", b=["yes"])]
    assert asked(questions, {}) == ["a"]
    assert asked(questions, {"a": "no"}) == ["a", "b"]
    assert asked(questions, {"a": "no", "b": "yes"}) == ["a", "b", "c"]
    # An answer that was given before the first was changed leads nowhere.
    assert asked(questions, {"a": "yes", "b": "yes"}) == ["a"]


def test_a_point_of_a_scale_and_several_answers_lead_on():
    questions = [
        q("scale", values="12345"),
        q("many", values="xyz", several=True),
        q("low", scale=["1", "2"]),
        q("y", many=["y"]),
    ]
    assert asked(questions, {"scale": 2, "many": ["x", "y"]}) == ["scale", "many", "low", "y"]
    assert asked(questions, {"scale": 3, "many": ["x"]}) == ["scale", "many"]


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([q("a", a=["yes"])], {"a": Fault.LATER}),
        ([q("a", b=["yes"]), q("b", a=["yes"])], {"a": Fault.LATER}),  # a circle needs one that looks ahead
        ([q("a"), q("b", a=[])], {"b": Fault.NO_SUCH_ANSWER}),
        ([q("a"), q("b", a=["perhaps"])], {"b": Fault.NO_SUCH_ANSWER}),
        ([q("a"), q("b", a=["no"]), q("c", a=["yes"], b=["yes"])], {"c": Fault.NEVER}),
        ([q("a", several=True), q("b", a=["no"]), q("c", a=["yes"], b=["yes"])], {}),
    ],
)
def test_conditions_that_cannot_stand(questions, found):
    assert faults(questions) == found


@st.composite
def questionnaires(draw):
    """Up to four questions, each after answers to some before it."""
    made = []
    for n in range(draw(st.integers(1, 4))):
        conditions = {}
        for before in made:
            if draw(st.integers(0, 2)) == 0:
                conditions[before.key] = draw(
                    st.frozensets(st.sampled_from(sorted(before.values)), min_size=1)
                )
        values = frozenset("abc"[: draw(st.integers(1, 3))])
        made.append(Asked(f"q{n}", values, draw(st.booleans()), conditions))
    return made


def every_way(questions):
    """All sets of answers that anybody could give."""

    def of(question):
        values = sorted(question.values)
        if not question.several:
            return values
        return [list(some) for n in range(1, len(values) + 1) for some in combinations(values, n)]

    return (
        dict(zip((one.key for one in questions), answers, strict=True))
        for answers in product(*(of(one) for one in questions))
    )


SLOW_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


@SLOW_MACHINE
@given(questionnaires())
def test_never_is_said_of_exactly_those_that_no_answers_lead_to(questions):
    reached = set(chain.from_iterable(asked(questions, answers) for answers in every_way(questions)))
    assert faults(questions) == {one.key: Fault.NEVER for one in questions if one.key not in reached}


@SLOW_MACHINE
@given(questionnaires(), st.randoms())
def test_in_another_order_each_condition_looks_back_or_is_refused(questions, random):
    mixed = list(questions)
    random.shuffle(mixed)
    place = {one.key: n for n, one in enumerate(mixed)}
    ahead = {one.key for n, one in enumerate(mixed) if any(place[on] >= n for on in one.only_if)}
    assert {key for key, fault in faults(mixed).items() if fault == Fault.LATER} == ahead
