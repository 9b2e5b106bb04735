"""Who answers for the people of which institution."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import queries
from parvis.partners.actions import NotKnownHere
from parvis.partners.actions.liaisons import NoCoordinator, speak_for
from parvis.partners.forms.speakers import SpeaksForm
from parvis.partners.models import Relation
from parvis.partners.queries.speakers import speakers as all_speakers


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def speakers(request: CentreRequest) -> HttpResponse:
    """Every partner's coordinator."""
    held = request.permissions
    shown = {"lines": all_speakers(request.centre), "may_invite": Permission.MANAGE_TEAM in held}
    return render(request, "partners/speakers.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def speaker(request: CentreRequest, person_id: int) -> HttpResponse:
    """For whom one coordinator speaks."""
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    line = next((one for one in all_speakers(centre) if one.person.pk == person_id), None)
    if line is None:
        raise Http404
    partners = [one for one in queries.offered(centre, today) if one.standing == Relation.Standing.PARTNER]
    form = SpeaksForm(request.POST or None, partners=partners, now=line.institutions)
    if request.method == "POST" and form.is_valid():
        try:
            speak_for(centre=centre, person=line.person, institutions=form.institutions(), day=today)
        except NoCoordinator as gone:
            raise Http404 from gone
        except NotKnownHere:
            form.add_error("institutions", _("The centre no longer works with one of them."))
        else:
            messages.success(request, _("Saved."))
            return redirect("partners:speakers", centre=centre.slug)
    shown = {"form": form, "line": line, "partners": partners}
    return render(request, "partners/speaker.html", shown, status=422 if form.errors else 200)
