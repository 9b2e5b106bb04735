"""A teacher's page of a visit: where it is, what comes next, words both ways; yes, another size, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.agenda.actions import visits
from parvis.agenda.forms.visitor_visit import KeyedForm, NumbersForm, WithdrawForm, WordForm
from parvis.agenda.queries.visitor_visit import teachers_visit
from parvis.agenda.views.visitor_teacher import TeacherRequest, teacher_page
from parvis.agenda.visitor_class_calendar import as_calendar
from parvis.agenda.visitor_class_limits import WORDS, may
from parvis.agenda.visitor_links import visit_link
from parvis.shared.visiting import speaking_of

WRONG, LATER, CONFLICT = 422, 429, 409


@require_safe
@teacher_page
def teacher_visit(request: TeacherRequest) -> HttpResponse:
    """Where the visit is, and what can be done."""
    return shown(request)


@require_POST
@teacher_page
def yes(request: TeacherRequest) -> HttpResponse:
    """The date that is kept suits the class."""
    return done(request, "yes", KeyedForm, visits.confirm, _("Thank you. Your class is expected."))


@require_POST
@teacher_page
def words(request: TeacherRequest) -> HttpResponse:
    """A word to the centre."""
    return done(request, "words", WordForm, visits.say, _("The centre has your words."))


@require_POST
@teacher_page
def numbers(request: TeacherRequest) -> HttpResponse:
    """The class is another size."""
    return done(request, "numbers", NumbersForm, visits.change_numbers, _("The numbers are changed."))


@require_http_methods(["GET", "POST"])
@teacher_page
def withdraw(request: TeacherRequest) -> HttpResponse:
    """The class does not come: asked once more, then it is so."""
    if request.method == "POST":
        return done(request, "withdraw", WithdrawForm, visits.cancel, _("The visit is cancelled"))
    if not teachers_visit(request.visit).may_withdraw:
        return back(request)
    return asked_once_more(request)


@require_safe
@teacher_page
def calendar(request: TeacherRequest) -> HttpResponse:
    """The visit as a file for a calendar."""
    visit = request.visit
    if visit.begins_at is None or visit.ends_at is None:
        raise Http404
    place = teachers_visit(visit).place
    body = as_calendar(visit, begins=visit.begins_at, ends=visit.ends_at, link=visit_link(visit), place=place)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


def done(
    request: TeacherRequest, name: str, form_of: type[KeyedForm], action: Callable[..., Any], thanks: str
) -> HttpResponse:
    """One form of the page: what was typed is checked, the action runs, the page comes back."""
    form = form_of(request.POST, visit=request.visit)
    if not form.is_valid():
        return refused(request, name, form, WRONG)
    if not may(WORDS, request.META.get("REMOTE_ADDR", ""), request.visit.pk):
        form.add_error(None, _("Many messages came from your network just now. Please wait ten minutes."))
        return refused(request, name, form, LATER)
    said = form.cleaned_data
    more = {key: said[key] for key in ("pupils", "adults") if key in said}
    doing = visits.Doing(
        key=said["key"],
        at=request.at,
        by_teacher=True,
        words=said.get("words", ""),
        version=None if name == "words" else said["version"],
    )
    try:
        action(visit=request.visit, doing=doing, **more)
    except visits.VisitError as error:
        form.add_error(None, reason(error))
        return refused(request, name, form, CONFLICT)
    messages.success(request, thanks)
    return back(request)


def reason(error: visits.VisitError) -> str:
    """Why it was not done, in the teacher's words."""
    if isinstance(error, visits.TooMany):
        return _(
            "There is place for %(free)d pupils at that time. Please write to us: we look for a way."
        ) % {"free": error.free}
    if isinstance(error, visits.SaidOtherwise):
        return _(
            "This was sent before, with other words. Please look at the page, and write again if you like."
        )
    return _("The visit has changed since you opened this page. Please look at it again.")


def refused(request: TeacherRequest, name: str, form: KeyedForm, status: int) -> HttpResponse:
    if name == "withdraw":
        return asked_once_more(request, status=status, withdraw_form=form)
    request.visit.refresh_from_db()
    forms: dict[str, Any] = {f"{name}_form": form}
    return shown(request, status=status, **forms)


def back(request: TeacherRequest) -> HttpResponseRedirect:
    path = reverse("agenda:teacher_visit", kwargs={"token": request.visit.token})
    return HttpResponseRedirect(f"{path}?{urlencode({'language': request.language})}")


def asked_once_more(request: TeacherRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    template = "agenda/visitor/class_withdraw.html"
    return shown(request, status=status, template=template, page="agenda:teacher_withdraw", **forms)


def shown(
    request: TeacherRequest,
    *,
    status: int = 200,
    template: str = "agenda/visitor/class_visit.html",
    page: str = "agenda:teacher_visit",
    **forms: Any,
) -> HttpResponse:
    visit = request.visit
    context = {
        "page": teachers_visit(visit),
        "visit": visit,
        "centre": visit.centre,
        "just_asked": "asked" in request.GET,
        "yes_form": KeyedForm(visit=visit),
        "words_form": WordForm(visit=visit),
        "numbers_form": NumbersForm(visit=visit),
        "withdraw_form": WithdrawForm(visit=visit),
    }
    context |= forms | speaking_of(request, reverse(page, kwargs={"token": visit.token}))
    return render(request, template, context, status=status)
