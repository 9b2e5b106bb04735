"""What an attachment may be, what comes of it, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LARGEST = 5 * 1024 * 1024  # bytes, as it comes
LARGEST_KEPT = 6 * 1024 * 1024  # a PDF written anew may grow a little
PIXELS = 60_000_000  # what a good camera makes; a telephone makes 12 unless asked otherwise
LONGEST_SIDE = 2_600  # pixels of a kept picture: a sheet of paper at 220 dots an inch
PAGES = 60


class Kind(StrEnum):
    """What is kept. A picture becomes JPEG, or PNG where it has few colours or is see-through."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self is Kind.PDF else f"image/{self.value}"


class Why(StrEnum):
    """Why a file is refused; ``visitor_attachments.message`` says it in the visitor's words."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_KIND = "other_kind"
    HEIC = "heic"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    LOCKED = "locked"
    TOO_MUCH_WORK = "too_much_work"
    BUSY = "busy"


class Refused(Exception):
    """The file is not taken, and nothing of it is kept."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Clean:
    """A file written anew. ``pages`` counts those of a PDF and is 1 for a picture; ``size`` is its width and height in pixels."""

    kind: Kind
    data: bytes
    name: str  # a neutral one: what a file was called may name its owner
    pages: int
    size: tuple[int, int] | None
