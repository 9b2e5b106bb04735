"""Who of the team comes from which institution."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import actions, queries
from parvis.partners.forms.institutions import BelongingForm
from parvis.partners.models import Relation


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def people(request: CentreRequest) -> HttpResponse:
    """The whole team, those of whom nothing is said first."""
    today = request.centre.local_day(request.centre.now())
    return render(request, "partners/people.html", {"lines": queries.people(request.centre, today)})


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def person(request: CentreRequest, person_id: int) -> HttpResponse:
    """Where one of the team comes from."""
    centre, today = request.centre, request.centre.local_day(request.centre.now())
    line = next((one for one in queries.people(centre, today) if one.person.pk == person_id), None)
    if line is None:
        raise Http404
    partners = [one for one in queries.offered(centre, today) if one.standing == Relation.Standing.PARTNER]
    form = BelongingForm(request.POST or None, partners=partners, day=today, now=line.belonging)
    if request.method == "POST" and form.is_valid():
        try:
            on = form.cleaned_data["on"]
            actions.belong(centre=centre, person=line.person, to=form.to(), on=on, at=centre.now())
        except actions.NotSoEarly:
            form.add_error("on", _("What they belong to now began later: choose that day, or one after it."))
        except actions.NotKnownHere:
            form.add_error("on", _("The centre does not work with that institution on that day."))
        except actions.NotInTeam as gone:
            raise Http404 from gone
        else:
            messages.success(request, _("Saved."))
            return redirect("partners:people", centre=centre.slug)
    shown = {"form": form, "line": line, "partners": partners}
    return render(request, "partners/person.html", shown, status=422 if form.errors else 200)
