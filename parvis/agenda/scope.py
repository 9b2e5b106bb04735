"""How the staff's pages of the agenda find their rows in the request's centre; those of another are not there."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from parvis.accounts.roles import Permission
from parvis.agenda.models import ClassVisit, Event, Session
from parvis.agenda.queries.sight import sight_of
from parvis.centres.scope import CentreRequest


def event_seen(request: CentreRequest, pk: int) -> Event:
    """An event of the centre that the reader may see: drafts are seen by who plans events. Raises ``Http404``."""
    found = Event.objects.filter(sight_of(request).events(), centre=request.centre)
    return get_object_or_404(found.select_related("centre", "kind", "written_by", "published_by"), pk=pk)


def session_seen(request: CentreRequest, pk: int) -> Session:
    """A session of the centre that the reader may see, with its event and site. Raises ``Http404``."""
    found = Session.objects.filter(sight_of(request).sessions(), centre=request.centre)
    return get_object_or_404(found.select_related("centre", "event__centre", "event__kind", "site"), pk=pk)


def today_of(request: CentreRequest) -> date:
    """The centre's own day."""
    return request.centre.local_day(request.centre.now())


def day_in(request: CentreRequest, value: str) -> date:
    """The day that an address names, today where it names none. Raises ``Http404`` where it is no day."""
    if not value:
        return today_of(request)
    try:
        on = date.fromisoformat(value)
    except ValueError as error:
        raise Http404 from error
    if not 1990 <= on.year <= 2200:
        raise Http404
    return on


def plans(request: CentreRequest) -> bool:
    """Whether the reader plans events."""
    return Permission.PLAN_EVENTS in request.permissions


def visit_seen(request: CentreRequest, pk: int) -> ClassVisit:
    """A class visit of the centre, with its school: the team sees them, a partner's coordinator none. Raises ``Http404``."""
    if not sight_of(request).everybody:
        raise Http404
    found = ClassVisit.objects.filter(centre=request.centre)
    return get_object_or_404(found.select_related("centre__network", "school", "level", "stream"), pk=pk)


def may(request: CentreRequest, *permissions: Permission) -> bool:
    """Whether the reader holds one of these."""
    return bool(request.permissions.intersection(permissions))


def need(request: CentreRequest, *permissions: Permission) -> None:
    """Raises ``PermissionDenied`` unless the reader holds one of these."""
    if not may(request, *permissions):
        raise PermissionDenied
