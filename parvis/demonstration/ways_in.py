"""Surveys that go on today, by each way in: paper in a pile, a class that comes and one that has answered, a desk, a thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from parvis.demonstration.ground import Ground
from parvis.demonstration.questionnaires import SPACE
from parvis.surveys.actions.answering import record_answers
from parvis.surveys.actions.classes import Wanted, close_round, open_round, prepare_class
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.actions.paper import Pile, begin_batch, count_sheet, enter_sheet
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import open_version
from parvis.surveys.models import ClassRound, Collection, PaperBatch, Version, Way
from parvis.surveys.ready import ready_model

PILE, TYPED = 24, 14
PUPILS, ANSWERED = 26, 23
IDEAS = ("yes", "several", "several", "no")
WISHES = ("jobs", "people", "training", "myself", "work")


def write_ways_in(ground: Ground, now: datetime) -> int:
    """Begins what goes on today, and returns how many answers there are; what was asked in the past is ``parvis.demonstration.surveys``'."""
    today = ground.centre.local_day(now)
    opened = Version.objects.filter(questionnaire__centre=ground.centre, state=Version.State.OPENED)
    satisfaction = opened.get(questionnaire__ready_model="visitor_satisfaction")
    _asked(ground, satisfaction, Way.ADVISER, today)
    _on_paper(ground, satisfaction, today)
    _classes(ground, now, today)
    impact = opened.filter(questionnaire__ready_model="impact_after").first()
    if impact:
        _asked(ground, impact, Way.THREAD, today, after_days=90)
    return TYPED + ANSWERED


def _key(ground: Ground, *names: object) -> UUID:
    return uuid5(SPACE, "/".join([ground.centre.slug, "ways in", *map(str, names)]))


def _asked(ground: Ground, version: Version, way: Way, today: date, *, after_days: int = 0) -> Collection:
    put = Put(way, today - timedelta(days=6), version.languages, after_days=after_days)
    return open_collection(version=version, holder=ground.centre, key=_key(ground, way), put=put)


def _on_paper(ground: Ground, version: Version, today: date) -> None:
    """Of a pile of yesterday's sheets more than half is typed in."""
    random = Random(f"{ground.seed}/{ground.centre.slug}/paper")  # noqa: S311  # invented answers
    survey = _asked(ground, version, Way.PAPER, today)
    pile = Pile(today - timedelta(days=1), ground.centre.language, PILE)
    batch = begin_batch(collection=survey, key=_key(ground, "pile"), pile=pile, on=today)
    for n in range(TYPED):
        given = {
            "welcome": str(random.choice((4, 5, 5))),
            "wait": random.choice(("none", "fine")),
            "recommend": "yes",
        }
        enter_sheet(batch=batch, key=_key(ground, "sheet", n), given=given)
    for became in (PaperBatch.Became.DECLINED, PaperBatch.Became.UNREADABLE):
        count_sheet(batch=batch, key=_key(ground, became), became=became)


def _classes(ground: Ground, now: datetime, today: date) -> None:
    """One class has answered today, another comes within days."""
    random = Random(f"{ground.seed}/{ground.centre.slug}/class")  # noqa: S311  # invented answers
    centre = ground.centre
    model = ready_model("class_expectations")
    draft = begin_ready(
        holder=centre, key=_key(ground, "expectations"), model=model, language=centre.language
    )
    version = open_version(version=draft, languages=centre.languages, on=today - timedelta(days=6))
    _class(ground, version, "comes", today + timedelta(days=6), today)
    done = _class(ground, version, "came", today, today)
    open_round(screen=done, at=now)
    for n in range(ANSWERED):
        given = {"idea": random.choice(IDEAS), "wishes": random.sample(WISHES, 2), "sure": str(1 + n % 5)}
        record_answers(
            collection=done.collection,
            key=_key(ground, "pupil", n),
            language=centre.language,
            given=given,
            day=today,
        )
    close_round(screen=done, at=now)


def _class(ground: Ground, version: Version, name: str, last: date, today: date) -> ClassRound:
    languages: Sequence[str] = version.languages
    put = Put(Way.CLASS, today, languages, closes_on=last)
    wanted = Wanted(PUPILS, 30)
    key = _key(ground, "class", name)
    return prepare_class(version=version, centre=ground.centre, key=key, put=put, wanted=wanted)
