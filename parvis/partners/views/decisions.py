"""Decisions and actions: written at a meeting, read over all bodies, taken away as files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.actions import decisions as actions
from parvis.partners.actions.bodies_errors import BodiesError
from parvis.partners.coordination_files import actions_table, decisions_table
from parvis.partners.forms.meetings import (
    ActionFilter,
    DecisionFilter,
    DecisionForm,
    PointForm,
    decision_values,
    point_values,
)
from parvis.partners.models import ActionPoint, Body, Meeting
from parvis.partners.queries import bodies as places
from parvis.partners.queries import meetings as queries
from parvis.partners.views.coordination_parts import (
    done,
    form_page,
    saved,
    the_decision,
    the_meeting,
    the_point,
    to_meeting,
    today_at,
)
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_decision(request: CentreRequest, pk: int) -> HttpResponse:
    """What a meeting decided."""
    found = the_meeting(request, pk)
    initial = {"item": request.GET.get("item", "")}
    form = DecisionForm(
        request.POST or None, centre=request.centre, items=list(found.items.all()), initial=initial
    )

    def record() -> None:
        at = request.centre.now()
        actions.record_decision(meeting=found, key=form.the_key(), said=form.said(), at=at)

    if saved(request, form, record):
        return to_meeting(request, pk, "agenda")
    back, lead = _back(request, pk), found.body.name
    return form_page(request, form, title=_("New decision"), lead=lead, back=back)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def decision(request: CentreRequest, pk: int) -> HttpResponse:
    """Word a decision otherwise, as long as the minutes are not approved."""
    found = the_decision(request, pk)
    items, values = list(found.meeting.items.all()), decision_values(found)
    form = DecisionForm(request.POST or None, centre=request.centre, items=items, initial=values)
    if saved(request, form, lambda: actions.change_decision(decision=found, said=form.said())):
        return to_meeting(request, found.meeting_id, "agenda")
    return form_page(
        request,
        form,
        title=_("Decision %(number)s") % {"number": found},
        lead=found.meeting.body.name,
        back=_back(request, found.meeting_id),
        removal=reverse("partners:remove_decision", args=[request.centre.slug, pk]),
        removal_word=_("Take this decision back"),
    )


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_decision(request: CentreRequest, pk: int) -> HttpResponse:
    """The last decision of the year was none."""
    found = the_decision(request, pk)
    done(request, lambda: actions.remove_decision(decision=found), _("The decision is taken back."))
    return to_meeting(request, found.meeting_id, "agenda")


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_point(request: CentreRequest, pk: int) -> HttpResponse:
    """Somebody takes something on."""
    found = the_meeting(request, pk)
    form = _point_form(request, found, None)
    if saved(
        request, form, lambda: actions.take_on_action(meeting=found, key=form.the_key(), said=form.said())
    ):
        return to_meeting(request, pk, "agenda")
    back, lead = _back(request, pk), found.body.name
    return form_page(request, form, title=_("New action"), lead=lead, back=back)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def point(request: CentreRequest, pk: int) -> HttpResponse:
    """Word an action otherwise; once the minutes are approved, hand it on with a reason."""
    found = the_point(request, pk)
    form = _point_form(request, found.meeting, found)

    def change() -> None:
        if found.meeting.is_approved:
            _hand_on(request, found, form)
        else:
            actions.change_action(point=found, said=form.said())

    if saved(request, form, change):
        return to_meeting(request, found.meeting_id, "agenda")
    removable = not found.meeting.is_approved
    return form_page(
        request,
        form,
        title=found.what,
        lead=found.meeting.body.name,
        back=_back(request, found.meeting_id),
        removal=reverse("partners:remove_point", args=[request.centre.slug, pk]) if removable else "",
        removal_word=_("Take this action back"),
    )


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_point(request: CentreRequest, pk: int) -> HttpResponse:
    """It was none."""
    found = the_point(request, pk)
    done(request, lambda: actions.remove_action(point=found), _("The action is taken back."))
    return to_meeting(request, found.meeting_id, "agenda")


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def settle_point(request: CentreRequest, pk: int) -> HttpResponse:
    """Done today, or open again."""
    found = the_point(request, pk)
    is_done = request.POST.get("done") == "1"
    try:
        actions.settle_action(point=found, on=today_at(request) if is_done else None)
    except BodiesError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done.") if is_done else _("Open again."))
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("partners:points", centre=request.centre.slug)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def points(request: CentreRequest) -> HttpResponse:
    """Open and overdue actions over all bodies."""
    form = _action_filter(request)
    found = queries.actions(request.centre, form.asked, today_at(request))
    shown = {"form": form, "found": found, "asked": form.asked, "here": request.GET.urlencode()}
    return render(request, "partners/bodies/points.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def points_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    found = queries.actions(request.centre, _action_filter(request).asked, today_at(request))
    return _file(request, kind, "actions", _("Actions"), *actions_table(found))


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def decisions(request: CentreRequest) -> HttpResponse:
    """The register of decisions."""
    form, found = _decisions(request)
    shown = {"form": form, "found": found, "asked": form.asked, "here": request.GET.urlencode()}
    return render(request, "partners/bodies/decisions.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def decisions_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    return _file(request, kind, "decisions", _("Decisions"), *decisions_table(_decisions(request)[1]))


def _decisions(request: CentreRequest) -> tuple[DecisionFilter, queries.Decisions]:
    years = queries.decisions(request.centre, queries.DecisionAsked()).years
    form = DecisionFilter(request.GET, bodies=_bodies(request), years=years)
    return form, queries.decisions(request.centre, form.asked)


def _action_filter(request: CentreRequest) -> ActionFilter:
    usual = {"state": queries.OPEN}
    return ActionFilter(usual | request.GET.dict(), bodies=_bodies(request))


def _bodies(request: CentreRequest) -> list[Body]:
    return list(Body.objects.filter(centre=request.centre).order_by("name"))


def _file(
    request: CentreRequest, kind: str, name: str, title: str, heading: list[str], rows: list[list[Cell]]
) -> HttpResponse:
    if kind == "csv":
        body, told = "".join(csv_lines(heading, rows)).encode(), CSV_TYPE
    elif kind == "xlsx":
        body, told = xlsx({title: (heading, rows)}), XLSX_TYPE
    else:
        raise Http404
    response = HttpResponse(body, content_type=told)
    file = f"{request.centre.slug}-{name}-{today_at(request)}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _point_form(request: CentreRequest, meeting: Meeting, found: ActionPoint | None) -> PointForm:
    initial = point_values(found) if found else {"item": request.GET.get("item", "")}
    handed_on = found is not None and meeting.is_approved
    if handed_on:
        initial.pop("key")  # of the correction that comes with it
    return PointForm(
        request.POST or None,
        centre=request.centre,
        items=list(meeting.items.all()),
        institutions=places.representatives(request.centre, today_at(request)),
        by_pk=places.institutions_by_pk(request.centre),
        people=places.team(request.centre),
        point=found,
        handed_on=handed_on,
        initial=initial,
    )


def _hand_on(request: CentreRequest, found: ActionPoint, form: PointForm) -> None:
    said = form.said()
    after = ActionPoint(institution=said.institution, person=said.person, due=said.due)
    was = _("“%(what)s”: %(before)s → %(after)s") % {
        "what": found.what,
        "before": _who_and_when(found),
        "after": _who_and_when(after),
    }
    actions.hand_on_action(
        point=found,
        key=form.the_key(),
        said=said,
        was=was,
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=request.centre.now(),
    )


def _who_and_when(point: ActionPoint) -> str:
    """Institutions by name; a colleague as “the team”, because corrections stay and names do not."""
    who = point.institution.name if point.institution else (_("the team") if point.person_id else "–")
    return (
        _("%(who)s, until %(day)s") % {"who": who, "day": date_format(point.due, "j F Y")}
        if point.due
        else who
    )


def _back(request: CentreRequest, pk: int) -> str:
    return reverse("partners:meeting", args=[request.centre.slug, pk])
