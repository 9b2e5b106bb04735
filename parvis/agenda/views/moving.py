"""A session is dropped on another day or room of the month or the week: the server decides, and says why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions.sessions import move_session
from parvis.agenda.forms.dropping import DropForm
from parvis.agenda.models import Room, Session
from parvis.agenda.queries.where import Place, When, place_of, when_of
from parvis.agenda.refusals import said as words_of
from parvis.agenda.scope import session_seen
from parvis.agenda.series import at_hour
from parvis.agenda.views.sessions import REFUSED
from parvis.centres.scope import CentreRequest, centre_page


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def drop(request: CentreRequest, pk: int) -> JsonResponse:
    """Moved: 200. Refused: 422 and why. Where people have places, to the page that asks for a reason. Sent twice, it moves once."""
    one, form = session_seen(request, pk), DropForm(request.POST, centre=request.centre)
    if not form.is_valid():
        return JsonResponse({"why": _("That is no place for it.")}, status=422)
    data, before = form.cleaned_data, place_of(one)
    when, place = _later(one, data["day"]), _in_room(before, data["left"], data["room"])
    there = (when, place) == (when_of(one), before)
    if not there and one.room_taken + one.online_taken:
        address = reverse("agenda:move", args=[request.centre.slug, pk])
        return JsonResponse({"ask": f"{address}?day={data['day'].isoformat()}"})
    try:
        move_session(
            session=one,
            sequence=data["sequence"],
            when=when,
            place=place,
            why=one.why,
            at=request.centre.now(),
        )
    except REFUSED as refused:
        return JsonResponse({"why": words_of(refused)[1]}, status=422)
    if not there:
        messages.success(request, _("Moved."))
    return JsonResponse({})


def _later(session: Session, day: date) -> When:
    """At the same hour of another day, as long as it lasts; whole days stay whole days."""
    centre = session.centre
    begins, ends = centre.local(session.begins_at), centre.local(session.ends_at)
    zone, until = centre.zone, day + (ends.date() - begins.date())
    return When(at_hour(day, begins.time(), zone), at_hour(until, ends.time(), zone), session.all_day)


def _in_room(place: Place, left: Room | None, room: Room | None) -> Place:
    """In ``room`` instead of the one that it left, in none where none is said; where neither is, where it was."""
    if room == left:
        return place
    rooms = (place.rooms - {left} if left else place.rooms) | ({room} if room else set())
    return replace(place, rooms=frozenset(rooms), site=room.space.site if room else place.site)
