"""The last list of schools that was kept, to undo it: what that would do before it does, and what it left as it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from parvis.accounts.roles import Permission
from parvis.agenda.actions.school_imports import NotTheLast
from parvis.agenda.actions.school_imports import undo_import as undo
from parvis.agenda.models import SchoolImport
from parvis.agenda.queries.school_imports import WHY, Stayed, stayed, undoing
from parvis.centres.scope import CentreRequest, centre_page


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def undo_import(request: CentreRequest, pk: int) -> HttpResponse:
    """What undoing would do; POST: it is done, and the page says what stayed."""
    past = get_object_or_404(SchoolImport, centre=request.centre, pk=pk)
    if request.method == "POST":
        try:
            undo(past=past, at=request.centre.now())
        except NotTheLast:
            messages.error(request, _("Another list was kept meanwhile: only the last one can be undone."))
            return redirect("agenda:schools", centre=request.centre.slug)
        return redirect("agenda:undo_import", centre=request.centre.slug, pk=pk)
    context: dict[str, object] = {"past": past, "kept_at": request.centre.local(past.kept_at)}
    if past.undone_at is None:
        found = undoing(past)
        context |= {
            "found": found,
            "stays": [Stayed(school, WHY[why]) for school, why in found.stays],
            "nothing": not (found.goes or found.back),
        }
    else:
        context |= {"undone_at": request.centre.local(past.undone_at), "stays": stayed(past)}
    return render(request, "agenda/schools/undo.html", context)
