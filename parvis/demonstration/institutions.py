"""The invented institutions that the demonstration centres work with: who lends people, and where visitors are sent."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.partners.models import Institution, Relation

K, PARTNER, OUTSIDE = Institution.Kind, Relation.Standing.PARTNER, Relation.Standing.OUTSIDE


@dataclass(frozen=True)
class Invented:
    """One institution: what it is, the themes it is good for, and in words for the team and for visitors."""

    name: str
    kind: Institution.Kind
    standing: Relation.Standing
    themes: tuple[str, ...]
    for_staff: str
    for_visitors: tuple[str, str]  # in the centre's language, in English
    address: str
    phone: str
    lends: int = 0  # how many advisers of a hundred come from it


RIVEMONT = (
    Invented(
        "Agence de l’emploi de Rivemont",
        K.EMPLOYMENT_SERVICE,
        PARTNER,
        ("job", "change"),
        "Inscription, offres, aides à la reprise. Sans rendez-vous le matin.",
        ("Pour s’inscrire et trouver des offres d’emploi.", "To register and to find job offers."),
        "12, rue des Tanneurs",
        "02 61 91 10 10",
        lends=26,
    ),
    Invented(
        "Mission locale du Pays de Rivemont",
        K.PUBLIC_GUIDANCE,
        PARTNER,
        ("choose", "job"),
        "De 16 à 25 ans, hors de l’école. Accompagnement dans la durée.",
        ("Un conseiller pour les moins de 26 ans.", "An adviser for those under 26."),
        "3, quai du Port",
        "02 61 91 10 20",
        lends=18,
    ),
    Invented(
        "Centre d’information et d’orientation",
        K.PUBLIC_GUIDANCE,
        PARTNER,
        ("choose", "train"),
        "Élèves, étudiants et leurs parents. Psychologues de l’éducation.",
        ("Pour choisir ses études.", "To choose one’s studies."),
        "8, place du Lycée",
        "02 61 91 10 30",
        lends=16,
    ),
    Invented(
        "Institut de formation de la Loire",
        K.EDUCATION,
        PARTNER,
        ("train",),
        "Formations du soir, remise à niveau, validation de l’expérience.",
        ("Des formations, aussi le soir.", "Training, in the evening as well."),
        "40, avenue de la Loire",
        "02 61 91 10 40",
        lends=14,
    ),
    Invented(
        "Transitions Ouest",
        K.PRIVATE_GUIDANCE,
        PARTNER,
        ("change", "train"),
        "Financement d’un changement de métier pour les salariés. Dossier quatre mois avant.",
        ("Ils aident à payer un changement de métier.", "They help to pay for a change of career."),
        "5, rue du Marché",
        "02 61 91 10 50",
        lends=10,
    ),
    Invented(
        "Chambre des entreprises du Val",
        K.EMPLOYER,
        PARTNER,
        ("business", "job"),
        "Création et reprise, apprentissage, réseau de chefs d’entreprise.",
        ("Pour créer ou reprendre une entreprise.", "To start or take over a business."),
        "1, boulevard du Commerce",
        "02 61 91 10 60",
        lends=10,
    ),
    Invented(
        "Union locale des salariés",
        K.SOCIAL_PARTNER,
        PARTNER,
        ("change",),
        "Droits au travail, rupture, congés de formation. Permanence le jeudi.",
        ("Pour connaître ses droits au travail.", "To know one’s rights at work."),
        "17, rue de la République",
        "02 61 91 10 70",
        lends=6,
    ),
    Invented(
        "Coup de pouce Rivemont",
        K.THIRD_SECTOR,
        OUTSIDE,
        ("business",),
        "Petits prêts et parrainage pour se mettre à son compte.",
        ("De petits prêts pour se lancer.", "Small loans to get started."),
        "22, rue Basse",
        "02 61 91 20 10",
    ),
    Invented(
        "Maison de la santé",
        K.HEALTH,
        OUTSIDE,
        (),
        "Aptitude, reprise après maladie, soutien psychologique.",
        ("Pour parler de sa santé avec quelqu’un.", "To talk about one’s health with somebody."),
        "2, place de l’Hôpital",
        "02 61 91 20 20",
    ),
    Invented(
        "Centre communal d’action sociale",
        K.COMMUNITY,
        OUTSIDE,
        (),
        "Logement, budget, aides d’urgence. Apporter les justificatifs.",
        ("De l’aide pour le logement et le budget.", "Help with housing and money."),
        "1, place de la Mairie",
        "02 61 91 20 30",
    ),
    Invented(
        "Atelier numérique des Tanneurs",
        K.NGO,
        OUTSIDE,
        ("job", "choose"),
        "Apprendre à se servir d’un ordinateur, faire ses démarches en ligne.",
        ("Pour apprendre à faire ses démarches en ligne.", "To learn to do things online."),
        "9, rue des Tanneurs",
        "02 61 91 20 40",
    ),
)
KOIVURANTA = (
    Invented(
        "Koivurannan työllisyyspalvelut",
        K.EMPLOYMENT_SERVICE,
        PARTNER,
        ("work_experience", "finance"),
        "Työnhaku, palkkatuki, etuudet. Ajanvaraus samalle viikolle.",
        ("Apua työnhakuun.", "Help with finding a job."),
        "Asemakatu 4",
        "03 000 1010",
        lends=34,
    ),
    Invented(
        "Koivurannan ammattiopisto",
        K.EDUCATION,
        PARTNER,
        ("studies", "courses"),
        "Hakeutuminen kesken vuoden, valmentava koulutus.",
        ("Koulutuspaikka myös kesken vuoden.", "A place to study, also during the year."),
        "Opintie 1",
        "03 000 1020",
        lends=26,
    ),
    Invented(
        "Kaupungin nuorisopalvelut",
        K.COMMUNITY,
        PARTNER,
        ("free_time", "voluntary"),
        "Etsivä nuorisotyö ja pajat.",
        ("Pajoja ja tekemistä nuorille.", "Workshops and things to do."),
        "Torikatu 2",
        "03 000 1030",
        lends=40,
    ),
    Invented(
        "Terveysasema",
        K.HEALTH,
        OUTSIDE,
        ("health", "work_wellbeing"),
        "Terveydenhoitajan vastaanotto, mielenterveys.",
        ("Terveydenhoitaja.", "A nurse."),
        "Sairaalatie 3",
        "03 000 2010",
    ),
    Invented(
        "Asumisneuvonta",
        K.NGO,
        OUTSIDE,
        ("housing",),
        "Vuokravelat, ensimmäinen asunto.",
        ("Apua asumiseen.", "Help with housing."),
        "Puistokatu 8",
        "03 000 2020",
    ),
)
INVENTED = {"cite_des_metiers": RIVEMONT, "ohjaamo": KOIVURANTA}  # service model -> its institutions
