"""A file of the disk in stretches (RFC 9110, 14): players ask for what they show, and jump."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)

MOST = 2 * 1024 * 1024  # bytes of one stretch; players ask for the next
PIECE = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def stretch_of(request: HttpRequest, path: Path, *, content_type: str, mark: str) -> HttpResponseBase:
    """The whole file, or the stretch that ``Range`` asks for: at most ``MOST`` bytes of it.

    ``mark`` is what the file is known by while it stays the same. Several ranges at once are answered with the whole, as the
    standard allows. Raises ``OSError`` where the file is gone.
    """
    size, etag = path.stat().st_size, f'"{mark}"'
    headers = {"Accept-Ranges": "bytes", "ETag": etag, "Cache-Control": "no-cache"}
    headers |= {"X-Content-Type-Options": "nosniff"}
    if etag in request.headers.get("If-None-Match", "") and "Range" not in request.headers:
        return HttpResponseNotModified(headers=headers)
    asked = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if asked is None or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        response: HttpResponseBase = StreamingHttpResponse(
            iter(()) if request.method == "HEAD" else _pieces(path),
            content_type=content_type,
            headers=headers,
        )
        response.headers["Content-Length"] = str(size)
        return response
    first, last = _ends(asked[1], asked[2], size)
    if first >= size or last < first:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    last = min(last, first + MOST - 1)
    with path.open("rb") as file:
        file.seek(first)
        data = file.read(last - first + 1)
    headers |= {"Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(data, status=206, content_type=content_type, headers=headers)


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte: ``-500`` are the last five hundred."""
    if not first:
        return max(0, size - int(last)) if int(last) else size, size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
