"""The day itself: who came, as numbers, and what was done. For a tablet in the room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.agenda.actions.day import ON_THE_DAY, CountsUnlikeCame, NotYet, hold_class
from parvis.agenda.actions.visit_steps import Changed, Doing, NotNow, SaidOtherwise
from parvis.agenda.forms.class_presence import PresenceForm
from parvis.agenda.models import ClassVisit
from parvis.agenda.queries.class_presence import presence_of
from parvis.agenda.scope import may, need, today_of, visit_seen
from parvis.centres.scope import CentreRequest, centre_page

WRITES = (Permission.RECEIVE, Permission.PLAN_EVENTS)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def visit_presence(request: CentreRequest, pk: int) -> HttpResponse:
    """How many came; may be said again, and corrected."""
    visit = visit_seen(request, pk)
    if request.method == "POST":
        need(request, *WRITES)
    presence = presence_of(visit, visit.day or today_of(request))
    early = visit.day is None or today_of(request) < visit.day
    form = None
    if may(request, *WRITES) and not early and visit.state in ON_THE_DAY:
        form = PresenceForm(request.POST if request.method == "POST" else None, presence=presence)
        if request.method == "POST" and form.is_valid() and _held(request, visit, form):
            messages.success(request, _("Written down. Thank you."))
            return redirect("agenda:visit_presence", centre=request.centre.slug, pk=pk)
    elif request.method == "POST":
        messages.error(
            request, _("Nothing was changed: the day has not come, or the visit does not take place.")
        )
    context = {
        "centre": request.centre,
        "visit": visit,
        "presence": presence,
        "form": form,
        "early": early,
        "part": "presence",
    }
    return render(request, "agenda/day/presence.html", context, status=422 if form and form.errors else 200)


def _held(request: CentreRequest, visit: ClassVisit, form: PresenceForm) -> bool:
    """Whether it could be written; else the form says why not."""
    doing = Doing(
        key=form.the_key,
        at=request.centre.now(),
        by=request.user,
        version=form.cleaned_data["version"],
    )
    try:
        hold_class(visit=visit, held=form.held, doing=doing)
    except (Changed, CountsUnlikeCame):
        form.add_error(None, _("Somebody changed this visit meanwhile: load the page again and look."))
    except (NotYet, NotNow):
        form.add_error(
            None, _("Nothing was changed: the day has not come, or the visit does not take place.")
        )
    except SaidOtherwise:
        form.add_error(None, _("This page was sent before with something else: load it again."))
    return not form.errors
