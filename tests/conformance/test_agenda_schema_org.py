"""What an event's page says in schema.org's words: each type and property exists, fits where it stands, and says what is true.

Against the whole vocabulary where it is at hand (``PARVIS_SCHEMA_ORG`` names the file), and always against the part that is used,
which was taken from it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Organiser, Session, Speaker
from parvis.centres.factories import a_centre
from parvis.centres.models import Site
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db
PART = Path(__file__).parent / "schema_org_part.json"
WHOLE = Path(os.environ.get("PARVIS_SCHEMA_ORG", "nowhere"))
ABSOLUTE = "https://schema.org/"


class Vocabulary:
    """Types with those above them, properties with the types they may stand in and lead to, named values."""

    def __init__(self, graph: list[dict]) -> None:
        self.above: dict[str, set[str]] = {}
        self.domains: dict[str, set[str]] = {}
        self.ranges: dict[str, set[str]] = {}
        self.values: dict[str, set[str]] = {}
        for one in graph:
            name, kinds = _short(one["@id"]), {_short(kind) for kind in _listed(one.get("@type"))}
            if "rdfs:Class" in kinds:
                self.above[name] = _ids(one, "rdfs:subClassOf")
            if "rdf:Property" in kinds:
                self.domains[name] = _ids(one, "schema:domainIncludes")
                self.ranges[name] = _ids(one, "schema:rangeIncludes")
            if not kinds & {"rdfs:Class", "rdf:Property"}:
                self.values[name] = kinds

    def kinds(self, name: str) -> set[str]:
        """The type and all above it."""
        found, left = set(), [name]
        while left:
            if (one := left.pop()) not in found:
                found.add(one)
                left += self.above.get(one, ())
        return found

    def faults(self, thing: object) -> Iterator[str]:
        for one in _listed(thing):
            if isinstance(one, dict) and "@type" in one:
                yield from self._of_thing(one)

    def _of_thing(self, thing: dict) -> Iterator[str]:
        kind = thing["@type"]
        if kind not in self.above:
            yield f"no type {kind}"
        for name, value in thing.items():
            if name.startswith("@"):
                continue
            if name not in self.domains:
                yield f"no property {name}"
            elif not self.domains[name] & self.kinds(kind):
                yield f"{name} does not stand in {kind}"
            for one in _listed(value):
                if (
                    isinstance(one, dict)
                    and "@type" in one
                    and not self.ranges.get(name, set()) & self.kinds(one["@type"])
                ):
                    yield f"{name} does not lead to {one['@type']}"
                if (
                    isinstance(one, str)
                    and one.startswith(ABSOLUTE)
                    and not self.values.get(_short(one), set()) & self.ranges.get(name, set())
                ):
                    yield f"{one} is no value of {name}"
            yield from self.faults(value)


def _short(name: str) -> str:
    return name.removeprefix("schema:").removeprefix(ABSOLUTE)


def _listed(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _ids(one: dict, name: str) -> set[str]:
    return {_short(other["@id"]) for other in _listed(one.get(name))}


def vocabularies() -> list[Path]:
    return [path for path in (PART, WHOLE) if path.exists()]


@pytest.fixture(params=vocabularies(), ids=lambda path: path.stem)
def vocabulary(request):
    return Vocabulary(json.loads(request.param.read_text())["@graph"])


@pytest.fixture
def centre():
    found = a_centre(name="Lyon </script><b>", languages=["fr", "ar"])
    Site.objects.filter(centre=found).update(address="12, rue Neuve")
    return found


def things(client, event) -> dict:
    page = client.get(f"/a/{event.slug}/", headers={"accept-language": "en"}).text
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def events(said: dict) -> list[dict]:
    assert said["@context"] == ABSOLUTE
    return [one for one in said["@graph"] if one["@type"] == "Event"]


def test_a_hybrid_series_with_a_cancelled_session(client, centre, vocabulary):
    event = an_event(centre, "Bread & <script>", registration="count")
    begins = (centre.now() + timedelta(days=3)).replace(microsecond=0)
    a_session(event, begins, room_seats=10, room_taken=4, link="https://meet.example.org/x", online_seats=5)
    a_session(event, begins + timedelta(days=7), state=Session.State.CANCELLED, why="Ill")
    Organiser.objects.create(event=event, institution=an_institution(centre, "Chamber").institution)
    Organiser.objects.create(
        event=event, institution=an_institution(centre, "Hidden").institution, named=False
    )
    Speaker.objects.create(event=event, name="Lina Haddad", agreed_on=begins.date())
    said = things(client, event)
    assert list(vocabulary.faults(said["@graph"])) == []
    [series] = [one for one in said["@graph"] if one["@type"] == "EventSeries"]
    first, second = events(said)
    assert first["superEvent"] == second["superEvent"] == {"@id": series["@id"]}
    assert (first["name"], first["isAccessibleForFree"], first["inLanguage"]) == (
        "Bread & <script>",
        True,
        ["fr"],
    )
    assert datetime.fromisoformat(first["startDate"]) == begins
    assert [first["eventStatus"], second["eventStatus"]] == [
        ABSOLUTE + "EventScheduled",
        ABSOLUTE + "EventCancelled",
    ]
    assert first["eventAttendanceMode"] == ABSOLUTE + "MixedEventAttendanceMode"
    assert [one["@type"] for one in first["location"]] == ["Place", "VirtualLocation"]
    assert (first["maximumAttendeeCapacity"], first["remainingAttendeeCapacity"]) == (15, 11)
    assert [one["name"] for one in first["organizer"]] == ["Lyon </script><b>", "Chamber"]
    assert "meet.example.org" not in json.dumps(said)
    assert "offers" not in first


def test_one_online_and_whole_days(client, centre, vocabulary):
    online = an_event(centre)
    a_session(online, site=None, link="https://meet.example.org/x")
    said = things(client, online)
    assert list(vocabulary.faults(said["@graph"])) == []
    [one] = events(said)
    assert ("superEvent" in one, one["eventAttendanceMode"]) == (
        False,
        ABSOLUTE + "OnlineEventAttendanceMode",
    )
    days = an_event(centre)
    first = centre.local_day(centre.now()) + timedelta(days=4)
    (begins, _), (ends, _) = centre.bounds(first), centre.bounds(first + timedelta(days=2))
    a_session(days, begins, all_day=True, ends_at=ends)
    said = things(client, days)
    assert list(vocabulary.faults(said["@graph"])) == []
    [one] = events(said)
    assert (one["startDate"], one["endDate"]) == (first.isoformat(), (first + timedelta(days=1)).isoformat())


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Evening"},
        {"@type": "Event", "price": "0"},
        {"@type": "Event", "address": "x"},
        {"@type": "Event", "location": {"@type": "Person"}},
        {"@type": "Event", "eventStatus": ABSOLUTE + "MixedEventAttendanceMode"},
    ],
)
def test_the_check_finds_what_is_wrong(vocabulary, wrong):
    assert list(vocabulary.faults(wrong)) != []
