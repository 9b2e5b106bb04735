"""How the pages about partners find their rows in the request's centre; those of another are not there."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.centres.scope import CentreRequest
from parvis.partners.models import Agreement, Relation


def today_of(request: CentreRequest) -> date:
    """The centre's own day."""
    return request.centre.local_day(request.centre.now())


def year_of(request: CentreRequest) -> int:
    """The year that ``?year=`` asks for: this one where it names none that has begun."""
    today, asked = today_of(request), request.GET.get("year", "")
    fits = asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= today.year
    return int(asked) if fits else today.year


def relation_of(request: CentreRequest, pk: int) -> Relation:
    """An institution of the centre."""
    found = Relation.objects.filter(centre=request.centre).select_related("institution", "centre")
    return get_object_or_404(found.prefetch_related("themes"), pk=pk)


def agreement_of(request: CentreRequest, pk: int) -> Agreement:
    """An agreement of the centre, with its lines."""
    found = Agreement.objects.filter(relation__centre=request.centre)
    found = found.select_related("relation__institution", "relation__centre", "replaces")
    return get_object_or_404(found.prefetch_related("pledges"), pk=pk)


def address_of(relation: Relation, part: str = "") -> str:
    """The page of an institution, at one of its parts."""
    address = reverse("partners:institution", args=[relation.centre.slug, relation.pk])
    return f"{address}#{part}" if part else address


def form_page(request: CentreRequest, form: object, title: str, back: str, **shown: object) -> HttpResponse:
    """One plain form with its title and the way back."""
    context = {"form": form, "title": title, "back": back, "save": _("Save")} | shown
    wrong = bool(getattr(form, "errors", None))
    return render(request, "partners/form.html", context, status=422 if wrong else 200)
