"""Staff pages speak the person's own language; visitors' pages choose theirs by address (``shared.languages``)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from parvis.accounts.models import User

STAFF = frozenset(code for code, _name in settings.STAFF_LANGUAGES)


class StaffLanguageMiddleware:
    """Activates the signed-in person's language, else the browser's, among the languages staff pages speak."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(self.language(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            patch_vary_headers(response, ["Accept-Language"])
            return response

    def language(self, request: HttpRequest) -> str:
        """One of the staff languages. Reads the session's person only where a session cookie came."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            return request.user.language
        asked = translation.get_language_from_request(request).split("-")[0]
        return asked if asked in STAFF else settings.LANGUAGE_CODE
