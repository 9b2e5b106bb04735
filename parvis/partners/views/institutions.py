"""The institutions a centre works with: list, file, page, add, change, close."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import actions, institution_files, queries
from parvis.partners.forms.institutions import InstitutionForm, ListForm
from parvis.partners.models import Relation, Stage
from parvis.partners.scope import address_of, relation_of, today_of
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx


def _list_form(request: CentreRequest) -> ListForm:
    themes = list(Theme.objects.filter(centre=request.centre).order_by("position", "pk"))
    return ListForm({"sort": "name"} | request.GET.dict(), themes=themes)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def institutions(request: CentreRequest) -> HttpResponse:
    """Partners, those one would like to have, outside bodies, and those that were closed."""
    form = _list_form(request)
    asked = form.asked()
    shown = {
        "found": queries.institutions(request.centre, today_of(request), asked),
        "form": form,
        "asked": asked,
        "narrowed": urlencode({name: value for name, value in request.GET.items() if value}),
    }
    part = "#found" if request.headers.get("HX-Request") else ""
    return render(request, f"partners/institutions.html{part}", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def institutions_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same list as a file, narrowed as on the page."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    today = today_of(request)
    found = queries.institutions(request.centre, today, _list_form(request).asked())
    heading, rows = institution_files.heading(), list(institution_files.rows(found))
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx({_("Institutions"): (heading, rows)}), content_type=XLSX_TYPE)
    name = f"{request.centre.slug}-institutions-{today}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def institution(request: CentreRequest, pk: int) -> HttpResponse:
    """Everything about one institution."""
    today = today_of(request)
    page = queries.institution_page(relation_of(request, pk), today)
    relation = page.relation
    shown = {"page": page, "relation": relation, "stage": relation.stage_on(today)}
    return render(request, "partners/institution.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_institution(request: CentreRequest) -> HttpResponse:
    """An institution that the centre did not know."""
    centre = request.centre
    known = queries.known_elsewhere(centre)
    form = InstitutionForm(request.POST or None, centre=centre, day=today_of(request), known=known)
    if request.GET.get("as") == Stage.PROSPECT:
        form.initial["standing"] = Stage.PROSPECT
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_institution(
                centre=centre, said=form.said(), by=request.user, at=request.centre.now()
            )
        except actions.AlreadyKnown:
            form.add_error("name", _("The centre works with it already: look in the list, closed ones too."))
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(made))
    return _page(request, form)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def change_institution(request: CentreRequest, pk: int) -> HttpResponse:
    """What the centre says about an institution."""
    relation = relation_of(request, pk)
    shared = queries.is_shared(relation)
    form = InstitutionForm(
        request.POST or None, centre=request.centre, day=today_of(request), relation=relation, shared=shared
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_institution(
                relation=relation, said=form.said(), by=request.user, at=request.centre.now()
            )
        except actions.AlreadyKnown:
            form.add_error("name", _("The network has another institution of this name."))
        except actions.NameIsShared:
            form.add_error("name", _("Other centres of the network work with it: its name and type stay."))
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(relation))
    return _page(request, form, relation)


def _page(request: CentreRequest, form: InstitutionForm, relation: Relation | None = None) -> HttpResponse:
    status = 422 if form.errors else 200
    shown = {"form": form, "relation": relation}
    return render(request, "partners/institution_form.html", shown, status=status)
