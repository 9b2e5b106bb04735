"""How a view of any room finds its centre, and refuses who may not be there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from parvis.accounts.models import User
from parvis.accounts.roles import Permission, roles_with
from parvis.centres.models import Centre, Network
from parvis.centres.permissions import centre_seen_by

A = ParamSpec("A")
CentreView = Callable[Concatenate["CentreRequest", A], HttpResponseBase]


class CentreRequest(HttpRequest):
    """A request by a signed-in person inside one centre."""

    user: User
    centre: Centre
    permissions: frozenset[Permission]


class NetworkRequest(HttpRequest):
    """A request by a signed-in coordinator inside one network."""

    user: User
    network: Network


NetworkView = Callable[Concatenate[NetworkRequest, A], HttpResponseBase]


def centre_page(permission: Permission) -> Callable[[CentreView[A]], Callable[..., HttpResponseBase]]:
    """Gives the view ``request.centre`` from its ``centre`` address part.

    Nobody signed in: the sign-in page. No role in that centre: 404, as if it did not exist. A role there that does
    not allow ``permission``: 403. The permission stays readable on the view for the test that walks every address.
    """

    def decorate(view: CentreView[A]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def found(request: Any, *args: Any, centre: str, **kwargs: Any) -> HttpResponseBase:
            seen = centre_seen_by(request.user, centre)
            if seen is None:
                raise Http404
            request.centre, request.permissions = seen
            if permission not in request.permissions:
                raise PermissionDenied
            with timezone.override(request.centre.zone):  # times on the page are the centre's
                return view(request, *args, **kwargs)

        found.permission = permission  # type: ignore[attr-defined]
        return found

    return decorate


def network_page(permission: Permission) -> Callable[[NetworkView[A]], Callable[..., HttpResponseBase]]:
    """Gives the view ``request.network`` from its ``network`` address part.

    Nobody signed in: the sign-in page. Whoever does not coordinate that network: 404. Coordinators hold one role, so
    there is no 403.
    """

    def decorate(view: NetworkView[A]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def found(request: Any, *args: Any, network: str, **kwargs: Any) -> HttpResponseBase:
            coordinated = request.user.assignments.filter(role__in=roles_with(permission)).values("network")
            request.network = get_object_or_404(Network, pk__in=coordinated, slug=network)
            return view(request, *args, **kwargs)

        found.permission = permission  # type: ignore[attr-defined]
        return found

    return decorate
