"""The model of a centre's rota: all its rules."""

from __future__ import annotations

from .building import Building, build
from .problem import Problem
from .rules import CENTRE


def centre_model(problem: Problem) -> Building:
    """Everything that a centre asks of a rota. Pins must keep the hard rules (``pins.check_pins``)."""
    return build(problem, CENTRE)
