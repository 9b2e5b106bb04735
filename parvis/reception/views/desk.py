"""The adviser's desk: sit down, call, receive, hand over, leave."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import BigIntegerField
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.models import Desk, Theme
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception import actions, queries
from parvis.reception.forms.desk import ChosenForm, HandOverForm, SeatForm
from parvis.reception.models import Seat, Ticket
from parvis.reception.models.ticket import OutOfTurn
from parvis.reception.streams import topic
from parvis.rota.queries.on_the_day import coming
from parvis.shared import live
from parvis.shared.programs import wants_json

Step = Callable[[CentreRequest, Seat, Ticket], Ticket]


@require_GET
@centre_page(Permission.CALL)
def desk(request: CentreRequest) -> HttpResponse:
    """The desk of the person on duty, or where to sit down."""
    seat = queries.open_seat_of(request.user, request.centre)
    if seat is None:
        return redirect("reception:seat", centre=request.centre.slug)
    return whole_page(request, seat)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CALL)
def seat(request: CentreRequest) -> HttpResponse:
    """Sit down, or change themes and languages while sitting."""
    centre, now = request.centre, request.centre.now()
    sitting = queries.open_seat_of(request.user, centre)
    last = sitting or queries.last_seat_of(request.user, centre)
    free = queries.free_places(centre, request.user)
    planned = None if sitting else coming(request.user, centre, now)
    day = centre.local_day(now)
    form = SeatForm(request.POST or None, centre=centre, day=day, free=free, last=last, coming=planned)
    if request.method == "POST" and form.is_valid():
        where, place = form.cleaned_place()
        said = form.cleaned_data
        try:
            actions.open_seat(
                desk=where,
                place=place,
                person=request.user,
                themes=list(said["themes"]),
                languages=said["languages"],
                at=now,
            )
            return redirect("reception:desk", centre=centre.slug)
        except actions.ReceptionError as error:
            form.add_error("place", str(error))
    status = 422 if form.is_bound else 200
    shown = {"form": form, "sitting": sitting, "free": free, "planned": planned}
    return render(request, "reception/seat.html", shown, status=status)


@require_GET
@centre_page(Permission.CALL)
def turn(request: CentreRequest) -> HttpResponse:
    """Whose turn it is, again and again: nothing, the list, or the visitor who is here, too, by what has changed."""
    seat = queries.seat_of(request.user, request.centre)
    if seat is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if wants_json(request):
        lines = queries.waiting_for(seat, request.centre.now())
        return JsonResponse({"waiting": [vars(line) for line in lines]})
    context = shown(request, seat, coding=False)
    if request.GET.get("seen", "") != context["page"].seen:
        return anew(request, context | left_to_code(seat))
    if request.GET.get("seen_list") == context["page"].seen_list:
        return HttpResponse(status=204)
    return render(request, "reception/desk.html#turn", context)


@require_POST
@centre_page(Permission.CALL)
def call_next(request: CentreRequest) -> HttpResponse:
    """Call the visitor whose turn it is."""
    seat = my_seat(request)
    return after(request, seat, lambda: actions.call_next(seat=seat, at=request.centre.now()), ends=False)


@require_POST
@centre_page(Permission.CALL)
def step(request: CentreRequest, ticket: int, step: str) -> HttpResponse:
    """One step with one visitor; ``step`` is the last word of the address."""
    return led(request, ticket, STEPS[step], ends=step not in ARRIVING)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.CALL)
def hand_over(request: CentreRequest, ticket: int) -> HttpResponse:
    """To whom the visitor who is here may go: asked for when it is opened. Or they are handed over."""
    seat = my_seat(request)
    if request.method == "POST":
        posted = hand_over_form(request, seat)
        if "note" in posted.errors:  # the choice is kept
            context = shown(request, seat, coding=False) | {"hand_over": posted}
            return render(request, "reception/desk.html#now", context, status=422)
        return led(request, ticket, partial(_hand_over, posted))
    part = "HX-Request" in request.headers
    if not queries.is_at(seat, ticket):
        return (
            anew(request, shown(request, seat))
            if part
            else redirect("reception:desk", centre=request.centre.slug)
        )
    form = hand_over_form(request, seat)
    if part:
        return render(request, "reception/_hand_over.html", {"hand_over": form, "ticket": ticket})
    return whole_page(request, seat, hand_over=form)


@require_POST
@centre_page(Permission.CALL)
def duty(request: CentreRequest, change: str) -> HttpResponse:
    """A break, its end, or the end of duty."""
    seat, now = my_seat(request), request.centre.now()
    if change == "pause":
        actions.pause_seat(seat=seat, at=now)
    elif change == "resume":
        actions.resume_seat(seat=seat)
    else:
        try:
            actions.close_seat(seat=seat, at=now)
        except actions.ReceptionError as error:
            return whole_page(request, seat, problem=str(error), status=409)
        return redirect("reception:seat", centre=request.centre.slug)
    return redirect("reception:desk", centre=request.centre.slug)


def _at_seat(action: Callable[..., Ticket]) -> Step:
    return lambda request, seat, ticket: action(seat=seat, ticket=ticket, at=request.centre.now())


def _of_ticket(action: Callable[..., Ticket]) -> Step:
    return lambda request, seat, ticket: action(ticket=ticket, at=request.centre.now())


def _chosen(request: CentreRequest, seat: Seat, ticket: Ticket) -> Ticket:
    form = ChosenForm(request.POST)
    if not form.is_valid():
        raise actions.NotOfThisCentre
    reason = OutOfTurn(form.cleaned_data["reason"])
    return actions.call_chosen(seat=seat, ticket=ticket, reason=reason, at=request.centre.now())


def _hand_over(form: HandOverForm, request: CentreRequest, seat: Seat, ticket: Ticket) -> Ticket:
    if not form.is_valid():
        raise actions.NotOfThisCentre
    to, note = form.target(), form.cleaned_data["note"]
    return actions.transfer(ticket=ticket, to=to, at=request.centre.now(), seat=seat, note=note)


STEPS: dict[str, Step] = {
    "call": _chosen,
    "recall": _at_seat(actions.recall),
    "start": _at_seat(actions.start_interview),
    "finish": _at_seat(actions.finish_interview),
    "absent": _at_seat(actions.mark_no_show),
    "time": _of_ticket(actions.ask_for_time),
    "undo": lambda request, seat, ticket: actions.undo(
        ticket=ticket, at=request.centre.now(), step=request.POST.get("step", "")
    ),
}
ARRIVING = {"call", "recall", "start"}  # after these, as much is left to code as before


def my_seat(request: CentreRequest) -> Seat:
    """The caller's open seat; 404 where there is none."""
    seat = queries.seat_of(request.user, request.centre)
    if seat is None:
        raise Http404
    return seat


def led(request: CentreRequest, ticket: int, step: Step, *, ends: bool = True) -> HttpResponse:
    """One step with one visitor of this centre."""
    if ticket > BigIntegerField.MAX_BIGINT:  # a driver would refuse the number
        raise Http404
    seat, found = queries.seat_and_ticket(request.user, request.centre, ticket)
    if seat is None or found is None:
        raise Http404
    return after(request, seat, lambda: step(request, seat, found), ends=ends)


def anew(request: CentreRequest, context: dict[str, Any]) -> HttpResponse:
    """The whole desk, for a page that asked for a part of what is no longer so."""
    response = render(request, "reception/desk.html#now", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#desk", "outerHTML"
    return response


def after(request: CentreRequest, seat: Seat, act: Callable[[], Ticket], *, ends: bool) -> HttpResponse:
    """Do it and show the desk as it then is; a refusal says why, with 409, beside what is true now.

    ``ends``: a talk may have ended, or begun again, so what is left to code is shown anew.
    """
    try:
        done, problem = act(), ""
    except actions.ReceptionError as error:
        done, problem = None, str(error)
    if wants_json(request):
        said = {"ticket": done.pk, "state": done.state} if done else {"problem": problem}
        return JsonResponse(said, status=409 if problem else 200)
    context = shown(request, seat, coding=ends or bool(problem)) | {"problem": problem}
    if done:
        context |= {"done": done, "done_name": done.name_in(get_language() or "en")}
    return render(request, "reception/desk.html#now", context, status=409 if problem else 200)


def hand_over_form(request: CentreRequest, seat: Seat) -> HandOverForm:
    """Everything one may hand over to, from this seat."""
    day = request.centre.local_day(request.centre.now())
    others = Seat.objects.open().filter(centre=request.centre).exclude(pk=seat.pk)
    others = others.select_related("desk").prefetch_related("themes").order_by("desk", "place")
    desks = Desk.objects.filter(space__site__centre=request.centre, closed_on=None).select_related(
        "space__site"
    )
    return HandOverForm(
        request.POST or None,
        country=request.centre.country,
        themes=list(Theme.objects.filter(centre=request.centre).open_on(day)),
        seats=list(others),
        desks=[desk for desk in desks if desk.pk != seat.desk_id],
    )


def shown(request: CentreRequest, seat: Seat, *, coding: bool = True) -> dict[str, Any]:
    """What the parts of the desk that change need; without ``coding``, what is left to code stays as the page shows it."""
    found = {
        "page": queries.desk_page(seat, request.centre.now()),
        "seat": seat,
        # the same for everybody who waits: drawn once
        "reasons": format_html_join("", '<option value="{}">{}</option>', OutOfTurn.choices),
    }
    return found | left_to_code(seat) if coding else found


def left_to_code(seat: Seat) -> dict[str, Any]:
    return {"to_code": queries.left_to_code(seat, seat.centre.now())}


def whole_page(request: CentreRequest, seat: Seat, *, status: int = 200, **more: Any) -> HttpResponse:
    """The desk with its frame."""
    page = {"themes": queries.themes_of(seat), "pulse": live.address(topic(request.centre), "pulse")}
    return render(request, "reception/desk.html", shown(request, seat) | page | more, status=status)
