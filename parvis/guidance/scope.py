"""How a visitor's page of this room finds its language and, where a thread is open, the thread.

A thread stays open in one browser for half an hour after its last page: a cookie holds the receipt, sealed with the
installation's key, so that neither the database nor a log ever has it, and closing the page or the thread ends it.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from parvis.guidance.opened import Opened
from parvis.guidance.queries.threads import opened_by
from parvis.guidance.receipt import Receipt
from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import Unreadable, seal_json, unseal_json
from parvis.shared.visiting import VisitorRequest, visitor_page

A = ParamSpec("A")
COOKIE = "thread"
LASTS = 1800  # seconds after the last page
PATH = "/thread/"
A_MORNING = (
    6 * 3600
)  # seconds for which what travels in a page holds: long enough to look for a pen, and no longer


class ThreadRequest(VisitorRequest):
    """A request by whoever presented a thread's receipt."""

    opened: Opened
    receipt: Receipt


def thread_page(
    view: Callable[Concatenate[ThreadRequest, A], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view ``request.opened``, or leads to where a code is typed."""

    def found(request: Any, /, *args: A.args, **kwargs: A.kwargs) -> HttpResponse:
        receipt = carried(request.COOKIES.get(COOKIE, ""))
        opened = opened_by(receipt, timezone.now().date()) if receipt else None
        if receipt is None or opened is None:
            return forget(HttpResponseRedirect(f"{reverse('guidance:open')}?language={request.language}"))
        request.opened, request.receipt = opened, receipt
        with timezone.override(opened.thread.centre.zone):
            response = view(request, *args, **kwargs)
        if COOKIE not in response.cookies:
            carry(response, receipt)
        return response

    return wraps(view)(visitor_page(found))


def carry(response: HttpResponse, receipt: Receipt) -> HttpResponse:
    """Keeps the thread open in this browser for another half hour."""
    response.set_cookie(
        COOKIE,
        packed({"secret": receipt.secret, "until": timezone.now().timestamp() + LASTS}, "cookie"),
        max_age=LASTS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Closes the thread in this browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response


def carried(cookie: str) -> Receipt | None:
    """The receipt of a cookie that still holds."""
    said = unpacked(cookie, "cookie")
    return Receipt(said["secret"]) if said else None


def packed(said: dict[str, Any], purpose: str) -> str:
    """Sealed for the way to a browser and back: only this installation reads it."""
    version = keys.newest()
    said = {"until": timezone.now().timestamp() + A_MORNING} | said
    sealed = seal_json(keys.key(version, purpose), said, about=purpose)
    return f"{version}.{urlsafe_b64encode(sealed).decode()}"


def unpacked(text: str, purpose: str) -> dict[str, Any] | None:
    """What was packed for the same purpose and still holds, or nothing."""
    version, _dot, sealed = text.partition(".")
    try:
        key = keys.key(int(version), purpose)
        said: dict[str, Any] = unseal_json(key, urlsafe_b64decode(sealed), about=purpose)
    except (KeyError, ValueError, Unreadable):
        return None
    return said if said["until"] >= timezone.now().timestamp() else None
