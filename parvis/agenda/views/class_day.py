"""The day of a class for the team: groups, workshops and rooms, the rotation, sheets to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda.actions import day_plan, visit_steps
from parvis.agenda.actions.bookings import Closed, Taken
from parvis.agenda.actions.leading import Busy
from parvis.agenda.class_faults import (
    busy_in_words,
    fault_in_words,
    impossible_in_words,
    taken_in_words,
    waits_in_words,
)
from parvis.agenda.forms.class_day import GROUPS, DayForm
from parvis.agenda.models import ClassVisit
from parvis.agenda.queries.class_day import ClassDay, class_day
from parvis.agenda.queries.class_day_choices import offered_for
from parvis.agenda.refusals import closed_words
from parvis.agenda.rotation import Impossible, NotFound
from parvis.agenda.scope import may, need, visit_seen
from parvis.agenda.visitor_class_paper import MAKES, teacher_pdf
from parvis.centres.scope import CentreRequest, centre_page


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ENTER)
def visit_day(request: CentreRequest, pk: int) -> HttpResponse:
    """The programme of the day, and what it is made from."""
    visit = visit_seen(request, pk)
    plans = may(request, Permission.PLAN_EVENTS) and visit.state in day_plan.BEFORE
    if request.method == "POST":
        need(request, Permission.PLAN_EVENTS)
    day = class_day(visit)
    form = None
    if plans:
        asked = request.GET.get("groups", "")
        groups = int(asked) if asked.isdecimal() and 1 <= int(asked[:3]) <= GROUPS else 0
        data = request.POST if request.method == "POST" else None
        form = DayForm(data, day=day, offered=offered_for(visit), groups=groups)
        if request.method == "POST" and form.is_valid() and _planned(visit, form):
            messages.success(request, _("The rotation is worked out, and the rooms are booked."))
            return redirect("agenda:visit_day", centre=request.centre.slug, pk=pk)
    elif request.method == "POST":
        messages.error(request, _("Nothing was changed: the visit has no date, or it is over."))
    return render(
        request, "agenda/day/plan.html", _shown(day, form), status=422 if form and form.errors else 200
    )


@require_POST
@centre_page(Permission.PLAN_EVENTS)
def visit_turns(request: CentreRequest, pk: int) -> HttpResponse:
    """Groups are moved by hand: each turn of each group says where it is."""
    visit = visit_seen(request, pk)
    day = class_day(visit)
    stations = {str(station.pk): station for station in day.stations}
    turns = {}
    for slot in day.slots:
        for group, _there in slot.by_group:
            chosen = request.POST.get(f"turn_{slot.number}_{group.number}", "")
            if chosen in stations:
                turns[group.number, slot.number] = stations[chosen]
    version = request.POST.get("version", "")
    faults: list[str] = []
    try:
        day_plan.move_groups(visit=visit, turns=turns, version=int(version) if version.isdecimal() else -1)
    except day_plan.BreaksRules as refused:
        faults = [fault_in_words(fault, day.stations) for fault in refused.faults[:8]]
    except visit_steps.Changed:
        faults = [_("Somebody planned this day anew meanwhile: look at it first.")]
    except visit_steps.NotNow:
        faults = [_("Nothing was changed: the visit has no date, or it is over.")]
    else:
        messages.success(request, _("Moved. Nothing is in two places."))
        return redirect("agenda:visit_day", centre=request.centre.slug, pk=pk)
    form = DayForm(None, day=day, offered=offered_for(visit)) if visit.state in day_plan.BEFORE else None
    chosen_now = {(group, turn): station.pk for (group, turn), station in turns.items()}
    context = _shown(day, form, chosen_now) | {"move_faults": faults}
    return render(request, "agenda/day/plan.html", context, status=422)


def _planned(visit: ClassVisit, form: DayForm) -> bool:
    """Whether the day could be planned; else the form says why not."""
    try:
        day_plan.plan_day(visit=visit, said=form.said)
    except Impossible as why:
        form.add_error(None, impossible_in_words(why, form.workshop_names))
    except NotFound:
        form.add_error(None, _("No rotation was found in time. Try fewer groups or workshops."))
    except Taken as refused:
        form.add_error(form.field_of(refused.what), taken_in_words(refused))
    except Closed as refused:
        form.add_error(form.field_of(refused.what), closed_words(refused))
    except Busy as refused:
        form.add_error(None, busy_in_words(refused))
    except day_plan.GroupsUnlikeClass:
        form.add_error("size_1", _("The class has another number of pupils now: look at the groups again."))
    except visit_steps.Changed:
        form.add_error(None, _("Somebody planned this day anew meanwhile: look at it first."))
    except visit_steps.NotNow:
        form.add_error(None, _("Nothing was changed: the visit has no date, or it is over."))
    return not form.errors


def _shown(
    day: ClassDay, form: DayForm | None, chosen: dict[tuple[int, int], int] | None = None
) -> dict[str, Any]:
    """What the page of the programme has. ``chosen``: moved by hand and not saved."""
    moving = [
        (
            slot,
            [
                (group, chosen.get((group.number, slot.number)) if chosen is not None else there and there.pk)
                for group, there in slot.by_group
            ],
        )
        for slot in day.slots
    ]
    return {
        "centre": day.visit.centre,
        "visit": day.visit,
        "day": day,
        "form": form,
        "proposals": range(2, GROUPS + 1),
        "waits": waits_in_words(day.waits) if day.slots else "",
        "moving": moving,
        "part": "day",
    }


@require_GET
@centre_page(Permission.ENTER)
def visit_sheets(request: CentreRequest, pk: int, kind: str) -> HttpResponse:
    """Sheets to print: groups and workshops in the language of the class, the door in the centre's, the teacher's in theirs."""
    visit = visit_seen(request, pk)
    day = class_day(visit)
    if not day.slots or kind not in {*MAKES, "teacher"}:
        raise Http404
    language = visit.centre.language if kind in {"door", "workshops"} else visit.language
    with translation.override(language):
        if kind == "teacher":
            mine = visit.checklist.filter(for_teacher=True, done_at=None)
            made = teacher_pdf(day, to_see_to=list(mine.values_list("text", flat=True)))
        else:
            made = MAKES[kind](day)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="class-{visit.pk}-{kind}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
