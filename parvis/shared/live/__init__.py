"""Live parts of pages: server-sent events with one latest value per slot.

A room *registers* how the slots of its topics are read; an action says inside its transaction that a topic *changed*; a
page shows a slot by its signed *address*. A *topic* is a place where things happen (``reception/12``), a *slot* one text
of it (``board:fr``): every language or role that sees something else has a slot of its own. On commit the topic is read
once, in a worker thread, and each connection gets only what changed for it. (docs/decisions/0005-live.md)
"""

from parvis.shared.live.addresses import address
from parvis.shared.live.sources import register
from parvis.shared.live.versions import changed

__all__ = ["address", "changed", "register"]
