"""Surveys that are answered: on a kiosk, by a link, and one that is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from parvis.surveys.actions.classes import close_round, open_round
from parvis.surveys.actions.collections import Put, close_collection
from parvis.surveys.actions.paper import enter_sheet
from parvis.surveys.actions.sampling import Wish, open_sample
from parvis.surveys.actions.versions import open_version
from parvis.surveys.factories import LONG_AGO, a_class, a_collection, a_draft, a_pile, a_question_in, answered
from parvis.surveys.models import Collection, Option, Question, QuestionKind, Version, Way
from parvis.surveys.sampling import Method, Unit

if TYPE_CHECKING:
    from e2e.walk.scene import Scene


def some_surveys(scene: Scene, at: datetime) -> None:
    """Each kind of question, in each language (the walk reads the pages' own words, not the questions')."""
    draft = a_draft(scene.centre)
    kinds = QuestionKind
    a_question_in(draft, "again", kinds.YES_NO, required=True)
    a_question_in(draft, "why_not", kinds.CHOICE, options=["far", "wait"], only_if={"again": ["no"]})
    a_question_in(draft, "themes", kinds.SEVERAL, options=["choose", "train", "job"], most=2)
    a_question_in(draft, "welcome", kinds.SCALE)
    a_question_in(draft, "hours", kinds.NUMBER, minimum=0, maximum=24)
    a_question_in(draft, "since", kinds.DATE)
    a_question_in(draft, "places", kinds.GRID, options=["good", "bad"], lines=["desk", "library"])
    a_question_in(draft, "sure", kinds.PAIR)
    a_question_in(draft, "more", kinds.TEXT)
    languages = [code for code, _name in settings.LANGUAGES]
    _in_each_language(draft, languages)
    version = open_version(version=Version.objects.get(pk=draft.pk), languages=languages, on=LONG_AGO)
    for name, way in (("kiosk", Way.KIOSK), ("link", Way.LINK), ("adviser", Way.ADVISER), ("closed", Way.QR)):
        made = a_collection(version, way=way, languages=languages)
        scene.rows |= {f"survey {name}": made.token, f"survey {name} row": made.pk}
        if name == "closed":
            for n in range(24):
                answered(made, {"again": "yes", "welcome": str(4 + n % 2)}, LONG_AGO)
            close_collection(collection=made, on=LONG_AGO)
    day = scene.centre.local_day(at)
    for n in range(12):
        answered(
            Collection.objects.get(token=scene.rows["survey kiosk"]),
            {"again": "yes", "welcome": str(3 + n % 3)},
            day,
        )
    _some_paper(scene, version, at)
    _some_classes(scene, version, at)
    site = scene.centre.sites.first()
    put = Put(way=Way.KIOSK, opens_on=day, closes_on=day + timedelta(days=27), languages=["fr"])
    wish = Wish(site, Unit.HALF_DAY, Method.STRATIFIED, 6)
    drawn = open_sample(version=version, centre=scene.centre, key=uuid4(), put=put, wish=wish)
    scene.rows["survey drawn row"] = drawn.pk


def _in_each_language(draft: Version, languages: list[str]) -> None:
    """Every text worded in every language, as a version must be that is put to visitors."""
    rows = [draft.questionnaire, *Question.objects.filter(version=draft)]
    rows += Option.objects.filter(question__version=draft)
    for row in rows:
        for column in ("title", "text", "label"):
            if text := getattr(row, column, None):
                for code in languages:
                    text.data.setdefault(code, text.data["en"])
        row.save()


def _some_paper(scene: Scene, version: Version, at: datetime) -> None:
    """A pile of which three sheets are typed in."""
    on_paper = a_collection(version, way=Way.PAPER, languages=version.languages)
    pile = a_pile(on_paper, scene.centre.local_day(at), "fr", 24)
    for n in range(3):
        enter_sheet(batch=pile, key=uuid4(), given={"again": "yes", "welcome": str(3 + n % 3)})
    scene.rows |= {"survey paper row": on_paper.pk, "survey pile": str(pile.key)}


def _some_classes(scene: Scene, version: Version, at: datetime) -> None:
    """A class whose screen waits, one that answers, and one that has."""
    day = scene.centre.local_day(at)
    for name in ("ready", "open", "over"):
        screen = a_class(version, scene.centre, day)
        if name != "ready":
            screen = open_round(screen=screen, at=at)
        if name == "over":
            for n in range(23):
                answered(screen.collection, {"again": "yes" if n % 4 else "no", "welcome": "4"}, day)
            close_round(screen=screen, at=at)
        scene.rows |= {f"class {name}": screen.token, f"class {name} row": screen.collection_id}
