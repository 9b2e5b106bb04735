"""The feed of the programme is valid Atom: against a strict schema of our own of RFC 4287, and what the RFC says in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from i18nfield.strings import LazyI18nString
from lxml import etree

from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Event, Session
from parvis.centres.factories import a_centre, a_theme

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))
NASTY = "Bread & <script>alert(1)</script> “quotes” ]]> \x07 é العربية"


@pytest.fixture
def centre():
    found = a_centre(name="Lyon & Cie", languages=["fr", "ar"])
    event = an_event(found, "x")
    event.title = LazyI18nString({"en": NASTY.replace("\x07", ""), "fr": "Métiers", "ar": "لقاء مع البنائين"})
    event.save()
    event.themes.add(a_theme(found))
    begins = (found.now() + timedelta(days=2)).replace(microsecond=0)
    for n in range(3):
        a_session(event, begins + timedelta(days=7 * n))
    a_session(event, begins + timedelta(days=30), state=Session.State.CANCELLED, why="Ill <again>")
    a_session(an_event(found, "Secret", state=Event.State.DRAFT, publish_at=None))
    return found


def read(client, centre, query=""):
    response = client.get(f"/agenda/{centre.slug}/feed.atom{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    tree = etree.fromstring(response.content)
    SCHEMA.assertValid(tree)
    return tree


def texts(tree, path):
    return [one.text for one in tree.findall(path.replace("a:", ATOM))]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_it_is_valid_in_each_language(client, centre, language):
    tree = read(client, centre, f"?language={language}")
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert len(tree.findall(f"{ATOM}entry")) == 4
    assert "Secret" not in etree.tostring(tree, encoding="unicode")


def test_what_the_rfc_says_in_words(client, centre):
    tree = read(client, centre, "?language=en")
    ids = [*texts(tree, "a:id"), *texts(tree, "a:entry/a:id")]
    assert len(ids) == len(set(ids)) == 5
    assert all(one.startswith("urn:uuid:") for one in ids)
    links = [(one.get("rel"), one.get("href")) for one in tree.findall(f"{ATOM}link")]
    assert ("self", f"http://testserver/agenda/{centre.slug}/feed.atom?language=en") in links
    assert [rel for rel, _address in links].count("alternate") == 1
    moments = [datetime.fromisoformat(one) for one in texts(tree, "a:entry/a:updated")]
    assert datetime.fromisoformat(texts(tree, "a:updated")[0]) == max(moments)
    assert all(one.tzinfo for one in moments)
    assert texts(tree, "a:author/a:name") == ["Lyon & Cie"]


def test_what_is_cancelled_says_so_and_keeps_its_id(client, centre):
    session = Session.objects.filter(state="planned", event__state="published").first()
    before = texts(read(client, centre, "?language=en"), "a:entry/a:id")
    Session.objects.filter(pk=session.pk).update(state="cancelled", sequence=1, changed_at=centre.now())
    tree = read(client, centre, "?language=en")
    assert texts(tree, "a:entry/a:id") == before
    assert sum(title.startswith("Cancelled: ") for title in texts(tree, "a:entry/a:title")) == 2
    assert any("Ill &lt;again&gt;" in one for one in texts(tree, "a:entry/a:summary"))


def test_a_feed_without_entries_is_valid_and_stays_the_same(client):
    centre = a_centre()
    first, again = (etree.tostring(read(client, centre)) for _n in range(2))
    assert first == again


def test_who_has_it_already_is_told_so(client, centre):
    address = f"/agenda/{centre.slug}/feed.atom"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


def test_the_schema_refuses_what_is_not_atom(client, centre):
    for wrong in ("id", "updated", "title"):
        tree = read(client, centre)
        tree.remove(tree.find(f"{ATOM}{wrong}"))
        assert not SCHEMA.validate(tree)
        tree = read(client, centre)
        entry = tree.find(f"{ATOM}entry")
        entry.remove(entry.find(f"{ATOM}{wrong}"))
        assert not SCHEMA.validate(tree)
    tree = read(client, centre)
    tree.find(f"{ATOM}updated").text = "yesterday"
    assert not SCHEMA.validate(tree)
