"""Meetings: planned, prepared, attended, minuted and approved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners.actions import meetings as actions
from parvis.partners.actions.bodies_errors import (
    AlreadyApproved,
    ChangedMeanwhile,
    NotALaterMeeting,
    NotApproved,
)
from parvis.partners.forms.meetings import (
    ApprovalForm,
    AttendanceForm,
    CorrectionForm,
    ItemForm,
    MeetingForm,
    item_values,
    meeting_values,
)
from parvis.partners.meeting_papers import agenda_text, minutes_pdf
from parvis.partners.models import AgendaItem, Meeting
from parvis.partners.queries import bodies as places
from parvis.partners.queries import meetings as queries
from parvis.partners.views.coordination_parts import (
    done,
    form_page,
    saved,
    the_body,
    the_item,
    the_meeting,
    to_meeting,
    today_at,
)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_meeting(request: CentreRequest, pk: int) -> HttpResponse:
    """A body is to meet."""
    body = the_body(request, pk)
    form = MeetingForm(request.POST or None, centre=request.centre, initial={"day": today_at(request)})
    made: list[Meeting] = []

    def plan() -> None:
        carry = form.cleaned_data["carry"]
        made.append(actions.plan_meeting(body=body, key=form.the_key(), said=form.said(), carry=carry))

    if saved(request, form, plan):
        return to_meeting(request, made[0].pk)
    back = reverse("partners:body", args=[request.centre.slug, pk])
    return form_page(request, form, title=_("New meeting"), lead=body.name, back=back)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def meeting(request: CentreRequest, pk: int) -> HttpResponse:
    """One meeting before, during and after it."""
    found, today = the_meeting(request, pk), today_at(request)
    page = queries.meeting_page(found, today)
    shown = {"page": page, "meeting": found, "today": today, "is_held": found.day <= today}
    if page.later and not found.is_approved:
        shown["approval"] = _approval(request, page)
    return render(request, "partners/bodies/meeting.html", shown)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def change_meeting(request: CentreRequest, pk: int) -> HttpResponse:
    """Another day, hour or place."""
    found = the_meeting(request, pk)
    values = meeting_values(found)
    form = MeetingForm(request.POST or None, centre=request.centre, initial=values, meeting=found)
    if saved(request, form, lambda: actions.change_meeting(meeting=found, said=form.said())):
        return to_meeting(request, pk)
    return form_page(request, form, title=_("Day and place"), lead=found.body.name, back=_back(request, pk))


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def agenda(request: CentreRequest, pk: int) -> HttpResponse:
    """The agenda as a text to copy into a mail."""
    found = the_meeting(request, pk)
    text = agenda_text(queries.meeting_page(found, today_at(request)))
    return render(request, "partners/bodies/agenda.html", {"meeting": found, "text": text})


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def minutes(request: CentreRequest, pk: int) -> HttpResponse:
    """The minutes as PDF."""
    found = the_meeting(request, pk)
    page = queries.meeting_page(found, today_at(request))
    response = HttpResponse(minutes_pdf(page, request.LANGUAGE_CODE), content_type="application/pdf")
    name = f"{request.centre.slug}-minutes-{found.day}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_item(request: CentreRequest, pk: int) -> HttpResponse:
    """One more point on the agenda."""
    found = the_meeting(request, pk)
    form = _item_form(request, found, None)
    if saved(request, form, lambda: actions.add_item(meeting=found, key=form.the_key(), said=form.said())):
        return to_meeting(request, pk, "agenda")
    back, lead = _back(request, pk), found.body.name
    return form_page(request, form, title=_("New point of the agenda"), lead=lead, back=back)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def item(request: CentreRequest, pk: int) -> HttpResponse:
    """A point of the agenda and its minutes."""
    found = the_item(request, pk)
    form = _item_form(request, found.meeting, found)

    def change() -> None:
        seen = form.cleaned_data["seen"] or None
        try:
            actions.change_item(item=found, said=form.said(), seen=seen)
        except ChangedMeanwhile:
            form.show_again(the_item(request, pk).edition)
            raise

    if saved(request, form, change):
        return to_meeting(request, found.meeting_id, f"item-{pk}")
    return form_page(
        request,
        form,
        title=found.title,
        lead=found.meeting.body.name,
        back=_back(request, found.meeting_id),
        removal=reverse("partners:remove_item", args=[request.centre.slug, pk]),
        removal_word=_("Take it off the agenda"),
    )


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_item(request: CentreRequest, pk: int) -> HttpResponse:
    """Off the agenda."""
    found = the_item(request, pk)
    done(request, lambda: actions.remove_item(item=found), _("It is off the agenda."))
    return to_meeting(request, found.meeting_id, "agenda")


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def move_item(request: CentreRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    found = the_item(request, pk)
    order = [one.pk for one in found.meeting.items.all()]
    here = order.index(found.pk)
    there = here - 1 if request.POST.get("way") == "up" else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        done(request, lambda: actions.order_items(meeting=found.meeting, order=order), _("Moved."))
    return to_meeting(request, found.meeting_id, "agenda")


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def attendance(request: CentreRequest, pk: int) -> HttpResponse:
    """Who was there, seat by seat."""
    found = the_meeting(request, pk)
    seats = queries.attended(found)
    form = AttendanceForm(request.POST if request.method == "POST" else None, attended=seats)
    now = request.centre.now()
    if saved(request, form, lambda: actions.note_attendance(meeting=found, states=form.states(), at=now)):
        return to_meeting(request, pk, "attendance")
    vacant = sum(one.mandate is None for one in seats)
    back, lead = _back(request, pk), found.body.name
    return form_page(request, form, title=_("Who was there"), lead=lead, back=back, vacant=vacant, grid=True)


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def carry_over(request: CentreRequest, pk: int) -> HttpResponse:
    """Take up what is still open from earlier meetings."""
    found = the_meeting(request, pk)
    count: list[int] = []
    try:
        count.append(actions.carry_over(meeting=found))
    except AlreadyApproved as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(n)d action carried over.", "%(n)d actions carried over.", count[0])
        messages.success(request, said % {"n": count[0]})
    return to_meeting(request, pk, "carried")


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def approve(request: CentreRequest, pk: int) -> HttpResponse:
    """The minutes were approved at a later meeting."""
    found = the_meeting(request, pk)
    form = _approval(request, queries.meeting_page(found, today_at(request)))
    if form.is_valid():
        later, now = form.by_pk[form.cleaned_data["at_meeting"]], request.centre.now()
        said = _("Approved. From now on these minutes stay as they are.")
        done(request, lambda: actions.approve_minutes(meeting=found, at_meeting=later, at=now), said)
    else:
        messages.error(request, str(NotALaterMeeting()))
    return to_meeting(request, pk)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def correct(request: CentreRequest, pk: int) -> HttpResponse:
    """A correction beside approved minutes."""
    found = the_meeting(request, pk)
    form = CorrectionForm(request.POST or None, centre=request.centre, items=list(found.items.all()))

    def write() -> None:
        data = form.cleaned_data
        words = {"text": data["text"], "reason": data["reason"], "item": form.the_item()}
        actions.correct_minutes(
            meeting=found, key=form.the_key(), by=request.user, at=request.centre.now(), **words
        )

    if not found.is_approved:
        messages.error(request, str(NotApproved()))
        return redirect("partners:meeting", centre=request.centre.slug, pk=pk)
    if saved(request, form, write):
        return to_meeting(request, pk, "corrections")
    lead = f"{found.body.name} · {date_format(found.day, 'j F Y')}"
    return form_page(request, form, title=_("Correction"), lead=lead, back=_back(request, pk))


def _item_form(request: CentreRequest, found: Meeting, item: AgendaItem | None) -> ItemForm:
    return ItemForm(
        request.POST or None,
        centre=request.centre,
        offered=places.representatives(request.centre, found.day),
        by_pk=places.institutions_by_pk(request.centre),
        item=item,
        initial=item_values(item) if item else {},
    )


def _approval(request: CentreRequest, page: queries.MeetingPage) -> ApprovalForm:
    said = [date_format(one.day, "j F Y") for one in page.later]
    data = request.POST if request.method == "POST" else None
    return ApprovalForm(data, later=page.later, said=said)


def _back(request: CentreRequest, pk: int) -> str:
    return reverse("partners:meeting", args=[request.centre.slug, pk])
