"""Reports: the list, a new one, the report itself, its ways out, and what happens to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.shared.sheets import XLSX_TYPE
from parvis.statistics.actions.reports import drafting, parts, publishing
from parvis.statistics.actions.reports.errors import AuditFailed, ReportError
from parvis.statistics.forms.reports import (
    AddPartForm,
    CorrectForm,
    KeepForm,
    NewReportForm,
    ScheduleForm,
    TitleForm,
)
from parvis.statistics.models import Report, Schedule
from parvis.statistics.queries.reports.pages import changed_since, report_page, reports_page, schedules_of
from parvis.statistics.queries.reports.protecting import verdict_on
from parvis.statistics.queries.reports.ready import Model, model_of, models_of
from parvis.statistics.queries.reports.spans import Span, months_from
from parvis.statistics.report_papers import report_pdf, report_xlsx
from parvis.statistics.scope import is_outside, named_nobody, the_draft, the_report, to_report


@require_GET
@centre_page(Permission.SEE_FIGURES)
def reports(request: CentreRequest) -> HttpResponse:
    """Drafts, what was published, and the models to begin with."""
    context = {
        "page": reports_page(request.centre, outside=is_outside(request)),
        "models": (models := models_of(request.centre)),
        "schedules": _named(schedules_of(request.centre), models),
        "may_report": Permission.REPORT in request.permissions,
    }
    return render(request, "statistics/reports/reports.html", context)


def _named(schedules: list[Schedule], models: list[Model]) -> list[tuple[Schedule, str]]:
    """What is made by itself, with the name of its model; those whose model was taken away make nothing."""
    names = {model.choice: str(model.name) for model in models}
    return [(one, names[one.model]) for one in schedules if one.model in names]


@centre_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def new_report(request: CentreRequest, model: str) -> HttpResponse:
    """A draft of one model: period, language, audience."""
    wanted = model_of(request.centre, model)
    if wanted is None:
        messages.error(request, _("This model is no longer there. Choose another."))
        return redirect("statistics:reports", centre=request.centre.slug)
    at = request.centre.now()
    language = request.LANGUAGE_CODE or "en"
    form = NewReportForm(
        request.POST or None, model=wanted, today=request.centre.local_day(at), language=language
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        first, last = form.days
        report = drafting.draft_report(
            key=said["key"],
            centre=request.centre,
            wanted=drafting.Wanted(wanted, first, last, said["language"], said["audience"]),
            by=request.user,
            at=at,
        )
        return to_report(request, report)
    schedule = ScheduleForm(initial={"language": language}) if wanted.span != Span.DAY else None
    context = {"form": form, "model": wanted, "schedule": schedule}
    return render(request, "statistics/reports/new.html", context, status=422 if form.errors else 200)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def report(request: CentreRequest, pk: int) -> HttpResponse:
    """One report: a draft as it stands, a published one as it was shown."""
    return _page(request, the_report(request, pk))


def _page(request: CentreRequest, found: Report, status: int = 200, **more: Any) -> HttpResponse:
    page = report_page(found)
    may = Permission.REPORT in request.permissions
    context: dict[str, Any] = {
        "page": page,
        "report": found,
        "may_report": may,
        "composes": may and found.is_draft,
        "late": changed_since(found, exact=not is_outside(request)),
        "over": found.is_over(request.centre.local_day(request.centre.now())),
        "correct_form": CorrectForm(),
        "keep_form": KeepForm(),
        "title_form": TitleForm(initial={"title": found.title}),
        "add_form": AddPartForm(initial={"after": len(page.parts)}),
    }
    return render(request, "statistics/reports/report.html", context | more, status=status)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def report_as_pdf(request: CentreRequest, pk: int) -> HttpResponse:
    """The same as an accessible PDF."""
    found = the_report(request, pk)
    return _file(request, found, report_pdf(report_page(found)), "application/pdf", "pdf")


@require_GET
@centre_page(Permission.SEE_FIGURES)
def report_as_xlsx(request: CentreRequest, pk: int) -> HttpResponse:
    """The same as a workbook: real numbers, a sheet a table, and one that explains."""
    found = the_report(request, pk)
    return _file(request, found, report_xlsx(report_page(found)), XLSX_TYPE, "xlsx")


def _file(request: CentreRequest, found: Report, body: bytes, kind: str, suffix: str) -> HttpResponse:
    period = months_from(found.first, found.last)
    name = f"{request.centre.slug}-{period.key if period else found.first}-{found.pk}.{suffix}"
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@centre_page(Permission.REPORT)
def refresh(request: CentreRequest, pk: int) -> HttpResponse:
    """Take the figures again; what changed is told, and stands on the page."""
    found = the_draft(request, pk)

    def act() -> str:
        n = len(drafting.refresh_report(report=found, at=request.centre.now()))
        if not n:
            return _("The figures were taken again: none of them changed.")
        said = ngettext("%(n)d figure changed.", "%(n)d figures changed.", n)
        return said % {"n": n}

    return _done(request, found, act)


@centre_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def publish(request: CentreRequest, pk: int) -> HttpResponse:
    """Look at it as its readers will, with what the audit says; then publish it."""
    found = the_report(request, pk)
    if not found.is_draft:
        return to_report(request, found)
    reasons: list[str] = []
    if request.method == "POST":
        try:
            publishing.publish_report(report=found, by=request.user, at=request.centre.now())
        except AuditFailed as error:
            reasons = error.reasons
        except ReportError as error:
            messages.error(request, str(error))
            return to_report(request, found)
        else:
            messages.success(request, _("Published. Every figure stays as it was shown."))
            return to_report(request, found)
    verdict = verdict_on(found, list(found.parts.all()))
    context = {
        "page": report_page(found, verdict.contents),
        "report": found,
        "failures": reasons or verdict.failures,
        "over": found.is_over(request.centre.local_day(request.centre.now())),
    }
    return render(request, "statistics/reports/publish.html", context, status=409 if reasons else 200)


@require_POST
@centre_page(Permission.REPORT)
def correct(request: CentreRequest, pk: int) -> HttpResponse:
    """Begin a corrected report beside a published one."""
    found = the_report(request, pk)
    form = named_nobody(CorrectForm(request.POST), request)
    if not form.is_valid():
        return _page(request, found, 422, correct_form=form)
    try:
        draft = publishing.correct_report(
            key=form.cleaned_data["key"],
            report=found,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=request.centre.now(),
        )
    except ReportError as error:
        messages.error(request, str(error))
        return to_report(request, found)
    return to_report(request, draft)


@require_POST
@centre_page(Permission.REPORT)
def discard(request: CentreRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = the_draft(request, pk)
    try:
        drafting.discard_report(report=found)
    except ReportError as error:
        messages.error(request, str(error))
        return to_report(request, found)
    messages.success(request, _("The draft is gone."))
    return redirect("statistics:reports", centre=request.centre.slug)


@require_POST
@centre_page(Permission.REPORT)
def rename(request: CentreRequest, pk: int) -> HttpResponse:
    """Give a draft another title."""
    found = the_draft(request, pk)
    form = named_nobody(TitleForm(request.POST), request)
    if not form.is_valid():
        return _page(request, found, 422, title_form=form)

    def act() -> str:
        parts.rename_report(report=found, title=form.cleaned_data["title"])
        return _("Saved.")

    return _done(request, found, act)


@require_POST
@centre_page(Permission.REPORT)
def keep(request: CentreRequest, pk: int) -> HttpResponse:
    """Keep the blocks as a model of the centre."""
    found = the_report(request, pk)
    form = named_nobody(KeepForm(request.POST), request)
    if form.is_valid():
        try:
            parts.keep_as_model(
                report=found,
                name=form.cleaned_data["name"],
                span=_span_of(found),
                by=request.user,
                at=request.centre.now(),
            )
        except ReportError as error:
            form.add_error("name", str(error))
    if form.errors:
        return _page(request, found, 422, keep_form=form)
    messages.success(request, _("Kept. It stands first among the models now."))
    return redirect("statistics:reports", centre=request.centre.slug)


def _span_of(found: Report) -> str:
    period = months_from(found.first, found.last)
    return {1: "month", 3: "quarter", 12: "year"}[period.months] if period else "day"


@require_POST
@centre_page(Permission.REPORT)
def put_aside(request: CentreRequest, model: int) -> HttpResponse:
    """Take one of the centre's own models from the list."""
    parts.put_model_aside(centre=request.centre, model=model, at=request.centre.now())
    messages.success(request, _("The model is gone; reports made of it stay."))
    return redirect("statistics:reports", centre=request.centre.slug)


def _done(request: CentreRequest, found: Report, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except ReportError as error:
        messages.error(request, str(error))
    return to_report(request, found)
