"""What goes wrong is written to the log: where in the code, and never to whom (docs/decisions/0075-errors-in-the-log.md)."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest


class Discreet(logging.Formatter):
    """Says on which page and at which line of the code something failed.

    Left out: the address of the page, which may be the key to somebody's ticket, and the words of errors, which may
    quote a row.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record = logging.makeLogRecord({**record.__dict__, "msg": _page(request), "args": ()})
        record.exc_text = None  # another handler may have kept the whole of it
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        return "".join(_places(traceback.TracebackException.from_exception(ei[1]))).rstrip()


def _page(request: HttpRequest) -> str:
    """``POST c/<slug:centre>/desk/``: the page, as the addresses are written in the code."""
    route = request.resolver_match.route if request.resolver_match else "no page"
    return f"{request.method} {route}"


def _places(error: traceback.TracebackException) -> Iterator[str]:
    """The error's kind and where it happened, after the one it came from."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before:
        yield from _places(before)
        yield "\nand then\n"
    yield from error.stack.format()
    yield f"{error.exc_type.__name__ if error.exc_type else 'error'}\n"
