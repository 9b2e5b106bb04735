"""Everything of the centre as a file: asking for it, watching it being written, fetching it, deleting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception.actions import ReceptionError
from parvis.reception.actions import exports as actions
from parvis.reception.forms.export import ExportForm
from parvis.reception.models import Export
from parvis.reception.queries.export.days import first_known_day
from parvis.reception.queries.export.files import exports_of


@never_cache
@require_http_methods(["GET", "POST"])
@centre_page(Permission.EXPORT)
def exports(request: CentreRequest) -> HttpResponse:
    """The files that can be fetched now, and room for another."""
    at = request.centre.now()
    today = request.centre.local_day(at)
    first = first_known_day(request.centre) or today
    form = ExportForm(request.POST if request.method == "POST" else None, first=first, today=today)
    if form.is_bound and form.is_valid():
        try:
            actions.start_export(
                centre=request.centre,
                person=request.user,
                key=form.cleaned_data["key"],
                wanted=form.wanted(get_language() or request.centre.language),
                at=at,
            )
            return redirect("reception:exports", centre=request.centre.slug)
        except ReceptionError as error:
            form.add_error(None, str(error))
    context = {"form": form, "exports": exports_of(request.centre, at)}
    return render(request, "reception/exports.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
@centre_page(Permission.EXPORT)
def export_progress(request: CentreRequest, pk: int) -> HttpResponse:
    """How far it is; one whose worker was killed is started again."""
    export = actions.revive_export(export=_found(request, pk))
    return render(request, "reception/exports.html#export", {"export": export})


@never_cache
@require_GET
@centre_page(Permission.EXPORT)
def export_file(request: CentreRequest, pk: int) -> HttpResponseBase:
    """The file itself."""
    export = _found(request, pk)
    path = actions.file_of(export)
    if export.stage != Export.Stage.DONE or not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=actions.download_name(export))


@require_POST
@centre_page(Permission.EXPORT)
def export_delete(request: CentreRequest, pk: int) -> HttpResponse:
    """Deletes it before its day is over."""
    actions.delete_export(export=_found(request, pk))
    messages.success(request, _("Deleted. Copies that were fetched before are yours to look after."))
    return redirect("reception:exports", centre=request.centre.slug)


def _found(request: CentreRequest, pk: int) -> Export:
    """An export of this centre whose day is not over, or 404."""
    return get_object_or_404(exports_of(request.centre, request.centre.now()), pk=pk)
