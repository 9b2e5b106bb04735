"""Questionnaires and their versions, what they ask, how they are put to people, and what people answered."""

from parvis.surveys.models.answers import Collection, Refusals, Response, Way, Words
from parvis.surveys.models.classes import ClassRound
from parvis.surveys.models.paper import PaperBatch
from parvis.surveys.models.questionnaires import Audience, Purpose, Questionnaire, Version, VersionIsFixed
from parvis.surveys.models.questions import (
    LONGEST,
    POINTS,
    PROFILE_LISTS,
    Condition,
    Option,
    Question,
    QuestionKind,
    Section,
)
from parvis.surveys.models.samples import DrawnSlot, Sample

__all__ = [
    "LONGEST",
    "POINTS",
    "PROFILE_LISTS",
    "Audience",
    "ClassRound",
    "Collection",
    "Condition",
    "DrawnSlot",
    "Option",
    "PaperBatch",
    "Purpose",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "Refusals",
    "Response",
    "Sample",
    "Section",
    "Version",
    "VersionIsFixed",
    "Way",
    "Words",
]
