"""At the end of a talk: a code for the visitor's own phone, or the adviser's screen handed over. Nothing leads to the talk."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.surveys.models import Collection, Way
from parvis.surveys.queries.asking import asked_at_desks
from parvis.surveys.visitor_poster import qr_code


@require_GET
@never_cache
@centre_page(Permission.CALL)
def at_desk(request: CentreRequest) -> HttpResponse:
    """What visitors may be asked today, and how."""
    centre = request.centre
    found = asked_at_desks(centre, centre.local_day(centre.now()))
    context = {
        "centre": centre,
        "phones": [(one, _code(request, one)) for one in found if one.way != Way.ADVISER],
        "screens": [one for one in found if one.way == Way.ADVISER],
        "may_ask": Permission.ASK in request.permissions,
    }
    return render(request, "surveys/asking/at_desk.html", context)


def _code(request: CentreRequest, survey: Collection) -> str:
    return qr_code(request.build_absolute_uri(reverse("asking:answer", kwargs={"token": survey.token})))


@require_POST
@centre_page(Permission.CALL)
def hand_over(request: CentreRequest, pk: int) -> HttpResponse:
    """The screen is the visitor's now: the adviser is signed out of it, and the browser forgets the pages before."""
    centre = request.centre
    found = asked_at_desks(centre, centre.local_day(centre.now()))
    survey = next((one for one in found if one.pk == pk and one.way == Way.ADVISER), None)
    if survey is None:
        raise Http404
    logout(request)
    response = HttpResponseRedirect(reverse("asking:answer", kwargs={"token": survey.token}))
    response.headers["Clear-Site-Data"] = '"cache"'
    response.headers["Cache-Control"] = "no-store"
    return response
