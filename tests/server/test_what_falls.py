"""What somebody learns who gets hold of something: the lines of docs/threat-model.md that need a real house.

A day is played over HTTP on a real server: a thread begun at the desk, written in, opened again; a question with an address
for the answer; codes that open nothing. Then everything that could fall is searched.
"""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from django.db import connection

from bench import House, house
from parvis.guidance.receipt import Receipt, read
from tools.postgres import program

pytestmark = pytest.mark.fault

WRITTEN = "Ask the quagga museum for its leaflet on night courses"
ASKED = "Is there a zeppelin workshop for people over fifty"
ANSWERED = "Yes, the axolotl group meets on Tuesdays"
MAIL = "somebody.quaint@example.org"


@dataclass
class Day:
    """What was done, and what the visitors hold."""

    slug: str
    session: str
    address: str = ""
    receipts: list[Receipt] = field(default_factory=list)
    browsers: ExitStack = field(default_factory=ExitStack)

    def visitor(self) -> httpx.Client:
        return self.browsers.enter_context(httpx.Client(base_url=self.address, timeout=60))

    def adviser(self) -> httpx.Client:
        cookies = {"sessionid": self.session}
        return self.browsers.enter_context(httpx.Client(base_url=self.address, cookies=cookies, timeout=60))

    def secrets(self) -> list[bytes]:
        """Every spelling of each code, and every body, as bytes that must be nowhere."""
        found = [WRITTEN, ASKED, ANSWERED, MAIL]
        for receipt in self.receipts:
            letters = receipt.letters()
            found += [letters, letters.replace("-", ""), letters.lower(), str(receipt.secret)]
            for language in ("en", "fr", "it", "es", "pt"):
                words = receipt.words(language)
                found += [sep.join(words[at : at + 2]) for sep in (" ", "+", "%20", ",") for at in range(8)]
        raw = [receipt.secret.to_bytes(12) for receipt in self.receipts]
        return [text.encode() for text in found] + raw + [secret.hex().encode() for secret in raw]


def kept(page: httpx.Response) -> str:
    return re.search(r'name="kept" value="([^"]+)"', page.text)[1]


def wrong(page: httpx.Response) -> list[str]:
    return re.findall(r"errorlist[^>]*>(.*?)</ul>", page.text, re.DOTALL)


def token(client: httpx.Client) -> dict[str, str]:
    return {"csrfmiddlewaretoken": client.cookies["csrftoken"]}


def through(client: httpx.Client, address: str, first: dict[str, str]) -> Receipt:
    """The yes, the code, three of its words; the code."""
    page = client.get(address)
    for said in (first, {"keeps": "12", "agreed": "on"}) if first else ({"keeps": "12", "agreed": "on"},):
        carried = {"kept": kept(page)} if 'name="kept"' in page.text else {}
        page = client.post(address, data=said | carried | token(client))
        assert page.status_code == 200, wrong(page)
    words = re.findall(r"<li><span>([^<]+)</span></li>", page.text)
    said = {f"word_{place}": words[int(place) - 1] for place in re.findall(r'name="word_(\d)"', page.text)}
    done = client.post(address, data=said | {"kept": kept(page), "confirm": "1"} | token(client))
    assert done.status_code == 302, wrong(done)
    return read(" ".join(words))


@pytest.fixture
def lived() -> Iterator[tuple[House, Day]]:
    """A house in which the day has happened; its server has stopped, everything is on the disk."""
    with house(connection.vendor, static=False) as one:
        one.environment["PARVIS_TESTING"] = "1"
        [scene] = one.scene("--seats", "2")
        settings = "from parvis.guidance.models import *; from parvis.centres.models import Centre; "
        settings += "QuestionSettings.objects.update_or_create(centre=Centre.objects.get(slug=%r), defaults={'taken': True})"
        one.manage("shell", "-v0", "-c", settings % scene["slug"])
        day = Day(scene["slug"], scene["people"][0])
        with day.browsers:
            with one.served() as server:
                day.address = f"http://127.0.0.1:{server.port}"
                play(day)
            yield one, day


def play(day: Day) -> None:
    base, adviser = f"/c/{day.slug}", day.adviser()
    day.receipts.append(through(adviser, f"{base}/threads/new/fr/", {}))
    page = adviser.get(f"{base}/threads/")
    where = re.search(rf"{base}/threads/[0-9a-f-]{{36}}/", page.text)[0]
    said = {"kind": "step", "key": str(uuid4()), "text": WRITTEN} | token(adviser)
    assert adviser.post(f"{where}entries/", data=said).status_code == 200
    assert adviser.post(f"{where}end/", data=token(adviser)).status_code == 302
    code = {"code": " ".join(day.receipts[0].words("es"))} | token(adviser)
    assert adviser.post(f"{base}/threads/", data=code).status_code == 302
    visitor = day.visitor()
    visitor.get("/thread/")
    opened = visitor.post("/thread/", data={"code": day.receipts[0].letters()} | token(visitor))
    assert WRITTEN in visitor.get(opened.headers["location"]).text
    guess = Receipt.new()
    day.receipts.append(guess)
    for spelling in (guess.letters(), " ".join(guess.words("en"))):
        answer = visitor.post("/thread/", data={"code": spelling} | token(visitor))
        assert "none" in answer.headers["location"]
    ask(day, adviser)


def ask(day: Day, adviser: httpx.Client) -> None:
    """A question by somebody at home, answered by an adviser."""
    visitor = day.visitor()
    page = visitor.get(f"/ask/{day.slug}/")
    key = re.search(r'name="key" value="([^"]+)"', page.text)[1]
    said = {
        "key": key,
        "text": ASKED,
        "theme": "other",
        "language": "fr",
        "way": "mail",
        "mail": MAIL,
        "names": "keep",
    }
    day.receipts.append(through(visitor, f"/ask/{day.slug}/", said))
    base = f"/c/{day.slug}/questions/"
    where = re.search(rf"{base}\d+/", adviser.get(base).text)[0]
    assert ASKED in adviser.get(where).text
    adviser.post(f"{where}take/", data=token(adviser))
    page = adviser.get(where)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    answer = hidden | {"text": ANSWERED} | token(adviser)
    assert adviser.post(f"{where}answer/", data=answer).status_code in {200, 302}


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "static" not in path.parts
    }


def told(texts: dict[str, bytes], secrets: list[bytes]) -> list[str]:
    return [f"{name}: {secret!r}" for name, text in texts.items() for secret in secrets if secret in text]


def copied(one: House, where: Path) -> Path:
    """A copy of the database as docs/operating.md has it."""
    if one.kind == "sqlite":
        one.manage("backup", str(where))
    else:
        with where.open("wb") as out:
            subprocess.run([program("pg_dump"), one.environment["DATABASE_URL"]], stdout=out, check=True)
    return where


def test_database_logs_and_copies_hold_no_code_no_body_and_no_address(lived, tmp_path, capfd):
    one, day = lived
    logs = capfd.readouterr()
    texts = files(one.folder) | {"log": (logs.out + logs.err).encode()}
    texts |= {"copy": copied(one, tmp_path / "copy").read_bytes()}
    assert told(texts, day.secrets()) == []
    assert len(texts["copy"]) > 100_000
    assert told({"the search itself": WRITTEN.encode()}, day.secrets()) != []


def test_after_erasing_an_older_copy_shows_nothing(lived, tmp_path):
    one, day = lived
    copy = copied(one, tmp_path / "copy")
    with one.served() as server:
        day.address = f"http://127.0.0.1:{server.port}"
        visitor = day.visitor()
        visitor.get("/thread/")
        code = {"code": day.receipts[0].letters()}
        assert "mine" in visitor.post("/thread/", data=code | token(visitor)).headers["location"]
        assert visitor.post("/thread/mine/erase/", data=token(visitor)).status_code == 302
    restore(one, copy)
    with one.served() as server:
        day.address = f"http://127.0.0.1:{server.port}"
        visitor, adviser = day.visitor(), day.adviser()
        visitor.get("/thread/")
        assert "none" in visitor.post("/thread/", data=code | token(visitor)).headers["location"]
        page = adviser.get(f"/c/{day.slug}/threads/")
        refused = adviser.post(f"/c/{day.slug}/threads/", data=code | token(adviser))
        assert (page.status_code, refused.status_code) == (200, 422)
    tried = one.environment | {"PARVIS_CODE": day.receipts[0].letters()}
    everything_else = House(one.kind, tried, one.folder)
    everything_else.manage("shell", "-v0", "-c", OPENS_NOTHING)


OPENS_NOTHING = """
import os
from parvis.guidance.models import Thread
from parvis.guidance.queries.threads import found_by, lookup_of, opened_by
from parvis.guidance.receipt import read
from parvis.shared.sealing.vault import vault
from django.utils import timezone
receipt, today = read(os.environ["PARVIS_CODE"]), timezone.now().date()
pk = found_by(receipt, today)
assert pk, "the copy was put back, so its row is there"
assert vault().get(Thread.objects.get(pk=pk).key) is None and opened_by(receipt, today) is None
"""


def restore(one: House, copy: Path) -> None:
    if one.kind == "sqlite":
        for name in ("parvis.sqlite3", "parvis.sqlite3-wal", "parvis.sqlite3-shm"):
            (one.folder / name).unlink(missing_ok=True)
        (one.folder / "parvis.sqlite3").write_bytes(copy.read_bytes())
        return
    url = one.environment["DATABASE_URL"]
    clean = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    subprocess.run([program("psql"), "-q", "-c", clean, url], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program("psql"), "-q", "-f", str(copy), url], check=True, stdout=subprocess.DEVNULL)


def test_a_revoked_advisers_open_stream_ends(lived):
    one, day = lived
    with one.served() as server:
        day.address = f"http://127.0.0.1:{server.port}"
        adviser = day.adviser()
        base = f"/c/{day.slug}"
        adviser.get(f"{base}/threads/")
        code = {"code": day.receipts[0].letters()} | token(adviser)
        where = adviser.post(f"{base}/threads/", data=code).headers["location"]
        live = re.search(r'data-live="([^"]+)"', adviser.get(where).text)[1]
        with adviser.stream("GET", live) as stream:
            pieces = stream.iter_raw()
            assert b"data:" in next(pieces) + next(pieces)
            take_away(one, day.session)
            since = time.monotonic()
            for _piece in pieces:
                assert time.monotonic() - since < 5
            assert time.monotonic() - since < 5
        assert adviser.get(where).status_code in {403, 404}


def take_away(one: House, session: str) -> None:
    """Every role of the person with that session, as the team's page takes them."""
    said = (
        "from django.utils import timezone; from parvis.accounts.models import Session;"
        "from parvis.centres.actions.team import remove_from_team; from parvis.centres.models import Assignment;"
        f"person = Session.objects.get(session_key={session!r}).person;"
        "[remove_from_team(place=place, person=person, at=timezone.now())"
        " for place in {one.centre for one in person.assignments.all()}]"
    )
    one.manage("shell", "-v0", "-c", said)
