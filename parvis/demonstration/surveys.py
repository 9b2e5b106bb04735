"""Surveys that are over: two waves of a sample about satisfaction, a sample of the profile, and what changed for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid5

from parvis.demonstration.ground import Ground
from parvis.demonstration.questionnaires import SPACE, write_questionnaires
from parvis.statistics.queries.reports.spans import Span, last_over
from parvis.surveys import counted
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.sampling import Wish, frame_of, open_sample
from parvis.surveys.actions.versions import open_version
from parvis.surveys.conditions import asked
from parvis.surveys.models import Collection, Question, QuestionKind, Refusals, Response, Version, Way
from parvis.surveys.queries.choices import NO, YES, Choices, choices_of, path_of, questions_of
from parvis.surveys.ready import ready_model
from parvis.surveys.sampling import Method, Unit

FEWEST = 60  # contacts in the drawn hours, below which the past is too short to have been asked
SLOTS, WEEKS = 12, timedelta(days=27)
GOOD = (1, 2, 6, 28, 63)  # how many of a hundred choose each point of a scale
USUAL: Mapping[str, Sequence[int]] = {
    "wait": (30, 55, 15),
    "found": (58, 33, 9),
    "missing": (30, 45, 25, 12, 20),
}
# Of lists that centres cut differently: how many of a hundred say each entry, by its key; others as in the middle of a list.
LISTED = {
    "woman": 52,
    "man": 44,
    "other": 2,
    "not_communicated": 3,
    "first_ever": 48,
    "first_here": 13,
    "returning": 39,
    "pupil": 12,
    "student": 9,
    "employed": 26,
    "jobseeker_registered": 60,
    "jobseeker_not_registered": 18,
}
DECLINE = 0.35  # of those who are asked


def write_surveys(ground: Ground, since: date, today: date) -> int:
    """Writes the questionnaires, puts questionnaires to people in the last quarters and answers them; returns how many answers. None where the past is too short."""
    satisfaction = write_questionnaires(ground, since)
    first, last = last_over(Span.QUARTER, today)
    before = first - timedelta(days=60)
    random = Random(f"{ground.seed}/{ground.centre.slug}/surveys")  # noqa: S311  # invented answers
    rows = 0
    for name, model, opens in (
        ("satisfaction-1", "", before),
        ("satisfaction-2", "", first + timedelta(days=9)),
        ("profile", "profile", last - WEEKS - timedelta(days=9)),
    ):
        if opens >= since:
            version = _open(ground, model, since) if model else satisfaction
            rows += _sampled(ground, version, name, opens, random)
    if first >= since:
        rows += _by_link(ground, _open(ground, "impact_after", since), first, last, random)
    return rows


def _open(ground: Ground, model: str, since: date) -> Version:
    centre = ground.centre
    key = uuid5(SPACE, f"{centre.slug}/{model}")
    draft = begin_ready(holder=centre, key=key, model=ready_model(model), language=centre.language)
    return open_version(version=draft, languages=centre.languages, on=since) if draft.is_draft else draft


def _sampled(ground: Ground, version: Version, name: str, opens: date, random: Random) -> int:
    """Everybody in drawn half-days is asked; two in three answer."""
    centre, closes = ground.centre, opens + WEEKS
    if len({slot.day for slot in frame_of(ground.site, opens, closes, Unit.HALF_DAY)}) < SLOTS:
        return 0
    put = Put(Way.KIOSK, opens, centre.languages, closes_on=closes)
    wish = Wish(ground.site, Unit.HALF_DAY, Method.STRATIFIED, SLOTS)
    key = uuid5(SPACE, f"{centre.slug}/surveys/{name}")
    survey = open_sample(version=version, centre=centre, key=key, put=put, wish=wish)
    slots = {slot.day: slot for slot in survey.sample.slots.all()}
    came = Counter(
        day for day, at in counted.contacts(centre, opens, closes) if day in slots and slots[day].holds(at)
    )
    if sum(came.values()) < FEWEST:
        return 0
    refused = {day: sum(random.random() < DECLINE for _each in range(n)) for day, n in came.items()}
    Refusals.objects.bulk_create(
        Refusals(collection=survey, day=day, kind=Refusals.Kind.DECLINED, number=n)
        for day, n in sorted(refused.items())
        if n
    )
    days = [day for day, n in sorted(came.items()) for _each in range(n - refused[day])]
    return _answered(survey, days, random)


def _by_link(ground: Ground, version: Version, first: date, last: date, random: Random) -> int:
    """Whoever has the link answers when they like."""
    put = Put(Way.LINK, first, ground.centre.languages, closes_on=last)
    key = uuid5(SPACE, f"{ground.centre.slug}/surveys/impact")
    survey = open_collection(version=version, holder=ground.centre, key=key, put=put)
    days = [first + timedelta(days=random.randrange((last - first).days)) for _each in range(64)]
    return _answered(survey, days, random)


def _answered(survey: Collection, days: Sequence[date], random: Random) -> int:
    version = Version.objects.whole().get(pk=survey.version_id)
    centre = survey.centre
    assert centre is not None  # noqa: S101  # put by a centre
    choices = choices_of(version, centre, survey.opens_on)
    made = [
        Response(
            collection=survey,
            day=day,
            language=centre.language if random.random() < 0.8 else random.choice(survey.languages),
            answers=_said(version, choices, random),
        )
        for day in days
    ]
    Response.objects.bulk_create(made)
    return len(made)


def _said(version: Version, choices: Choices, random: Random) -> dict[str, Any]:
    """What somebody answers: one in twenty-five leaves a question out, nobody writes words."""
    said: dict[str, Any] = {}
    for question in questions_of(version):
        value = None if random.random() < 0.04 else _value(question, choices, random)
        if value not in (None, []):
            said[question.key] = value
    shown = asked(path_of(version, choices), said)
    return {key: said[key] for key in shown if key in said}


def _value(question: Question, choices: Choices, random: Random) -> Any:
    own = [one.key for one in choices[question.pk]]
    weights = _weights(question, own)
    match question.kind:
        case QuestionKind.CHOICE if own:
            return random.choices(own, weights)[0]
        case QuestionKind.SEVERAL:
            return [key for key, weight in zip(own, weights, strict=True) if random.random() * 60 < weight]
        case QuestionKind.YES_NO:
            return YES if random.random() < 0.87 else NO
        case QuestionKind.SCALE:
            points = question.points
            return random.choices(points, GOOD if len(points) == len(GOOD) else None)[0]
        case QuestionKind.PAIR:
            before = random.choice(question.points[:-1])
            now = min(question.points[-1], before + random.choices((-1, 0, 1, 2), (4, 26, 45, 25))[0])
            return {"before": before, "now": max(question.points[0], now)}
    return None


def _weights(question: Question, keys: Sequence[str]) -> Sequence[int]:
    found, many = USUAL.get(question.key, ()), len(keys)
    if question.code_list:
        return [LISTED.get(key, 10 + 12 * min(n, many - 1 - n)) for n, key in enumerate(keys)]
    # A hump: the answers in the middle of a list are given more often than those at its ends.
    return found if len(found) == many else [10 + 12 * min(n, many - 1 - n) for n in range(many)]
