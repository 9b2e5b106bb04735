"""What the headings of columns usually mean, in French, English and Finnish sheets; and words that announce a total."""

from __future__ import annotations

import re
from enum import StrEnum

from parvis.reception.past.wording import fold, words


class Role(StrEnum):
    """What a column is for."""

    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    THEME = "theme"
    CODE = "code"  # an entry of one code list
    TICK = "tick"  # marked where the heading's theme or code applies
    COUNT = "count"
    UNIT = "unit"
    SIZE = "size"
    MINUTES = "minutes"
    LANGUAGE = "language"
    COMMUNE = "commune"
    TOTAL = "total"  # compared, never counted
    IGNORE = "ignore"
    REFUSED = "refused"  # could tell who somebody is: never read


class Why(StrEnum):
    """Why a column is not read."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH = "birth"
    IDENTITY = "identity"
    ADDRESS = "address"
    ADVISER = "adviser"
    FREE_TEXT = "free_text"
    RUNNING_NUMBER = "running_number"
    RATE = "rate"
    EMPTY = "empty"
    NOT_RECOGNISED = "not_recognised"


PROFILE_LISTS = ("audience", "age_band", "status", "education", "gender", "first_visit", "referral")
ACT_LISTS = (
    "channel", "service", "need", "resource", "redirection", "outcome", "unmet_need", "non_contact",
)  # fmt: skip
SEVERAL = frozenset(ACT_LISTS) - {"channel", "service"} | {"theme"}  # lists of which one act may bear several

_REFUSED = [
    (Why.EMAIL, r"\b(e ?mail|mel|courriel|sahkoposti|adresse mail|adresse electronique)\b"),
    (Why.BIRTH, r"naissance|\bne e? ?le\b|\bnee? le\b|birth|syntyma|\bddn\b|geburt|nascita|nacimiento"),
    (
        Why.IDENTITY,
        r"secu(rite)? sociale|\bn ?secu\b|\bnir\b|\bnss\b|henkilotunnus|\bhetu\b|\bsotu\b|identifiant",
    ),
    (
        Why.IDENTITY,
        r"allocataire|n (de )?dossier|passport|passeport|carte d identite|social security|case number",
    ),
    (
        Why.ADVISER,
        r"\bconseill(er|ere|ers|eres)\b|\bintervenante?s?\b|\bagent(e)?\b|\b(recue?|saisie?) par\b",
    ),
    (
        Why.ADVISER,
        r"\breferente?\b|\baccueillante?\b|\badvis[eo]r\b|\bcounsellor\b|\bstaff\b|\banimat(eur|rice)\b",
    ),
    (Why.ADVISER, r"\bohjaaja\b|\bneuvoja\b|\btyontekija\b|\bvastaanottaja\b|\bredacteur\b"),
    (
        Why.NAME,
        r"\bnoms?\b|\bprenoms?\b|\bpatronyme\b|\bidentite\b|\bsurname\b|\b(first|last|full) name\b|^names?$",
    ),
    (Why.NAME, r"\bnimi\b|etunimi|sukunimi|\bvisitor name\b|\bbeneficiaire\b|\bnachname\b|\bvorname\b"),
    (
        Why.PHONE,
        r"\b(n|no|numero) (de )?tel(ephone)?\b|^tel(ephone)?$|^(telephone )?(portable|mobile|fixe|gsm)$",
    ),
    (Why.PHONE, r"\bpuhelin(numero)?\b|^phone( number)?$|\bphone number\b"),
    (Why.ADDRESS, r"^adresse( postale| du domicile)?$|\brue\b|\bosoite\b|^address$|\bstreet\b"),
]
_THINGS = re.compile(
    r"\b(pole|theme|atelier|espace|structure|service|evenement|site|ville|commune|salle|teema|palvelu)"
)
_LISTS = [
    ("non_contact", r"non contact|hors contact|faux contact"),
    ("unmet_need", r"(besoin|demande|need)s? (non|not|unmet)|non satisfait|unmet|tayttymat|sans reponse"),
    ("first_visit", r"premiere? (visite|venue)|1 ?e?re (visite|venue)|deja venue?|primo|nouveau public|ensikaynti|ensikertal|first visit|new visitor|frequence de visite"),
    ("age_band", r"\bages?\b|tranches? d age|\bika\b|ikaryhma|ikaluokka|\balter\b"),
    ("gender", r"\bsexe?\b|\bgenre\b|civilite|sukupuoli|\bgender\b|^h f$|^f h$"),
    ("education", r"niveau|diplome|etudes|scolaire|koulutustaso|koulutustausta|tutkinto|education|qualification"),
    ("status", r"statuts?\b|situation|\bcsp\b|categorie socio|paatoiminta|elamantilanne|tyotilanne|\bstatus\b"),
    ("referral", r"connu|origine|prescripteur|adressee? par|provenance|oriente(e|s)? par|comment|heard|referr(al|ed by)|mista kuuli|\bsource\b"),
    ("channel", r"canal|canaux|mode de contact|mode d accueil|mode d entree|type de contact|moyen|kanava|yhteydenottotapa|asiointitapa|channel"),
    ("redirection", r"reorient|redirig|redirection|orientee? vers|orientation vers|relais vers|relais|ohjattu|jatko ?ohja|redirect|referred to"),
    ("outcome", r"resultat|\bsuites?\b|\bissue\b|conclusion|lopputulos|\btulos\b|outcome"),
    ("resource", r"ressources?|documents? (consulte|utilise)|documentation|\boutils?\b|resource|materiaali|aineisto"),
    ("need", r"besoins?|demandes?|motifs?|\bobjet\b|\bneeds?\b|request|\btarve\b|tarpeet|\bkysymys\b|\basia\b"),
    ("service", r"services?\b|prestations?|types? d (entretien|acte|accueil|activite)|type de visite|palvelu|reponse apportee"),
    ("audience", r"publics?\b|usagers?\b|kohderyhma|audience|asiakasryhma"),
]  # fmt: skip
_PLAIN = [
    (Role.YEAR, r"annees?|an|exercice|year|vuosi|jahr"),
    (Role.MONTH, r"mois|month|kuukausi|kk"),
    (Role.DATE, r"(date|jour|journee|paiva|paivamaara|pvm|day|horodateur|horodatage|timestamp|semaine|week|viikko|periode|ajanjakso|trimestre|quarter|datum)\b.*|.*\bdate\b.*|.*\bpaivamaara\b"),
    (Role.HOUR, r"(heures?|horaires?|creneaux?|plages?|tranches? horaires?|kello|kellonaika|klo|aika|time|hour|tunti|arrivee)\b.*"),
    (Role.THEME, r"(themes?|thematiques?|poles?|domaines?|espaces?|sujets?|teema|aihe|aihealue|topic|subject|theme)\b.*"),
    (Role.SIZE, r".*(nombre|nb|nbre) (de |d )?(personnes?|pers|participants?|jeunes|eleves)\b.*|taille.*|group size|size|henkilomaara|number of people|ryhman koko"),
    (Role.MINUTES, r"(duree|temps passe|temps|kesto|minutes?|mn|min|duration|length)\b.*"),
    (Role.LANGUAGE, r"(langues?|kieli|asiointikieli|language|spoken)\b.*"),
    (Role.COMMUNE, r"(code postal|cp|postinumero|postcode|post code|zip|departement|dept|commune)\b.*"),
    (Role.UNIT, r"unites?|unit|type de comptage|nature du comptage|mittari|yksikko"),
]  # fmt: skip
_COUNTS = re.compile(
    r"\b(nombre|nb|nbre|effectifs?|count|number|lkm|maara|lukumaara|kpl|total|yhteensa|quantite|valeur|volume)\b"
)
_UNITS = [
    ("participant", r"participant|osallistuj|inscrit|present|attendee"),
    ("act", r"\bactes?\b|entretiens?|rendez vous|\brdv\b|services rendus|conseils?\b|ohjaus|haastattelu|\bacts?\b|interview|tapaami"),
    ("contact", r"contacts?\b|personnes? (recue|accueillie|renseignee)|accueils?\b|appels?\b|kontakti|asioin|yhteydeno|asiakaskohtaami"),
    ("passage", r"passages?|visites?\b|visiteurs?|entrees?\b|frequentation|comptage|kavij|kaynti|kaynnit|door|visits?\b|visitors?\b|footfall"),
]  # fmt: skip
_TOTALS = re.compile(
    r"^(sous |ss |grand |super |s )?(total|totaux|totale|totals|soustotal|subtotal|somme|cumul|cumule|summa|yhteensa|yht"
    r"|valisumma|loppusumma|kaikki yhteensa|ensemble|sum|gesamt|summe|totaal|totalt|suma|ukupno|vkupno|obshcho)\b"
    r"|\b(total|yhteensa|summa|totaux)$|^kaikki yht"
)
_AVERAGES = re.compile(
    r"^(moyennes?|moy|average|mean|keskiarvo|ka|mediane?|median|taux|pourcentage|part|evolution|variation|ecart"
    r"|objectif|rappel|n 1|max|maximum|min|minimum|prosentti|osuus|muutos|nb de jours|jours d ouverture)\b|%"
)
_RATES = re.compile(
    r"%|\b(taux|pourcentage|part des?|evolution|variation|ecart|objectif|moyenne|prosentti|osuus|muutos|n 1|rang)\b"
)
_RUNNING = re.compile(
    r"^(n|no|num|numero|nr|id|ref|reference|ligne|nro|numero de (ligne|visite|fiche)|n de (visite|fiche|ligne)|index|numero de ticket|ticket)$"
)
_REMARKS = re.compile(
    r"commentaire|remarque|observation|\bnotes?\b|precision|libelle|huomautus|huomio|kommentti|lisatieto|comment|remark|\bautres? precisions?\b"
)
SUMMARY_SHEETS = re.compile(
    r"recap|synthese|bilan|total|cumul|graph|yhteenveto|kooste|summary|overview|dashboard|tableau de bord|notice|mode d emploi|ohje|lisez|readme|parametres?|listes?$|codes?$|annee complete"
)
YES = words("x xx 1 oui o yes y vrai true k kylla on v ok ja si sim")
_TICKS = frozenset("✓✔✗✘☑☒●•√")


def is_tick(text: str) -> bool:
    """Whether a cell is a mere mark: x, 1, oui, ✓."""
    return text in _TICKS or fold(text) in YES


def refused(heading: str) -> Why | None:
    """Why a column under this heading may not be read, for what it could tell of a person."""
    plain = fold(heading)
    why = next((why for why, pattern in _REFUSED if re.search(pattern, plain)), None)
    return None if why == Why.NAME and _THINGS.search(plain) else why


def plain_role(heading: str) -> Role | None:
    """Date, hour, theme… by the heading."""
    plain = fold(heading)
    return next((role for role, pattern in _PLAIN if re.fullmatch(pattern, plain)), None)


def code_list(heading: str) -> str:
    """The code list that the heading names, or ``""``."""
    plain = fold(heading)
    return next((name for name, pattern in _LISTS if re.search(pattern, plain)), "")


def unit(heading: str) -> str:
    """The unit that the heading names, or ``""``."""
    plain = fold(heading)
    return next((name for name, pattern in _UNITS if re.search(pattern, plain)), "")


def is_count(heading: str) -> bool:
    """“Nombre”, “effectif”, “lkm”."""
    return _COUNTS.search(fold(heading)) is not None


def is_rate(heading: str) -> bool:
    """“%”, “Taux”, “N-1”: nothing to count."""
    return "%" in heading or _RATES.search(fold(heading)) is not None


def is_running_number(heading: str) -> bool:
    """“N°”, “id”: says nothing of the visit, and would make a line sent twice look like two."""
    return _RUNNING.match(fold(heading)) is not None


def is_remark(heading: str) -> bool:
    """Room for free words."""
    return _REMARKS.search(fold(heading)) is not None


def announces(text: str) -> str:
    """``total``, ``average`` or ``""``: what the first words of a row or the heading of a column announce."""
    plain = fold(text)
    if len(plain) > 60:
        return ""
    if _AVERAGES.search(plain):
        return "average"
    return "total" if _TOTALS.search(plain) else ""
