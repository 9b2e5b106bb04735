"""How reports go on their way: sent to people at partners’, made by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.statistics.actions.reports import scheduling, sending
from parvis.statistics.actions.reports.errors import ReportError
from parvis.statistics.forms.reports import ScheduleForm, SendForm
from parvis.statistics.queries.reports.pages import contacts_of
from parvis.statistics.queries.reports.ready import model_of
from parvis.statistics.scope import the_report, to_report


@centre_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def send(request: CentreRequest, pk: int) -> HttpResponse:
    """Choose who gets it; the mails are written in the background, once to each."""
    found = the_report(request, pk)
    contacts = contacts_of(found)
    form = SendForm(request.POST or None, contacts=contacts)
    if request.method == "POST" and form.is_valid():
        try:
            n = sending.send_report(
                report=found, contacts=form.chosen, by=request.user, at=request.centre.now()
            )
        except ReportError as error:
            messages.error(request, str(error))
        else:
            said = ngettext("On its way to %(n)d person.", "On its way to %(n)d people.", n)
            messages.success(request, said % {"n": n})
        return to_report(request, found)
    context = {"form": form, "report": found, "contacts": contacts}
    return render(request, "statistics/reports/send.html", context, status=422 if form.errors else 200)


@require_POST
@centre_page(Permission.REPORT)
def schedule(request: CentreRequest, model: str) -> HttpResponse:
    """From now on, this model is made by itself."""
    wanted = model_of(request.centre, model)
    form = ScheduleForm(request.POST)
    if wanted is None or wanted.span == "day" or not form.is_valid():
        messages.error(request, _("This model cannot be made by itself."))
        return redirect("statistics:reports", centre=request.centre.slug)
    try:
        scheduling.schedule_report(
            centre=request.centre,
            model=wanted,
            language=form.cleaned_data["language"],
            publishes=form.cleaned_data["publishes"],
            since=request.centre.local_day(request.centre.now()),
            by=request.user,
        )
    except ReportError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The first one is made in the night after its period ends."))
    return redirect("statistics:reports", centre=request.centre.slug)


@require_POST
@centre_page(Permission.REPORT)
def stop(request: CentreRequest, pk: int) -> HttpResponse:
    """No further one is made by itself."""
    scheduling.stop_schedule(centre=request.centre, schedule=pk, at=request.centre.now())
    messages.success(request, _("No further one is made by itself."))
    return redirect("statistics:reports", centre=request.centre.slug)
