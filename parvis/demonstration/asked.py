"""Questions that invented people asked online, answered by the invented teams through the room's own actions.

Their codes are drawn and forgotten: like everybody's, they are nowhere. Whoever tries the demonstration asks a question of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import ServiceModel
from parvis.demonstration.ground import ROBOTS, Ground
from parvis.guidance import actions
from parvis.guidance.actions import questions
from parvis.guidance.models import Question, Thread
from parvis.guidance.opened import Opened
from parvis.guidance.receipt import Receipt
from parvis.guidance.visitor_faces import Face

NIGHT = 21.5 * 60  # when people ask; minutes from midnight
MORNING = 10.25 * 60


@dataclass(frozen=True)
class Asked:
    """A question so many days ago; ``answer`` came the working day after, ``draft`` is not sent yet."""

    back: int
    theme: str
    language: str
    text: str
    answer: str = ""
    draft: str = ""


@dataclass(frozen=True)
class Written:
    """A model of an answer."""

    title: str
    theme: str
    text: dict[str, str]


CITE = [
    Asked(
        1,
        "train",
        "fr",
        "Je travaille la journée. Où apprendre l’électricité le soir, et combien cela coûte ?",
    ),
    Asked(1, "job", "ar", "أبحث عن عمل بدوام جزئي قريباً من بيتي. من أين أبدأ؟"),
    Asked(7, "change", "fr", "Ai-je droit au chômage si je démissionne pour une formation ?"),
    Asked(
        2,
        "business",
        "en",
        "I bake at home. What do I need before I sell at the market?",
        draft="Start with the free half-day on Thursdays: bring your idea, nothing else. ",
    ),
    Asked(
        5,
        "job",
        "fr",
        "Mon CV a un trou de trois ans. Que dire ?",
        answer="Dites simplement ce que vous avez fait de ce temps, en une ligne. L’atelier du mardi relit les CV, sans rendez-vous.",
    ),
    *(
        Asked(
            20 + 4 * n,
            theme,
            "fr",
            text,
            answer="Oui. Venez un matin, sans rendez-vous : on regarde cela avec vous.",
        )
        for n, (theme, text) in enumerate(
            [
                ("train", "Peut-on commencer une formation en janvier ?"),
                ("job", "Qui relit une lettre de motivation ?"),
                ("choose", "Comment savoir quel métier me va ?"),
                ("change", "Qu’est-ce qu’un bilan de compétences ?"),
                ("train", "Une formation peut-elle être payée pendant un congé parental ?"),
                ("business", "Faut-il un local pour commencer ?"),
            ]
        )
    ),
]
OHJAAMO = [
    Asked(1, "studies", "fi", "Voinko vaihtaa alaa, vaikka opinnot ovat kesken?"),
    Asked(1, "housing", "en", "I am moving out in spring. How do I apply for a student flat?"),
    Asked(3, "finance", "fi", "Saanko tukea, jos teen keikkatöitä?", draft="Kyllä voit saada, mutta ilmoita tulot heti. "),
    Asked(6, "work_experience", "fi", "Mistä löydän kesätyön ilman kokemusta?", answer="Tule torstaina työnhakutuntiin. Tehdään hakemus yhdessä."),
    *(
        Asked(21 + 5 * n, theme, "fi", text, answer="Kyllä. Tule käymään, aikaa ei tarvitse varata.")
        for n, (theme, text) in enumerate([("coaching", "Voiko valmentajan tavata ilman aikaa?"), ("courses", "Onko kursseja iltaisin?"), ("finance", "Kuka auttaa hakemuksen kanssa?")])
    ),
]  # fmt: skip
MODELS = {
    ServiceModel.CITE_DES_METIERS: [
        Written("Cours du soir", "train", {"fr": "Les cours du soir commencent en septembre et en février. Les inscriptions ouvrent deux mois avant.", "en": "Evening courses begin in September and February. Enrolment opens two months before."}),
        Written("Atelier CV du mardi", "job", {"fr": "L’atelier du mardi, de 10 h à 12 h, relit les CV et les lettres. Sans rendez-vous, gratuit."}),
    ],
    ServiceModel.OHJAAMO: [
        Written("Työnhakutunti", "work_experience", {"fi": "Työnhakutunti on torstaisin kello 13. Aikaa ei tarvitse varata."}),
    ],
}  # fmt: skip


def write_questions(ground: Ground, now: datetime) -> int:
    """What was asked until ``now``, and the models of answers; returns how many questions."""
    model = ServiceModel(ground.centre.service_model)
    asked = CITE if model == ServiceModel.CITE_DES_METIERS else OHJAAMO
    adviser = _adviser(ground)
    questions.set_questions(
        centre=ground.centre, taken=True, promise=2, reviewed=False, live=questions.LiveHours(on=True)
    )
    for written in MODELS[model]:
        questions.keep_model(
            centre=ground.centre,
            key=uuid4(),
            title=written.title,
            text=LazyI18nString(written.text),
            theme=ground.themes[written.theme],
            at=now,
        )
    for number, one in enumerate(asked):
        _ask(ground, one, adviser, now, number)
    return len(asked)


def _adviser(ground: Ground) -> User:
    rows = ground.centre.assignments.filter(role=Role.ADVISER).select_related("person").order_by("-pk")
    return next(row.person for row in rows if not row.person.email.startswith(ROBOTS))


def _ask(ground: Ground, one: Asked, adviser: User, now: datetime, number: int) -> None:
    centre = ground.centre
    day = centre.local_day(now) - timedelta(days=one.back)
    at = ground.instant(day, NIGHT - 37 * (number % 5))
    agreement = actions.Agreement(language=one.language, way=Thread.Way.OWN_SCREEN)
    opened = actions.begin_thread(centre=centre, receipt=Receipt.new(), agreement=agreement, at=at)
    asking = questions.Asking(
        centre=centre, theme=ground.themes[one.theme], language=one.language, text=one.text
    )
    question = questions.ask(opened=opened, key=uuid4(), asking=asking, at=at)
    if one.draft or one.answer:
        questions.take_question(question=question, person=adviser)
    if one.draft:
        questions.keep_draft(question=question, person=adviser, text=one.draft, revision=0)
    if one.answer:
        due = ground.instant(question.due_on, MORNING)
        _answer(opened, question, one, adviser, min(due, now))


def _answer(opened: Opened, question: Question, one: Asked, adviser: User, at: datetime) -> None:
    questions.send_answer(question=question, key=uuid4(), person=adviser, text=one.answer, at=at)
    if one.back > 14:
        questions.give_opinion(
            opened=opened, question=question, helped=Face.COMPLETELY, clear=Face.MOSTLY, at=at
        )
        questions.close_question(question=question, person=adviser)
