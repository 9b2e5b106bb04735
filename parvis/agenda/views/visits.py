"""Class visits for the team: the list, and one visit with its next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda import visit_files
from parvis.agenda.actions import visits as actions
from parvis.agenda.actions.bookings import Closed, NotBooked, NotSoMany, Taken
from parvis.agenda.actions.leading import Busy
from parvis.agenda.forms.visitor_ask_class import read_half_day
from parvis.agenda.forms.visits import ArrivalForm, NumbersForm, PlanForm, StepForm, WordForm
from parvis.agenda.models import ClassVisit, Facilitation, Room
from parvis.agenda.queries import visits as queries
from parvis.agenda.queries.half_days import look_at, rules_of
from parvis.agenda.refusals import closed_words
from parvis.agenda.scope import today_of
from parvis.agenda.visitor_links import visit_path
from parvis.centres.models import Centre
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.school_years import SchoolYear
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx

WRONG, CONFLICT = 422, 409


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def visits(request: CentreRequest) -> HttpResponse:
    """What is to be answered first, who comes, and the visits of a school year."""
    asked, this = asked_for(request), SchoolYear.of(today_of(request), request.centre.country)
    shown = {
        "found": queries.visits(request.centre, asked),
        "asked": asked,
        "levels": queries.levels(request.centre),
        "states": queries.STATES.items(),
        "years": [this.beside(n) for n in (1, 0, -1, -2, -3)],
        "narrowed": urlencode({name: value for name, value in request.GET.items() if value}),
    }
    return render(request, "agenda/visits/list.html", shown)


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def visits_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same list as a file, narrowed as on the page."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    heading = visit_files.heading()
    rows = visit_files.rows(request.centre, queries.visits(request.centre, asked_for(request)).all)
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx({_("Class visits"): (heading, rows)}), content_type=XLSX_TYPE)
    name = f"{request.centre.slug}-class-visits-{today_of(request)}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def asked_for(request: CentreRequest) -> queries.Asked:
    """What the address asks for: this school year, unless it says another."""
    get, this = request.GET, SchoolYear.of(today_of(request), request.centre.country)
    year = get.get("year", "")
    known = year.isascii() and year.isdigit() and 1990 <= int(year[:4]) <= 2200
    return queries.Asked(
        search=get.get("q", "").strip()[:80],
        state=get.get("state", "") if get.get("state", "") in queries.STATES else "",
        level=get.get("level", ""),
        year=SchoolYear(int(year[:4]), this.month) if known else this,
    )


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def visit(request: CentreRequest, pk: int) -> HttpResponse:
    """One visit: what is asked for, what comes next."""
    return shown(request, visit_of(request, pk))


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def visit_keep(request: CentreRequest, pk: int) -> HttpResponse:
    """A date is kept: a half-day of the page with one press, or a time with rooms and people as they are typed."""
    row = visit_of(request, pk)
    if "half_day" in request.POST:
        return keep_half_day(request, row)
    form = plan_form(request, row)
    if not form.is_valid():
        return shown(request, row, status=WRONG, plan=form)
    action = actions.move if row.state in ("confirmed", "prepared") else actions.keep_date
    return done(request, row, form, action, _("The date is kept."), "plan", kept=form.kept())


def keep_half_day(request: CentreRequest, row: ClassVisit) -> HttpResponse:
    """Keeps a half-day with the rooms and the person that are free, if they still are."""
    form = StepForm(request.POST, visit=row)
    wanted = read_half_day(request.POST["half_day"])
    if wanted is None or not form.is_valid():
        raise Http404
    (found,) = look_at(row.centre, [wanted], besides=row)
    if not found.holds(row.pupils):
        problem = _(
            "This half-day is not free any more: a room, a person or the place for so many pupils is gone."
        )
        return shown(request, row, status=CONFLICT, problem=problem)
    today = today_of(request)
    until = min(today + timedelta(days=_option_days(row.centre)), found.day - timedelta(days=1))
    people = [one for one in queries.people_of(row.centre) if one.pk in found.people][:1]
    kept = actions.Kept(found.begins, found.ends, found.rooms_for(row.pupils), people, max(today, until))
    return done(
        request, row, form, actions.keep_date, _("The date is kept, and the teacher is told."), "", kept=kept
    )


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def visit_step(request: CentreRequest, pk: int, step: str) -> HttpResponse:
    """The next step, a word, another size, the end."""
    steps: dict[str, tuple[type[StepForm], Callable[..., ClassVisit], str]] = {
        "confirm": (StepForm, actions.confirm, _("The visit is confirmed, and the teacher is told.")),
        "prepare": (StepForm, actions.prepare, _("The visit is prepared, and the teacher is told.")),
        "cancel": (StepForm, actions.cancel, _("The visit is cancelled, and the teacher is told.")),
        "word": (WordForm, actions.say, _("Your words are on their way.")),
        "numbers": (NumbersForm, actions.change_numbers, _("The numbers are changed.")),
    }
    if step not in steps:
        raise Http404
    row = visit_of(request, pk)
    form_of, action, thanks = steps[step]
    form = form_of(request.POST, visit=row)
    if not form.is_valid():
        typed: dict[str, Any] = {step: form}
        return shown(request, row, status=WRONG, **typed)
    more = {name: form.cleaned_data[name] for name in ("pupils", "adults") if name in form.cleaned_data}
    return done(request, row, form, action, thanks, step, **more)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def visit_arrival(request: CentreRequest, pk: int) -> HttpResponse:
    """What the teacher reads about arriving."""
    row, form = visit_of(request, pk), ArrivalForm(request.POST)
    if not form.is_valid():
        return shown(request, row, status=WRONG, arrival=form)
    actions.tell_arrival(visit=row, arrival=form.cleaned_data["arrival"])
    messages.success(request, _("The teacher reads it on their page."))
    return redirect("agenda:visit", centre=row.centre.slug, pk=row.pk)


def done(
    request: CentreRequest,
    row: ClassVisit,
    form: StepForm,
    action: Callable[..., ClassVisit],
    thanks: str,
    name: str,
    **more: Any,
) -> HttpResponse:
    """The action runs; where it cannot, the page says why, with what was typed."""
    said = form.cleaned_data
    doing = actions.Doing(
        key=said["key"],
        at=row.centre.now(),
        by=request.user,
        words=said.get("words", ""),
        version=None if name == "word" else said["version"],
    )
    try:
        action(visit=row, doing=doing, **more)
    except (actions.VisitError, NotBooked, Busy) as error:
        row.refresh_from_db()
        forms: dict[str, Any] = {name: form} if name else {}
        problem = reason(error)
        if isinstance(error, (Closed, Taken)) and isinstance(error.what, Room) and "rooms" in form.fields:
            form.add_error("rooms", problem)
            problem = ""
        return shown(request, row, status=CONFLICT, problem=problem, **forms)
    messages.success(request, thanks)
    return redirect("agenda:visit", centre=row.centre.slug, pk=row.pk)


def reason(error: Exception) -> str:
    """Why it was not done, and by whom a room or a person is taken."""
    if isinstance(error, Taken):
        by = error.by.session.event if error.by.session else error.by.visit
        return _("%(room)s is taken then by “%(by)s”.") % {"room": error.what, "by": by}
    if isinstance(error, Closed):
        return closed_words(error)
    if isinstance(error, NotSoMany):
        return _("There are not so many of an equipment.")
    if isinstance(error, Busy):
        return _("%(person)s leads “%(by)s” then.") % {"person": error.person, "by": what_is_led(error.by)}
    if isinstance(error, actions.TooMany):
        return _("The centre has place for %(free)d more pupils then, and this class is larger.") % {
            "free": error.free
        }
    if isinstance(error, actions.Past):
        return _("This date is over: please choose one to come.")
    if isinstance(error, actions.SaidOtherwise):
        return _(
            "This page was sent before, with something else: that is kept. Send it again to keep this as well."
        )
    return _("Somebody, perhaps the teacher, changed the visit meanwhile: this is how it is now.")


def what_is_led(one: Facilitation) -> object:
    return one.session.event if one.session else one.visit


def visit_of(request: CentreRequest, pk: int) -> ClassVisit:
    """A visit of the centre; those of another are not there."""
    rows = ClassVisit.objects.select_related(
        "centre__agenda_settings", "school", "level", "stream", "teacher"
    )
    return get_object_or_404(rows, centre=request.centre, pk=pk)


def plan_form(request: CentreRequest, row: ClassVisit, **how: Any) -> PlanForm:
    today = today_of(request)
    rooms, team = queries.rooms_of(row.centre, today), queries.people_of(row.centre)
    return PlanForm(**how or {"data": request.POST}, visit=row, rooms=rooms, team=team, today=today)


def shown(
    request: CentreRequest, row: ClassVisit, *, status: int = 200, problem: str = "", **forms: Any
) -> HttpResponse:
    """The page of a visit. ``forms``: those that are shown again with what was typed."""
    page = queries.visit_page(row, row.centre.now())
    context = {
        "page": page,
        "visit": row,
        "problem": problem,
        "teachers_page": visit_path(row),
        "confirm": StepForm(visit=row),
        "prepare": StepForm(visit=row),
        "cancel": StepForm(visit=row),
        "word": WordForm(visit=row),
        "numbers": NumbersForm(visit=row),
        "arrival": ArrivalForm(initial={"arrival": row.arrival}),
    }
    if "plan" not in forms and page.is_open:
        context["plan"] = plan_form(request, row, initial=_planned(row, page, today_of(request)))
    return render(request, "agenda/visits/visit.html", context | forms, status=status)


def _planned(row: ClassVisit, page: queries.VisitPage, today: date) -> dict[str, Any]:
    """What the form of a date begins with."""
    until = row.option_until or today + timedelta(days=_option_days(row.centre))
    if row.begins_at is None or row.ends_at is None:
        return {"until": until}
    begins, ends = row.centre.local(row.begins_at), row.centre.local(row.ends_at)
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "until": until,
        "rooms": [str(one.room_id) for one in page.bookings],
        "people": [str(pk) for pk in row.facilitations.values_list("person", flat=True)],
    }


def _option_days(centre: Centre) -> int:
    return int(rules_of(centre).option_days)
