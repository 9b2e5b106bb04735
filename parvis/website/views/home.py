"""The first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.accounts.models import User
from parvis.centres.permissions import may_open_centres
from parvis.shared.nights import trouble
from parvis.website import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: the centres where the signed-in person works, or what Parvis is."""
    if isinstance(request.user, User):
        doors = queries.doors(request.user)
        page = {"doors": doors, "may_open": may_open_centres(request.user)}
        if looks_after := queries.looked_after(doors):
            page |= {"looks_after": looks_after, "trouble": trouble(at=timezone.now())}
        return render(request, "website/launcher.html", page)
    return render(request, "website/home.html")
