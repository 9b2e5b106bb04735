"""When somebody can come: said by themselves on a phone, or by who speaks for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import actions
from parvis.rota.actions.errors import SaidOtherwise
from parvis.rota.forms.availability import AnsweredForm, LeaveForm
from parvis.rota.models import HalfDay, Leave, Part, RosterCall, Wish, WorkingPattern
from parvis.rota.queries import availability as queries
from parvis.rota.queries.people import answerable
from parvis.rota.queries.wishes import Said, said
from parvis.rota.scope import person_seen
from parvis.shared.keys import renewed

Weeks = WorkingPattern.Weeks
ICONS = {Wish.PREFERS: "heart", Wish.CAN: "check", Wish.RATHER_NOT: "circle-minus", Wish.CANNOT: "x"}


@centre_page(Permission.ENTER)
@require_GET
def availability(request: CentreRequest, person_id: int | None = None) -> HttpResponse:
    """Calls, the usual week, dates, leave and limits of oneself, or of somebody for whom one speaks."""
    person = person_seen(request, person_id or request.user.pk)
    if request.headers.get("HX-Request") and request.GET.get("week"):
        return _week(request, person)
    return _page(request, person)


def _week(request: CentreRequest, person: User) -> HttpResponse:
    """The dates of one week, where it is unfolded: a quarter's in one page would weigh more than a phone should load."""
    day, centre = _asked_week(request), request.centre
    today = centre.local_day(centre.now())
    week = queries.one_week(centre, person, today, day) if day else None
    if week is None:
        raise Http404
    shown = {"week": week} | _shared(request, person)
    return render(request, "rota/availability/_lines.html", shown)


def _asked_week(request: CentreRequest) -> date | None:
    """The day of ``?week=``; none where it names none."""
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return None


@centre_page(Permission.ENTER)
@require_POST
def say(request: CentreRequest, person_id: int) -> HttpResponse:
    """Keeps each answer that was sent: one tap, or the whole page from a browser without scripts."""
    person = person_seen(request, person_id)
    fields = [(name, str(value)) for name, value in request.POST.items() if name.startswith(("u.", "d."))]
    kept = [_keep(request, person, name, value) for name, value in fields]
    if not request.headers.get("HX-Request"):
        messages.success(request, _("Saved."))
        return _back(request, person)
    if len(kept) != 1:
        raise Http404
    return render(request, "rota/availability/_said.html", kept[0] | _shared(request, person))


def _keep(request: CentreRequest, person: User, name: str, value: str) -> dict[str, Any]:
    """One answer, kept; what its line shows from now on. Raises ``Http404`` where the name or the answer means nothing here."""
    if value not in ("", *Wish.values):
        raise Http404
    wish = Wish(value) if value else None
    kind, *parts = name.split(".")
    if kind == "d" and len(parts) == 1 and parts[0].isdecimal() and len(parts[0]) < 19:
        return _keep_date(request, person, int(parts[0]), wish)
    if kind == "u" and len(parts) == 3 and parts[1] in tuple("0123456"):
        weeks, weekday, part = parts
        if weeks in Weeks.values and part in Part.values:
            return _keep_usual(request, person, (Weeks(weeks), int(weekday), Part(part)), wish)
    raise Http404


def _keep_usual(
    request: CentreRequest, person: User, place: tuple[Weeks, int, Part], wish: Wish | None
) -> dict[str, Any]:
    weeks, weekday, part = place
    centre = request.centre
    before = actions.say_usual(
        person=person, centre=centre, weekday=weekday, part=part, weeks=weeks, wish=wish
    )
    today = centre.local_day(centre.now())
    spoken = said(centre, [person.pk], today, today).get(person.pk, Said())
    every = spoken.pattern.get((weekday, part, Weeks.EVERY))
    return {"cell": queries.Cell(weekday, part, weeks, wish, every), "before": before or ""}


def _keep_date(request: CentreRequest, person: User, pk: int, wish: Wish | None) -> dict[str, Any]:
    half_day = get_object_or_404(HalfDay, pk=pk, centre=request.centre)
    monday = half_day.date - timedelta(days=half_day.date.weekday())
    sunday = monday + timedelta(days=6)
    spoken = said(request.centre, [person.pk], monday, sunday).get(person.pk, Said())
    if not request.headers.get("HX-Request") and spoken.about(half_day) == wish:
        return {}  # the whole page was sent: what the usual week fills in stays its own
    before = actions.say_for_half_day(person=person, half_day=half_day, wish=wish)
    spoken = said(request.centre, [person.pk], monday, sunday).get(person.pk, Said())
    weeks = queries.dated(request.centre, spoken, monday, sunday)
    return {
        "line": queries.date_line(half_day, spoken),
        "before": before or "",
        "week": next(iter(weeks), None),
    }


@centre_page(Permission.ENTER)
@require_POST
def leave(request: CentreRequest, person_id: int) -> HttpResponse:
    """Days on which they do not come."""
    person = person_seen(request, person_id)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, person, leave_form=form)
    said = form.cleaned_data
    try:
        actions.take_leave(
            key=said["key"],
            person=person,
            centre=request.centre,
            days=(said["first_day"], said["last_day"] or said["first_day"]),
            part=Part(said["part"]) if said["part"] else None,
            by=request.user,
            at=request.centre.now(),
        )
    except actions.LeaveTooLong:
        form.add_error("last_day", _("More than a year: ask who plans the rota to end their duties instead."))
        return _page(request, person, leave_form=form)
    except SaidOtherwise as error:
        form = LeaveForm(renewed(request.POST))
        form.add_error("first_day", str(error))
        return _page(request, person, leave_form=form)
    messages.success(request, _("Saved. Nobody plans on these days."))
    return _back(request, person)


@centre_page(Permission.ENTER)
@require_POST
def give_back(request: CentreRequest, person_id: int, pk: int) -> HttpResponse:
    """They come after all."""
    person = person_seen(request, person_id)
    row = Leave.objects.filter(centre=request.centre, person=person, pk=pk).first()
    if row:
        actions.give_back_leave(leave=row)
    messages.success(request, _("These days are free again for the rota."))
    return _back(request, person)


@centre_page(Permission.ENTER)
@require_http_methods(["POST"])
def answered(request: CentreRequest, person_id: int, pk: int) -> HttpResponse:
    """“That is all”: the roster call counts as answered."""
    person = person_seen(request, person_id)
    call = get_object_or_404(RosterCall, centre=request.centre, pk=pk)
    form = AnsweredForm(request.POST)
    form.fields["remark"].country = request.centre.country  # type: ignore[attr-defined]
    if not form.is_valid():
        return _page(request, person, answered_form=form)
    try:
        actions.answer_call(
            call=call, person=person, by=request.user, at=request.centre.now(), **form.cleaned_data
        )
    except actions.CallClosed:
        messages.warning(
            request, _("The call was closed meanwhile. What you said is kept and counts from now on.")
        )
    else:
        messages.success(
            request, _("Thank you: the call counts as answered. You can still change each answer.")
        )
    return _back(request, person)


def _page(request: CentreRequest, person: User, **forms: Any) -> HttpResponse:
    """The whole page, with forms that have errors in place of fresh ones."""
    centre = request.centre
    today = centre.local_day(centre.now())
    weeks = request.GET.get("weeks", Weeks.EVERY)
    found = queries.availability(
        centre, person, today, Weeks(weeks) if weeks in Weeks.values else Weeks.EVERY
    )
    asked = _asked_week(request)
    shown = {
        "found": found,
        "unfolded": next((one for one in found.dates if one.holds(asked)), None)
        or next(iter(found.dates), None),
        "today": today,
        "kinds_of_weeks": list(Weeks),
        "leave_form": LeaveForm(initial={"key": found.leave_key}),
        "answered_form": AnsweredForm(),
        "speaks": answerable(centre, request.user, request.permissions, today).speaks,
    }
    status = 422 if forms else 200
    context = shown | _shared(request, person) | forms
    return render(request, "rota/availability/page.html", context, status=status)


def _shared(request: CentreRequest, person: User) -> dict[str, Any]:
    """What lines and page both need."""
    answers = [(wish.value, wish.label, ICONS[wish]) for wish in Wish]
    return {"person": person, "answers": answers, "own": person.pk == request.user.pk}


def _back(request: CentreRequest, person: User) -> HttpResponse:
    if person.pk == request.user.pk:
        return redirect("rota:availability", centre=request.centre.slug)
    return redirect("rota:availability_of", centre=request.centre.slug, person_id=person.pk)
