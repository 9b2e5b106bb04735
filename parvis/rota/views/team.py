"""Who does what on duty: for who plans, and for an institution's coordinator their own people."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.actions import NotInTeam
from parvis.rota import actions
from parvis.rota.forms.terms import TermsForm
from parvis.rota.models import Terms
from parvis.rota.queries import team as queries
from parvis.rota.scope import person_led, spoken_for


@centre_page(Permission.ENTER)
@require_GET
def team(request: CentreRequest) -> HttpResponse:
    """Everybody for whom the reader speaks."""
    speaks = spoken_for(request)
    if not (speaks.speaks or Permission.SPEAK_FOR_OWN in request.permissions):
        raise Http404
    today = request.centre.local_day(request.centre.now())
    found = queries.team(request.centre, today, speaks.others)
    return render(request, "rota/team/team.html", {"found": found, "speaks": speaks})


@centre_page(Permission.ENTER)
@require_http_methods(["GET", "POST"])
def terms(request: CentreRequest, person_id: int) -> HttpResponse:
    """What one person does on duty."""
    person = person_led(request, person_id)
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    now = Terms.objects.filter(centre=centre, person=person).prefetch_related("themes", "learning").first()
    form = TermsForm(request.POST or None, centre=centre, terms=now, day=today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_terms(centre=centre, person=person, said=form.said())
        except NotInTeam as gone:
            raise Http404 from gone
        messages.success(request, _("Saved."))
        return redirect("rota:team", centre=centre.slug)
    shown = {"form": form, "person": person}
    return render(request, "rota/team/terms.html", shown, status=422 if form.errors else 200)
