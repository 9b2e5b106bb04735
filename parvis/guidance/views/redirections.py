"""Sending a visitor on from a desk, and asking afterwards what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import BigIntegerField
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.actions import redirections as actions
from parvis.guidance.actions.errors import GuidanceError
from parvis.guidance.forms.redirections import FollowUpFilter, OutcomeForm, RedirectForm
from parvis.guidance.models import Redirection
from parvis.guidance.queries import redirections as queries
from parvis.partners.queries import institution_of
from parvis.reception.models import Ticket


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CALL)
def redirect_visitor(request: CentreRequest, ticket: int) -> HttpResponse:
    """To which institution the visitor of a ticket is sent: for whoever has received them today."""
    return _send(request, _received(request, ticket))


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CALL)
def redirect_somebody(request: CentreRequest) -> HttpResponse:
    """The same for somebody without a ticket: on the phone, in passing."""
    return _send(request, None)


@require_POST
@centre_page(Permission.CALL)
def undo_redirection(request: CentreRequest, pk: int, ticket: int | None = None) -> HttpResponse:
    """Take back what was noted today: for the visitor of a ticket, or for somebody without one."""
    visitor = None if ticket is None else _received(request, ticket)
    redirection = get_object_or_404(Redirection, pk=pk, ticket=visitor, centre=request.centre)
    try:
        actions.undo_redirection(redirection=redirection, at=request.centre.now())
    except GuidanceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back: it counts nowhere."))
    return redirect(_here(request, visitor))


def _send(request: CentreRequest, visitor: Ticket | None) -> HttpResponse:
    """The page on which somebody is sent on, and what was noted there."""
    centre, at = request.centre, request.centre.now()
    day = centre.local_day(at)
    guides = visitor and Permission.GUIDE in request.permissions
    opened = queries.thread_of(visitor, request.user, centre, at) if visitor and guides else None
    form = RedirectForm(
        request.POST or None,
        centre=centre,
        themes=list(Theme.objects.filter(centre=centre).open_on(day)),
        offers=queries.offers(centre, visitor.theme if visitor else None, day),
        day=day,
        has_thread=opened is not None,
        initial={"theme": str(visitor.theme_id)} if visitor else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            noted = actions.redirect_visitor(
                centre=centre,
                key=form.the_key(),
                sending=form.sending(),
                from_institution=institution_of(request.user, centre, day),
                at=at,
                ticket=visitor,
                opened=opened if form.cleaned_data.get("in_thread") else None,
            )
        except GuidanceError as error:
            form.add_error(None, str(error))
        else:
            return redirect(_here(request, visitor) + ("" if visitor else f"?noted={noted.pk}"))
    alone = queries.noted_alone(centre, day, request.GET.get("noted", "")) if visitor is None else []
    shown = {
        "form": form,
        "visitor": visitor,
        "name": visitor.name_in(get_language() or "en") if visitor else "",
        "noted": queries.noted_for(visitor) if visitor else alone,
        "may_manage": Permission.MANAGE_PARTNERS in request.permissions,
    }
    return render(request, "guidance/redirect.html", shown, status=422 if form.errors else 200)


def _here(request: CentreRequest, visitor: Ticket | None) -> str:
    """The page of a visitor, or the one of whoever has no ticket."""
    if visitor:
        return reverse("guidance:redirect_visitor", args=[request.centre.slug, visitor.pk])
    return reverse("guidance:redirect_somebody", args=[request.centre.slug])


@require_GET
@centre_page(Permission.PROPOSE)
def follow_ups(request: CentreRequest) -> HttpResponse:
    """What was proposed and nobody has asked about yet; and what was settled of late."""
    return _list(request)


@require_POST
@centre_page(Permission.PROPOSE)
def settle(request: CentreRequest, pk: int) -> HttpResponse:
    """Say what became of one; or that it is still to be asked about."""
    redirection = get_object_or_404(Redirection, pk=pk, centre=request.centre)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.follow_up(
            redirection=redirection, outcome=form.cleaned_data["outcome"], at=request.centre.now()
        )
    except GuidanceError as error:
        return _list(request, problem=str(error), status=409)
    if request.headers.get("HX-Request"):
        return _list(request)
    return redirect("guidance:follow_ups", centre=request.centre.slug)


def _received(request: CentreRequest, ticket: int) -> Ticket:
    """The visitor whom the reader has or had at a seat today; 404 for anybody else's."""
    if ticket > BigIntegerField.MAX_BIGINT:  # a driver would refuse the number
        raise Http404
    day = request.centre.local_day(request.centre.now())
    found = queries.received_by(request.user, request.centre, ticket, day)
    if found is None:
        raise Http404
    return found


def _list(request: CentreRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    centre, day = request.centre, request.centre.local_day(request.centre.now())
    themes = list(Theme.objects.filter(centre=centre).order_by("position", "pk"))
    chosen = FollowUpFilter(request.GET, themes=themes, institutions=queries.asked_about(centre))
    theme, to = chosen.chosen()
    shown = {
        "found": queries.follow_ups(centre, day, theme=theme, to=to),
        "filter": chosen,
        "filtered": bool(theme or to),
        "problem": problem,
        "asked": request.GET.urlencode(),
        "may_send": Permission.CALL in request.permissions,
    }
    part = "#list" if request.headers.get("HX-Request") else ""
    return render(request, f"guidance/follow_ups.html{part}", shown, status=status)
