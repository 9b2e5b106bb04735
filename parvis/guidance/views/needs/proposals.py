"""Proposals: the list, one with its discussion, wording it, moving it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.actions import needs as actions
from parvis.guidance.forms.needs.asking import ProposalFilter
from parvis.guidance.forms.needs.writing import ProposalForm, RemarkForm, StepForm, proposal_values
from parvis.guidance.models import Proposal, ProposalState, Remark
from parvis.guidance.permissions import may_take_back
from parvis.guidance.queries.needs.page import by_month
from parvis.guidance.queries.needs.proposals import (
    ProposalPage,
    colleagues,
    offered,
    proposal_page,
    proposals_of,
)
from parvis.shared.charts import Columns, Series


@require_GET
@centre_page(Permission.PROPOSE)
def proposals(request: CentreRequest) -> HttpResponse:
    """Every proposal that fits, by state."""
    today = request.centre.local_day(request.centre.now())
    themes = list(Theme.objects.filter(centre=request.centre).order_by("position", "pk"))
    others = [one for one in colleagues(request.centre) if one != request.user]
    owners = [(str(request.user.pk), _("Myself")), *((str(one.pk), one.name) for one in others)]
    form = ProposalFilter({"state": "open"} | request.GET.dict(), themes=themes, owners=owners)
    found = proposals_of(request.centre, form.asked, today)
    context = {"form": form, "found": found}
    return render(request, "guidance/needs/proposals.html", context)


@require_GET
@centre_page(Permission.PROPOSE)
def proposal(request: CentreRequest, pk: int) -> HttpResponse:
    """One proposal: what it answers, where it is, what was said."""
    return _page(request, _proposal(request, pk))


@require_http_methods(["GET", "POST"])
@centre_page(Permission.PROPOSE)
def proposal_new(request: CentreRequest) -> HttpResponse:
    """A new idea, out of the needs that the address names."""
    chosen = {"codes": request.GET.getlist("code"), "needs": request.GET.getlist("need")}
    form = _form(request, None, chosen)
    form.suggest_themes()
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_proposal(
                centre=request.centre,
                key=form.the_key(),
                wanted=form.wanted(),
                by=request.user,
                at=request.centre.now(),
            )
        except actions.NeedsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Proposed. Colleagues find it in the list and can say what they think.")
            )
            return redirect("guidance:proposal", centre=request.centre.slug, pk=made.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.PROPOSE)
def proposal_change(request: CentreRequest, pk: int) -> HttpResponse:
    """Change everything about it but its state."""
    found = _proposal(request, pk)
    form = _form(request, found, proposal_values(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_proposal(proposal=found, wanted=form.wanted(), version=version)
        except actions.ChangedMeanwhile:
            found = _proposal(request, pk)
            changed = form.meet(proposal_values(found)) or [_("State")]
            return _form_page(request, form, found, status=409, changed=changed)
        except actions.NeedsError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("guidance:proposal", centre=request.centre.slug, pk=pk)
    return _form_page(request, form, found)


@require_POST
@centre_page(Permission.PROPOSE)
def proposal_step(request: CentreRequest, pk: int) -> HttpResponse:
    """On to the next state, back to the one before, or to its end."""
    found = _proposal(request, pk)
    form = StepForm(request.POST, centre=request.centre)
    if not form.is_valid():
        return _page(request, found, step=form, status=422)
    to = form.the_state()
    try:
        actions.move_proposal(
            proposal=found,
            key=form.the_key(),
            to=to,
            version=form.cleaned_data["version"],
            outcome=form.cleaned_data["outcome"],
            by=request.user,
            at=request.centre.now(),
        )
    except actions.NeedsError as error:
        no_words = isinstance(error, actions.NoOutcome)
        form.add_error("outcome" if no_words else None, str(error))
        return _page(request, _proposal(request, pk), step=form, status=422 if no_words else 409)
    messages.success(request, _("Now: %(state)s.") % {"state": to.label})
    return redirect("guidance:proposal", centre=request.centre.slug, pk=pk)


@require_POST
@centre_page(Permission.PROPOSE)
def proposal_take(request: CentreRequest, pk: int) -> HttpResponse:
    """Be the one to ask."""
    return _done(
        request,
        pk,
        lambda found: actions.take_on(proposal=found, by=request.user),
        _("Colleagues now ask you about it."),
    )


@require_POST
@centre_page(Permission.PROPOSE)
def proposal_remark(request: CentreRequest, pk: int) -> HttpResponse:
    """Say something about it."""
    found = _proposal(request, pk)
    form = RemarkForm(request.POST, centre=request.centre)
    if not form.is_valid():
        return _page(request, found, remark=form, status=422)
    said = {"key": form.the_key(), "text": form.cleaned_data["text"], "by": request.user}
    return _done(
        request, pk, lambda one: actions.add_remark(proposal=one, at=request.centre.now(), **said), ""
    )


@require_POST
@centre_page(Permission.PROPOSE)
def remark_delete(request: CentreRequest, pk: int, remark: int) -> HttpResponse:
    """Delete a remark: one's own, or whatever should not stand there where one looks after the centre."""
    found = _proposal(request, pk)
    row = Remark.objects.filter(proposal=found, pk=remark).first()
    if row and not may_take_back(request.user, request.permissions, row):
        raise PermissionDenied
    actions.take_back_remark(proposal=found, remark_pk=remark)
    messages.success(request, _("The remark is deleted."))
    return redirect("guidance:proposal", centre=request.centre.slug, pk=pk)


def _proposal(request: CentreRequest, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.select_related("owner"), centre=request.centre, pk=pk)


def _done(request: CentreRequest, pk: int, act: Callable[[Proposal], object], said: str) -> HttpResponse:
    """Acts on the proposal and leads back to it, with what happened or why not."""
    try:
        act(_proposal(request, pk))
    except actions.NeedsError as error:
        messages.error(request, str(error))
    else:
        if said:
            messages.success(request, said)
    return redirect("guidance:proposal", centre=request.centre.slug, pk=pk)


def _form(request: CentreRequest, found: Proposal | None, initial: dict[str, Any]) -> ProposalForm:
    today = request.centre.local_day(request.centre.now())
    return ProposalForm(
        request.POST if request.method == "POST" else None,
        centre=request.centre,
        offered=offered(request.centre, today, found),
        with_outcome="outcome" in request.POST if request.method == "POST" else bool(found and found.is_over),
        initial=initial,
    )


def _form_page(
    request: CentreRequest, form: ProposalForm, found: Proposal | None, *, status: int = 0, **more: Any
) -> HttpResponse:
    context = {"form": form, "proposal": found, **more}
    return render(
        request, "guidance/needs/proposal_form.html", context, status=status or (422 if form.errors else 200)
    )


def _page(request: CentreRequest, found: Proposal, *, status: int = 200, **forms: Any) -> HttpResponse:
    today = request.centre.local_day(request.centre.now())
    page = proposal_page(found, today)
    usual = {"version": found.version, "outcome": found.outcome}
    ways = actions.WAYS[ProposalState(found.state)]
    context = {
        "page": page,
        "proposal": found,
        "today": today,
        "remark_form": forms.get("remark") or RemarkForm(centre=request.centre),
        "step_form": forms.get("step") or StepForm(centre=request.centre, initial=usual),
        "wrong_step": forms.get("step"),
        "onward": [state for state in ways if not state.is_over],
        "endings": [state for state in ways if state.is_over],
        "months": _months(request, page),
        "remarks": [(row, may_take_back(request.user, request.permissions, row)) for row in page.remarks],
    }
    return render(request, "guidance/needs/proposal.html", context, status=status)


def _months(request: CentreRequest, page: ProposalPage) -> Columns | None:
    """Whether what it answers is missing less often: times by month, where anything was recorded."""
    today = request.centre.local_day(request.centre.now())
    months = by_month(request.centre, page.codes, today)
    if not any(times for _month, times in months):
        return None
    labels = [date_format(month, "M") for month, _times in months]
    title = _("How often it was missing")
    series = [Series(title, [times for _month, times in months], "coral")]
    return Columns(
        title, _("times"), labels, series, note=_("by month, this one not over"), across=_("Month")
    )
