"""An event: its page, what is said about it, and its way to being published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions import events as actions
from parvis.agenda.actions import publication
from parvis.agenda.actions.cancelling import cancel_coming
from parvis.agenda.actions.errors import AgendaError, ChangedMeanwhile, SaidOtherwise
from parvis.agenda.forms.events import EventForm, PublishForm, Voices, event_values, voice_values
from parvis.agenda.forms.sessions import CancelForm
from parvis.agenda.models import Event, KitVersion
from parvis.agenda.queries import events as queries
from parvis.agenda.queries.said import Said, said_of
from parvis.agenda.queries.sight import sight_of
from parvis.agenda.refusals import said as words_of
from parvis.agenda.scope import event_seen, today_of
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.keys import SENT_ALREADY, renewed


@require_GET
@centre_page(Permission.ENTER)
def event(request: CentreRequest, pk: int) -> HttpResponse:
    """All about it."""
    found = queries.event_page(event_seen(request, pk), sight_of(request), request.centre.now())
    since = None if found.public else found.event.publish_at
    day = request.centre.local_day(since) if since else None
    form = PublishForm(initial={"version": found.event.version, "day": day})
    context = {"found": found, "publish": form, "key": uuid4()}
    return render(request, "agenda/programme/event.html", context | rights(request))


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def new_event(request: CentreRequest) -> HttpResponse:
    """One more, from nothing or from a kit (``?kit=``)."""
    kit = _kit(request)
    form, voices = _forms(request, None, kit)
    if request.method == "POST" and form.is_valid() and voices.is_valid():
        said = form.said(one.voice() for one in voices)
        try:
            made = actions.write_event(
                key=form.the_key(), centre=request.centre, said=said, by=request.user, at=request.centre.now()
            )
        except SaidOtherwise:
            form, voices = _forms(request, None, kit, renewed(request.POST))
            form.is_valid()
            form.add_error(None, str(SENT_ALREADY))
        else:
            messages.success(request, _("Kept as a draft. Now say when and where."))
            return redirect("agenda:event", centre=request.centre.slug, pk=made.pk)
    return _page(request, form, voices, None)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def change_event(request: CentreRequest, pk: int) -> HttpResponse:
    """Say it better."""
    one = event_seen(request, pk)
    form, voices = _forms(request, one, None)
    if request.method == "POST" and form.is_valid() and voices.is_valid():
        said, version = form.said(row.voice() for row in voices), form.cleaned_data["version"] or 0
        try:
            actions.change_event(
                event=one, version=version, said=said, by=request.user, at=request.centre.now()
            )
        except ChangedMeanwhile:
            posted = request.POST.copy()
            posted["version"] = str(one.version)
            form, voices = _forms(request, one, None, posted)
            form.is_valid()
            form.add_error(
                None, _("A colleague has changed it meanwhile. Saved again, what you typed stands.")
            )
            return _page(request, form, voices, one, 409)
        messages.success(request, _("Saved."))
        return redirect("agenda:event", centre=request.centre.slug, pk=pk)
    return _page(request, form, voices, one)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def step_event(request: CentreRequest, pk: int, step: str) -> HttpResponse:
    """Handed in, published, taken back, or a draft again."""
    one, at, by = event_seen(request, pk), request.centre.now(), request.user
    form = PublishForm(request.POST)
    if step in ("submit", "publish") and not form.is_valid():
        messages.error(request, _("That is no day: it stays as it was."))
        return redirect("agenda:event", centre=request.centre.slug, pk=pk)
    ways: dict[str, Callable[[], Event]] = {
        "submit": lambda: publication.submit_event(event=one, version=_version(form), by=by, at=at),
        "publish": lambda: publication.publish_event(
            event=one, version=_version(form), by=by, at=at, start=_start(request, form)
        ),
        "withdraw": lambda: publication.withdraw_event(event=one, by=by, at=at),
        "again": lambda: publication.take_up_again(event=one, by=by, at=at),
    }
    if step not in ways:
        raise Http404
    try:
        changed = ways[step]()
    except AgendaError as refused:
        messages.error(request, words_of(refused)[1])
    else:
        messages.success(request, _step_words(step, changed, at))
    return redirect("agenda:event", centre=request.centre.slug, pk=pk)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def copy_event(request: CentreRequest, pk: int) -> HttpResponse:
    """A draft that says the same."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Http404 from error
    copy = actions.copy_event(
        event=event_seen(request, pk), key=key, by=request.user, at=request.centre.now()
    )
    messages.success(request, _("This is the copy: a draft, without sessions."))
    return redirect("agenda:event", centre=request.centre.slug, pk=copy.pk)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def cancel_all(request: CentreRequest, pk: int) -> HttpResponse:
    """None of its sessions to come takes place."""
    one, at = event_seen(request, pk), request.centre.now()
    form = CancelForm(request.POST or None, centre=request.centre)
    if request.method == "POST" and form.is_valid():
        gone = cancel_coming(event=one, why=form.cleaned_data["why"], at=at)
        if gone:
            messages.success(request, _("Cancelled. Whoever left an address is told."))
        return redirect("agenda:event", centre=request.centre.slug, pk=pk)
    found = queries.event_page(one, sight_of(request), at)
    lines = [line for line in found.coming if line.movable and line.session.begins_at > at]
    context = {"form": form, "event": one, "lines": lines}
    return render(request, "agenda/programme/cancel.html", context, status=422 if form.errors else 200)


def rights(request: CentreRequest) -> dict[str, Any]:
    """What the pages of an event and a session ask."""
    held = request.permissions
    return {
        "plans": Permission.PLAN_EVENTS in held,
        "receives": Permission.RECEIVE in held,
        "today": today_of(request),
    }


def _kit(request: CentreRequest) -> KitVersion | None:
    asked = request.GET.get("kit", "")
    return queries.kit_usable(request.centre, int(asked)) if asked.isdecimal() and len(asked) < 10 else None


def _forms(
    request: CentreRequest, one: Event | None, kit: KitVersion | None, data: Any = None
) -> tuple[EventForm, Any]:
    centre, today = request.centre, today_of(request)
    said = said_of(one) if one else None
    offered = queries.offered(centre, today, said)
    if kit and offered.kinds:
        said = _from_kit(kit, offered.kinds, centre.language)
    usual: dict[str, Any] = {"languages": [centre.language], "registration": "none", "most_seats": 5}
    initial = event_values(said) if said else usual
    if one:
        initial |= {"key": one.key, "version": one.version}
    data = data or request.POST or None
    form = EventForm(data, centre=centre, offered=offered, said=said, initial=initial)
    voices = Voices(data, prefix="voice", initial=voice_values(said.voices) if said else None)
    return form, voices


def _from_kit(kit: KitVersion, kinds: Any, language: str) -> Said:
    """What a kit says already."""
    kind = next((one for one in kinds if one.key == "workshop"), kinds[0])
    said = Said(kind, kit.title or kit.kit.title, kit_version=kit, languages=(language,))
    return replace(said, summary=kit.summary, description=kit.aim, codes=frozenset(kit.objectives.all()))


def _page(
    request: CentreRequest, form: EventForm, voices: Any, one: Event | None, status: int = 0
) -> HttpResponse:
    wrong = bool(form.errors) or (voices.is_bound and not voices.is_valid())
    context = {"form": form, "voices": voices, "one": one}
    return render(
        request, "agenda/programme/event_form.html", context, status=status or (422 if wrong else 200)
    )


def _version(form: PublishForm) -> int:
    version: int = form.cleaned_data["version"]
    return version


def _start(request: CentreRequest, form: PublishForm) -> datetime | None:
    """Midnight at the centre of the day that was given."""
    day = form.start()
    return datetime.combine(day, time(), request.centre.zone) if day else None


def _step_words(step: str, event: Event, at: datetime) -> str:
    if step == "publish" and event.publish_at and event.publish_at > at:
        day = date_format(event.centre.local_day(event.publish_at), "j F Y")
        return _("Everybody reads it from %(day)s on.") % {"day": day}
    return {
        "submit": _("Handed in: a colleague looks at it."),
        "publish": _("Published."),
        "withdraw": _("Taken back: nobody from outside reads it any more."),
        "again": _("It is a draft again."),
    }[step]
