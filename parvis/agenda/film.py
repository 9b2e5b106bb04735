"""Writes a film anew, as a program of its own: ``python -m parvis.agenda.film mp4|webm FROM TO``.

Pictures and sound are copied as they are; whatever else a camera or a program put into the file stays behind: place, device,
author, dates, titles, cover pictures, subtitles, tracks of positions. It may use a limited amount of memory and time, and nobody
misses it when it dies. Ends with 0, or with 3 and the reason.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

import av
from av.bitstream import BitStreamFilterContext

from parvis.shared.limited import REFUSED, limit

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

MEMORY = 1536 * 1024**2  # bytes
SECONDS = 60  # of the processor
LARGEST = 700 * 1024**2  # bytes written; an index may be longer than it was
READS = {"mp4": "mov", "webm": "matroska"}
# The index first, so that a player needs no second question; no word on what wrote it.
WRITES = {
    "mp4": {"movflags": "+faststart", "fflags": "+bitexact"},
    "webm": {"cues_to_front": "1", "fflags": "+bitexact"},
}
NOTES = {"h264": "6", "hevc": "39|40"}  # units of "supplemental enhancement information"
FIRST = 400  # packets among which a picture has to be


class Why(StrEnum):
    """Why a film is not taken."""

    OTHER = "other"  # no player can be expected to play it
    DAMAGED = "damaged"


class Refused(Exception):
    """The film is not written, and ``why``."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def write_anew(kind: str, source: str, target: str) -> None:
    """Has at ``target`` the pictures and the sound of ``source``, and nothing else. Raises ``Refused``."""
    try:
        with av.open(source, format=READS[kind], metadata_errors="ignore") as film:
            _copy(film, kind, target)
        _look(kind, target)
    except av.FFmpegError as error:
        raise Refused(Why.DAMAGED) from error


def _copy(film: InputContainer, kind: str, target: str) -> None:
    played = _played(film)
    with av.open(target, "w", format=kind, options=WRITES[kind]) as new:
        try:
            into = {one.index: new.add_stream_from_template(one, opaque=True) for one in played}
        except (ValueError, TypeError) as error:  # pictures or sound that such a file does not hold
            raise Refused(Why.OTHER) from error
        notes = {one.index: _filter(one, into[one.index]) for one in played}
        for packet in film.demux(played):
            if packet.size and packet.dts is not None:
                stream = packet.stream.index
                for one in _without_notes(packet, notes.get(stream)):
                    one.stream = into[stream]
                    new.mux(one)


def _filter(stream: Stream, into: Stream) -> BitStreamFilterContext | None:
    """What takes notes out of pictures: some cameras write there where they are."""
    kinds = NOTES.get(stream.codec_context.name)
    return BitStreamFilterContext(f"filter_units=remove_types={kinds}", stream, into) if kinds else None


def _without_notes(packet: Packet[Stream], notes: BitStreamFilterContext | None) -> list[Packet[Stream]]:
    """The packet as it is, or without its notes; a packet that cannot be read is left out."""
    if notes is None:
        return [packet]
    base = packet.time_base
    try:
        kept = notes.filter(packet)
    except av.InvalidDataError:
        return []
    for one in kept:
        one.time_base = base
    return kept


def _played(film: InputContainer) -> list[Stream]:
    """What a player plays: one stream of pictures, one of sound."""
    found = [film.streams.best("video"), film.streams.best("audio")]
    played = [one for one in found if one is not None and not one.disposition & one.disposition.attached_pic]
    if not played:
        raise Refused(Why.DAMAGED)
    return played


def _look(kind: str, target: str) -> None:
    """Whether a first picture is seen, or a first sound heard."""
    with av.open(target, format=READS[kind]) as film:
        stream = film.streams.best("video") or film.streams.best("audio")
        if stream is None:
            raise Refused(Why.DAMAGED)
        stream.codec_context.thread_count = 1
        if not any(packet.decode() for packet in islice(film.demux(stream), FIRST)):
            raise Refused(Why.DAMAGED)


def main(kind: str, source: str, target: str) -> int:
    """Writes it, or says why not."""
    try:
        write_anew(kind, source, target)
    except Refused as refusal:
        sys.stdout.write(refusal.why.value)
        return REFUSED
    return 0


if __name__ == "__main__":
    limit(memory=MEMORY, seconds=SECONDS, writes=LARGEST)
    sys.exit(main(*sys.argv[1:]))
