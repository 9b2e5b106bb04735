"""Words that make a name of what follows, or keep it from being one. Folded: without case and accents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from parvis.shared.free_text.reading import fold


@cache
def first_names() -> dict[str, bool]:
    """First names of two dozen languages (tools/first_names.py), and whether each is also an ordinary word."""
    lines = (Path(__file__).parent / "first_names.txt").read_text().split()
    return {line.rstrip("*"): line.endswith("*") for line in lines}


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


TITLES = _words(
    """m. mr mr. mme mme. mlle mlle. melle mmes mm. monsieur madame mademoiselle dr dr. docteur maitre mrs mrs. ms ms. miss mister
    sir herr frau hr. fr. sig. sig.ra sig.na signor signora signore dott. dott.ssa sr. sra. srta. senor senora don dona
    senhor senhora sr sra dhr dhr. mevr. mw. mevrouw meneer heer fru frk. rouva herra gospodin gospođa gospođo gospodja gospoda ra ssa gdin gda
    г-н г-жа господин госпожа госпожица пан пані пана пани السيد السيدة الأستاذ الأستاذة الآنسة سيد سيدة"""
)
# What may follow a title without being a name, even with a capital.
AFTER_TITLE = _words(
    """le la les l' maire directeur directrice president presidente ministre prefet prefete proviseur bricolage tout everybody
    et ou and or und e y i en est a veut cherche souhaite the der die das il lo el o de het"""
)
# Frequent surnames that are also first names or words: believed after a title even without a capital.
SURNAMES = _words(
    """martin bernard thomas robert richard petit durand leroy moreau simon laurent lefebvre michel garcia david bertrand roux
    vincent fournier morel girard andre mercier dupont lambert bonnet francois martinez legrand garnier faure rousseau blanc
    guerin muller henry roussel nicolas perrin morin mathieu clement gauthier dumont lopez fontaine chevalier robin masson
    sanchez gerard nguyen boyer denis lemaire duval joly gautier roger roche roy noel meyer lucas jean diallo traore
    smith jones williams brown taylor davies wilson evans thomas johnson roberts walker wright robinson thompson"""
)
# “named X”: the words before, as they stand.
NAMED = _words(
    """s'appelle m'appelle nomme nommee prenomme prenommee dite appele appelee named called heisst namens chiama chiamata chiamato
    llama llamado llamada chama chama-se chamado chamada heet genaamd hedder nimeltaan zove imenom казва име звати звуть
    اسمه اسمها يدعى تدعى إسمه إسمها"""
)
NAME_FIELDS = r"(?:nom de famille|nom|pr[ée]nom|name|surname|first name|last name|full name|nachname|vorname|nome|cognome|nombre|apellidos?|naam|voornaam|navn|nimi|ime|име|ім'я|الاسم)"
NO_NAME = _words(
    """oui non inconnu inconnue anonyme communique yes no unknown anonymous withheld du de la le des d' un une
    est pas non-communique nc n/a aucun none the a of"""
)
# A first name right after one of these is a school, a street, a saint or a house, not a person.
PLACES = _words(
    """lycee college ecole ecoles cfa universite universites iut hopital clinique centre center espace foyer residence maison association
    fondation institut institution stade gymnase station metro gare bibliotheque mediatheque saint sainte st ste st. ste. st- san santa sao
    sankt rue avenue av. av boulevard bd place quai square cours pont tour parc cite quartier campus groupe salle theatre
    musee prix plan dispositif loi fonds librairie street road avenue school high college institute foundation hospital
    library house park square hall university prize fund schule strasse gymnasium platz stiftung universitat via piazza
    liceo scuola istituto universita corso viale calle plaza instituto colegio escuela fundacion rua praca escola
    liceu agrupamento fundacao straat laan plein stichting ulica skola gimnazija trg zaklada gade vej skole katu koulu
    lukio ул. улица училище гимназия школа школа вул. вулиця ліцей гімназія гімназії مدرسة شارع ثانوية جامعة
    programme program programma programa logiciel langage software language parfums magasin enseigne societe entreprise"""
)
# First names that are far more often a place, a firm or a thing in these notes.
NOT_A_PERSON = _words(
    """france paris florence sofia софия orlando nancy lourdes valence vienne geneva virginia georgia jordan chelsea asia israel kenya
    china india jamaica europa pascal java ruby perl python julia ada pole noel paques savoie lorraine bretagne
    marseille lille lyon dakota sierra cuba argentina america brooklyn madison austin houston dallas london sydney
    troy carolina montana laval angers denis brest burgas varna milan roma siena vincennes melun meaux san santa los las
    monster indeed alma ion medina madina damas cairo nil volga dunav arno loire rhone carrefour martin-pecheur
    line german georgian turkmen frances domingo abril jos kada то ariane january april may june july august avril mai juin aout mars mercedes lidl zara leroy dior chanel celio sephora amazon alexa cortana siri ceres vulcan mars jupiter saturn orion
    apollo erasmus erasme leonardo comenius grundtvig socrates merlin galileo copernicus horizon eva-luation scala cobol
    angular bosch siemens nadir server edit plan master cap agent doc min max art bas tel ami fin par job cas sept"""
)
# Capitalised words that are never the second half of a person's name.
ORDINARY = _words(
    """travail emploi emplois competences formation formations locale locales mission pole cap france region metropole service services
    public publique publics avenir jeunes jeune adultes cite cites metiers metier orientation education nationale parcoursup alternance
    bilan atelier ateliers conseil departemental regional ville mairie maison caf cpam ccas cio onisep afpa greta cnam
    apec agefiph fongecif transitions pro uniformation europe international ouest est nord sud job career careers centre
    center office day week month morning afternoon monday tuesday wednesday thursday friday saturday sunday lundi mardi
    mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag bac cap bts bep
    cv pc it pe rsa vae cpf pole-emploi arbeit ausbildung beruf amt agentur employment support youth works"""
)
# A name without capitals is believed after one of these.
BEFORE_A_PERSON = _words(
    """avec chez appeler rappeler contacter recontacter voir prevenir relancer with call contact ask see tell for meet mit anrufen chiamare
    con llamar ligar bellen met ring med soita pozovi zvati s pour a par"""
)
PARTICLES = _words(
    "de du des d' la le von van der den ten ter zu af av da do dos das di del della el al ben bin ibn abu ould y e i"
)
