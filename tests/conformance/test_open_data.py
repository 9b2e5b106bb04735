"""Open data are read by programs that are none of ours: CSV on the Web, DCAT-AP’s own shapes, JSON, RDF."""

from __future__ import annotations

import csv
import json
import tarfile
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from csvw import TableGroup
from django.urls import reverse
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from parvis.statistics.queries.open_data.frozen import as_read
from parvis.statistics.queries.open_data.pages import tables_in
from parvis.statistics.tests.open_data.scene import a_closed_year, an_edition, corrected

SCHEMAS = Path(__file__).parents[4] / "shared" / "schemas" / "schemas.tgz"
OWN = Path(__file__).parent / "dcat_ap_sample.ttl"
pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return an_edition(a_closed_year())


@pytest.fixture
def fetched(client, edition, tmp_path):
    """A folder with every file, as they come over the net."""
    folder = tmp_path / "fetched"
    folder.mkdir()
    for file in edition.files.all():
        response = client.get(address("public_open_file", edition, name=file.name))
        assert sha256(response.content).hexdigest() == file.digest
        (folder / file.name).write_bytes(response.content)
    return folder


def address(view, edition, **parts):
    if view == "public_open_catalogue":
        return reverse(f"statistics:{view}", args=[edition.centre.slug, parts["kind"]])
    return reverse(
        f"statistics:{view}", args=[edition.centre.slug, edition.year, edition.number, *parts.values()]
    )


def test_every_table_is_what_its_metadata_say(fetched):
    """Types, codes, keys that are there once, columns in their order: read by somebody else's library."""
    group = TableGroup.from_file(fetched / "csv-metadata.json")
    assert len(group.tables) == len(list(fetched.glob("*.csv"))) > 3
    for table in group.tables:
        assert table.check_primary_key()
        rows = list(table)
        assert rows
        hidden = [row for row in rows if row["status"] == "hidden"]
        unit = table.local_name.split("-by-")[0].replace("-", "_")
        assert [row[unit] for row in hidden] == [None] * len(hidden)
        assert all(isinstance(row[unit], int) for row in rows if row["status"] == "published")


def test_a_code_that_is_not_in_the_list_is_noticed(fetched):
    path = fetched / "acts-by-theme.csv"
    path.write_text(path.read_text().replace("training", "other"))
    group = TableGroup.from_file(fetched / "csv-metadata.json")
    table = next(one for one in group.tables if one.local_name == "acts-by-theme.csv")
    with pytest.raises(ValueError, match="theme"):
        list(table.iterdicts(strict=True))


def test_csv_json_and_page_say_the_same_to_the_digit(edition, fetched):
    frozen = as_read(edition.content)
    told = json.loads((fetched / "data.json").read_text())
    shown = tables_in(frozen, "en", edition.year)
    for table, data, page in zip(frozen.tables, told["tables"], shown, strict=True):
        lines = list(csv.DictReader(StringIO((fetched / f"{table.name}.csv").read_text())))
        figures = {tuple(line[name] for name in table.by): line[table.unit] for line in lines}
        assert {at: "" if n is None else str(n) for at, n in table.cells} == figures
        same = {tuple(row[name] for name in table.by): row[table.unit] for row in data["rows"]}
        assert {at: int(n) if n else None for at, n in figures.items()} == same
        cells = [text for line in page.lines for text, _hidden in line.cells]
        inner = [n for at, n in table.cells if "_T" not in at]
        assert sorted(cells) == sorted("–" if n is None else str(n) for n in inner)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # within the library's own reader
@pytest.mark.parametrize(("kind", "form"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_the_catalogue_is_read_again(client, edition, kind, form):
    response = client.get(address("public_open_catalogue", edition, kind=kind))
    graph = Graph().parse(data=response.content, format=form)
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert {str(one) for one in graph.objects(dataset, DCTERMS.title)} == {"Chiffres 2025", "Figures of 2025"}
    files = list(graph.objects(dataset, DCAT.distribution))
    assert len(files) == edition.files.count()
    for one in files:
        (download,) = graph.objects(one, DCAT.downloadURL)
        path = "/" + str(download).split("/", 3)[3]
        assert client.get(path).status_code == 200
        assert (one, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in graph


def shapes():
    """DCAT-AP 3.0.1's shapes, where they lie beside the repository."""
    with tarfile.open(SCHEMAS) as packed:
        found = packed.extractfile("schemas/dcat.ttl")
        return Graph().parse(data=found.read(), format="turtle")


def verdict(data, rules):
    passes, _report, text = validate(data, shacl_graph=rules, allow_warnings=True)
    return text if not passes else ""


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the shapes are not here")
def test_the_catalogue_keeps_dcat_aps_shapes(client, edition):
    corrected(edition.centre)
    an_edition(edition.centre)
    graph = Graph().parse(data=client.get(address("public_open_catalogue", edition, kind="ttl")).content)
    assert verdict(graph, shapes()) == ""


def test_the_catalogue_keeps_our_sample_of_the_shapes(client, edition):
    graph = Graph().parse(data=client.get(address("public_open_catalogue", edition, kind="ttl")).content)
    rules = Graph().parse(OWN)
    assert verdict(graph, rules) == ""
    graph.remove((None, DCTERMS.license, None))
    assert "license" in verdict(graph, rules)
