"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.accounts.models import User
from parvis.centres.permissions import may_open_centres
from parvis.website import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: the centres where the signed-in person works, or what Parvis is."""
    if isinstance(request.user, User):
        page = {"doors": queries.doors(request.user), "may_open": may_open_centres(request.user)}
        return render(request, "website/launcher.html", page)
    return render(request, "website/home.html")
