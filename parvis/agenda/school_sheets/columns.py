"""What the columns of a list of schools are: guessed by their headings, chosen by a person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.shared.free_text.reading import fold


class Role(models.TextChoices):
    """What a column says of a school."""

    REFERENCE = "reference", _("Number of the school")
    NAME = "name", _("Name")
    PLACE = "place", _("Place")
    NETWORK = "network", _("Network of schools")
    LEVELS = "levels", pgettext_lazy("of a school", "Levels")
    STREAMS = "streams", pgettext_lazy("of a school", "Streams")
    SPECIALISED = "specialised", _("Specialised teaching")
    PUPILS = "pupils", _("Number of pupils")


# Words of headings, folded: the first column that holds one is taken; longer words are looked for first.
WORDS: dict[Role, tuple[str, ...]] = {
    Role.REFERENCE: (
        *(
            "uai",
            "rne",
            "fase",
            "numero",
            "number",
            "nummer",
            "code etablissement",
            "id",
            "codigo",
            "codice",
            "schulnummer",
        ),
        *("identifiant", "matricule", "reference", "код", "رقم"),
    ),
    Role.NAME: (
        *(
            "nom de l'etablissement",
            "nom etablissement",
            "appellation",
            "denomination",
            "school name",
            "name",
            "nom",
            "naam",
        ),
        *(
            "nombre",
            "nome",
            "nimi",
            "navn",
            "naziv",
            "име",
            "назва",
            "اسم",
            "etablissement",
            "ecole",
            "school",
            "schule",
        ),
    ),
    Role.PLACE: (
        *(
            "commune",
            "localite",
            "ville",
            "lieu",
            "place",
            "town",
            "city",
            "ort",
            "stadt",
            "gemeente",
            "plaats",
            "localidad",
            "municipio",
        ),
        *("citta", "comune", "localidade", "kunta", "kommune", "by", "mjesto", "град", "місто", "المدينة"),
    ),
    Role.NETWORK: (
        *(
            "reseau",
            "network",
            "netwerk",
            "pouvoir organisateur",
            "secteur",
            "statut public",
            "trager",
            "net",
            "red",
            "rete",
            "rede",
        ),
        *("caractere",),
    ),
    Role.LEVELS: (
        "niveau",
        "niveaux",
        "level",
        "levels",
        "nature",
        "stufe",
        "nivel",
        "livello",
        "nivel de ensino",
        "type",
    ),
    Role.STREAMS: (
        "filiere",
        "filieres",
        "stream",
        "streams",
        "voie",
        "orientation",
        "richting",
        "zweig",
        "indirizzo",
    ),
    Role.SPECIALISED: (
        "specialise",
        "specialised",
        "specialized",
        "buitengewoon",
        "ulis",
        "segpa",
        "forderschule",
    ),
    Role.PUPILS: (
        *(
            "nombre d'eleves",
            "effectif",
            "effectifs",
            "eleves",
            "pupils",
            "students",
            "enrolment",
            "leerlingen",
            "schuler",
        ),
        *("alumnos", "alunni", "alunos", "oppilaat", "elever", "ucenici", "ученици", "учні", "التلاميذ"),
    ),
}


def guess(heading: list[str]) -> dict[str, int]:
    """Role → column, each column for one role at most."""
    folded = [fold(text).replace("’", "'") for text in heading]
    found: dict[str, int] = {}
    for exact in (True, False):
        for role, words in WORDS.items():
            if role.value in found:
                continue
            free = [place for place in range(len(folded)) if place not in found.values()]
            place = next((one for word in words for one in free if _says(folded[one], word, exact)), None)
            if place is not None:
                found[role.value] = place
    return found


def _says(text: str, word: str, exact: bool) -> bool:
    return text == word if exact else f" {word} " in f" {text} " or (len(word) > 3 and word in text)
