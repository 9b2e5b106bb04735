"""The blocks of a draft: written, added, taken out, put in order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.statistics.actions.reports import parts
from parvis.statistics.actions.reports.errors import ChangedMeanwhile, ReportError
from parvis.statistics.forms.reports import AddPartForm, form_of
from parvis.statistics.models import PartKind
from parvis.statistics.scope import named_nobody, the_draft, the_part, to_report


@centre_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def part(request: CentreRequest, pk: int) -> HttpResponse:
    """One block: its heading, and what is typed into it."""
    found = the_part(request, pk)
    form = named_nobody(form_of(found)(request.POST or None, part=found), request)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            parts.write_part(
                part=found,
                title=form.cleaned_data["title"],
                said=form.said(),
                settings=form.settings(),
                version=form.cleaned_data["version"],
                at=request.centre.now(),
            )
        except ChangedMeanwhile as error:
            form.add_error(None, str(error))
            form.show_again(found.version)
            theirs = found
        except ReportError as error:
            messages.error(request, str(error))
            return to_report(request, found.report)
        else:
            messages.success(request, _("Saved."))
            return to_report(request, found.report)
    context = {"form": form, "part": found, "report": found.report, "theirs": theirs}
    return render(request, "statistics/reports/part.html", context, status=422 if form.errors else 200)


@require_POST
@centre_page(Permission.REPORT)
def add(request: CentreRequest, pk: int) -> HttpResponse:
    """One more block at the end."""
    found = the_draft(request, pk)
    form = AddPartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose which block to add."))
        return to_report(request, found)
    kind = PartKind(form.cleaned_data["kind"])
    with translation.override(found.language):
        title = str(kind.label)
    try:
        made = parts.add_part(
            report=found,
            kind=kind,
            title=title,
            settings={},
            after=form.cleaned_data["after"],
            at=request.centre.now(),
        )
    except ReportError as error:
        messages.error(request, str(error))
        return to_report(request, found)
    response = to_report(request, found)
    response["Location"] += f"#part-{made.pk}"
    return response


@require_POST
@centre_page(Permission.REPORT)
def remove(request: CentreRequest, pk: int) -> HttpResponse:
    """Take a block out."""
    found = the_part(request, pk)
    try:
        parts.remove_part(part=found)
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The block is gone."))
    return to_report(request, found.report)


@require_POST
@centre_page(Permission.REPORT)
def order(request: CentreRequest, pk: int) -> HttpResponse:
    """Put the blocks in the order of the page."""
    found = the_draft(request, pk)
    wanted = [int(key) for key in request.POST.getlist("part") if key.isascii() and key.isdigit()]
    try:
        parts.order_parts(report=found, order=wanted)
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The order is kept."))
    return to_report(request, found)
