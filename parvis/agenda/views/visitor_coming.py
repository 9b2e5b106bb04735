"""Anybody keeps a place, comes back to it, and gives it back: no account, no name, no script."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.agenda.actions import places
from parvis.agenda.actions.seats import is_due, left, settle
from parvis.agenda.forms.visitor_coming import AddressForm, ComeForm, PlacesForm
from parvis.agenda.models import Coming, Registration, Session
from parvis.agenda.queries.registering import takes_registrations, ways_to_take_part
from parvis.agenda.queries.visitor_coming import coming_of, session_to_come, standing_of
from parvis.agenda.visitor_limits import ADDRESSES, REGISTRATIONS, WAIT, may
from parvis.centres.permissions import centre_seen_by
from parvis.shared.address import linked
from parvis.shared.visiting import VisitorRequest, speaking_of, visitor_page
from parvis.surveys.visitor_poster import qr_code

WRONG, LATER, GONE = 422, 429, 410


@csrf_exempt  # nobody is signed in here: no cookie gives a request of another site any weight
@require_http_methods(["GET", "POST"])
@visitor_page
def come(request: VisitorRequest, slug: str, pk: int) -> HttpResponse:
    """The form, or why there is none."""
    session = session_to_come(slug, pk)
    if session is None:
        raise Http404
    at = session.centre.now()
    if is_due(session, at):
        settle(session=session, at=at)
        session.refresh_from_db(fields=["room_taken", "online_taken"])
    with timezone.override(session.centre.zone):
        if not takes_registrations(session, at):
            return come_page(request, session, None, status=GONE if request.method == "POST" else 200)
        form = ComeForm(request.POST or None, session=session)
        if request.method == "GET":
            return come_page(request, session, form)
        return registered(request, session, form, at)


def registered(request: VisitorRequest, session: Session, form: ComeForm, at: datetime) -> HttpResponse:
    """Places are kept; the page of one's own shows how many."""
    if not form.is_valid():
        return come_page(request, session, form, status=WRONG)
    network, email = request.META.get("REMOTE_ADDR", ""), form.cleaned_data.get("email", "")
    known = Coming.objects.filter(key=form.cleaned_data["key"]).exists()
    if not known and (not may(REGISTRATIONS, network) or (email and not may(ADDRESSES, network))):
        response = come_page(request, session, form, many=True, status=LATER)
        response.headers["Retry-After"] = str(WAIT)
        return response
    wish = form.wish(request.language)
    try:
        coming = places.come(session=session, wish=wish, key=form.cleaned_data["key"], at=at, email=email)
    except (places.NotOpen, places.NotLikeThat):
        return come_page(request, session, None, status=GONE)
    return HttpResponseRedirect(page_of(coming, request.language, new=1))


def come_page(
    request: VisitorRequest, session: Session, form: ComeForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    here = reverse("agenda:come", kwargs={"slug": session.event.slug, "pk": session.pk})
    ways = ways_to_take_part(session)
    free = [left(session, way) for way in ways]
    context = {
        "session": session,
        "event": session.event,
        "centre": session.centre,
        "ways": ways,
        "form": form,
        "full": all(one == 0 for one in free),
        "left": free[0] if len(ways) == 1 else None,
        "simply": session.event.registration == Registration.NONE,
        **more,
    }
    return render(request, "agenda/visitor/come.html", context | speaking_of(request, here), status=status)


@csrf_exempt  # the address is the authority: another site cannot know it, and no cookie helps it
@require_http_methods(["GET", "POST"])
@visitor_page
def mine(request: VisitorRequest, token: str) -> HttpResponse:
    """One's own registration: what became of it, and what one can do about it."""
    coming = coming_of(token)
    if coming is None:
        raise Http404
    at = coming.session.centre.now()
    with timezone.override(coming.session.centre.zone):
        if request.method == "POST":
            return changed(request, coming, at)
        if is_due(coming.session, at):
            settle(session=coming.session, at=at)
            coming = coming_of(token) or coming
        return own_page(request, coming, at, AddressForm())


def changed(request: VisitorRequest, coming: Coming, at: datetime) -> HttpResponse:
    """What was said on one's own page; what it led to stands on the page then."""
    said = request.POST.get("say", "")
    form = PlacesForm(request.POST)
    number = form.cleaned_data["places"] if form.is_valid() else None
    if said == "take":
        places.accept_offer(coming=coming, at=at, seats=number)
    elif said == "keep" and number:
        places.withdraw(coming=coming, at=at, keep=number)
    elif said in {"leave", "withdraw"}:
        places.withdraw(coming=coming, at=at)
    elif said == "no_mail":
        places.take_address_back(coming=coming)
    elif said == "mail":
        return with_address(request, coming, at)
    return HttpResponseRedirect(page_of(coming, request.language))


def with_address(request: VisitorRequest, coming: Coming, at: datetime) -> HttpResponse:
    """An address is left later on."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return own_page(request, coming, at, form, status=WRONG)
    email, network = form.cleaned_data["email"], request.META.get("REMOTE_ADDR", "")
    open_to_it = coming.session.event.registration == Registration.REMINDER and at < coming.session.ends_at
    if email and open_to_it and may(ADDRESSES, network):
        places.leave_address(coming=coming, email=email, at=at)
    return HttpResponseRedirect(page_of(coming, request.language))


def page_of(coming: Coming, language: str, **more: int) -> str:
    """The address of one's own page, in a language."""
    here = reverse("agenda:mine", kwargs={"token": coming.token})
    return f"{here}?{urlencode({'language': language, **more})}"


def own_page(
    request: VisitorRequest, coming: Coming, at: datetime, form: AddressForm, *, status: int = 200
) -> HttpResponse:
    here = reverse("agenda:mine", kwargs={"token": coming.token})
    address = linked(here) or request.build_absolute_uri(here)
    session = coming.session
    context = {
        "coming": coming,
        "session": session,
        "event": session.event,
        "centre": session.centre,
        "standing": standing_of(coming, at),
        "new": "new" in request.GET,
        "address": address,
        "qr": qr_code(address),
        "form": form,
        "has_address": hasattr(coming, "address"),
        "mails": session.event.registration == Registration.REMINDER,
        "at_the_door": receives(request, session),
        "calendar": reverse("agenda:session_ics", kwargs={"slug": session.event.slug, "pk": session.pk}),
    }
    return render(request, "agenda/visitor/mine.html", context | speaking_of(request, here), status=status)


def receives(request: VisitorRequest, session: Session) -> bool:
    """Whether somebody of the team reads this, who may say at the door that they are here."""
    if not request.user.is_authenticated or session.state != Session.State.PLANNED:
        return False
    seen = centre_seen_by(request.user, session.centre.slug)
    return seen is not None and Permission.RECEIVE in seen[1]
