"""Who follows what in this process. Everything here runs on the event loop; only reading leaves it."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from parvis.shared.bridge import Send
from parvis.shared.live import versions
from parvis.shared.live.sources import read_slots, source_of

logger = logging.getLogger(__name__)

BEAT_EVERY = 20  # seconds between two signs of life on a connection
STREAM_LASTS = 3600  # seconds; then the browser comes back, and its address is looked at again
BEAT = b"event: beat\ndata:\n\n"
READ_AGAIN_AFTER = 1.0  # seconds after a failed reading


class Slot:
    """One text of a topic and those who follow it. ``frame`` is the text as an event, once it has been read."""

    __slots__ = ("clients", "frame", "text", "topic")

    def __init__(self, topic: Topic) -> None:
        self.topic, self.text, self.frame = topic, "", b""
        self.clients: set[Client] = set()


class Topic:
    """A place that somebody follows: its slots, and which of them are to be read."""

    __slots__ = ("name", "read_at", "reading", "slots", "wanted")

    def __init__(self, name: str) -> None:
        self.name, self.read_at = name, 0.0
        self.slots: dict[str, Slot] = {}
        self.wanted: set[str] = set()
        self.reading: asyncio.Task[None] | None = None


class Client:
    """One connection. It owes its reader the *latest* text of each slot, never a backlog."""

    __slots__ = ("ending", "flushing", "number", "owed", "send", "since", "slots")

    def __init__(self, send: Send, number: int) -> None:
        self.send, self.number, self.since = send, number, time.monotonic()
        self.slots: tuple[Slot, ...] = ()
        self.owed: list[Slot | bytes] = []
        self.flushing: asyncio.Task[None] | None = None
        self.ending = False

    def owe(self, what: Slot | bytes) -> None:
        """Sends soon: a slot's text as it is then, or these bytes."""
        if what not in self.owed:
            self.owed.append(what)
        if self.flushing is None:
            self.flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self.owed:
                body = b"".join(self._frame(what) for what in self.owed)
                self.owed.clear()
                await self.send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            self.flushing = None

    def _frame(self, what: Slot | bytes) -> bytes:
        if isinstance(what, bytes):
            return what
        index = self.slots.index(what)
        return what.frame if index == 0 else b"event: %d\n%b" % (index, what.frame)

    async def end(self) -> None:
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})


class Hub:
    """The live connections of one server process."""

    def __init__(self, *, readers: int = 2, limit: int = 10_000) -> None:
        self.clients: set[Client] = set()
        self.limit = limit
        self.closing = False
        self._topics: dict[str, Topic] = {}
        self._numbers = count()
        self._pool = ThreadPoolExecutor(max_workers=readers, thread_name_prefix="live-reader")
        self._loop = asyncio.get_running_loop()
        self._ending: set[asyncio.Task[None]] = set()
        self._ticker = self._loop.create_task(self._tick())
        self._unlisten = versions.listen(self._wake_from_thread)

    # Joining and leaving

    def join(self, send: Send, names: list[tuple[str, str]]) -> Client:
        """Adds a connection that follows these (topic, slot) pairs; it is sent each text that is known already."""
        client = Client(send, next(self._numbers))
        client.slots = tuple(self._slot(topic, slot) for topic, slot in names)
        self.clients.add(client)
        for slot in client.slots:
            slot.clients.add(client)
            if slot.frame:
                client.owe(slot)
        return client

    def _slot(self, topic_name: str, name: str) -> Slot:
        topic = self._topics.setdefault(topic_name, Topic(topic_name))
        if name not in topic.slots:
            topic.slots[name] = Slot(topic)
            self._read_soon(topic, {name})
        return topic.slots[name]

    def leave(self, client: Client) -> None:
        """Forgets a connection, and what nobody follows any more."""
        self.clients.discard(client)
        for slot in client.slots:
            slot.clients.discard(client)
            if not slot.clients:
                self._forget(slot)

    def _forget(self, slot: Slot) -> None:
        topic = slot.topic
        topic.slots = {name: other for name, other in topic.slots.items() if other is not slot}
        if not topic.slots:
            self._topics.pop(topic.name, None)

    # Reading

    def _wake_from_thread(self, topic: str) -> None:
        self._loop.call_soon_threadsafe(self.wake, topic)

    def wake(self, name: str) -> None:
        """Reads every followed slot of a topic again, soon and once."""
        if topic := self._topics.get(name):
            self._read_soon(topic, set(topic.slots))

    def _read_soon(self, topic: Topic, slots: set[str]) -> None:
        topic.wanted |= slots
        if topic.reading is None:
            topic.reading = self._loop.create_task(self._read(topic))

    async def _read(self, topic: Topic) -> None:
        try:
            while topic.wanted:
                wanted, topic.wanted = frozenset(topic.wanted), set()
                topic.read_at = time.monotonic()
                try:
                    texts = await self._loop.run_in_executor(self._pool, read_slots, topic.name, wanted)
                except Exception:
                    logger.exception("Live topic %s could not be read", topic.name)
                    topic.wanted |= wanted & topic.slots.keys()
                    await asyncio.sleep(READ_AGAIN_AFTER)
                else:
                    self._spread(topic, texts)
                    if source_of(topic.name).ends:
                        self._end_followers(topic, wanted - texts.keys())
        finally:
            topic.reading = None

    def _spread(self, topic: Topic, texts: dict[str, str]) -> None:
        """Sends each text that differs from the last one to those who follow it, and to nobody else."""
        for name, text in texts.items():
            slot = topic.slots.get(name)
            if slot is None or (slot.frame and slot.text == text):
                continue
            slot.text, slot.frame = text, framed(text)
            for client in slot.clients:
                client.owe(slot)

    def _end_followers(self, topic: Topic, gone: frozenset[str]) -> None:
        for name in gone:
            if slot := topic.slots.get(name):
                for client in slot.clients:
                    self._end(client)

    # Time

    async def _tick(self) -> None:
        """Each second: signs of life to one part of the connections, and topics that time alone may have changed."""
        for second in count():
            await asyncio.sleep(1)
            now = time.monotonic()
            for client in [c for c in self.clients if c.number % BEAT_EVERY == second % BEAT_EVERY]:
                if now - client.since > STREAM_LASTS:
                    self._end(client)
                else:
                    client.owe(BEAT)
            for topic in list(self._topics.values()):
                if now - topic.read_at > source_of(topic.name).refresh:
                    self._read_soon(topic, set(topic.slots))

    def _end(self, client: Client) -> None:
        """Once: the end of a stream that nobody reads waits for its reader as long as the connection lasts."""
        if client.ending:
            return
        client.ending = True
        task = self._loop.create_task(client.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def close(self) -> None:
        """Ends every stream at once; browsers come back when the server does."""
        if not self.closing:
            self.closing = True
            self._ticker.cancel()
            self._unlisten()
            for client in list(self.clients):
                self._end(client)
            self._pool.shutdown(wait=False)


def framed(text: str) -> bytes:
    """A text as one server-sent event."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"data: {line}\n" for line in lines).encode() + b"\n"
