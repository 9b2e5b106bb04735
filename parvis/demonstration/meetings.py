"""What the invented teams noted in their own words, and what came of it in their weekly meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.accounts.roles import Role
from parvis.centres.models import ServiceModel
from parvis.guidance.models import Proposal, ProposalState

R, K = Role, Proposal.Kind
IDEA, AGREED, UNDER_WAY, DONE, DROPPED = ProposalState


@dataclass(frozen=True)
class Heard:
    """A need without an act: how many days back, under which theme, voiced by how many, and the proposal it is under."""

    back: int
    theme: str
    voiced: int
    text: str
    under: str = ""


@dataclass(frozen=True)
class Thought:
    """A proposal; ``states`` lead from the idea to where it is, ``due`` in days from today, with what was said about it."""

    key: str
    back: int
    kind: str
    title: str
    plan: str
    themes: Sequence[str]
    codes: Sequence[str] = ()
    states: Sequence[ProposalState] = ()
    owner: Role | None = None
    due: int | None = None
    outcome: str = ""
    remarks: Sequence[tuple[Role, str]] = ()


RIVEMONT_HEARD = [
    Heard(2, "train", 4, "Rien le soir pour qui travaille en journée : les ateliers sont tous à 10 h ou 14 h.", "evening"),
    Heard(3, "job", 3, "Un endroit calme avec caméra pour un entretien en visio.", "booth"),
    Heard(6, "change", 2, "Des professionnels à rencontrer dans la rénovation énergétique, pas seulement des fiches."),
    Heard(9, "train", 6, "Aide au premier dossier de financement, avant le rendez-vous du financeur.", "funding"),
    Heard(13, "business", 2, "Savoir ce que coûte une assurance quand on démarre seul.", "insurers"),
    Heard(16, "job", 5, "Pas de bus assez tôt pour la zone logistique : poste en 5 × 8 refusé faute de transport.", "transport"),
    Heard(23, "choose", 3, "Des parents demandent un temps pour eux sur l’orientation, sans leur enfant."),
    Heard(31, "train", 4, "Garde d’enfants pendant les tests d’entrée en formation.", "childcare"),
    Heard(38, "change", 2, "Atelier sur la démission-reconversion : conditions et calendrier.", "evening"),
    Heard(52, "job", 3, "CV relu par quelqu’un du métier, en dehors des périodes de forum."),
    Heard(67, "train", 5, "Cours de français écrit à visée professionnelle, places prises jusqu’à la rentrée.", "french"),
    Heard(95, "business", 2, "Une liste à jour des locaux à loyer modéré pour démarrer."),
]  # fmt: skip
RIVEMONT = [
    Thought(
        "funding", 8, K.WORKSHOP, "Premier dossier de financement, pas à pas",
        "Un atelier d’une heure et demie chaque semaine, six places, avec l’espace en ligne ouvert devant soi.",
        ("train", "change"), ("no_funding",), (AGREED,), R.FACILITATOR, 19,
        remarks=[
            (R.ADVISER, "C’est la demande que j’entends le plus souvent. Mercredi matin me paraît le meilleur moment."),
            (R.FACILITATOR, "La salle bleue est libre le mercredi de 10 h à 12 h. Je prépare un premier déroulé."),
        ],
    ),
    Thought(
        "transport", 15, K.PARTNER, "La régie de transport au centre une fois par mois",
        "Une permanence sur les trajets en horaires décalés et le covoiturage vers la zone logistique.",
        ("job",), ("transport",), (AGREED, UNDER_WAY), R.PARTNERSHIP_MANAGER, -6,
        remarks=[(R.PARTNERSHIP_MANAGER, "Premier rendez-vous tenu, la régie attend l’accord de sa direction.")],
    ),
    Thought(
        "evening", 5, K.OTHER, "Une ouverture jusqu’à 20 h, un mardi sur deux",
        "À l’essai pendant un trimestre, avec deux pôles et un atelier.", ("train", "change"), ("opening_hours",),
        remarks=[(R.RECEPTIONIST, "La nocturne de la semaine de l’emploi était pleine jusqu’à 19 h 30.")],
    ),
    Thought(
        "childcare", 28, K.PARTNER, "Une halte-garderie à qui adresser les parents les jours de test",
        "", ("train", "job"), ("childcare",), (AGREED,), None, 12,
    ),
    Thought(
        "french", 60, K.RESOURCE, "Méthode d’écrit professionnel en libre accès",
        "Dix licences et trois postes de l’espace documentaire, en attendant la rentrée.", ("train",), ("language",),
        (AGREED, UNDER_WAY, DONE), R.DOCUMENTALIST, -20,
        "Dix licences depuis le début du mois, utilisées chaque jour. Un partenaire ouvre deux groupes à la rentrée.",
        [(R.ADVISER, "À proposer aussi à l’accueil, pendant l’attente.")],
    ),
    Thought(
        "booth", 2, K.RESOURCE, "Un box pour les entretiens en visio", "", ("job",), ("digital_access",), (), None, None,
    ),
    Thought(
        "insurers", 80, K.WORKSHOP, "Atelier avec des assureurs", "", ("business",), (), (DROPPED,), R.PARTNERSHIP_MANAGER,
        None, "Chacun voulait vendre ses contrats. La chambre consulaire publie un comparatif : la documentation le tient à jour.",
    ),
]  # fmt: skip

KOIVURANTA_HEARD = [
    Heard(1, "housing", 3, "Nobody can say when the next small flats are let, so moving out is put off.", "housing"),
    Heard(4, "work_experience", 2, "Work trials of a few days, before a whole month is agreed."),
    Heard(8, "health", 4, "Somebody to talk to this week: the first free time is in five weeks.", "nurse"),
    Heard(12, "studies", 3, "Preparing for entrance exams together, in the evening.", "exams"),
    Heard(20, "finance", 2, "Filling in the first application for benefits with somebody beside.", "exams"),
    Heard(33, "courses", 2, "A driving licence course that one can pay in parts."),
    Heard(47, "free_time", 3, "Something to do on Sundays that costs nothing.", "sundays"),
]  # fmt: skip
KOIVURANTA = [
    Thought(
        "nurse", 7, K.PARTNER, "A nurse for young people, one afternoon a week",
        "Walk in, half an hour, no referral.", ("health", "work_wellbeing"), ("health_wait",), (AGREED, UNDER_WAY),
        R.DIRECTOR, -3, remarks=[(R.ADVISER, "Thursday would suit: that is when most ask.")],
    ),
    Thought(
        "housing", 3, K.PARTNER, "The housing company comes on the first Monday",
        "", ("housing",), ("housing",), (), None, None,
    ),
    Thought(
        "exams", 11, K.WORKSHOP, "An evening of forms and entrance exams", "Every second Wednesday until spring.",
        ("studies", "finance"), ("opening_hours",), (AGREED,), R.ADVISER, 25,
    ),
    Thought(
        "sundays", 40, K.OTHER, "A map of what is free on Sundays", "", ("free_time",), (), (AGREED, UNDER_WAY, DONE), R.ADVISER, -10,
        "The map hangs in the hall and young people add to it themselves.",
    ),
]  # fmt: skip
TEAMS = {
    ServiceModel.CITE_DES_METIERS: (RIVEMONT_HEARD, RIVEMONT),
    ServiceModel.OHJAAMO: (KOIVURANTA_HEARD, KOIVURANTA),
}
