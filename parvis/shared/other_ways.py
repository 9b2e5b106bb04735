"""An address that was asked in a way it does not answer (405): people get a page that says so, programs a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation

from parvis.shared.visiting import language_of

V = TypeVar("V", bound=Callable[..., Any])
KEPT = ("Content-Type", "Content-Length")  # what the answer says of its own body


def for_programs(view: V) -> V:
    """Marks a view that no person's browser opens: its problems are JSON, whoever asks."""
    view.for_programs = True  # type: ignore[attr-defined]
    return view


class OtherWays:
    """Gives an empty “405” something to read; which ways the address answers (``Allow``) stays as it is."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        told = _problem(response) if _is_program(request) else _page(request, response)
        for name, value in response.headers.items():
            if name not in KEPT:
                told.headers[name] = value
        return told


def _is_program(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is not None and getattr(match.func, "for_programs", False):
        return True
    return not request.accepts("text/html") or request.content_type == "application/json"


def _problem(response: HttpResponse) -> HttpResponse:
    detail = f"This address answers {response.headers['Allow']}."
    body = {"type": "about:blank", "title": "Method Not Allowed", "status": 405, "detail": detail}
    return JsonResponse(body, status=405, content_type="application/problem+json")


def _page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """In the language of the address, else of who signed in, else of the browser."""
    language = response.headers.get("Content-Language") or _own(request) or language_of(request)
    with translation.override(language):
        readable = "GET" in response.headers["Allow"].split(", ")
        page = render_to_string("405.html", {"readable": readable}, request)
    return HttpResponse(page, status=405, headers={"Content-Language": language})


def _own(request: HttpRequest) -> str | None:
    """Whoever signed in has chosen a language, which is spoken already."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
    return translation.get_language() if signed_in else None
