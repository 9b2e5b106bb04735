"""How a page of a talk knows that an answer is our own server's: a portal of somebody's network answers, too."""

from __future__ import annotations

from django.http import HttpResponse

MARK = "X-Parvis-Talk"


def marked(response: HttpResponse, what: str) -> HttpResponse:
    """Says what the part is: ``news``, or the ``form`` with what is to be looked at."""
    response.headers[MARK] = what
    return response
