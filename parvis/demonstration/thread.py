"""An invented visitor's thread, and the code on their card: whoever tries the demonstration can come back as them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from parvis.accounts.roles import Role
from parvis.centres.models import ServiceModel
from parvis.demonstration.ground import Ground
from parvis.guidance import actions
from parvis.guidance.models import Kind, Thread
from parvis.guidance.receipt import Receipt

MONTHS = timedelta(days=120)
FRENCH: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.ASKED, {"text": "Vous travaillez en cuisine depuis huit ans et cherchez un métier où l’on est moins debout."}),
    (Kind.UNDERSTOOD, {"text": "Vous aimez organiser et transmettre. Les soirées doivent rester libres."}),
    (Kind.OPTION, {"text": "Former des apprentis en cuisine"}),
    (Kind.OPTION, {"text": "Gérer les achats d’une cantine scolaire"}),
    (Kind.STEP, {"text": "Faire le point sur vos huit années d’expérience", "who": "together", "where": "Ici, avec un conseiller", "done": True}),
    (Kind.STEP, {"text": "Lire la brochure sur le congé de transition", "who": "you", "where": "Documentation, rayon jaune"}),
    (Kind.STEP, {"text": "Chercher quelles cantines recrutent", "who": "centre"}),
]  # fmt: skip
FINNISH: list[tuple[Kind, dict[str, Any]]] = [
    (Kind.ASKED, {"text": "Sinulla on lukio kesken ja haluat alalle, jossa tehdään käsillä."}),
    (Kind.UNDERSTOOD, {"text": "Tykkäät korjata pyöriä. Aamut ovat vaikeita."}),
    (Kind.OPTION, {"text": "Ajoneuvoalan perustutkinto iltaisin"}),
    (Kind.STEP, {"text": "Tutustua työpajaan yhden päivän", "who": "together", "where": "Täällä, valmentajan kanssa"}),
    (Kind.STEP, {"text": "Täyttää hakemus", "who": "you"}),
]  # fmt: skip


def write_thread(ground: Ground, now: datetime) -> Receipt:
    """A thread of four months ago at the centre; returns its code."""
    centre, receipt, at = ground.centre, Receipt.new(), now - MONTHS
    is_cite = centre.service_model == ServiceModel.CITE_DES_METIERS
    agreement = actions.Agreement(language="fr" if is_cite else "fi", way=Thread.Way.AT_THE_DESK)
    actions.begin_thread(centre=centre, receipt=receipt, agreement=agreement, at=at)
    adviser = centre.assignments.filter(role=Role.ADVISER).select_related("person").earliest("pk").person
    talk = actions.begin_conversation(receipt=receipt, centre=centre, person=adviser, key=uuid4(), at=at)
    for kind, said in FRENCH if is_cite else FINNISH:
        actions.write_entry(opened=talk, key=uuid4(), kind=kind, said=said, at=at)
    if talk.grant:
        actions.end_conversations(grants=[talk.grant], at=at + timedelta(minutes=25))
    return receipt
