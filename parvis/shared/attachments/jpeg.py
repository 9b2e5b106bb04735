"""Takes everything but the picture out of a JPEG or JPEG 2000 stream, without touching a pixel: those inside a PDF."""

from __future__ import annotations

from collections.abc import Iterator

from parvis.shared.attachments.kinds import Refused, Why

START, END, SCAN, ADOBE = 0xD8, 0xD9, 0xDA, 0xEE
# What a decoder needs: frames, tables, restarts; and Adobe's mark, which says how colours are kept.
NEEDED = {*range(0xC0, 0xD0), 0xDB, 0xDD, SCAN, ADOBE} - {0xC8}


def bare_jpeg(data: bytes) -> bytes:
    """The same picture without EXIF, XMP, profiles, comments, thumbnails or anything behind its end. Raises ``Refused``."""
    if not data.startswith(b"\xff\xd8"):
        raise Refused(Why.BROKEN)
    return b"\xff\xd8" + b"".join(_segments(data)) + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[bytes]:
    place = 2
    while place < len(data) - 1:
        marker = data[place + 1]
        if data[place] != 0xFF or marker == 0xFF:  # something between two segments, or padding
            place += 1
            continue
        if marker == END:
            return
        length = int.from_bytes(data[place + 2 : place + 4])
        if length < 2:
            raise Refused(Why.BROKEN)
        end = place + 2 + length
        if marker in NEEDED:
            yield data[place:end]
        place = end
        if marker == SCAN:
            place = _end_of_scan(data, end)
            yield data[end:place]


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the next marker stands: neither an escaped FF nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0 and place < len(data) - 1:
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2
    return len(data)


BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}
CODESTREAM, TILE, DATA, COMMENT, LAST = b"\xff\x4f", 0x90, 0x93, 0x64, b"\xff\xd9"


def bare_jpeg_2000(data: bytes) -> bytes:
    """The same picture without boxes of XML and the like, and without comments. Raises ``Refused``."""
    if data.startswith(CODESTREAM):
        return _bare_codestream(data)
    kept, place = [], 0
    while place + 8 <= len(data):
        length, kind, head = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16]), 16
        end = len(data) if length == 0 else place + length
        if end < place + head:
            raise Refused(Why.BROKEN)
        if kind in BOXES:
            body = data[place + head : end]
            body = _bare_codestream(body) if kind == b"jp2c" else body
            kept.append((len(body) + 8).to_bytes(4) + kind + body)
        place = end
    return b"".join(kept)


def _bare_codestream(data: bytes) -> bytes:
    """Its header and its tiles without comments, and nothing behind its end."""
    kept, place = [data[:2]], 2
    header, place = _without_comments(data, place, TILE)
    kept.append(header)
    while data[place : place + 2] == bytes([0xFF, TILE]):
        start, end = place, place + int.from_bytes(data[place + 6 : place + 10])
        if end == start:  # the last tile, until the end
            end = len(data) - 2 if data.endswith(LAST) else len(data)
        mark, place = data[start : start + 12], start + 12
        header, place = _without_comments(data, place, DATA)
        if not start + 12 <= place <= end <= len(data):
            raise Refused(Why.BROKEN)
        body = header + data[place:end]
        kept.append(mark[:6] + (12 + len(body)).to_bytes(4) + mark[10:] + body)
        place = end
    return b"".join([*kept, LAST])


def _without_comments(data: bytes, place: int, until: int) -> tuple[bytes, int]:
    """The segments up to the marker ``until``, and where that stands. Raises ``Refused`` where another thing does."""
    kept = []
    while data[place : place + 2] != bytes([0xFF, until]):
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if place + 4 > len(data) or data[place] != 0xFF or not place + 4 <= end <= len(data):
            raise Refused(Why.BROKEN)
        if data[place + 1] != COMMENT:
            kept.append(data[place:end])
        place = end
    return b"".join(kept), place
