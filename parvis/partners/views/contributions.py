"""What partners gave outside duty slots: the list, one more, a change, a removal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import actions
from parvis.partners.forms.contributions import ContributionForm, contribution_values
from parvis.partners.models import Contribution, Relation
from parvis.partners.queries.contributions import contributions as contributions_of
from parvis.partners.scope import today_of, year_of
from parvis.shared.keys import SENT_ALREADY, renewed


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def contributions(request: CentreRequest) -> HttpResponse:
    """A year's list."""
    found = contributions_of(request.centre, year_of(request))
    return render(request, "partners/contributions.html", {"found": found})


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_contribution(request: CentreRequest) -> HttpResponse:
    """One more."""
    form = _form(request, None, {"relation": request.GET.get("of", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_contribution(
                key=form.the_key(), given=form.given(), by=request.user, at=request.centre.now()
            )
        except actions.SaidOtherwise:
            form = _form(request, None, {}, renewed(request.POST))
            form.is_valid()
            form.add_error(None, str(SENT_ALREADY))
        else:
            messages.success(request, _("Noted."))
            return _back(request, form)
    return _page(request, form, None)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def contribution(request: CentreRequest, pk: int) -> HttpResponse:
    """Say it better."""
    one = _one(request, pk)
    form = _form(request, one, contribution_values(one))
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_contribution(contribution=one, version=version, given=form.given())
        except actions.ChangedMeanwhile:
            posted = request.POST.copy()
            posted["version"] = str(one.version)
            form = _form(request, one, {}, posted)
            form.is_valid()
            form.add_error(
                None, _("A colleague has changed it meanwhile. Saved again, what you typed stands.")
            )
            status = 409
        else:
            messages.success(request, _("Saved."))
            return _back(request, form)
    return _page(request, form, one, status)


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def delete_contribution(request: CentreRequest, pk: int) -> HttpResponse:
    """It was noted by mistake."""
    one = _one(request, pk)
    actions.delete_contribution(contribution=one)
    messages.success(request, _("Taken away."))
    return redirect("partners:contributions", centre=request.centre.slug)


def _one(request: CentreRequest, pk: int) -> Contribution:
    """One that was noted by hand: those of the agenda are corrected there."""
    found = Contribution.objects.filter(relation__centre=request.centre, counted_from=None)
    return get_object_or_404(found.select_related("relation__institution", "theme"), pk=pk)


def _form(
    request: CentreRequest, one: Contribution | None, initial: dict[str, Any], data: Any = None
) -> ContributionForm:
    today, centre = today_of(request), request.centre
    relations = Relation.objects.filter(centre=centre).open_on(today).by_name()
    themes = list(Theme.objects.filter(centre=centre).open_on(today))
    if one and one.relation not in relations:
        relations.append(one.relation)
    if one and one.theme and one.theme not in themes:
        themes.append(one.theme)
    return ContributionForm(
        data or request.POST or None,
        centre=centre,
        relations=relations,
        themes=themes,
        today=today,
        initial=initial,
    )


def _page(
    request: CentreRequest, form: ContributionForm, one: Contribution | None, status: int = 0
) -> HttpResponse:
    shown = {"form": form, "one": one}
    return render(
        request, "partners/contribution.html", shown, status=status or (422 if form.errors else 200)
    )


def _back(request: CentreRequest, form: ContributionForm) -> HttpResponse:
    response = redirect("partners:contributions", centre=request.centre.slug)
    response["Location"] += f"?year={form.cleaned_data['day'].year}"
    return response
