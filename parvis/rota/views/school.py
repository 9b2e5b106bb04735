"""School holidays: one by one, or several from lines or a calendar file."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota import actions
from parvis.rota.forms.calendar import SchoolHolidayForm, SeveralForm
from parvis.rota.models import SchoolHoliday
from parvis.rota.school_calendar import Found, Read, Unreadable, read_ics, read_lines

BOTH = ["GET", "POST"]


@dataclass(frozen=True)
class Line:
    """One that was found, and the known one that stands in its way."""

    found: Found
    known: SchoolHoliday | None

    @property
    def value(self) -> str:
        """What its tick sends."""
        return _value(self.found)

    @property
    def same(self) -> bool:
        """Whether exactly these days are known."""
        return bool(self.known) and (self.known.first_day, self.known.last_day) == (  # type: ignore[union-attr]
            self.found.first,
            self.found.last,
        )


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def holidays(request: CentreRequest) -> HttpResponse:
    """The list, and one more."""
    form = SchoolHolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _kept(request, form, None):
        return redirect("rota:school_holidays", centre=request.centre.slug)
    return _list(request, form, SeveralForm())


@centre_page(Permission.PLAN_ROTA)
@require_http_methods(BOTH)
def holiday(request: CentreRequest, pk: int) -> HttpResponse:
    """Other days, or another name."""
    row = get_object_or_404(SchoolHoliday.objects.select_related("centre"), centre=request.centre, pk=pk)
    initial = {"name": row.name, "first_day": row.first_day, "last_day": row.last_day}
    form = SchoolHolidayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, form, row):
        return redirect("rota:school_holidays", centre=request.centre.slug)
    shown = {"form": form, "row": row}
    return render(request, "rota/needs/school_holiday.html", shown, status=422 if form.errors else 200)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def drop(request: CentreRequest, pk: int) -> HttpResponse:
    """School goes on."""
    actions.drop_school_holiday(centre=request.centre, pk=pk)
    messages.success(request, _("Taken out. Lay the half-days out again for it to count."))
    return redirect("rota:school_holidays", centre=request.centre.slug)


@centre_page(Permission.PLAN_ROTA)
@require_POST
def several(request: CentreRequest) -> HttpResponse:
    """A report of what was found; then those that are ticked are kept."""
    form = SeveralForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, SchoolHolidayForm(), form)
    file = form.cleaned_data["file"]
    try:
        read = read_ics(file.read(2_000_000)) if file else read_lines(form.cleaned_data["lines"])
    except Unreadable:
        form.add_error("file", _("This file could not be read as a calendar. Nothing was kept."))
        return _list(request, SchoolHolidayForm(), form)
    if "confirmed" in request.POST:
        chosen = [one for one in read.found if _value(one) in request.POST.getlist("line")]
        n = actions.keep_school_holidays(centre=request.centre, found=chosen)
        said = ngettext("%(n)s school holiday was added.", "%(n)s school holidays were added.", n)
        messages.success(request, said % {"n": n})
        return redirect("rota:school_holidays", centre=request.centre.slug)
    return _report(request, read)


def _value(found: Found) -> str:
    return f"{found.first.isoformat()}/{found.last.isoformat()}"


def _report(request: CentreRequest, read: Read) -> HttpResponse:
    known = list(SchoolHoliday.objects.filter(centre=request.centre))
    lines = [
        Line(
            one,
            next((row for row in known if row.first_day <= one.last and row.last_day >= one.first), None),
        )
        for one in read.found
    ]
    text = "\n".join(f"{one.name}; {one.first.isoformat()}; {one.last.isoformat()}" for one in read.found)
    return render(
        request, "rota/needs/school_report.html", {"lines": lines, "text": text, "passed": read.passed}
    )


def _kept(request: CentreRequest, form: SchoolHolidayForm, row: SchoolHoliday | None) -> bool:
    try:
        if row:
            actions.change_school_holiday(holiday=row, said=form.said())
        else:
            actions.add_school_holiday(centre=request.centre, said=form.said())
    except actions.Overlaps as overlap:
        form.add_error("first_day", _("Days of it lie in “%(name)s” already.") % {"name": overlap.other.name})
        return False
    messages.success(request, _("Saved. Lay the half-days out again for it to count."))
    return True


def _list(request: CentreRequest, form: SchoolHolidayForm, several: SeveralForm) -> HttpResponse:
    rows = SchoolHoliday.objects.filter(centre=request.centre)
    shown = {"rows": rows, "form": form, "several": several}
    status = 422 if form.errors or several.errors else 200
    return render(request, "rota/needs/school_holidays.html", shown, status=status)
