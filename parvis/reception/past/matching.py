"""Which entry of a centre's lists stands behind an old wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from parvis.reception.past.notation import label_and_key
from parvis.reception.past.wording import fold, stems, words

CLOSE = 0.87  # likeness above which two wordings differ by a slip of the hand


@dataclass(frozen=True)
class Entry:
    """A theme or code of the centre, with its wording in each language. ``target`` is ``theme:3`` or ``code:7``."""

    target: str
    list: str
    label: str
    wordings: tuple[str, ...]
    since: date
    until: date | None = None
    unknown: bool = False

    def in_force(self, first: date, last: date) -> bool:
        """Whether it was open on some day between ``first`` and ``last``."""
        return self.since <= last and (self.until is None or self.until > first)


_NOT_SAID = words(
    "nc|n c|nr|n r|nsp|nspp|ns|na|n a|non communique|non communiquee|non renseigne|non renseignee|ne se prononce pas|ne sait pas"
    "|ne souhaite pas repondre|sans reponse|pas de reponse|inconnu|inconnue|non precise|refus|ei kerrottu|ei tiedossa|ei tietoa|not known"
    "|unknown|not communicated|prefer not to say|no answer|non concerne"
)
# What sheets of the field call the entries of the presets (their keys).
_SAME = {
    "theme": {"choose": "orientation|s orienter|se choisir|choisir|projet professionnel|bilan|suunta|valinta",
              "train": "formation|formations|se former|koulutus", "job": "emploi|recherche d emploi|tyonhaku|tyo",
              "change": "reconversion|mobilite|mobilite professionnelle|evolution|evolution professionnelle|changer|changer de metier|vae|vie professionnelle",
              "business": "creation|creation d entreprise|creation d activite|creation reprise|creation reprise d entreprise|entreprendre|creer|entrepreneuriat|yrittajyys",
              "finance": "talous|rahat|toimeentulo|kela|etuudet|raha asiat", "studies": "opiskelu|opinnot|koulutus|etudes",
              "health": "terveys|sante", "work_experience": "tyo|tyonhaku|tyokokeilu|tyopajat|stages",
              "work_wellbeing": "hyvinvointi|tyohyvinvointi", "housing": "asuminen|asunto|logement",
              "coaching": "valmennus|yksilovalmennus|ohjaus", "voluntary": "vapaaehtoistyo|benevolat",
              "free_time": "harrastukset|vapaa aika|loisirs", "courses": "kurssit|ateliers"},
    "gender": {"woman": "f|femme|femmes|feminin|mme|madame|mlle|nainen|naiset|n|w|woman|female|fille",
               "man": "h|m|homme|hommes|masculin|mr|monsieur|mies|miehet|man|male|garcon",
               "other": "autre|x|muu|other|non binaire"},
    "first_visit": {"first_ever": "oui|1|nouveau|nouvelle|premiere|premiere visite|1ere fois|1ere visite|yes|kylla|ensikaynti|new|first",
                    "returning": "non|0|ancien|deja venu|deja venue|habitue|no|ei|retour|returning|uusintakaynti"},
    "channel": {"desk": "accueil|sur place|physique|presentiel|en presentiel|visite|entretien|face a face|paikan paalla|kasvokkain|on site|face to face|walk in|guichet|bureau",
                "phone": "tel|telephone|par telephone|appel|appel telephonique|puhelin|puhelu|puhelimitse|phone|call",
                "email": "mail|mel|courriel|e mail|email|par mail|sahkoposti",
                "chat": "chat|tchat|messagerie|messagerie instantanee|en ligne|verkko|online",
                "video": "visio|visioconference|teams|zoom|video|etayhteys",
                "post": "courrier|lettre|poste|kirje",
                "outside": "hors les murs|exterieur|salon|forum|jalkautuminen"},
    "status": {"jobseeker_registered": "demandeur d emploi|demandeur d emploi inscrit|de|chomeur|inscrit pole emploi|inscrit france travail|tyoton|tyonhakija|jobseeker|unemployed",
               "employed": "salarie|salariee|actif occupe|en activite|tyossa|tyollinen|employee|employed",
               "student": "etudiant|etudiante|opiskelija|student", "pupil": "lyceen|lyceenne|collegien|collegienne|scolaire|eleve|koululainen|pupil",
               "retired": "retraite|retraitee|elakelainen|retired", "trainee": "stagiaire|stagiaire de la formation professionnelle|en formation",
               "apprentice": "apprenti|apprentie|alternant|alternante|oppisopimus",
               "self_employed": "independant|independante|auto entrepreneur|chef d entreprise|artisan|yrittaja"},
}  # fmt: skip


@dataclass
class Matcher:
    """Finds entries by wording: as it is, by its telling words, by an age, by a slip of the hand."""

    entries: list[Entry]
    keys: dict[str, str] = field(default_factory=dict)  # target → key of the preset
    _exact: dict[tuple[str, str], str] = field(default_factory=dict)
    _lists: dict[str, list[Entry]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, entries: Iterable[Entry], keys: dict[str, str], first: date | None, last: date | None
    ) -> Matcher:
        """A matcher that prefers entries in force between ``first`` and ``last``. ``keys``: target → key of the entry."""
        ordered = sorted(
            entries, key=lambda entry: not (first and last and entry.in_force(first, last)) and bool(first)
        )
        made = cls(ordered, keys)
        for entry in ordered:
            made._lists.setdefault(entry.list, []).append(entry)
            for wording in entry.wordings:
                made._exact.setdefault((entry.list, fold(wording)), entry.target)
            for wording in _NOT_SAID if entry.unknown else ():
                made._exact.setdefault((entry.list, wording), entry.target)
        for entry in ordered:
            for wording in _SAME.get(entry.list, {}).get(keys.get(entry.target, ""), "").split("|"):
                if wording:
                    made._exact.setdefault((entry.list, wording), entry.target)
        return made

    def by_key(self, list_name: str, key: str) -> str:
        """The entry with this key of the presets, or ``""``."""
        found = (
            entry.target for entry in self._lists.get(list_name, []) if self.keys.get(entry.target) == key
        )
        return next(found, "")

    def anywhere(self, wording: str, lists: Iterable[str]) -> str:
        """The entry of the first of ``lists`` that has just this wording; else the likeliest of the first list."""
        names = list(lists)
        for name in names:
            if found := self.exact(name, wording):
                return found
        return next((found for name in names if (found := self.find(name, wording))), "")

    def exact(self, list_name: str, wording: str) -> str:
        """The entry with just this wording, or ``""``. A key that Parvis's own export wrote beside it goes first."""
        label, key = label_and_key(wording)
        found = self.by_key(list_name, key) if key else ""
        return found or self._exact.get((list_name, fold(label)), "")

    def find(self, list_name: str, wording: str) -> str:
        """The entry most likely meant, or ``""`` where there is none or a doubt."""
        if found := self.exact(list_name, wording):
            return found
        wording = label_and_key(wording)[0]
        known = self._lists.get(list_name, [])
        if list_name == "age_band" and (years := ages(wording)):
            return _only(entry.target for entry in known if _holds(entry, years))
        return self._by_words(known, wording) or self._by_likeness(known, wording)

    def _by_words(self, known: list[Entry], wording: str) -> str:
        said = stems(wording)
        if not any(len(word) > 1 for word in said):
            return ""
        within: dict[str, float] = {}
        for entry in known:
            for own in (stems(text) for text in entry.wordings):
                common = len(said & own)
                if common and (said <= own or own <= said):
                    within[entry.target] = max(within.get(entry.target, 0), common / len(said | own))
        best = max(within.values(), default=0)
        return _only(target for target, score in within.items() if score == best)

    def _by_likeness(self, known: list[Entry], wording: str) -> str:
        plain = fold(wording)
        if len(plain) < 5:
            return ""
        close = {
            entry.target
            for entry in known
            for own in map(fold, entry.wordings)
            if abs(len(own) - len(plain)) < 4 and SequenceMatcher(None, plain, own).ratio() >= CLOSE
        }
        return _only(close)


def _only(found: Iterable[str]) -> str:
    targets = set(found)
    return targets.pop() if len(targets) == 1 else ""


_NUMBERS = re.compile(r"\d{1,3}")


def ages(wording: str) -> tuple[int, int] | None:
    """The ages from–to that “26-35 ans”, “moins de 18”, “60 et +” or “34” stand for."""
    plain = wording.casefold()
    numbers = [int(number) for number in _NUMBERS.findall(plain)]
    if not numbers or max(numbers) > 120 or len(numbers) > 2:
        return None
    folded = f" {fold(plain)} "
    if len(numbers) == 2:
        return (numbers[0], numbers[1]) if numbers[0] <= numbers[1] else None
    if "<" in plain or re.search(r" (moins|under|alle|below|jusqu|avant|unter) ", folded):
        inclusive = re.search(r"≤|<=|jusqu", plain)
        return 0, numbers[0] - (0 if inclusive else 1)
    if re.search(r"[>+≥]", plain) or re.search(
        r" (plus|over|yli|above|et plus|ja yli|tai yli|ou plus|and over) ", folded
    ):
        strictly = re.search(r" (plus de|over|yli|above) \d", folded) and not re.search(
            r"tai yli|ja yli", folded
        )
        return numbers[0] + (1 if strictly else 0), 130
    return numbers[0], numbers[0]


def _holds(entry: Entry, years: tuple[int, int]) -> bool:
    # Not every language's “and over” is known here; the widest reading of the entry's wordings is the right one.
    own = [found for text in entry.wordings if (found := ages(text))]
    if not own or entry.unknown:
        return False
    low, high = max(own, key=lambda band: band[1] - band[0])
    return low <= years[0] and (years[1] <= high or (high == 130 and years[1] == 130))
