"""The way of each partnership: the board, a step, what comes next, what needs a decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import actions
from parvis.partners.forms.partnership import NextForm, StepForm
from parvis.partners.models import ALLOWED, Stage
from parvis.partners.queries import matters as worklist
from parvis.partners.queries import pipeline as queries
from parvis.partners.scope import address_of, form_page, relation_of, today_of


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def pipeline(request: CentreRequest) -> HttpResponse:
    """Every partnership by stage."""
    today = today_of(request)
    columns = queries.board(request.centre, today)
    shown = {"columns": columns, "today": today, "any": any(column.cards for column in columns)}
    return render(request, "partners/pipeline.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def matters(request: CentreRequest) -> HttpResponse:
    """What waits for somebody, the most urgent first."""
    today = today_of(request)
    found = worklist.matters(request.centre, today)
    shown = {
        "late": [one for one in found if one.is_overdue],
        "soon": [one for one in found if one.is_soon],
        "later": [one for one in found if not (one.is_overdue or one.is_soon)],
        "today": today,
    }
    return render(request, "partners/matters.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def step(request: CentreRequest, pk: int) -> HttpResponse:
    """A partnership goes on, rests, or ends."""
    relation, today = relation_of(request, pk), today_of(request)
    now = relation.stage_on(today)
    form = StepForm(
        request.POST or None,
        centre=request.centre,
        allowed=ALLOWED[now],
        today=today,
        initial={"stage": request.GET.get("to", "")},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.take_step(
                relation=relation,
                stage=Stage(said["stage"]),
                since=said["since"],
                reason=said["reason"],
                by=request.user,
                at=request.centre.now(),
            )
        except actions.NotBeforeTheLast:
            form.add_error("since", _("The step before was taken later: choose that day, or one after it."))
        except actions.NotYetThere:
            form.add_error("since", _("That day is still to come: note the step on its day."))
        except actions.NotFromHere:
            form.add_error(None, _("A colleague has moved it on meanwhile: look at its page first."))
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(relation, "way"))
    title = _("%(institution)s: the next step") % {"institution": relation}
    return form_page(request, form, title, address_of(relation), now=now)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def next_action(request: CentreRequest, pk: int) -> HttpResponse:
    """What is to be done next about a partnership."""
    relation = relation_of(request, pk)
    usual = {"action": relation.next_action, "by_day": relation.next_action_on}
    form = NextForm(request.POST or None, centre=request.centre, initial=usual)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.plan_next(relation=relation, action=said["action"], by_day=said["by_day"])
        messages.success(request, _("Saved."))
        return redirect("partners:pipeline", centre=request.centre.slug)
    title = _("%(institution)s: what comes next") % {"institution": relation}
    return form_page(request, form, title, address_of(relation))
