"""What the invented centres' steering committees look like, and what they talked about at two meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.accounts.roles import Role
from parvis.centres.models import ServiceModel
from parvis.partners.models import Attendance, Decision, Institution, StructureModel

K, A, D = Institution.Kind, Attendance.State, Decision.Result


@dataclass(frozen=True)
class Sits:
    """A seat: its category, who holds it by whom, and in how many days the mandate ends. Nobody: it is vacant."""

    kind: Institution.Kind | str
    institution: str = ""
    by: str = ""
    deputy: str = ""
    ends: int | None = None
    was: Attendance.State = A.PRESENT  # at the first meeting


@dataclass(frozen=True)
class Took:
    """Something taken on: by an institution or a role of the team, due in days from today, done or not."""

    what: str
    institution: str = ""
    role: Role | None = None
    due: int = 0
    done: bool = False


@dataclass(frozen=True)
class Talked:
    """A point of the agenda, who brought it, and what came of it."""

    title: str
    by: str = ""
    minutes: str = ""
    decided: Sequence[tuple[str, Decision.Result, tuple[int, int, int] | None]] = ()
    taken: Sequence[Took] = ()


@dataclass(frozen=True)
class Met:
    """A meeting so many days ago; below nothing, one that is to come."""

    back: int
    place: str
    talked: Sequence[Talked]


@dataclass(frozen=True)
class Committee:
    """A steering committee with its seats and meetings, and the structure model of its centre."""

    name: str
    purpose: str
    seats: Sequence[Sits]
    met: Sequence[Met]
    model: StructureModel
    remark: str


RIVEMONT = Committee(
    "Comité de pilotage",
    "Fixe les orientations de l’année, le calendrier et le budget commun. Se réunit quatre fois par an.",
    [
        Sits(K.EMPLOYMENT_SERVICE, "Agence de l’emploi de Rivemont", "Sylvie Marchand", "Karim Belkacem"),
        Sits(K.PUBLIC_GUIDANCE, "Mission locale du Pays de Rivemont", "Hélène Courtois", ends=48),
        Sits(K.PUBLIC_GUIDANCE, "Centre d’information et d’orientation", "Bruno Lefèvre", was=A.EXCUSED),
        Sits(K.EDUCATION, "Institut de formation de la Loire", "Agnès Roussel", "Paul Texier", was=A.DEPUTY),
        Sits(K.PRIVATE_GUIDANCE, "Transitions Ouest", "Mélanie Auger"),
        Sits(K.EMPLOYER, "Chambre des entreprises du Val", "Olivier Besson"),
        Sits(K.SOCIAL_PARTNER, "Union locale des salariés", "Nadia Ferrand"),
        Sits("Communes du territoire"),
    ],
    [
        Met(
            83,
            "Salle du conseil, 1er étage",
            [
                Talked(
                    "Ouverture en soirée, à l’essai",
                    "Union locale des salariés",
                    "Les salariés en poste ne trouvent pas d’atelier après 17 h. Deux pôles peuvent tenir jusqu’à 20 h.",
                    [("Le centre ouvre jusqu’à 20 h un mardi sur deux, à l’essai, pendant un trimestre.", D.ADOPTED, (5, 0, 1))],
                    [Took("Faire connaître la nocturne dans les entreprises", "Chambre des entreprises du Val", due=-30, done=True),
                     Took("Compter les passages après 17 h, mardi par mardi", role=Role.DIRECTOR, due=14)],
                ),
                Talked(
                    "Heures promises et heures tenues",
                    "",
                    "Trois institutions ont tenu plus que promis. Le pôle création manque de conseillers le vendredi.",
                    [("Chaque institution reçoit chaque trimestre ses heures promises et tenues.", D.ADOPTED, None)],
                    [Took("Proposer deux conseillers pour le vendredi matin", "Chambre des entreprises du Val", due=-11)],
                ),
            ],
        ),
        Met(
            6,
            "Institut de formation, salle 204",
            [
                Talked(
                    "Bilan du trimestre",
                    "",
                    "La nocturne attire surtout pour changer de métier. Les demandes de financement restent les plus fréquentes.",
                    [("L’atelier « premier dossier de financement » devient hebdomadaire.", D.ADOPTED, (6, 0, 0))],
                    [Took("Former deux conseillers à l’espace en ligne du financeur", "Transitions Ouest", due=25)],
                ),
                Talked(
                    "Un second lieu au nord du territoire",
                    "Mission locale du Pays de Rivemont",
                    "Le local proposé est trop petit pour deux bureaux côte à côte. On visite la médiathèque.",
                    [("Le choix d’un second lieu attend la visite de la médiathèque.", D.POSTPONED, None)],
                    [Took("Organiser la visite de la médiathèque", role=Role.PARTNERSHIP_MANAGER, due=9)],
                ),
            ],
        ),
        Met(
            -41,
            "Salle du conseil, 1er étage",
            [Talked("Calendrier de l’année prochaine"), Talked("Ateliers à deux voix", "Transitions Ouest")],
        ),
    ],
    StructureModel.SINGLE_PUBLIC,
    "Groupement d’intérêt public, convention constitutive de 2015.",
)  # fmt: skip
KOIVURANTA = Committee(
    "Steering group",
    "Agrees on the year’s plan, opening hours and who brings what. Meets each season.",
    [
        Sits(K.EMPLOYMENT_SERVICE, "Koivurannan työllisyyspalvelut", "Kaisa Lehtonen", "Mikko Aalto"),
        Sits(K.EDUCATION, "Koivurannan ammattiopisto", "Petri Salminen", ends=60),
        Sits(K.COMMUNITY, "Kaupungin nuorisopalvelut", "Anna Virtanen"),
        Sits(K.COMMUNITY, "Kaupungin nuorisopalvelut", "Jari Nieminen", was=A.EXCUSED),
        Sits("Young people of the town"),
    ],
    [
        Met(
            75,
            "The hall",
            [
                Talked(
                    "A nurse once a week",
                    "Kaupungin nuorisopalvelut",
                    "Young people wait five weeks. Walking in for half an hour would often be enough.",
                    [("A nurse receives on Thursday afternoons, without a referral.", D.ADOPTED, (4, 0, 0))],
                    [Took("Find the room and the hours", role=Role.DIRECTOR, due=-20, done=True),
                     Took("Tell the schools", "Koivurannan ammattiopisto", due=-4)],
                )
            ],
        ),
        Met(
            5,
            "The hall",
            [
                Talked(
                    "Who decides with us",
                    "",
                    "The town holds two of four filled seats: not a majority. A seat for young people is still vacant.",
                    [("Two young people are asked to share the vacant seat.", D.ADOPTED, None)],
                    [Took("Ask the youth council", "Kaupungin nuorisopalvelut", due=20)],
                )
            ],
        ),
        Met(-55, "The hall", [Talked("Next year’s plan"), Talked("Sundays", "Kaupungin nuorisopalvelut")]),
    ],
    StructureModel.MULTI_SERVICE,
    "A service of the town, with partners in the same house.",
)  # fmt: skip
COMMITTEES = {ServiceModel.CITE_DES_METIERS: RIVEMONT, ServiceModel.OHJAAMO: KOIVURANTA}
