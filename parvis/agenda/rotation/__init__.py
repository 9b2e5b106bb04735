"""Groups of a class go round workshops, turn by turn: plain Python over plain data, without Django, so that it is tested and measured alone.

``solve`` gives the shortest rotation of a ``Problem``; ``checker.broken`` says from the rules alone what a rotation breaks, whoever made it.
"""

from .checker import Fault, Rule, broken, walks
from .problem import Group, Impossible, NotFound, Problem, Rotation, Station, Visit, WhyNot
from .solving import solve

__all__ = [
    "Fault",
    "Group",
    "Impossible",
    "NotFound",
    "Problem",
    "Rotation",
    "Rule",
    "Station",
    "Visit",
    "WhyNot",
    "broken",
    "solve",
    "walks",
]
