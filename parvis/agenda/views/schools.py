"""Schools of the territory: list, file, add, change, close; a list brought as a file; reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.agenda import school_files as files
from parvis.agenda.actions import school_files as bringing
from parvis.agenda.actions import schools as actions
from parvis.agenda.forms.schools import ColumnsForm, FileForm, SchoolForm
from parvis.agenda.models import School, SchoolFile, SchoolImport
from parvis.agenda.queries import schools as queries
from parvis.agenda.queries.reach import Part, reach
from parvis.agenda.queries.school_imports import last_import
from parvis.agenda.queries.visitor_classes import label_of
from parvis.agenda.school_sheets.columns import Role
from parvis.agenda.school_sheets.comparing import Comparison, Kind
from parvis.agenda.school_sheets.reading import Problem, UnreadableFile
from parvis.agenda.scope import today_of
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.charts import Bars, Row
from parvis.shared.school_years import SchoolYear
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx

WRONG = 422
SHOWN = 300  # lines of each kind on the page of a file, and of the list of schools
PROBLEMS = {
    Problem.EMPTY: gettext_lazy("There is no table in this file: a line of headings, and schools below it."),
    Problem.TOO_LARGE: gettext_lazy("This file is too large for a list of schools."),
    Problem.BROKEN: gettext_lazy("This file cannot be read: is it a CSV, Excel or OpenDocument file?"),
    Problem.TOO_MANY: gettext_lazy("There are more than 6,000 lines in this file."),
}


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def schools(request: CentreRequest) -> HttpResponse:
    """The list, narrowed."""
    asked = asked_for(request)
    shown = {
        "found": queries.schools(request.centre, today_of(request), asked, SHOWN),
        "asked": asked,
        "narrowed": urlencode({name: value for name, value in request.GET.items() if value}),
        "last_import": last_import(request.centre),
    }
    return render(request, "agenda/schools/list.html", shown)


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def schools_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same list as a file, narrowed as on the page."""
    found = queries.schools(request.centre, today_of(request), asked_for(request))
    return _file(request, kind, _("Schools"), files.heading(), files.rows(found.lines), "schools")


def asked_for(request: CentreRequest) -> queries.Asked:
    get = request.GET
    return queries.Asked(
        search=get.get("q", "").strip()[:80],
        network=get.get("network", ""),
        level=get.get("level", ""),
        place=get.get("place", ""),
        specialised=get.get("specialised") == "1",
        came=get.get("came", "") if get.get("came") in ("yes", "no") else "",
        closed=get.get("closed") == "1",
    )


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def new_school(request: CentreRequest) -> HttpResponse:
    """A school that was not known."""
    form = SchoolForm(request.POST or None, centre=request.centre)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_school(
                centre=request.centre, key=form.cleaned_data["key"], about=form.about(), on=today_of(request)
            )
        except actions.NumberTaken:
            form.add_error("reference", _("Another school has this number."))
        else:
            messages.success(request, _("The school is known now."))
            return redirect("agenda:schools", centre=request.centre.slug)
    return render(request, "agenda/schools/form.html", {"form": form}, status=WRONG if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def school(request: CentreRequest, pk: int) -> HttpResponse:
    """What is known of a school, to change it."""
    row = school_of(request, pk)
    form = SchoolForm(request.POST or None, centre=request.centre, school=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_school(school=row, about=form.about())
        except actions.NumberTaken:
            form.add_error("reference", _("Another school has this number."))
        except actions.Gone:
            return _gone(request)
        else:
            messages.success(request, _("Saved."))
            return redirect("agenda:schools", centre=request.centre.slug)
    visits = row.visits.order_by("-asked_at").count()
    shown = {"form": form, "school": row, "visits": visits}
    return render(request, "agenda/schools/form.html", shown, status=WRONG if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def school_close(request: CentreRequest, pk: int) -> HttpResponse:
    """The school is no more; or it is there after all."""
    row = school_of(request, pk)
    if row.closed_on is None:
        try:
            actions.close_school(school=row, on=today_of(request))
        except actions.Gone:
            return _gone(request)
        messages.success(request, _("The school is closed. What it did with you stays."))
    else:
        actions.reopen_school(school=row)
        messages.success(request, _("The school is open again."))
    return redirect("agenda:school", centre=request.centre.slug, pk=row.pk)


def _gone(request: CentreRequest) -> HttpResponse:
    messages.error(request, _("This school is no longer there: the list that brought it was taken back."))
    return redirect("agenda:schools", centre=request.centre.slug)


def school_of(request: CentreRequest, pk: int) -> School:
    return get_object_or_404(School.objects.select_related("centre"), centre=request.centre, pk=pk)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def bring(request: CentreRequest) -> HttpResponse:
    """A list of schools is brought as a file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read(5_000_000)
        try:
            file = bringing.bring_schools(
                centre=request.centre, key=form.cleaned_data["key"], data=data, at=request.centre.now()
            )
        except UnreadableFile as refused:
            form.add_error("file", str(PROBLEMS[refused.problem]))
        else:
            return redirect("agenda:school_file", centre=request.centre.slug, pk=file.pk)
    return render(request, "agenda/schools/bring.html", {"form": form}, status=WRONG if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_http_methods(["GET", "POST"])
def school_file(request: CentreRequest, pk: int) -> HttpResponse:
    """What a file would add and change, before it does; POST: its columns are other ones."""
    file = file_of(request, pk)
    form = ColumnsForm(request.POST or None, heading=file.rows[0], columns=file.columns)
    if request.method == "POST" and file.committed_at is None and form.is_valid():
        bringing.choose_columns(file=file, columns=form.columns())
        return redirect("agenda:school_file", centre=request.centre.slug, pk=file.pk)
    shown: dict[str, object] = {"file": file, "form": form, "shown": SHOWN}
    if file.committed_at is None:
        found = Comparison(request.centre, file.rows, file.columns)
        shown["kinds"] = [(kind, found.of(kind)[:SHOWN], len(found.of(kind))) for kind in Kind]
        shown["remarked"] = [one for one in found.lines if one.remarks and one.kind != Kind.LEFT_OUT][:SHOWN]
        shown["unnamed"] = Role.NAME not in file.columns
        shown["changes"] = len(found.of(Kind.NEW)) + len(found.of(Kind.CHANGED))
    else:
        shown["past"] = SchoolImport.objects.filter(centre=request.centre, key=file.key).first()
    return render(request, "agenda/schools/file.html", shown, status=WRONG if form.errors else 200)


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def school_file_commit(request: CentreRequest, pk: int) -> HttpResponse:
    """What the file says is known from now on."""
    file = bringing.commit_schools(file=file_of(request, pk), at=request.centre.now())
    said = {"added": file.added, "changed": file.changed}
    messages.success(request, _("Schools added: %(added)d, changed: %(changed)d.") % said)
    return redirect("agenda:schools", centre=request.centre.slug)


def file_of(request: CentreRequest, pk: int) -> SchoolFile:
    return get_object_or_404(SchoolFile.objects.select_related("centre"), centre=request.centre, pk=pk)


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def reached(request: CentreRequest) -> HttpResponse:
    """Classes and pupils met, against the territory's schools and pupils."""
    first, until, chosen = period_of(request)
    found, this = (
        reach(request.centre, first, until),
        SchoolYear.of(today_of(request), request.centre.country),
    )
    shown = {
        "found": found,
        "chosen": chosen,
        "periods": periods(this),
        "last": date.fromordinal(until.toordinal() - 1),
        "pictures": [
            one
            for one in (
                picture(_("Schools that came, by network"), found.networks),
                picture(_("Schools that came, by level"), found.levels),
            )
            if one
        ],
        "tables": [
            (_("By level"), "levels", found.levels),
            (_("By network of schools"), "networks", found.networks),
            (_("By place"), "places", found.places),
        ],
        "schools": queries.open_schools(request.centre, today_of(request)) if found.typed else [],
    }
    return render(request, "agenda/schools/reach.html", shown)


@centre_page(Permission.PLAN_EVENTS)
@require_GET
def reached_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same as a file."""
    first, until, _chosen = period_of(request)
    rows = files.reach_rows(reach(request.centre, first, until))
    return _file(request, kind, _("Reach"), files.reach_heading(), rows, f"reach-{first}")


@centre_page(Permission.PLAN_EVENTS)
@require_POST
def match(request: CentreRequest) -> HttpResponse:
    """What teachers typed is one of the territory's schools."""
    named = " ".join(request.POST.get("school", "").split())
    known = [one for one in queries.open_schools(request.centre, today_of(request)) if label_of(one) == named]
    if len(known) != 1:
        messages.error(request, _("Please choose a school of the list, with its place."))
        return redirect("agenda:reach", centre=request.centre.slug)
    row = known[0]
    count = actions.match_typed(centre=request.centre, typed=request.POST.get("typed", ""), school=row)
    messages.success(request, _("Visits that count for this school now: %(n)d.") % {"n": count})
    return redirect("agenda:reach", centre=request.centre.slug)


def period_of(request: CentreRequest) -> tuple[date, date, str]:
    """The school year or calendar year of the address, this school year without one: first day, first day after, its name."""
    chosen = request.GET.get("period", "")
    this = SchoolYear.of(today_of(request), request.centre.country)
    kind, _dash, year = chosen.partition("-")
    if kind in ("s", "y") and year.isascii() and year.isdigit() and 1990 <= int(year[:4]) <= 2200:
        number = int(year[:4])
        year_of = SchoolYear(number, this.month if kind == "s" else 1)
        return *year_of.bounds, f"{kind}-{number}"
    return *this.bounds, f"s-{this.first}"


def periods(this: SchoolYear) -> list[tuple[str, str]]:
    """What can be chosen: four school years and four calendar years."""
    school = [
        (f"s-{this.first - n}", _("School year %(year)s") % {"year": this.beside(-n)}) for n in range(4)
    ]
    return school + [(f"y-{this.first + 1 - n}", str(this.first + 1 - n)) for n in range(4)]


def picture(title: str, parts: Sequence[Part]) -> Bars | None:
    """Schools of each part that came, of how many; nothing where there is but one."""
    drawn = [one for one in parts if one.label and one.schools]
    if len(drawn) < 2 or len(drawn) > 12:
        return None
    rows = [Row(one.label, one.reached, note=_("of %(n)s") % {"n": one.schools}) for one in drawn]
    return Bars(title, _("schools"), rows)


def _file(
    request: CentreRequest,
    kind: str,
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    name: str,
) -> HttpResponse:
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    elif kind == "xlsx":
        response = HttpResponse(xlsx({title: (heading, rows)}), content_type=XLSX_TYPE)
    else:
        raise Http404
    file = f"{request.centre.slug}-{name}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
