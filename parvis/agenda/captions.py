"""Captions as WebVTT (W3C): read strictly, written anew, so that what browsers get says only times and words.

Styles, regions and notes are left out: they say nothing to whoever reads. What is no WebVTT is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST = 1024 * 1024  # characters
LEFT_OUT = ("NOTE", "STYLE", "REGION")
TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
ARROW = re.compile(rf"{TIME}[ \t]+-->[ \t]+{TIME}(?:[ \t]+(.*))?")
SETTING = re.compile(r"(?:vertical|line|position|size|align|region):\S+")
TAG = re.compile(
    r"<(?:/?(?:[cibu]|ruby|rt)(?:\.[^\s.<>&]+)*|/?(?:v|lang)(?:\.[^\s.<>&]+)*(?:[ \t][^<>]*)?|(?:\d{2,}:)?\d\d:\d\d\.\d{3})>"
)

NO_HEAD = _("It does not begin with “WEBVTT”: save it as WebVTT (.vtt).")
NO_TIME = _("A time is missing, or not written as 00:01:02.500 --> 00:01:04.000.")
BACKWARDS = _("It ends before it begins.")
EARLIER = _("It begins before the one above it.")
BAD_TAG = _("A sign < or --> stands in the words: write &lt; instead.")
NOTHING = _("There is nothing in it.")
TOO_LONG = _("It is too long.")


class NotCaptions(Exception):
    """It is no WebVTT: ``why``, and the ``line`` where that was found, from 1."""

    def __init__(self, why: str | Promise, line: int) -> None:
        super().__init__(f"{why} ({line})")
        self.why, self.line = why, line


@dataclass(frozen=True)
class Cue:
    """Words between two times, in thousandths of a second; ``lines`` may hold WebVTT's own tags."""

    begins: int
    ends: int
    lines: tuple[str, ...]

    @property
    def plain(self) -> str:
        """Its words without tags, in one line."""
        text = TAG.sub("", " ".join(self.lines))
        for name, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u00a0"), ("&amp;", "&")):
            text = text.replace(name, sign)
        return re.sub(r"[ \t]+", " ", text).strip()


def read_captions(text: str) -> list[Cue]:
    """The cues of a WebVTT file, in order. Raises ``NotCaptions``."""
    if len(text) > LARGEST:
        raise NotCaptions(TOO_LONG, 1)
    lines = (
        text.removeprefix("\ufeff")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\0", "\ufffd")
        .split("\n")
    )
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise NotCaptions(NO_HEAD, 1)
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if number == 1 or block[0].split(" ")[0].rstrip() in LEFT_OUT:
            continue
        cue = _cue(number, block)
        if cues and cue.begins < cues[-1].begins:
            raise NotCaptions(EARLIER, number)
        cues.append(cue)
    if not any(cue.plain for cue in cues):
        raise NotCaptions(NOTHING, len(lines))
    return cues


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines that stand together, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip(" \t"):
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> Cue:
    at = 0 if "-->" in block[0] else 1  # a name may stand above the times
    found = ARROW.fullmatch(block[at].strip(" \t")) if len(block) > at else None
    if found is None:
        raise NotCaptions(NO_TIME, number + min(at, len(block) - 1))
    settings = (found[9] or "").split()
    if not all(SETTING.fullmatch(one) for one in settings):
        raise NotCaptions(NO_TIME, number + at)
    begins, ends = _thousandths(found.groups()[:4]), _thousandths(found.groups()[4:8])
    if ends <= begins:
        raise NotCaptions(BACKWARDS, number + at)
    words = tuple(line.strip(" \t") for line in block[at + 1 :])
    for offset, line in enumerate(words, at + 1):
        if "-->" in line or "<" in TAG.sub("", line):
            raise NotCaptions(BAD_TAG, number + offset)
    return Cue(begins, ends, words)


def _thousandths(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def written(cues: Sequence[Cue]) -> str:
    """A WebVTT file that says these cues, and nothing else."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        words = "\n".join(cue.lines)
        parts.append(f"{_clock(cue.begins)} --> {_clock(cue.ends)}\n{words}".rstrip("\n") + "\n")
    return "\n".join(parts)


def _clock(at: int) -> str:
    seconds, rest = divmod(at, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{rest:03d}"


def text_of(cues: Sequence[Cue]) -> str:
    """What is said, as one text: a new paragraph where nothing was said for two seconds."""
    paragraphs: list[list[str]] = []
    last = None
    for cue in cues:
        if not cue.plain:
            continue
        if last is None or cue.begins - last > 2000:
            paragraphs.append([])
        paragraphs[-1].append(cue.plain)
        last = cue.ends
    return "\n\n".join(" ".join(one) for one in paragraphs)
