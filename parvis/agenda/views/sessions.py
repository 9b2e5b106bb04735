"""A session: its page, planned alone or in a series, moved, cancelled, and who leads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions import cancelling, people
from parvis.agenda.actions import sessions as actions
from parvis.agenda.actions.bookings import NotBooked
from parvis.agenda.actions.errors import AgendaError, ChangedMeanwhile, OnDay
from parvis.agenda.forms.sessions import CancelForm, MoveForm, Offered, PeopleForm, PlanForm, place_values
from parvis.agenda.models import Event, Session
from parvis.agenda.queries import planning
from parvis.agenda.queries.events import session_page
from parvis.agenda.queries.sight import sight_of
from parvis.agenda.queries.where import Place, place_of, when_of
from parvis.agenda.refusals import said as words_of
from parvis.agenda.scope import event_seen, session_seen, today_of
from parvis.agenda.series import days_of, horizon, kept
from parvis.agenda.views.events import rights
from parvis.centres.scope import CentreRequest, centre_page

REFUSED = (AgendaError, OnDay, NotBooked)


@require_GET
@centre_page(Permission.ENTER)
def session(request: CentreRequest, pk: int) -> HttpResponse:
    """All about it."""
    found = session_page(session_seen(request, pk), sight_of(request), request.centre.now())
    return render(request, "agenda/programme/session.html", {"found": found} | rights(request))


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def plan(request: CentreRequest, pk: int) -> HttpResponse:
    """One session, or a series: its days are shown with what is in the way before anything is made."""
    event = event_seen(request, pk)
    form = PlanForm(
        request.POST or None,
        centre=request.centre,
        offered=_offered(request, team=True),
        initial=_usual(event, today_of(request)),
    )
    context: dict[str, Any] = {"form": form, "event": event}
    if request.method == "POST" and form.is_valid():
        days = (
            _preview(request, form) if form.is_series else [{"day": form.cleaned_data["day"], "chosen": True}]
        )
        chosen = [one["day"] for one in days if one["chosen"]]
        context |= {"days": days if form.is_series else [], "chosen": chosen}
        asked = not form.is_series or "make" in request.POST
        if asked and chosen and _made(request, event, form, chosen):
            return redirect("agenda:event", centre=request.centre.slug, pk=event.pk)
    status = 422 if form.errors else 200
    return render(request, "agenda/programme/plan.html", context, status=status)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def move(request: CentreRequest, pk: int) -> HttpResponse:
    """Put elsewhere: another time, another room, more places."""
    one = session_seen(request, pk)
    when, place = when_of(one), place_of(one)
    initial = (
        place_values(when, place, request.centre) | {"sequence": one.sequence, "why": ""} | _dropped(request)
    )
    offered = _offered(request, but=place)
    form = MoveForm(request.POST or None, centre=request.centre, offered=offered, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.move_session(
                session=one,
                sequence=data["sequence"],
                when=form.when(data["day"]),
                place=form.place(),
                why=data["why"],
                at=request.centre.now(),
            )
        except REFUSED as refused:
            if isinstance(refused, ChangedMeanwhile):
                posted = request.POST.copy()
                posted["sequence"] = str(one.sequence)
                form = MoveForm(posted, centre=request.centre, offered=offered, initial=initial)
                form.is_valid()
            _say(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("agenda:session", centre=request.centre.slug, pk=pk)
    context = {"form": form, "session": one, "taken": one.room_taken + one.online_taken}
    return render(request, "agenda/programme/move.html", context, status=422 if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def cancel(request: CentreRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    one = session_seen(request, pk)
    form = CancelForm(request.POST or None, centre=request.centre)
    if request.method == "POST" and form.is_valid():
        try:
            cancelling.cancel_session(session=one, why=form.cleaned_data["why"], at=request.centre.now())
        except REFUSED as refused:
            form.add_error(None, words_of(refused)[1])
        else:
            messages.success(request, _("Cancelled. Whoever left an address is told."))
            return redirect("agenda:session", centre=request.centre.slug, pk=pk)
    context = {"form": form, "event": one.event, "session": one, "taken": one.room_taken + one.online_taken}
    return render(request, "agenda/programme/cancel.html", context, status=422 if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def bring_back(request: CentreRequest, pk: int) -> HttpResponse:
    """It was cancelled by mistake."""
    one = session_seen(request, pk)
    try:
        cancelling.bring_back(session=one, at=request.centre.now())
    except REFUSED as refused:
        messages.error(request, words_of(refused)[1])
    else:
        messages.success(request, _("It takes place after all. Whoever left an address is told."))
    return redirect("agenda:session", centre=request.centre.slug, pk=pk)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def facilitators(request: CentreRequest, pk: int) -> HttpResponse:
    """Who leads it: who is on duty for it, at a desk, free, or busy."""
    one = session_seen(request, pk)
    found = planning.candidates(one)
    chosen = dict(one.facilitations.filter(person__isnull=False).values_list("person", "preparing"))
    form = PeopleForm(request.POST or None, team=[line.person for line in found], chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            people.choose_facilitators(session=one, people=form.people(), at=request.centre.now())
        except REFUSED as refused:
            form.add_error(None, words_of(refused)[1])
        else:
            messages.success(request, _("Saved."))
            return redirect("agenda:session", centre=request.centre.slug, pk=pk)
    rows = [(line, form[f"leads-{line.person.pk}"], form[f"preparing-{line.person.pk}"]) for line in found]
    context = {"form": form, "session": one, "rows": rows}
    return render(request, "agenda/programme/people.html", context, status=422 if form.errors else 200)


def _made(request: CentreRequest, event: Event, form: PlanForm, chosen: list[date]) -> list[Session]:
    """The sessions, or none, with the reason on the form."""
    rule = None
    if form.is_series:
        begins, minutes = form.clock()
        rule = kept(form.rule(), begins, minutes)
    try:
        made = actions.plan_sessions(
            event=event,
            key=form.the_key(),
            whens=[form.when(day) for day in chosen],
            place=form.place(),
            at=request.centre.now(),
            people=form.led_by(),
            rule=rule,
        )
    except REFUSED as refused:
        _say(form, refused)
        return []
    if any(one.ends_at <= request.centre.now() for one in made):
        messages.warning(
            request, _("Planned on a day that is over. If the date is wrong, move it or cancel it.")
        )
    else:
        messages.success(request, _("Planned."))
    return made


def _preview(request: CentreRequest, form: PlanForm) -> list[dict[str, Any]]:
    """Each day of the series: why it is left out, what is in the way, and whether it is chosen."""
    rule, place = form.rule(), form.place()
    site = place.site or next(iter(form.offered.sites), None)
    closed = planning.closed_days(request.centre, site, rule.first, horizon(rule))
    found = days_of(rule, lambda day: closed.get(day, ""))
    whens = {one.day: form.when(one.day) for one in found}
    busy = planning.in_the_way(request.centre, list(whens.values()), place.rooms, list(form.led_by()))
    ticked = set(request.POST.getlist("dates")) if "make" in request.POST else None
    return [
        {
            "day": one.day,
            "off": one.off,
            "busy": busy[whens[one.day].begins],
            "chosen": one.day.isoformat() in ticked
            if ticked is not None
            else not one.off and not busy[whens[one.day].begins],
        }
        for one in found
    ]


def _offered(request: CentreRequest, *, team: bool = False, but: Place | None = None) -> Offered:
    """What can be chosen; ``but`` what a session has already is offered, too."""
    centre, today = request.centre, today_of(request)
    sites, rooms = planning.sites_of(centre), planning.rooms_of(centre)
    things = planning.equipment_of(centre, today)
    if but:
        sites += [but.site] if but.site and but.site not in sites else []
        rooms += [one for one in but.rooms if one not in rooms]
        things += [one for one in but.equipment if one not in things]
    return Offered(sites, rooms, things, planning.team_of(centre) if team else ())


def _usual(event: Event, today: date) -> dict[str, Any]:
    """As the last session was, else as the kit says."""
    last = event.sessions.select_related("site").order_by("-begins_at").first()
    if last:
        values = place_values(when_of(last), place_of(last), event.centre)
        return values | {"day": None, "last_day": None}
    kit = event.kit_version
    site = event.centre.sites.filter(closed_on=None).first()
    return {"site": str(site.pk) if site else "", "room_seats": kit.people if kit else None}


def _dropped(request: CentreRequest) -> dict[str, Any]:
    """Where somebody dropped it on the month or the week, before saying why."""
    try:
        return {"day": date.fromisoformat(request.GET["day"])} if request.GET.get("day") else {}
    except ValueError:
        return {}


def _say(form: Any, refused: Exception) -> None:
    """Beside the field, if the form has it."""
    field, words = words_of(refused)
    form.add_error(field if field in form.fields else None, words)
