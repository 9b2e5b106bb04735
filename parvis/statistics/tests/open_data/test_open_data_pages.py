"""Who decides about open data, what everybody gets, and what is gone once it was withdrawn."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.shared.speaking import ALL_LANGUAGES
from parvis.statistics.actions.open_data import withdraw_edition
from parvis.statistics.models import OpenEdition
from parvis.statistics.tests.open_data.scene import (
    FEW,
    NOON,
    YEAR,
    a_closed_year,
    a_year,
    an_edition,
    corrected,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def centre():
    return a_closed_year()


@pytest.fixture
def director(client, centre):
    found = a_person(Role.DIRECTOR, centre=centre)
    client.force_login(found)
    return found


def address(name, centre, *parts):
    return reverse(f"statistics:{name}", args=[centre.slug, *parts])


def said(page, **other):
    """What the form holds when it is sent as it came."""
    form = page.context["form"]
    return {
        "key": form["key"].value(),
        "seen": form["seen"].value(),
        "licence": "cc0-1.0",
        "title_0": "Chiffres",
        "title_1": "Figures",
        "description_0": "",
        "description_1": "",
        "sure": "on",
    } | other


def test_a_director_looks_then_publishes(client, centre, director):
    assert address("open_year", centre, YEAR) in client.get(address("open_data", centre)).content.decode()
    page = client.get(address("open_year", centre, YEAR))
    assert page.context["form"].initial["licence"] == "etalab-2.0"
    assert len(page.context["tables"]) == 5
    sent = said(page)
    for _twice in range(2):
        assert client.post(address("open_year", centre, YEAR), sent).status_code == 302
    edition = OpenEdition.objects.get()
    assert (edition.licence, str(edition.title), edition.published_by) == ("cc0-1.0", "Figures", director)


def test_what_is_not_sure_or_not_seen_is_not_published(client, centre, director):
    page = client.get(address("open_year", centre, YEAR))
    unsure = client.post(address("open_year", centre, YEAR), said(page, sure=""))
    assert (unsure.status_code, list(unsure.context["form"].errors)) == (422, ["sure"])
    other = client.post(address("open_year", centre, YEAR), said(page, seen="x"))
    assert (other.status_code, other.context["form"]["seen"].value()) == (409, said(page)["seen"])
    assert not OpenEdition.objects.exists()


def test_a_year_that_waits_is_not_looked_at(client, centre, director):
    assert client.get(address("open_year", centre, YEAR + 1)).status_code == 302
    assert client.get(address("open_year", centre, 1999)).status_code == 404


def test_who_may_and_who_may_not(client, centre):
    edition = an_edition(centre)
    pages = [
        address("open_data", centre),
        address("open_year", centre, YEAR),
        address("withdraw_open_edition", centre, edition.pk),
    ]
    expected = {
        Role.DIRECTOR: [200, 200, 200],
        Role.PARTNERSHIP_MANAGER: [200, 200, 200],
        Role.RECEPTIONIST: [200, 403, 403],
        Role.ADVISER: [403, 403, 403],
    }
    for role, found in expected.items():
        client.force_login(a_person(role, centre=centre))
        assert [client.get(page).status_code for page in pages] == found, role
    client.force_login(a_person(Role.DIRECTOR, centre=a_year()))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_another_centre_s_edition_is_not_withdrawn(client, centre, director):
    other = a_year()
    edition = an_edition(centre)
    OpenEdition.objects.filter(pk=edition.pk).update(centre=other)
    assert (
        client.post(address("withdraw_open_edition", centre, edition.pk), {"reason": "x"}).status_code == 404
    )


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_everybody_reads_it_in_their_language(client, centre, language):
    edition = an_edition(centre)
    listed = client.get(address("public_open_data", centre), {"language": language})
    page = client.get(address("public_open_edition", centre, YEAR, 1), {"language": language})
    assert (listed.status_code, page.status_code) == (200, 200)
    assert f'lang="{language}"' in page.content.decode()
    assert address("public_open_file", centre, YEAR, 1, "data.json") in page.content.decode()
    assert edition.title.localize(language) in listed.content.decode()


def test_the_page_takes_the_same_queries_for_one_edition_and_three(client, centre, director):
    counts = []
    first = an_edition(centre)
    for back in (1, 2):
        with CaptureQueriesContext(connection) as public:
            client.get(address("public_open_data", centre))
        with CaptureQueriesContext(connection) as own:
            client.get(address("open_data", centre))
        counts.append((len(public), len(own)))
        for number in (1, 2):
            first.pk, first.key, first.year, first.number = None, uuid4(), YEAR - back, number
            first.save(force_insert=True)
    assert counts[0] == counts[1]


def test_a_file_is_not_sent_again_to_whoever_has_it(client, centre):
    an_edition(centre)
    where = address("public_open_file", centre, YEAR, 1, "acts-by-theme.csv")
    first = client.get(where)
    assert (first.status_code, first["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert (first["Access-Control-Allow-Origin"], "max-age" in first["Cache-Control"]) == ("*", True)
    assert client.get(where, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(where, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.get(address("public_open_file", centre, YEAR, 1, "other.csv")).status_code == 404
    assert client.get(address("public_open_file", centre, YEAR, 2, "data.json")).status_code == 404


def test_withdrawn_it_is_gone_and_says_so(client, centre, director):
    edition = an_edition(centre)
    where = address("withdraw_open_edition", centre, edition.pk)
    assert client.post(where, {"reason": ""}).status_code == 422
    assert client.post(where, {"reason": "A wrong title"}).status_code == 302
    page = client.get(address("public_open_edition", centre, YEAR, 1))
    assert (page.status_code, "A wrong title" in page.content.decode()) == (410, True)
    for name in ("data.json", "dataset.ttl", "acts-by-theme.csv"):
        assert client.get(address("public_open_file", centre, YEAR, 1, name)).status_code == 410
    assert "data.json" not in client.get(address("public_open_catalogue", centre, "ttl")).content.decode()
    assert client.get(address("public_open_data", centre)).status_code == 200
    assert "A wrong title" in client.get(address("open_data", centre)).content.decode()


def test_both_editions_are_there_and_what_changed(client, centre):
    an_edition(centre)
    corrected(centre)
    an_edition(centre)
    second = client.get(address("public_open_edition", centre, YEAR, 2), {"language": "en"}).content.decode()
    assert "What changed since the edition before" in second
    assert address("public_open_edition", centre, YEAR, 1) in second
    assert client.get(address("public_open_edition", centre, YEAR, 1)).status_code == 200


def test_nothing_is_there_before_anything_was_published(client, centre):
    for name, parts in (("public_open_data", []), ("public_open_catalogue", ["ttl"])):
        assert client.get(address(name, centre, *parts)).status_code == 404
    assert client.get(address("public_figures", centre)).status_code == 404


def test_no_file_tells_a_small_figure_or_an_adviser(client, centre):
    adviser = a_person(Role.ADVISER, centre=centre)
    edition = an_edition(centre, by=adviser)
    bodies = [bytes(file.body).decode() for file in edition.files.all()]
    bodies.append(client.get(address("public_open_edition", centre, YEAR, 1)).content.decode())
    assert not any(adviser.name in body for body in bodies)
    assert not any(f",{FEW}," in body or f">{FEW}<" in body for body in bodies)


def test_figures_lead_to_open_data(client, centre):
    edition = an_edition(centre)
    where = address("public_open_data", centre)
    assert where in client.get(address("public_figures", centre)).content.decode()
    withdraw_edition(edition=edition, reason="x", by=a_person(Role.DIRECTOR, centre=centre), at=NOON)
    assert client.get(address("public_figures", centre)).status_code == 404
