"""Live parts of pages: what a connection is sent, and when; the hub is driven as a server drives it."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager

import pytest
from django.core import signing

from parvis.shared import live
from parvis.shared.live import sources, versions
from parvis.shared.live.addresses import SALT, BadAddress, opened_together
from parvis.shared.live.hub import Hub, framed
from parvis.shared.live.sources import Source
from parvis.shared.live.stream import is_stream, stream


class Room:
    """A room with texts that can be changed, and a count of how often it was read."""

    def __init__(self):
        self.texts, self.reads, self.failing = {}, [], False

    def read(self, topic, slots):
        self.reads.append((topic, slots))
        if self.failing:
            raise RuntimeError("the database is away")
        return {slot: text for slot, text in self.texts.items() if slot in slots}


@pytest.fixture
def room(monkeypatch, django_db_blocker):
    room = Room()
    monkeypatch.setitem(sources._SOURCES, "room", Source(room.read, 3600.0))
    with django_db_blocker.unblock():
        yield room


class Browser:
    """The other end of one connection."""

    def __init__(self, hub, *paths):
        self.status, self.body, self._gone, self._some = 0, b"", asyncio.Event(), asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": ",".join(paths).replace("/,/live/", ",")}
        self.task = asyncio.get_running_loop().create_task(stream(hub, scope, self._receive, self._send))

    async def _receive(self):
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.body += message["body"]
            if not message.get("more_body"):
                self._gone.set()
        self._some.set()

    async def until(self, *texts):
        """Waits until everything that came is exactly these events."""
        expected = b": parvis\n\n" + b"".join(texts)
        async with asyncio.timeout(5):
            while len(self.body) < len(expected):
                self._some.clear()
                await self._some.wait()
        assert self.body == expected

    async def leave(self):
        self._gone.set()
        await self.task


@asynccontextmanager
async def opened_hub():
    hub = Hub(readers=1)
    try:
        yield hub
    finally:
        hub.close()
        await asyncio.sleep(0)


def test_a_new_connection_is_sent_the_text_as_it_is_now(room):
    async def story():
        room.texts = {"board:fr": "<p>Héron 12</p>\n<p>Loutre 3</p>"}
        async with opened_hub() as hub:
            browser = Browser(hub, live.address("room/1", "board:fr"))
            await browser.until("data: <p>Héron 12</p>\ndata: <p>Loutre 3</p>\n\n".encode())
            assert browser.status == 200

    asyncio.run(story())


def test_only_those_whose_own_text_changed_are_sent_something(room):
    async def story():
        room.texts = {"board": "A", "desk": "B"}
        async with opened_hub() as hub:
            board = Browser(hub, live.address("room/1", "board"))
            desk = Browser(hub, live.address("room/1", "desk"))
            elsewhere = Browser(hub, live.address("room/2", "board"))
            await asyncio.gather(
                board.until(b"data: A\n\n"), desk.until(b"data: B\n\n"), elsewhere.until(b"data: A\n\n")
            )
            room.texts = {"board": "C", "desk": "B"}
            hub.wake("room/1")
            await board.until(b"data: A\n\n", b"data: C\n\n")
            await asyncio.sleep(0.05)
            await desk.until(b"data: B\n\n")
            await elsewhere.until(b"data: A\n\n")

    asyncio.run(story())


def test_a_hundred_changes_are_read_a_few_times_and_the_last_one_is_seen(room):
    async def story():
        room.texts = {"board": "0"}
        async with opened_hub() as hub:
            browser = Browser(hub, live.address("room/1", "board"))
            await browser.until(b"data: 0\n\n")
            for number in range(1, 101):
                room.texts = {"board": str(number)}
                hub.wake("room/1")
            async with asyncio.timeout(5):
                while not browser.body.endswith(b"data: 100\n\n"):
                    await asyncio.sleep(0.01)
            assert len(room.reads) < 10

    asyncio.run(story())


def test_many_who_come_at_once_cost_one_reading_each_of_what_is_new(room):
    async def story():
        room.texts = {f"ticket:{n}": str(n) for n in range(50)}
        async with opened_hub() as hub:
            browsers = [Browser(hub, live.address("room/1", f"ticket:{n}")) for n in range(50)]
            await asyncio.gather(*(b.until(b"data: %d\n\n" % n) for n, b in enumerate(browsers)))
            assert sum(len(slots) for _topic, slots in room.reads) == 50
            assert len(room.reads) < 10

    asyncio.run(story())


def test_parts_of_one_page_share_a_stream_and_keep_their_places(room):
    async def story():
        room.texts = {"board": "A", "desk": "B"}
        async with opened_hub() as hub:
            browser = Browser(hub, live.address("room/1", "board"), live.address("room/2", "desk"))
            async with asyncio.timeout(5):
                while len(browser.body) < len(b": parvis\n\ndata: A\n\nevent: 1\ndata: B\n\n"):
                    await asyncio.sleep(0.01)
            events = browser.body.removeprefix(b": parvis\n\n").split(b"\n\n")
            assert sorted(events) == [b"", b"data: A", b"event: 1\ndata: B"]

    asyncio.run(story())


@pytest.mark.parametrize("ends", [True, False])
def test_a_slot_that_is_no_more_ends_its_streams_where_the_room_wants_it(room, monkeypatch, ends):
    monkeypatch.setitem(sources._SOURCES, "room", Source(room.read, 3600.0, ends))

    async def story():
        room.texts = {"mine": "a", "theirs": "b"}
        async with opened_hub() as hub:
            mine, theirs = (Browser(hub, live.address("room/1", slot)) for slot in ("mine", "theirs"))
            await mine.until(framed("a"))
            await theirs.until(framed("b"))
            room.texts = {"theirs": "b"}
            hub.wake("room/1")
            if ends:
                async with asyncio.timeout(5):
                    await mine.task
            else:
                await asyncio.sleep(0.2)
            assert (mine.task.done(), theirs.task.done()) == (ends, False)
            await theirs.leave()
            await mine.leave()

    asyncio.run(story())


def test_a_slow_reader_gets_the_newest_text_and_no_backlog(room):
    async def story():
        async with opened_hub() as hub:
            sent, held = [], asyncio.Event()

            async def send(message):
                await held.wait()
                sent.append(message["body"])

            room.texts = {"board": "0"}
            client = hub.join(send, [("room/1", "board")])
            for number in range(1, 6):
                await asyncio.sleep(0.05)
                room.texts = {"board": str(number)}
                hub.wake("room/1")
            await asyncio.sleep(0.1)
            held.set()
            await asyncio.sleep(0.05)
            assert len(sent) <= 2
            assert sent[-1] == b"data: 5\n\n"
            hub.leave(client)

    asyncio.run(story())


def test_a_failed_reading_is_tried_again(room, monkeypatch):
    async def story():
        room.failing, room.texts = True, {"board": "A"}
        async with opened_hub() as hub:
            browser = Browser(hub, live.address("room/1", "board"))
            while not room.reads:
                await asyncio.sleep(0.01)
            room.failing = False
            await browser.until(b"data: A\n\n")

    monkeypatch.setattr("parvis.shared.live.hub.READ_AGAIN_AFTER", 0.01)
    asyncio.run(story())


def test_who_leaves_is_forgotten(room):
    async def story():
        room.texts = {"board": "A"}
        async with opened_hub() as hub:
            browser = Browser(hub, live.address("room/1", "board"))
            await browser.until(b"data: A\n\n")
            await browser.leave()
            assert (hub.clients, hub._topics) == (set(), {})
            hub.wake("room/1")
            await asyncio.sleep(0.05)
            assert len(room.reads) == 1

    asyncio.run(story())


def test_a_stopping_server_ends_its_streams_and_takes_no_new_ones(room):
    async def story():
        room.texts = {"board": "A"}
        async with opened_hub() as hub:
            browser = Browser(hub, live.address("room/1", "board"))
            await browser.until(b"data: A\n\n")
            hub.close()
            async with asyncio.timeout(1):
                await browser.task
            late = Browser(hub, live.address("room/1", "board"))
            await late.task
            assert late.status == 503

    asyncio.run(story())


def test_a_stream_that_nobody_reads_is_ended_once(room):
    async def story():
        never, sent = asyncio.Event(), []

        async def send(message):
            sent.append(message)
            await never.wait()

        async with opened_hub() as hub:
            deaf = hub.join(send, [("room/1", "board")])
            for _each_sign_of_life in range(3):
                hub._end(deaf)
                await asyncio.sleep(0)
            assert (len(hub._ending), len(sent)) == (1, 1)
            never.set()
            hub.leave(deaf)

    asyncio.run(story())


@pytest.mark.parametrize(
    ("content", "salt"),
    [(["room/1", "board"], "other"), (["nobody/1", "board"], SALT), ("room", SALT), (None, SALT)],
)
def test_an_address_of_somebody_elses_making_is_not_found(room, content, salt):
    signed = signing.dumps(content, salt=salt) if content else "nonsense"

    async def story():
        async with opened_hub() as hub:
            browser = Browser(hub, f"/live/{signed}/")
            await browser.task
            assert browser.status == 404

    asyncio.run(story())


def test_an_address_is_good_for_a_day(monkeypatch):
    address = live.address("room/1", "board:fr")
    assert opened_together(address) == [("room/1", "board:fr")]
    later = time.time() + 24 * 3600 + 5
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(BadAddress):
        opened_together(address)


def test_plain_now_answers_the_same_text(client, room):
    room.texts = {"board:fr": "<p>Héron 12</p>"}
    address = live.address("room/1", "board:fr")
    answer = client.get(f"{address}now/")
    assert answer.content.decode() == "<p>Héron 12</p>"
    assert answer.headers["X-Parvis-Live"] == "now"
    assert "no-store" in answer.headers["Cache-Control"]
    assert client.get(f"{live.address('room/1', 'gone')}now/").status_code == 404
    assert client.get("/live/nonsense/now/").status_code == 404
    assert client.post(f"{address}now/").status_code == 405


@pytest.mark.parametrize(
    ("path", "expected"), [("/live/a/", True), ("/live/a/now/", False), ("/", False), ("/c/live/a/", False)]
)
def test_which_requests_are_streams(path, expected):
    assert is_stream({"path": path}) is expected


def test_an_event_keeps_its_lines():
    assert framed("a\r\nb\rc\n") == b"data: a\ndata: b\ndata: c\ndata: \n\n"


@pytest.mark.django_db
def test_a_change_is_heard_once_it_is_committed_and_not_before(django_capture_on_commit_callbacks):
    heard = []
    stop = versions.listen(heard.append)
    try:
        with django_capture_on_commit_callbacks() as callbacks:
            live.changed("room/1")
            live.changed("room/1")
            assert heard == []
        for callback in callbacks:
            callback()
        assert heard == ["room/1", "room/1"]
    finally:
        stop()
        versions.known.pop("room/1", None)


def test_news_of_another_process_is_acted_on_once():
    heard = []
    stop = versions.listen(heard.append)
    try:
        for version in (1, 1, 3, 2, 3, 4):
            versions.learned("room/9", version)
        assert heard == ["room/9"] * 3
    finally:
        stop()
        versions.known.pop("room/9")
