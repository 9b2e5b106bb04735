"""The five structure models as pages to read, and which of them the centre is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.actions import structure as actions
from parvis.partners.forms.structure import StructureForm
from parvis.partners.models import StructureModel, StructurePeriod
from parvis.partners.queries.structure import structure_of
from parvis.partners.structure_models import about, abouts
from parvis.partners.views.coordination_parts import today_at


@centre_page(Permission.ENTER)
@require_GET
def structure_models(request: CentreRequest) -> HttpResponse:
    """The five side by side."""
    now = structure_of(request.centre, today_at(request))
    return render(request, "partners/structure/models.html", {"models": abouts(), "now": now})


@centre_page(Permission.ENTER)
@require_GET
def structure_model(request: CentreRequest, model: str) -> HttpResponse:
    """One of them: what it is, what it makes easy, where its limits are."""
    if model not in StructureModel.values:
        raise Http404
    now = structure_of(request.centre, today_at(request))
    shown = {"one": about(StructureModel(model)), "models": abouts(), "now": now}
    return render(request, "partners/structure/model.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def structure(request: CentreRequest) -> HttpResponse:
    """Which model the centre is, since when, and what it was before."""
    centre, today = request.centre, today_at(request)
    form = StructureForm(request.POST or None, centre=centre, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        model, now = StructureModel(data["model"]), centre.now()
        try:
            actions.choose_structure(
                centre=centre, model=model, since=data["since"], remark=data["remark"], at=now
            )
        except actions.NotThatLate:
            form.add_error("since", _("That day has not come yet."))
        else:
            messages.success(request, _("Saved."))
            return redirect("partners:structure", centre=centre.slug)
    periods = list(StructurePeriod.objects.filter(centre=centre))
    shown = {"form": form, "periods": periods, "models": abouts()}
    return render(request, "partners/structure/own.html", shown, status=422 if form.errors else 200)


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_structure(request: CentreRequest, pk: int) -> HttpResponse:
    """A period that was said by mistake."""
    period = get_object_or_404(StructurePeriod, centre=request.centre, pk=pk)
    actions.remove_structure(period=period)
    messages.success(request, _("Taken back."))
    return redirect("partners:structure", centre=request.centre.slug)
