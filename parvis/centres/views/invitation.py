"""The page behind an invitation's link: a new colleague makes an account, somebody with one signs in and accepts."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from parvis.accounts.models import User
from parvis.centres.actions import team as actions
from parvis.centres.forms.team import JoinForm
from parvis.centres.models import Invitation, Network
from parvis.centres.queries import team as queries


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What one is invited to, in the language of the invitation; accepting it once."""
    found = queries.invitation_by(actions.digest_of(secret))
    if found is None:
        return render(request, "centres/invitation/closed.html", status=404)
    if isinstance(request.user, User):
        return _for_somebody(request, found, request.user)
    with translation.override(found.language):
        request.LANGUAGE_CODE = found.language
        if not found.is_open(timezone.now()):
            return _closed(request, found)
        if queries.has_account(found.email):
            return render(request, "centres/invitation/sign_in.html", {"invitation": found})
        return _for_newcomer(request, found)


def _for_somebody(request: HttpRequest, found: Invitation, person: User) -> HttpResponseBase:
    """The signed-in person accepts, whichever address their account has: they hold the link."""
    if found.accepted_at and queries.holds(found.place, person.pk, found.role_names):
        return redirect(_first_page(found))  # a second tab, or the mail opened again
    if request.method == "POST":
        try:
            place = actions.accept_invitation(invitation=found, person=person, at=timezone.now())
        except actions.InvitationClosed:
            return _closed(request, found)
        messages.success(request, _("Welcome to %(place)s.") % {"place": place.name})
        return redirect(_first_page(found))
    if not found.is_open(timezone.now()):
        return _closed(request, found)
    return render(request, "centres/invitation/accept.html", {"invitation": found})


def _for_newcomer(request: HttpRequest, found: Invitation) -> HttpResponseBase:
    """A name, a password and a language; then signed in."""
    data = request.POST if request.method == "POST" else None
    form = JoinForm(data, email=found.email, initial={"language": found.language})
    if form.is_valid():
        try:
            person = actions.join(invitation=found, at=timezone.now(), **form.cleaned_data)
        except actions.InvitationClosed:
            return _closed(request, found)
        except actions.AccountExists:
            return render(request, "centres/invitation/sign_in.html", {"invitation": found}, status=409)
        return perform_login(request, person, redirect_url=_first_page(found))  # type: ignore[no-any-return]
    context = {"invitation": found, "form": form}
    return render(request, "centres/invitation/join.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Used, withdrawn or expired: says which, and whom to ask."""
    return render(request, "centres/invitation/closed.html", {"invitation": found}, status=410)


def _first_page(found: Invitation) -> str:
    """A network's first coordinator opens the first centre; everybody else lands where their centres are."""
    if isinstance(found.place, Network) and not found.place.centres.exists():
        return reverse("centres:new_centre")
    return reverse(settings.LOGIN_REDIRECT_URL)
