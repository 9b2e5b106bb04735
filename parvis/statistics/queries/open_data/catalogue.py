"""A centre’s open data as DCAT-AP 3 says it: a catalogue, one dataset for each edition, one distribution for each file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from parvis.centres.models import Centre
from parvis.statistics.models import Licence, OpenEdition, OpenFile
from parvis.statistics.queries.open_data.files import METADATA
from parvis.statistics.queries.open_data.year import languages_of

EU = "http://publications.europa.eu/resource/authority/"
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
FREQUENCY, ACCESS = URIRef(f"{EU}frequency/ANNUAL"), URIRef(f"{EU}access-right/PUBLIC")
THEMES = [URIRef(f"{EU}data-theme/{one}") for one in ("EDUC", "SOCI")]
VERSION, PREVIOUS = URIRef(f"{DCAT}version"), URIRef(f"{DCAT}previousVersion")  # of DCAT 3
FORMATS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}
CSVW = URIRef("http://www.w3.org/ns/csvw#")
# ISO 639-3 and 3166-1 alpha-3, as the Publications Office names languages and countries.
LANGUAGES = {
    "ar": "ARA",
    "bg": "BUL",
    "da": "DAN",
    "de": "DEU",
    "en": "ENG",
    "es": "SPA",
    "fi": "FIN",
    "fr": "FRA",
    "hr": "HRV",
    "it": "ITA",
    "nl": "NLD",
    "pt": "POR",
    "uk": "UKR",
}
COUNTRIES = {
    "AT": "AUT",
    "BE": "BEL",
    "BG": "BGR",
    "CH": "CHE",
    "CY": "CYP",
    "CZ": "CZE",
    "DE": "DEU",
    "DK": "DNK",
    "EE": "EST",
    "ES": "ESP",
    "FI": "FIN",
    "FR": "FRA",
    "GB": "GBR",
    "GR": "GRC",
    "HR": "HRV",
    "HU": "HUN",
    "IE": "IRL",
    "IT": "ITA",
    "LT": "LTU",
    "LU": "LUX",
    "LV": "LVA",
    "MT": "MLT",
    "NL": "NLD",
    "NO": "NOR",
    "PL": "POL",
    "PT": "PRT",
    "RO": "ROU",
    "SE": "SWE",
    "SI": "SVN",
    "SK": "SVK",
    "TR": "TUR",
    "UA": "UKR",
}
KINDS = {"ttl": ("turtle", "text/turtle; charset=utf-8"), "jsonld": ("json-ld", "application/ld+json")}


@dataclass(frozen=True)
class Addresses:
    """Where things stand, each with the house’s own name before it."""

    home: str  # the centre's page of open data
    edition: Callable[[OpenEdition], str]
    file: Callable[[OpenEdition, str], str]


def catalogue(centre: Centre, editions: Sequence[OpenEdition], where: Addresses) -> Graph:
    """The catalogue of a centre with every edition that was not withdrawn, the latest first."""
    graph = _graph()
    name = {"name": centre.name}
    title = in_languages(languages_of(centre), lambda: _("Open data of %(name)s") % name)
    description = in_languages(
        languages_of(centre),
        lambda: _("What %(name)s counted, year by year, so that nobody can be recognised.") % name,
    )
    home = URIRef(f"{where.home}#catalogue")
    publisher = _publisher(graph, centre.name, where)
    graph.add((home, RDF.type, DCAT.Catalog))
    _say(graph, home, DCTERMS.title, title)
    _say(graph, home, DCTERMS.description, description)
    graph.add((home, DCTERMS.publisher, publisher))
    graph.add((home, FOAF.homepage, _document(graph, where.home)))
    _typed(graph, home, DCAT.themeTaxonomy, URIRef(f"{EU}data-theme"), SKOS.ConceptScheme)
    graph.add((URIRef(f"{EU}data-theme"), DCTERMS.title, Literal("Data theme", lang="en")))
    for code in title:
        _typed(
            graph, home, DCTERMS.language, URIRef(f"{EU}language/{LANGUAGES[code]}"), DCTERMS.LinguisticSystem
        )
    days = [one.published_at.date() for one in editions]
    if days:
        graph.add((home, DCTERMS.issued, Literal(min(days), datatype=XSD.date)))
        graph.add((home, DCTERMS.modified, Literal(max(days), datatype=XSD.date)))
    for one in editions:
        graph.add((home, DCAT.dataset, _dataset(graph, one, editions, where)))
    return graph


def dataset(edition: OpenEdition, editions: Sequence[OpenEdition], where: Addresses) -> Graph:
    """One edition alone."""
    graph = _graph()
    _dataset(graph, edition, editions, where)
    return graph


def _graph() -> Graph:
    graph = Graph()
    for name, space in (("dcat", DCAT), ("dct", DCTERMS), ("spdx", SPDX), ("adms", ADMS)):
        graph.bind(name, space)
    return graph


def _dataset(graph: Graph, one: OpenEdition, editions: Sequence[OpenEdition], where: Addresses) -> Node:
    page = where.edition(one)
    node = URIRef(f"{page}#dataset")
    languages = list(one.content["languages"])
    graph.add((node, RDF.type, DCAT.Dataset))
    titles = _words(one.title, one)
    _say(graph, node, DCTERMS.title, titles)
    _say(graph, node, DCTERMS.description, _words(one.description, one) or titles)
    graph.add((node, DCTERMS.identifier, Literal(page)))
    graph.add((node, DCTERMS.publisher, _publisher(graph, one.centre.name, where)))
    graph.add((node, DCTERMS.issued, Literal(one.published_at.date(), datatype=XSD.date)))
    graph.add((node, VERSION, Literal(str(one.number))))
    graph.add((node, DCTERMS.temporal, _year(graph, one.year)))
    graph.add((node, DCAT.landingPage, _document(graph, page)))
    graph.add((node, FOAF.page, _document(graph, page)))
    _typed(graph, node, DCTERMS.accrualPeriodicity, FREQUENCY, DCTERMS.Frequency)
    _typed(graph, node, DCTERMS.accessRights, ACCESS, DCTERMS.RightsStatement)
    graph.add((node, DCTERMS.spatial, _country(graph, one.centre.country)))
    for theme in THEMES:
        _typed(graph, node, DCAT.theme, theme, SKOS.Concept)
        graph.add((theme, SKOS.prefLabel, Literal(str(theme).rsplit("/", 1)[1], lang="en")))
    for code in languages:
        _typed(
            graph, node, DCTERMS.language, URIRef(f"{EU}language/{LANGUAGES[code]}"), DCTERMS.LinguisticSystem
        )
    earlier = [each for each in editions if each.year == one.year and each.number < one.number]
    if earlier:
        before = max(earlier, key=lambda each: each.number)
        graph.add((node, PREVIOUS, URIRef(f"{where.edition(before)}#dataset")))
    for file in one.files.all():
        graph.add((node, DCAT.distribution, _distribution(graph, one, file, where)))
    return node


def _distribution(graph: Graph, one: OpenEdition, file: OpenFile, where: Addresses) -> Node:
    address = where.file(one, file.name)
    node = URIRef(f"{address}#distribution")
    form, kind = FORMATS[file.name.rsplit(".", 1)[1]]
    graph.add((node, RDF.type, DCAT.Distribution))
    _say(graph, node, DCTERMS.title, _title(one, file))
    graph.add((node, DCAT.accessURL, URIRef(where.edition(one))))
    graph.add((node, DCAT.downloadURL, URIRef(address)))
    _typed(graph, node, DCTERMS["format"], URIRef(f"{EU}file-type/{form}"), DCTERMS.MediaTypeOrExtent)
    media = URIRef(f"https://www.iana.org/assignments/media-types/{kind}")
    _typed(graph, node, DCAT.mediaType, media, DCTERMS.MediaType)
    _typed(graph, node, DCTERMS.license, URIRef(Licence(one.licence).address), DCTERMS.LicenseDocument)
    graph.add((node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    graph.add((node, DCTERMS.issued, Literal(one.published_at.date(), datatype=XSD.date)))
    if form == "CSV":
        _typed(graph, node, DCTERMS.conformsTo, CSVW, DCTERMS.Standard)
    checksum = BNode()
    graph.add((node, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    graph.add((SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm))
    graph.add((checksum, SPDX.checksumValue, Literal(file.digest, datatype=XSD.hexBinary)))
    return node


def _title(one: OpenEdition, file: OpenFile) -> Mapping[str, str]:
    for table in one.content["tables"]:
        if file.name == f"{table['name']}.csv":
            titles: Mapping[str, str] = table["titles"]
            return titles
    return {"en": "CSV on the Web: what each column means" if file.name == METADATA else "All tables as JSON"}


def _publisher(graph: Graph, name: str, where: Addresses) -> Node:
    node = URIRef(f"{where.home}#publisher")
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(name)))
    return node


def _document(graph: Graph, address: str) -> Node:
    node = URIRef(address)
    graph.add((node, RDF.type, FOAF.Document))
    return node


def _year(graph: Graph, year: int) -> Node:
    node = BNode()
    graph.add((node, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((node, DCAT.startDate, Literal(date(year, 1, 1), datatype=XSD.date)))
    graph.add((node, DCAT.endDate, Literal(date(year, 12, 31), datatype=XSD.date)))
    return node


def _country(graph: Graph, code: str) -> Node:
    """The country as the Publications Office names it; one that it is not known of here by its letters."""
    known = COUNTRIES.get(code)
    node: Node = URIRef(f"{EU}country/{known}") if known else BNode()
    graph.add((node, RDF.type, DCTERMS.Location))
    if not known:
        graph.add((node, DCTERMS.identifier, Literal(code)))
    return node


def _typed(graph: Graph, node: Node, what: Node, value: Node, kind: Node) -> None:
    graph.add((node, what, value))
    graph.add((value, RDF.type, kind))


def _say(graph: Graph, node: Node, what: Node, words: Mapping[str, str]) -> None:
    for code, text in words.items():
        graph.add((node, what, Literal(text, lang=code)))


def _words(text: object, one: OpenEdition) -> dict[str, str]:
    data = getattr(text, "data", text)
    if isinstance(data, dict):
        return {code: words for code, words in data.items() if words}
    return {one.centre.language: str(data)} if data else {}


def in_languages(codes: Sequence[str], words: Callable[[], str]) -> dict[str, str]:
    """The same words in each of these languages."""
    found = {}
    for code in codes:
        with override(code):
            found[code] = str(words())
    return found
