"""The assistant that brings in a centre's past: send, look, choose, check, bring in, undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.reception.actions import past as actions
from parvis.reception.actions.past.reading import wordings_of
from parvis.reception.forms.past import CodesForm, ColumnsForm, ModelForm, ReadingForm, SendForm, letter
from parvis.reception.models import PastImport
from parvis.reception.models.past import Stage
from parvis.reception.past.plan import VISITS, Plan
from parvis.reception.queries import past as queries
from parvis.reception.queries.past import pages
from parvis.reception.queries.past.words import PROBLEMS, WHY

STEPS = {Stage.READ: "past_columns", Stage.CHECKED: "past_preview"}
Choosing = Callable[[CentreRequest, PastImport, Plan], HttpResponse]


def found(request: CentreRequest, pk: int) -> PastImport:
    """The import of this centre, or 404."""
    rows = PastImport.objects.filter(centre=request.centre).exclude(stage=Stage.DROPPED)
    return get_object_or_404(rows.select_related("centre"), pk=pk)


def at(request: CentreRequest, name: str, past_import: PastImport) -> str:
    """The address of one of its pages."""
    return reverse(f"reception:{name}", kwargs={"centre": request.centre.slug, "pk": past_import.pk})


def while_choosing(view: Choosing) -> Callable[[CentreRequest, int], HttpResponse]:
    """Gives the view the import and its plan while choices can be made; else leads to where the import stands."""

    @wraps(view)
    def choosing(request: CentreRequest, pk: int) -> HttpResponse:
        past_import = found(request, pk)
        if past_import.stage not in STEPS:
            return redirect(at(request, "past_file", past_import))
        return view(request, past_import, Plan.from_json(past_import.mapping))

    return choosing


@require_http_methods(["GET", "POST"])
@centre_page(Permission.IMPORT_PAST)
def past(request: CentreRequest) -> HttpResponse:
    """Every file of the centre's past, and room for the next."""
    form = SendForm(request.POST or None, request.FILES or None) if request.method == "POST" else SendForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            sent = actions.send_file(
                centre=request.centre,
                person=request.user,
                file_name=file.name,
                chunks=file.chunks(),
                at=request.centre.now(),
            )
            return redirect(at(request, "past_file", sent))
        except actions.PastError as error:
            form.add_error("file", str(error))
    context = {
        "form": form,
        "imports": queries.imports_of(request.centre),
        "models": request.centre.past_models.all(),
        "largest": min(actions.MOST_BYTES, settings.SERVER_LARGEST_BODY) // (1024 * 1024),
    }
    return render(request, "reception/past/list.html", context, status=422 if form.errors else 200)


@require_GET
@centre_page(Permission.IMPORT_PAST)
def past_file(request: CentreRequest, pk: int) -> HttpResponse:
    """One file, wherever it stands: work under way, a page of the assistant, or the report."""
    past_import = found(request, pk)
    if past_import.stage in STEPS:
        return redirect(at(request, STEPS[Stage(past_import.stage)], past_import))
    context: dict[str, Any] = {
        "import": past_import,
        "step": 4,
        "problem": PROBLEMS.get(past_import.problem, ""),
    }
    if past_import.is_working:
        steps = {Stage.READING: 1, Stage.CHECKING: 3}
        context["step"] = steps.get(Stage(past_import.stage), 4)
        return render(request, "reception/past/progress.html", context)
    plan = Plan.from_json(past_import.mapping)
    context["step"] = {Stage.DONE: 5, Stage.UNDONE: 0}.get(Stage(past_import.stage), 4)
    context |= {
        "plan": plan,
        "verdicts": pages.verdicts_of(past_import.report),
        "years": pages.years_of(past_import.report),
        "kept": pages.kept_lines(past_import.report, plan),
        "half_way": past_import.failed_in in (Stage.RUNNING, Stage.UNDOING),
    }
    return render(request, "reception/past/report.html", context)


@require_GET
@centre_page(Permission.IMPORT_PAST)
def past_progress(request: CentreRequest, pk: int) -> HttpResponse:
    """How far the work is, again and again; work that was killed is started again; then on to the next page."""
    past_import = actions.revive(past_import=found(request, pk))
    if not past_import.is_working or request.GET.get("stage", past_import.stage) != past_import.stage:
        return HttpResponse(headers={"HX-Redirect": at(request, "past_file", past_import)})
    return render(request, "reception/past/progress.html#bar", {"import": past_import})


@require_http_methods(["GET", "POST"])
@centre_page(Permission.IMPORT_PAST)
@while_choosing
def past_columns(request: CentreRequest, past_import: PastImport, plan: Plan) -> HttpResponse:
    """What was recognised, and what each column is for."""
    form = columns_form(request, plan, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.choose_columns(past_import=past_import, columns=form.choices(), **form.said())
            return redirect(at(request, "past_codes", past_import))
        except actions.Incomplete as error:
            named = f"column_{error.column}" if error.column is not None else error.field
            form.add_error(named if named in form.fields else None, str(error))
        except actions.NotPossibleNow:
            return redirect(at(request, "past_file", past_import))
    reading = ReadingForm(plan=plan, layout=past_import.layout, prefix="r")
    return columns_page(request, past_import, plan, form, reading)


def columns_form(request: CentreRequest, plan: Plan, sent: QueryDict | None = None) -> ColumnsForm:
    """A line for each column, with what the centre could take from it."""
    entries, recorded = queries.entries_of(request.centre), queries.has_recorded_days(request.centre)
    return ColumnsForm(sent, plan=plan, entries=entries, recorded=recorded)


def columns_page(
    request: CentreRequest, past_import: PastImport, plan: Plan, form: ColumnsForm, reading: ReadingForm
) -> HttpResponse:
    """The page with its two forms."""
    name = (lambda index: str(index + 1)) if plan.transposed else letter
    rows = [
        {"column": column, "field": field, "why": WHY.get(column.why, ""), "letter": name(column.index)}
        for column, field in form.columns()
    ]
    head = pages.head_of_file(actions.folder_of(past_import), plan)
    context = {
        "import": past_import,
        "step": 1,
        "plan": plan,
        "is_visits": plan.shape == VISITS,
        "form": form,
        "reading": reading,
        "rows": rows,
        "head": head,
        "letters": [letter(index) for index in range(len(head[0].cells))] if head else [],
        "used": [use for use in plan.sheets if use.used],
    }
    wrong = form.errors or reading.errors
    return render(request, "reception/past/columns.html", context, status=422 if wrong else 200)


@require_POST
@centre_page(Permission.IMPORT_PAST)
@while_choosing
def past_reading(request: CentreRequest, past_import: PastImport, plan: Plan) -> HttpResponse:
    """Reads the file once more as a person sees it."""
    reading = ReadingForm(request.POST, plan=plan, layout=past_import.layout, prefix="r")
    if not reading.is_valid():
        return columns_page(request, past_import, plan, columns_form(request, plan), reading)
    return after(
        request, past_import, lambda: actions.read_again(past_import=past_import, hints=reading.hints())
    )


@require_http_methods(["GET", "POST"])
@centre_page(Permission.IMPORT_PAST)
@while_choosing
def past_codes(request: CentreRequest, past_import: PastImport, plan: Plan) -> HttpResponse:
    """Which entry each wording of the file means; then the check begins."""
    entries = queries.entries_of(request.centre)
    wordings = wordings_of(actions.folder_of(past_import), plan, entries)
    day = request.centre.local_day(request.centre.now())
    form = CodesForm(request.POST or None, plan=plan, found=wordings, entries=entries, day=day)
    nothing_to_say = not form.fields and request.method == "GET"
    if nothing_to_say or (form.is_bound and form.is_valid()):
        try:
            if not nothing_to_say:
                actions.choose_codes(past_import=past_import, values=form.values(), headings=form.headings())
            actions.check(past_import=past_import)
            return redirect(at(request, "past_file", past_import))
        except actions.Incomplete as error:
            form.add_error(None, str(error))
        except actions.NotPossibleNow:
            return redirect(at(request, "past_file", past_import))
    context = {"import": past_import, "step": 2, "form": form, "groups": form.groups(entries)}
    return render(request, "reception/past/codes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.IMPORT_PAST)
def past_preview(request: CentreRequest, pk: int) -> HttpResponse:
    """What is new, odd or left out, line by line; the totals; then bring it in."""
    past_import = found(request, pk)
    if past_import.stage != Stage.CHECKED:
        return redirect(at(request, "past_file", past_import))
    problem = ""
    if request.method == "POST":
        try:
            actions.bring_in(past_import=past_import, overlap="overlap" in request.POST)
            return redirect(at(request, "past_file", past_import))
        except actions.PastError as error:
            problem = str(error)
    context = lines_context(request, past_import) | {
        "problem": problem,
        "years": pages.years_of(past_import.report),
        "totals": past_import.report.get("totals", {}),
        "overlaps": past_import.report.get("overlaps", []),
        "model_form": ModelForm(),
    }
    return render(request, "reception/past/preview.html", context, status=409 if problem else 200)


def lines_context(request: CentreRequest, past_import: PastImport) -> dict[str, Any]:
    """The lines that the address asks for."""
    plan = Plan.from_json(past_import.mapping)
    verdicts = pages.verdicts_of(past_import.report)
    usual = "odd" if verdicts.odd else "ignored" if verdicts.ignored else "new"
    reason, verdict = request.GET.get("reason", ""), request.GET.get("verdict", usual)
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 and int(number) else 1
    return {
        "import": past_import,
        "step": 3,
        "plan": plan,
        "verdicts": verdicts,
        "verdict": "" if reason else verdict,
        "reason": reason,
        "lines": pages.lines_page(actions.folder_of(past_import), plan, verdict, reason, page),
        "several_sheets": sum(use.used for use in plan.sheets) > 1,
    }


@require_GET
@centre_page(Permission.IMPORT_PAST)
def past_lines(request: CentreRequest, pk: int) -> HttpResponse:
    """A page of lines, for the preview."""
    past_import = found(request, pk)
    if past_import.stage != Stage.CHECKED:
        return HttpResponse(headers={"HX-Redirect": at(request, "past_file", past_import)})
    return render(request, "reception/past/_lines.html", lines_context(request, past_import))


@require_POST
@centre_page(Permission.IMPORT_PAST)
def past_model(request: CentreRequest, pk: int) -> HttpResponse:
    """Keeps the choices for the next file of this layout."""
    past_import = found(request, pk)
    form = ModelForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["name"])))
        return redirect(at(request, "past_file", past_import))
    name = form.cleaned_data["name"]
    done = _("Kept as “%(name)s”: it is proposed by itself for the next file with these columns.") % {
        "name": name
    }
    return after(
        request,
        past_import,
        lambda: actions.save_model(past_import=past_import, name=name, at=request.centre.now()),
        done,
    )


@require_POST
@centre_page(Permission.IMPORT_PAST)
def past_step(request: CentreRequest, pk: int, step: str) -> HttpResponse:
    """Go on, undo, or give up."""
    past_import = found(request, pk)
    now = request.centre.now()
    steps = {
        "resume": lambda: actions.resume(past_import=past_import),
        "undo": lambda: actions.undo(past_import=past_import),
        "drop": lambda: actions.drop(past_import=past_import, at=now),
    }
    response = after(request, past_import, steps[step])
    if step == "drop" and not PastImport.objects.filter(pk=pk).exclude(stage=Stage.DROPPED).exists():
        messages.success(request, _("The file was deleted. Nothing of it was kept."))
        return redirect("reception:past", centre=request.centre.slug)
    return response


@require_POST
@centre_page(Permission.IMPORT_PAST)
def past_model_forget(request: CentreRequest, pk: int) -> HttpResponse:
    """Forgets kept choices."""
    model = get_object_or_404(request.centre.past_models, pk=pk)
    actions.forget_model(model=model)
    return redirect("reception:past", centre=request.centre.slug)


def after(request: CentreRequest, past_import: PastImport, act: Any, done: str = "") -> HttpResponse:
    """Acts, then shows where the file stands."""
    try:
        act()
        if done:
            messages.success(request, done)
    except actions.PastError as error:
        messages.error(request, str(error))
    return redirect(at(request, "past_file", past_import))
