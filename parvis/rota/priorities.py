"""What matters in a rota, in a director's words: each of a few aims stands for some of the planner's weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.rota.planning.problem import Weights


class Step(models.TextChoices):
    """How much an aim matters."""

    NOT = "not", _("Not at all")
    LITTLE = "little", _("A little")
    IMPORTANT = "important", _("Important")
    VERY = "very", _("Very important")


TIMES = {Step.NOT: 0.0, Step.LITTLE: 0.34, Step.IMPORTANT: 1.0, Step.VERY: 3.0}


@dataclass(frozen=True)
class Aim:
    """One thing that a plan is good at, or less."""

    key: str
    label: str | Promise
    hint: str | Promise
    weights: tuple[str, ...]  # fields of ``Weights``
    usual: Step = Step.IMPORTANT


AIMS = (
    Aim(
        "covered",
        _("Every seat is filled"),
        _("Each theme has its advisers, and somebody who speaks the languages that are asked for."),
        ("uncovered", "language"),
    ),
    Aim(
        "mixed",
        _("Institutions are mixed"),
        _("Those who sit together come from different institutions, and many of them are there at a time."),
        ("unmixed", "below_minimum", "below_aim"),
    ),
    Aim(
        "promised",
        _("Each institution gives what it promised"),
        _("Evenly over the months, with what it gave too much or too little before."),
        ("share",),
    ),
    Aim(
        "wishes",
        _("People come when they like to"),
        _("Half-days that somebody prefers rather than those they would rather not take."),
        ("rather_not", "not_preferred"),
    ),
    Aim(
        "habits",
        _("People keep their half-days"),
        _("The same half-days and themes each fortnight, as they are used to."),
        ("habit",),
    ),
    Aim(
        "fair",
        _("The load is shared fairly"),
        _("Within each institution, and half-days that few like among everybody."),
        ("fairness", "unpopular"),
    ),
    Aim(
        "whole",
        _("Whole days rather than single half-days"),
        _("Nobody travels for one half-day where two were possible."),
        ("isolated",),
    ),
)


def weights_of(steps: Mapping[str, str]) -> dict[str, int]:
    """Aim -> step, as the planner's weights; an aim that is not named has its usual step."""
    usual = Weights()
    found = {}
    for aim in AIMS:
        times = TIMES[Step(steps.get(aim.key) or aim.usual)]
        for name in aim.weights:
            found[name] = max(1, round(getattr(usual, name) * times)) if times else 0
    return found


def steps_of(weights: Mapping[str, int]) -> dict[str, Step]:
    """The steps that such weights stand for; what is nearest, where they were made otherwise."""
    usual = Weights()
    found = {}
    for aim in AIMS:
        name = aim.weights[0]
        times = weights.get(name, getattr(usual, name)) / getattr(usual, name)
        found[aim.key] = min(Step, key=lambda step: (abs(TIMES[step] - times), TIMES[step]))
    return found
