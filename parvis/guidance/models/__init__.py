"""What guidance remembers. Whatever a visitor said is sealed; what is not sealed can say nothing about anybody."""

from parvis.guidance.models.thread import Entry, Grant, Keeps, Kind, Thread

__all__ = ["Entry", "Grant", "Keeps", "Kind", "Thread"]
