"""A version on paper, to be filled in by hand and entered afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from parvis.shared.paper import pdf
from parvis.surveys.models import Question, QuestionKind, Version
from parvis.surveys.queries.choices import Choices, questions_of
from parvis.surveys.visitor_paper import paper_words

SOURCE = Path(__file__).parent / "paper" / "questionnaire.typ"
K = QuestionKind


def questionnaire_pdf(version: Version, choices: Choices, language: str, house: str) -> bytes:
    """A ``whole`` version in the active language, which is ``language``."""
    words = paper_words()
    number = {question.pk: n for n, question in enumerate(questions_of(version), 1)}
    labels = {
        question.key: (number[question.pk], {one.key: str(one.label) for one in choices[question.pk]})
        for question in questions_of(version)
    }
    said: dict[str, Any] = {
        "title": version.asked_as,
        "language": language,
        "rtl": language in settings.LANGUAGES_BIDI,
        "house": house,
        "welcome": str(version.welcome),
        "thanks": str(version.thanks),
        "promise": words.promise if version.questionnaire.anonymous else "",
        "foot": f"{version.questionnaire.title} · {version.number}",
        "sections": [
            {
                "title": str(section.title),
                "help": str(section.help),
                "questions": [
                    _question(one, number[one.pk], choices, labels, words) for one in section.questions.all()
                ],
            }
            for section in version.sections.all()
        ],
    }
    return pdf(SOURCE, said)


def _question(question: Question, number: int, choices: Choices, labels: Any, words: Any) -> dict[str, Any]:
    boxes = [str(one.label) for one in choices[question.pk]]
    if question.kind == K.YES_NO:
        boxes = [words.yes, words.no]
    lines = [str(line.label) for line in question.lines]
    if question.kind == K.PAIR:
        lines = [words.before, words.now]
    hints = [str(question.help)] if question.help else []
    if question.kind == K.SEVERAL:
        hints.append(words.several if not question.most else words.at_most % {"most": question.most})
    for condition in question.conditions.all():
        place, own = labels[condition.on.key]
        known = {"yes": words.yes, "no": words.no} | own
        answers = ", ".join(known.get(key, key) for key in condition.answers)
        hints.append(words.only_if % {"number": place, "answers": answers})
    return {
        "number": number,
        "text": str(question.text),
        "hint": " ".join(hints),
        # What is typed for an answer when the sheet is entered (surveys/static/surveys/entry.js).
        "boxes": [] if question.points else [{"code": n, "label": one} for n, one in enumerate(boxes, 1)],
        "points": [str(point) for point in question.points],
        "low": str(question.low),
        "high": str(question.high),
        "lines": lines,
        "room": 3 if question.kind == K.TEXT else 1 if question.kind in {K.NUMBER, K.DATE} else 0,
    }
