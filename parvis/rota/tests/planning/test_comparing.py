"""Two plans beside each other: each difference once, and what each rule costs in both."""

from parvis.rota.planning.comparing import Comparison, Difference, RuleCosts, compare
from parvis.rota.planning.problem import Duty, Need, Person, Problem, Slot, Wish

SLOTS = (Slot(7, 540, 780, 0, 0, 0), Slot(3, 1980, 2220, 1, 0, 1))
PEOPLE = tuple(
    Person(key, None, frozenset("ab"), {7: Wish.CAN, 3: Wish.RATHER_NOT if key == 1 else Wish.CAN})
    for key in (1, 2)
)
PROBLEM = Problem(SLOTS, (Need(7, "a", 2), Need(7, "b", 1), Need(3, "a", 1)), PEOPLE)


def test_the_same_plan_twice_has_no_difference():
    plan = frozenset({Duty(7, "a", 1), Duty(7, "b", 2), Duty(3, "a", 2)})
    rules = (RuleCosts("uncovered", 1, 1, 100, 100),)
    assert compare(PROBLEM, plan, plan) == Comparison((), rules, 100, 100)


def test_differences_come_in_the_order_of_time_with_the_cost_of_each_rule():
    first = frozenset({Duty(7, "a", 1), Duty(3, "a", 1)})
    second = frozenset({Duty(7, "b", 1), Duty(7, "a", 2), Duty(3, "a", 2)})
    assert compare(PROBLEM, first, second) == Comparison(
        differences=(
            Difference(7, 1, ("a",), ("b",)),
            Difference(7, 2, (), ("a",)),
            Difference(3, 1, ("a",), ()),
            Difference(3, 2, (), ("a",)),
        ),
        rules=(
            RuleCosts("uncovered", 2, 1, 200, 100),
            RuleCosts("rather_not", 1, 0, 3, 0),
        ),
        cost_first=203,
        cost_second=100,
    )
