"""A page that anybody reads, in a language of theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from parvis.shared.speaking import ALL_LANGUAGES, browsers_language, headed, language_names

A = ParamSpec("A")


class VisitorRequest(HttpRequest):
    """A request by anybody, in a language they read."""

    language: str


def visitor_page(
    view: Callable[Concatenate[VisitorRequest, A], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view ``request.language``: that of ``?language=``, else the browser's, among all that visitors read."""

    @wraps(view)
    def speaking(request: Any, *args: A.args, **kwargs: A.kwargs) -> HttpResponse:
        request.language = language_of(request)
        with translation.override(request.language):
            return headed(view(request, *args, **kwargs), request.language, secret_address=False)

    return speaking


def open_page(
    view: Callable[Concatenate[VisitorRequest, A], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A visitor's page that search engines may find: it says nothing of who reads it."""

    @wraps(view)
    def shown(request: Any, /, *args: A.args, **kwargs: A.kwargs) -> HttpResponse:
        response = visitor_page(view)(request, *args, **kwargs)
        if response.status_code == 200:
            del response.headers["X-Robots-Tag"]
            response.headers["Cache-Control"] = "no-cache"
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return shown


def language_of(request: HttpRequest) -> str:
    """The language that the address asks for, else the browser's, else the house's."""
    chosen = request.GET.get("language", "")
    found = chosen if chosen in ALL_LANGUAGES else browsers_language(request, ALL_LANGUAGES)
    return found or settings.LANGUAGE_CODE


def speaking_of(request: VisitorRequest, address: str) -> dict[str, Any]:
    """For the template: the page's language, and itself in the others. ``address`` may have a query already."""
    mark = "&" if "?" in address else "?"
    names = language_names(ALL_LANGUAGES)
    return {
        "language": request.language,
        "languages": [
            (code, name, f"{address}{mark}{urlencode({'language': code})}") for code, name in names
        ],
    }
