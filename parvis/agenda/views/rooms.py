"""Rooms and equipment, who has them in a week, and how the agenda is run."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions import rooms as actions
from parvis.agenda.actions.agenda_settings import set_rules
from parvis.agenda.forms.rooms import EquipmentForm, RoomForm, RulesForm
from parvis.agenda.models import AgendaSettings, Equipment, Room
from parvis.agenda.queries import rooms as queries
from parvis.agenda.queries.sight import sight_of
from parvis.agenda.scope import day_in, plans, today_of
from parvis.agenda.views.programme import monday_of
from parvis.centres.queries.codes import languages_of
from parvis.centres.scope import CentreRequest, centre_page


def _room(request: CentreRequest, pk: int) -> Room:
    found = Room.objects.filter(space__site__centre=request.centre)
    return get_object_or_404(found.select_related("space__site__centre"), pk=pk)


def _equipment(request: CentreRequest, pk: int) -> Equipment:
    return get_object_or_404(Equipment.objects.filter(centre=request.centre), pk=pk)


@centre_page(Permission.ENTER)
@require_GET
def rooms(request: CentreRequest) -> HttpResponse:
    """Rooms with what they offer, equipment with its numbers."""
    shown = {"found": queries.rooms(request.centre), "may_write": plans(request)}
    shown["may_settle"] = Permission.MANAGE_CENTRE in request.permissions
    return render(request, "agenda/rooms/list.html", shown)


@centre_page(Permission.ENTER)
@require_GET
def room(request: CentreRequest, pk: int, day: str = "") -> HttpResponse:
    """Who has this room in a week."""
    return _week(request, _room(request, pk), "room", day)


@centre_page(Permission.ENTER)
@require_GET
def equipment(request: CentreRequest, pk: int, day: str = "") -> HttpResponse:
    """Who has how many of it in a week."""
    return _week(request, _equipment(request, pk), "equipment", day)


def _week(request: CentreRequest, what: Room | Equipment, kind: str, day: str) -> HttpResponse:
    if "on" in request.GET:
        wanted = day_in(request, request.GET["on"])
        return redirect(f"agenda:{kind}_week", request.centre.slug, what.pk, wanted.isoformat())
    monday = monday_of(day_in(request, day))
    shown: dict[str, object] = {
        "what": what,
        "kind": kind,
        "days": queries.week_of(what, request.centre, monday, sight_of(request)),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "today": today_of(request),
        "may_write": plans(request),
    }
    for name, days in (("earlier", -7), ("later", 7)):
        there = (monday + timedelta(days=days)).isoformat()
        shown[name] = reverse(f"agenda:{kind}_week", args=[request.centre.slug, what.pk, there])
    shown["jump"] = reverse(f"agenda:{kind}", args=[request.centre.slug, what.pk])
    return render(request, "agenda/rooms/week.html", shown)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def new_room(request: CentreRequest) -> HttpResponse:
    """A space becomes a room."""
    spaces = queries.rooms(request.centre).spaces
    form = RoomForm(request.POST or None, spaces=spaces)
    if request.method == "POST" and form.is_valid():
        actions.settle_room(space=form.space, said=form.said())
        messages.success(request, _("Saved."))
        return redirect("agenda:rooms", request.centre.slug)
    note = (
        "" if spaces else _("Every space is a room already. Add a space among the centre’s settings first.")
    )
    return _form(request, form, _("New room"), _list(request), note=note, nothing=not spaces)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def change_room(request: CentreRequest, pk: int) -> HttpResponse:
    """What a room offers."""
    row = _room(request, pk)
    form = RoomForm(request.POST or None, room=row)
    if request.method == "POST" and form.is_valid():
        actions.settle_room(space=row.space, said=form.said())
        messages.success(request, _("Saved."))
        return redirect("agenda:room", request.centre.slug, pk)
    return _form(request, form, str(row), reverse("agenda:room", args=[request.centre.slug, pk]))


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def new_equipment(request: CentreRequest) -> HttpResponse:
    """Something else that is lent."""
    form = EquipmentForm(request.POST or None, languages=languages_of(request.centre))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.add_equipment(centre=request.centre, name=data["name"], number=data["number"])
        messages.success(request, _("Saved."))
        return redirect("agenda:rooms", request.centre.slug)
    return _form(request, form, _("New equipment"), _list(request))


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def change_equipment(request: CentreRequest, pk: int) -> HttpResponse:
    """Another name or number."""
    row = _equipment(request, pk)
    form = EquipmentForm(
        request.POST or None,
        languages=languages_of(request.centre),
        name=row.name,
        initial={"number": row.number},
    )
    back = reverse("agenda:equipment", args=[request.centre.slug, pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.change_equipment(
                equipment=row, name=data["name"], number=data["number"], at=request.centre.now()
            )
        except actions.TooFew as refusal:
            said = ngettext("%(n)d is lent already.", "%(n)d are lent at one time already.", refusal.lent)
            form.add_error("number", said % {"n": refusal.lent})
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return _form(request, form, str(row), back)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def room_deed(request: CentreRequest, kind: str, pk: int, deed: str) -> HttpResponse:
    """Closed, or used again."""
    at = request.centre.now()
    try:
        match kind, deed:
            case "room", "close":
                actions.close_room(room=_room(request, pk), at=at)
            case "room", "reopen":
                actions.reopen_room(room=_room(request, pk))
            case "equipment", "close":
                actions.close_equipment(equipment=_equipment(request, pk), at=at, on=today_of(request))
            case "equipment", "reopen":
                actions.reopen_equipment(equipment=_equipment(request, pk))
            case _:
                raise Http404
    except actions.StillBooked as refusal:
        day = date_format(request.centre.local_day(refusal.first.begins_at), "j F Y")
        messages.error(request, _("It is booked still, on %(day)s: move that first.") % {"day": day})
    else:
        messages.success(request, _("Saved."))
    return redirect(f"agenda:{kind}", request.centre.slug, pk)


@centre_page(Permission.MANAGE_CENTRE)
@require_http_methods(["GET", "POST"])
def agenda_settings(request: CentreRequest) -> HttpResponse:
    """How the agenda is run: who looks twice, how long offers last, when classes may come."""
    row = AgendaSettings.objects.filter(centre=request.centre).first() or AgendaSettings(
        centre=request.centre
    )
    form = RulesForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        set_rules(centre=request.centre, rules=form.rules())
        messages.success(request, _("Saved."))
        return redirect("agenda:settings", request.centre.slug)
    return render(request, "agenda/rooms/settings.html", {"form": form}, status=422 if form.errors else 200)


def _list(request: CentreRequest) -> str:
    return reverse("agenda:rooms", args=[request.centre.slug])


def _form(request: CentreRequest, form: object, title: str, back: str, **shown: object) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, **shown}
    return render(
        request, "agenda/rooms/form.html", context, status=422 if getattr(form, "errors", None) else 200
    )
