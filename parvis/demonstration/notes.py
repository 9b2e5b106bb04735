"""Short notes as advisers leave them: about the talk, never about somebody."""

from __future__ import annotations

NOTES = {
    "fr": (
        "Revient après l’atelier CV.",
        "Hésite entre deux secteurs, immersion à proposer.",
        "Dossier de financement à compléter ensemble.",
        "Cherche une formation en soirée.",
        "Fiche métier remise, rendez-vous pris à la documentation.",
        "Souhaite comparer deux diplômes.",
        "Projet à préciser avant de voir la chambre consulaire.",
        "Besoin d’aide pour l’espace en ligne.",
        "Viendra au forum des métiers.",
        "Statuts juridiques comparés, simulation à refaire.",
    ),
    "fi": (
        "Palaa CV-pajan jälkeen.",
        "Vertailee kahta koulutusta.",
        "Hakemus täytetään yhdessä.",
        "Kaipaa kesätyötä.",
        "Tulee rekrytointitapahtumaan.",
        "Asumistuki selvitetty, liitteet puuttuvat.",
        "Kiinnostunut vapaaehtoistyöstä.",
        "Harjoittelupaikkaa etsitään lähialueelta.",
        "Verkkoasiointi vaatii apua.",
        "Tavoite kirjattu, jatketaan ensi viikolla.",
    ),
}


def note_of(language: str, number: int | None) -> str:
    """The note in the centre's language; none where no number was drawn."""
    if number is None:
        return ""
    notes = NOTES.get(language, NOTES["fr"])
    return notes[number % len(notes)]
