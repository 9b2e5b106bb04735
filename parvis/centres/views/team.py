"""Who works at a centre, or coordinates a network: the same pages for both."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.mail import goes_out
from parvis.accounts.models import User
from parvis.accounts.roles import Permission, Role
from parvis.centres.actions import team as actions
from parvis.centres.forms.team import InviteForm, RolesForm, SendAgainForm
from parvis.centres.models import Centre, Invitation, Place
from parvis.centres.queries import team as queries
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page
from parvis.centres.templatetags.holders import holder_url
from parvis.shared.address import linked

TeamRequest = CentreRequest | NetworkRequest
Page = Callable[..., HttpResponseBase]
UNDO_SECONDS = 24 * 3600
UNDO_SALT = "parvis.centres.removal"


def at_centre(view: Page) -> Page:
    """``view`` for the team of a centre."""

    @wraps(view)
    def page(request: CentreRequest, /, **kwargs: Any) -> HttpResponseBase:
        return view(request, request.centre, **kwargs)

    return centre_page(Permission.MANAGE_TEAM)(page)


def at_network(view: Page) -> Page:
    """``view`` for the coordinators of a network: only they choose who coordinates it."""

    @wraps(view)
    def page(request: NetworkRequest, /, **kwargs: Any) -> HttpResponseBase:
        return view(request, request.network, **kwargs)

    return network_page(Permission.MANAGE_NETWORK)(page)


@require_GET
def team(request: TeamRequest, place: Place) -> HttpResponse:
    """Everybody who works here, and who is invited; the search alone as a fragment."""
    search = request.GET.get("q", "")
    context = {
        "place": place,
        "team": queries.team(place, search=search, at=timezone.now()),
        "search": search,
        "removed": _removed(request, place),
        "again_key": secrets.token_urlsafe(32),
        "oneself": request.user,
    }
    fragment = request.headers.get("HX-Target") == "members"
    return render(request, f"centres/team/team.html{'#members' if fragment else ''}", context)


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: TeamRequest, place: Place) -> HttpResponse:
    """Invites somebody, and shows the link this once."""
    if request.method == "GET":
        return _invite_page(request, place, InviteForm(place=place, initial=_fresh(request)))
    form = InviteForm(request.POST, place=place)
    if not form.is_valid():
        return _invite_page(request, place, form, status=422)
    try:
        issued = actions.invite(
            place=place, by=request.user, at=timezone.now(), address=_link(request), **form.cleaned_data
        )
    except actions.AlreadyInvited:
        form.add_error("email", _("This address is already invited. You can send the invitation again."))
    except actions.AlreadyInTeam:
        form.add_error(
            "email", _("Somebody with this address already works here. You can change their roles.")
        )
    except actions.InvitationClosed:
        form = InviteForm(_with_new_key(request), place=place)
        form.add_error(None, _("That invitation was closed meanwhile. Send this page again for a new one."))
    else:
        return _issued_page(request, place, issued)
    return _invite_page(request, place, form, status=422)


@never_cache
@require_POST
def send_again(request: TeamRequest, place: Place, invitation_id: int) -> HttpResponseBase:
    """A new link for somebody who has not answered."""
    form = SendAgainForm(request.POST)
    invitation = get_object_or_404(Invitation.objects.at(place), pk=invitation_id)
    if not form.is_valid():
        return redirect(holder_url(place, "team"))
    try:
        issued = actions.send_again(
            invitation=invitation, key=form.cleaned_data["key"], at=timezone.now(), address=_link(request)
        )
    except actions.InvitationClosed:
        messages.warning(request, _("This invitation was answered or withdrawn meanwhile."))
        return redirect(holder_url(place, "team"))
    return _issued_page(request, place, issued)


@require_POST
def withdraw(request: TeamRequest, place: Place, invitation_id: int) -> HttpResponseBase:
    """Makes a link useless."""
    invitation = get_object_or_404(Invitation.objects.at(place), pk=invitation_id)
    try:
        actions.withdraw_invitation(invitation=invitation, at=timezone.now())
    except actions.InvitationClosed:
        messages.warning(request, _("This invitation was accepted meanwhile."))
    else:
        messages.success(request, _("Withdrawn. The link no longer works."))
    return redirect(holder_url(place, "team"))


@require_http_methods(["GET", "POST"])
def roles(request: TeamRequest, place: Place, person_id: int) -> HttpResponseBase:
    """What one person may do here."""
    member = _member(place, person_id)
    data = request.POST if request.method == "POST" else None
    form = RolesForm(data, place=place, initial={"roles": member.roles})
    if form.is_valid():
        try:
            wanted = form.cleaned_data["roles"]
            actions.change_roles(
                place=place, person=member.person, roles=wanted, by=request.user, at=_now(place)
            )
        except actions.NotForOneself:
            form.add_error("roles", _("Nobody gives a role to themselves. Ask a colleague."))
        except actions.LastManager:
            form.add_error(
                "roles", _("Somebody must be able to invite others. Give that role to a colleague first.")
            )
        else:
            messages.success(request, _("%(name)s’s roles are changed.") % {"name": member.person.name})
            return redirect(_home(request, place, member.person))
    context = {"place": place, "member": member, "form": form}
    return render(request, "centres/team/roles.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove(request: TeamRequest, place: Place, person_id: int) -> HttpResponseBase:
    """Asks, then lets somebody leave the team. The page after it offers to undo."""
    member = _member(place, person_id)
    context = {"place": place, "member": member, "oneself": member.person == request.user}
    if request.method == "GET":
        return render(request, "centres/team/remove.html", context)
    try:
        held = actions.remove_from_team(place=place, person=member.person, at=_now(place))
    except actions.LastManager:
        return render(request, "centres/team/remove.html", context | {"last": True}, status=409)
    removal = signing.dumps([_name(place), member.person.pk, sorted(held)], salt=UNDO_SALT)
    if member.person == request.user:
        return redirect("website:home")
    return redirect(f"{holder_url(place, 'team')}?removed={removal}")


@require_POST
def undo_removal(request: TeamRequest, place: Place) -> HttpResponseBase:
    """Somebody removed by mistake is back with the same roles."""
    removed = _removed(request, place)
    if removed is None:
        messages.warning(request, _("It is too late to undo this. You can invite the person again."))
        return redirect(holder_url(place, "team"))
    person, held = removed["person"], removed["roles"]
    try:
        actions.take_back_removal(place=place, person=person, roles=held, by=request.user, at=_now(place))
    except actions.NotForOneself:
        raise Http404 from None
    messages.success(request, _("%(name)s is back in the team.") % {"name": person.name})
    return redirect(holder_url(place, "team"))


def _member(place: Place, person_id: int) -> queries.Member:
    if member := queries.member(place, person_id):
        return member
    raise Http404


def _now(place: Place) -> datetime:
    """The time on the clock of a centre, which a demonstration has of its own; else the real one."""
    return place.now() if isinstance(place, Centre) else timezone.now()


def _removed(request: HttpRequest, place: Place) -> dict[str, Any] | None:
    """Who was just removed from ``place`` and what they held, from the signed note that the removal left."""
    note = request.POST.get("removed") or request.GET.get("removed", "")
    try:
        where, person_id, held = signing.loads(note, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    if where != _name(place) or queries.holds(place, person_id, actions.roles_at(place)):
        return None
    person = User.objects.filter(pk=person_id).first()
    return {"person": person, "roles": [Role(role) for role in held], "note": note} if person else None


def _name(place: Place) -> str:
    return f"{type(place).__name__} {place.pk}"


def _fresh(request: TeamRequest) -> dict[str, Any]:
    return {"key": secrets.token_urlsafe(32), "language": request.user.language}


def _with_new_key(request: HttpRequest) -> QueryDict:
    data = request.POST.copy()
    data["key"] = secrets.token_urlsafe(32)
    return data


def _link(request: HttpRequest) -> Callable[[str], str]:
    def link(secret: str) -> str:
        path = reverse("centres:invitation", args=[secret])
        return linked(path) or request.build_absolute_uri(path)

    return link


def _home(request: TeamRequest, place: Place, person: User) -> str:
    """The team page, or the first page for somebody who has just given up the right to see it."""
    managers = actions.managers_at(place)
    stays = person != request.user or queries.holds(place, person.pk, managers)
    return holder_url(place, "team") if stays else reverse("website:home")


def _invite_page(request: TeamRequest, place: Place, form: InviteForm, status: int = 200) -> HttpResponse:
    return render(request, "centres/team/invite.html", {"place": place, "form": form}, status=status)


def _issued_page(request: TeamRequest, place: Place, issued: actions.Issued) -> HttpResponse:
    context = {"place": place, "issued": issued, "mail_goes_out": goes_out()}
    return render(request, "centres/team/issued.html", context)
