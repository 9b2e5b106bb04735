"""Noting a need, correcting it, taking it back; gathering needs under a proposal."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Code, CodeList, Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.actions import needs as actions
from parvis.guidance.forms.needs.writing import NeedForm, need_values
from parvis.guidance.models import Need, Proposal


@require_http_methods(["GET", "POST"])
@centre_page(Permission.PROPOSE)
def need_new(request: CentreRequest) -> HttpResponse:
    """A need that no act recorded."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            need = actions.note_need(
                centre=request.centre, key=form.the_key(), noted=form.noted(), at=request.centre.now()
            )
        except actions.NeedsError as error:
            form.add_error("day" if isinstance(error, actions.NotYet) else None, str(error))
        else:
            return _noted(request, need)
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.PROPOSE)
def need(request: CentreRequest, pk: int) -> HttpResponse:
    """Correct an entry."""
    found = _need(request, pk)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            found = actions.correct_need(
                need=found, noted=form.noted(), version=version, at=request.centre.now()
            )
        except actions.ChangedMeanwhile as error:
            return _changed(request, form, pk, error)
        except actions.NeedsError as error:
            form.add_error("day" if isinstance(error, actions.NotYet) else None, str(error))
        else:
            return _noted(request, found)
    return _page(request, form, found)


@require_POST
@centre_page(Permission.PROPOSE)
def need_withdraw(request: CentreRequest, pk: int) -> HttpResponse:
    """Take an entry back; the list offers to put it back."""
    found = actions.withdraw_need(need=_need(request, pk), at=request.centre.now())
    messages.success(request, _("Taken back. It can be put back from the end of the list."))
    return redirect(_month_of(request, found))


@require_POST
@centre_page(Permission.PROPOSE)
def need_restore(request: CentreRequest, pk: int) -> HttpResponse:
    """Put it back."""
    found = actions.restore_need(need=_need(request, pk))
    messages.success(request, _("It is back in the list."))
    return redirect(_month_of(request, found))


@require_POST
@centre_page(Permission.PROPOSE)
def needs_gather(request: CentreRequest) -> HttpResponse:
    """What was ticked in the list goes under a new proposal, or under one that is there."""
    centre = request.centre
    codes = Code.objects.filter(centre=centre, list=CodeList.UNMET_NEED, pk__in=_keys(request, "code"))
    needs = Need.objects.kept().filter(centre=centre, pk__in=_keys(request, "need"))
    wanted = {"code": [code.pk for code in codes], "need": [need.pk for need in needs]}
    if not any(wanted.values()):
        messages.error(request, _("Tick the needs first that belong together."))
        return redirect(reverse("guidance:needs", args=[centre.slug]) + _way_back(request))
    chosen = request.POST.get("proposal", "")
    if not chosen.isdecimal():
        address = reverse("guidance:proposal_new", args=[centre.slug])
        return redirect(f"{address}?{urlencode(wanted, doseq=True)}")
    proposal = get_object_or_404(Proposal, centre=centre, pk=chosen)
    actions.gather(proposal=proposal, needs=list(needs), codes=list(codes))
    messages.success(request, _("Gathered under “%(title)s”.") % {"title": proposal.title})
    return redirect("guidance:proposal", centre=centre.slug, pk=proposal.pk)


def _keys(request: CentreRequest, name: str) -> list[int]:
    return [int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < 19]


def _way_back(request: CentreRequest) -> str:
    """The period and filters that the list showed."""
    asked = request.POST.get("here", "")
    return asked if asked.startswith("?") else ""


def _need(request: CentreRequest, pk: int) -> Need:
    return get_object_or_404(Need.objects.select_related("theme"), centre=request.centre, pk=pk)


def _form(request: CentreRequest, found: Need | None = None, *, again: bool = False) -> NeedForm:
    today = request.centre.local_day(request.centre.now())
    themes = list(Theme.objects.filter(centre=request.centre).open_on(today))
    if found and found.theme not in themes:
        themes.append(found.theme)
    data = request.POST if request.method == "POST" and not again else None
    initial = need_values(found) if found else {"theme": request.GET.get("theme", "")}
    return NeedForm(data, centre=request.centre, themes=themes, today=today, initial=initial)


def _page(request: CentreRequest, form: NeedForm, found: Need | None, status: int = 0) -> HttpResponse:
    context = {"form": form, "need": found}
    return render(
        request, "guidance/needs/need.html", context, status=status or (422 if form.errors else 200)
    )


def _changed(request: CentreRequest, form: NeedForm, pk: int, error: Exception) -> HttpResponse:
    """What the colleague saved is shown above what was typed; saved again, the latter stands."""
    current = _need(request, pk)
    form.renew(current)
    form.add_error(None, str(error))
    return render(
        request,
        "guidance/needs/need.html",
        {"form": form, "need": current, "meanwhile": current},
        status=409,
    )


def _noted(request: CentreRequest, need: Need) -> HttpResponse:
    propose = reverse("guidance:proposal_new", args=[request.centre.slug]) + f"?need={need.pk}"
    said = format_html('{} <a href="{}">{}</a>', _("Noted."), propose, _("Propose something about it"))
    messages.success(request, said)
    return redirect(_month_of(request, need))


def _month_of(request: CentreRequest, need: Need) -> str:
    """The list, at the month in which the entry stands."""
    today = request.centre.local_day(request.centre.now())
    address = reverse("guidance:needs", args=[request.centre.slug])
    same = (need.date.year, need.date.month) == (today.year, today.month)
    return address if same else f"{address}?span=month&on={need.date.isoformat()}"
