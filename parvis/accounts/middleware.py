"""Who asks, and the language in which staff pages answer; visitors' pages choose theirs by address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from parvis.accounts.models import User

STAFF = frozenset(code for code, _name in settings.STAFF_LANGUAGES)


class StaffMiddleware(AuthenticationMiddleware):
    """Gives ``request.user``, as Django's own does."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: somebody(request))  # type: ignore[assignment]


def somebody(request: HttpRequest) -> User | AnonymousUser:
    """Who signed in. Whoever came with a session that holds in every point needs no second look; Django judges the others."""
    session: Any = request.session
    given, backend = session.get(HASH_SESSION_KEY, ""), session.get(BACKEND_SESSION_KEY)
    person: User | None = session.person
    if (
        person is not None
        and person.is_active
        and session.get(SESSION_KEY) == str(person.pk)
        and backend in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(given, person.get_session_auth_hash())
    ):
        return person
    return get_user(request)


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
