"""What the invented centres put on, and which schools are around them. Names of schools, places and teachers are made up."""

from __future__ import annotations

from dataclasses import dataclass

Words = dict[str, str]


@dataclass(frozen=True)
class Programme:
    """Something that is put on again and again. ``weekday``: Monday is 0; ``every``: so many weeks; ``at``: minutes from midnight."""

    key: str
    kind: str
    title: Words
    summary: Words
    themes: tuple[str, ...]
    weekday: int
    at: int
    minutes: int
    every: int = 1
    people: int = 14  # that come on average
    seats: int = 0  # places; none: whoever comes
    sectors: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    lead: int | None = None  # which of the partners that lend people puts it on with the centre
    online: bool = False
    room: int = 0
    preparing: int = 30


@dataclass(frozen=True)
class Built:
    """A school of the territory."""

    name: str
    place: str
    network: str
    level: str
    stream: str
    pupils: int | None


JOB = 14 * 60
RIVEMONT = (
    Programme(
        "cv", "workshop",
        {"fr": "Atelier CV", "en": "Write your CV"},
        {"fr": "On repart avec un CV prêt à envoyer.", "en": "Leave with a CV that is ready to send."},
        ("job",), 1, JOB, 120, people=9, seats=12, audience=("unemployed",), lead=0, room=1,
    ),
    Programme(
        "start", "information_day",
        {"fr": "Créer son activité : premiers pas", "en": "Starting a business: first steps"},
        {"fr": "Les étapes, les aides, les erreurs à éviter.", "en": "Steps, help, and mistakes to avoid."},
        ("business",), 3, 10 * 60, 90, people=16, seats=20, lead=5,
    ),
    Programme(
        "trades", "professional_meeting",
        {"fr": "Rencontre : les métiers du bâtiment", "en": "Meet the building trades"},
        {"fr": "Trois professionnels racontent leur journée.", "en": "Three people at work tell of their day."},
        ("choose",), 2, JOB, 90, every=3, people=21, sectors=("building",), audience=("school_pupil",), lead=3,
    ),
    Programme(
        "care", "professional_meeting",
        {"fr": "Rencontre : soigner et accompagner", "en": "Meet those who care for others"},
        {"fr": "Infirmière, aide à domicile, éducateur.", "en": "A nurse, a home helper, an educator."},
        ("choose", "change"), 2, JOB, 90, every=3, people=24, sectors=("health_social", "home_services"), lead=2,
    ),
    Programme(
        "digital", "professional_meeting",
        {"fr": "Rencontre : les métiers du numérique", "en": "Meet the digital occupations"},
        {"fr": "Ce qu’on y fait, comment on y entre.", "en": "What one does there, and how one gets in."},
        ("choose", "train"), 2, JOB, 90, every=3, people=27, sectors=("digital",), lead=1,
    ),
    Programme(
        "club", "club",
        {"fr": "Club des chercheurs d’emploi", "en": "Job seekers’ club"},
        {"fr": "On cherche ensemble, chaque vendredi.", "en": "Looking together, every Friday."},
        ("job",), 4, 9 * 60 + 30, 150, people=11, audience=("unemployed", "long_term_unemployed"), lead=0, room=1,
    ),
    Programme(
        "after", "seminar",
        {"fr": "Après le bac, que faire ?", "en": "What’s next after secondary school?"},
        {"fr": "Voies, calendriers, questions de parents.", "en": "Ways, dates, and parents’ questions."},
        ("choose", "train"), 2, 17 * 60, 75, every=2, people=32, seats=40,
        sectors=("education_research",), audience=("school_pupil", "parent"), lead=2,
    ),
    Programme(
        "experience", "information_day",
        {"fr": "Valider son expérience", "en": "Have your experience recognised"},
        {"fr": "Un diplôme par ce que l’on sait faire.", "en": "A diploma by what you can do."},
        ("change", "train"), 0, JOB, 90, every=2, people=13, seats=16, audience=("employed",), lead=4, room=1,
    ),
    Programme(
        "finance", "webinar",
        {"fr": "Webinaire : financer sa formation", "en": "Webinar: who pays for training?"},
        {"fr": "En ligne et dans la salle, avec les questions de chacun.", "en": "Online and in the room, with everybody’s questions."},
        ("train",), 0, 12 * 60, 60, every=4, people=8, seats=15, audience=("employed", "unemployed"), lead=3, online=True,
    ),
    Programme(
        "hiring", "recruitment",
        {"fr": "Rencontre emploi : l’hôtellerie recrute", "en": "Jobs on the spot: hotels and restaurants"},
        {"fr": "Venez avec votre CV, repartez avec un rendez-vous.", "en": "Bring your CV, leave with an appointment."},
        ("job",), 3, JOB, 180, every=4, people=46, sectors=("hospitality", "trade"), lead=0, preparing=90,
    ),
    Programme(
        "digital-help", "workshop",
        {"fr": "Mes démarches en ligne", "en": "Doing paperwork online"},
        {"fr": "Sans stress, à son rythme, par petits groupes.", "en": "Without stress, at one’s own pace, in small groups."},
        ("job", "train"), 1, 9 * 60 + 30, 90, people=7, seats=8, audience=("literacy", "older_adult"), lead=6, room=1,
    ),
)  # fmt: skip
EXHIBITION = Programme(
    "hands", "exhibition",
    {"fr": "Exposition : des mains et des métiers", "en": "Exhibition: hands at work"},
    {"fr": "Photos d’artisans du pays, en visite libre.", "en": "Photographs of craftspeople of the region, to visit freely."},
    ("choose",), 1, 0, 0, people=160, sectors=("crafts", "arts"), lead=1, preparing=480,
)  # fmt: skip
KOIVURANTA = (
    Programme(
        "summer", "workshop",
        {"fi": "Kesätyöpaja", "en": "Summer jobs workshop"},
        {"fi": "Hakemus valmiiksi samana päivänä.", "en": "An application ready on the same day."},
        ("work_experience", "courses"), 1, 13 * 60, 90, every=2, people=9, seats=12, lead=0,
    ),
    Programme(
        "house", "information_day",
        {"fi": "Ensimmäinen oma koti", "en": "The first home of one’s own"},
        {"fi": "Vuokra, sopimus, tuet.", "en": "Rent, contract, and help with money."},
        ("housing", "finance"), 2, JOB, 60, every=3, people=12, lead=1,
    ),
    Programme(
        "chat", "webinar",
        {"fi": "Verkossa: mihin opiskelemaan?", "en": "Online: where to study?"},
        {"fi": "Kysy mitä vain, kotoa käsin.", "en": "Ask anything, from home."},
        ("studies",), 3, 15 * 60, 60, every=4, people=5, seats=10, lead=0, online=True,
    ),
)  # fmt: skip
PROGRAMMES = {"cite_des_metiers": RIVEMONT, "ohjaamo": KOIVURANTA}
EXHIBITIONS = {"cite_des_metiers": EXHIBITION}
ROOMS: dict[str, tuple[tuple[Words, int, bool], ...]] = {
    "cite_des_metiers": (
        ({"fr": "Salle Loire", "en": "Loire room"}, 60, True),
        ({"fr": "Salle des ateliers", "en": "Workshop room"}, 16, False),
        ({"fr": "Salle du fond", "en": "Back room"}, 20, False),
    ),
    "ohjaamo": (({"fi": "Pajahuone", "en": "Workshop room"}, 30, True),),
}
EQUIPMENT: dict[str, tuple[tuple[Words, int], ...]] = {
    "cite_des_metiers": (
        ({"fr": "Vidéoprojecteur", "en": "Projector"}, 2),
        ({"fr": "Ordinateurs portables", "en": "Laptops"}, 14),
        ({"fr": "Boucle auditive mobile", "en": "Portable hearing loop"}, 1),
    ),
    "ohjaamo": (({"fi": "Videotykki", "en": "Projector"}, 1),),
}
STATE, LOCAL, SUBSIDISED = "public_state", "public_local", "private_subsidised"
LOWER, UPPER = "lower_secondary", "upper_secondary"
SCHOOLS: dict[str, tuple[Built, ...]] = {
    "cite_des_metiers": (
        Built("Collège des Peupliers", "Rivemont", STATE, LOWER, "general", 540),
        Built("Collège du Vieux Moulin", "Rivemont", STATE, LOWER, "general", 470),
        Built("Collège Anne-Marchebois", "Saint-Orlan", STATE, LOWER, "general", 380),
        Built("Collège Sainte-Estelle", "Rivemont", SUBSIDISED, LOWER, "general", 610),
        Built("Collège des Trois Ponts", "Trois-Ponts", STATE, LOWER, "specialised_teaching", 290),
        Built("Lycée du Parvis", "Rivemont", STATE, UPPER, "general", 1180),
        Built("Lycée Olympe-Ferrand", "Rivemont", STATE, UPPER, "technical", 960),
        Built("Lycée professionnel des Ardoisières", "Ardoise", STATE, UPPER, "vocational", 640),
        Built("Lycée professionnel du Port", "Rivemont", STATE, UPPER, "vocational", 520),
        Built("Lycée Notre-Dame du Val", "Saint-Orlan", SUBSIDISED, UPPER, "general", 730),
        Built("École de la deuxième chance du Pays", "Rivemont", LOCAL, "adult", "newcomers", 120),
        Built("Maison familiale des Coteaux", "Ardoise", SUBSIDISED, UPPER, "apprenticeship", None),
    ),
    "ohjaamo": (
        Built("Koivurannan yläkoulu", "Koivuranta", LOCAL, LOWER, "general", 430),
        Built("Lammenrannan lukio", "Lammenranta", LOCAL, UPPER, "general", 380),
        Built("Koivurannan ammattikoulu", "Koivuranta", LOCAL, UPPER, "vocational", 900),
    ),
}
TEACHERS = ("Camille Berthod", "Noé Salvert", "Inès Kadri", "Lou Marchetti", "Aino Rantala", "Eero Kivi")
NEEDS: Words = {
    "fr": "Une élève se déplace en fauteuil : merci de prévoir l’ascenseur.",
    "fi": "Yksi oppilas liikkuu pyörätuolilla.",
    "en": "One pupil uses a wheelchair.",
}
CANCELLED: Words = {
    "fr": "L’intervenante est empêchée : une autre date suivra.",
    "fi": "Puhuja on estynyt: uusi päivä tulee.",
    "en": "The speaker cannot come: another date will follow.",
}
