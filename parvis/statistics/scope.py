"""How a view of reports finds its report, and hides from outside what did not leave the centre."""

from __future__ import annotations

from typing import TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest
from parvis.shared.free_text import NoNameField
from parvis.statistics.models import Part, Report
from parvis.statistics.queries.reports.pages import seen_by

F = TypeVar("F", bound=forms.BaseForm)


def is_outside(request: CentreRequest) -> bool:
    """Whether the reader is of the network and not of the centre: they read what left it."""
    held = request.permissions
    return Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held


def the_report(request: CentreRequest, pk: int) -> Report:
    """A report of this centre that the reader may see."""
    return get_object_or_404(seen_by(request.centre, outside=is_outside(request)), pk=pk)


def the_draft(request: CentreRequest, pk: int) -> Report:
    """A report of this centre, to write in: whether it still is a draft, the action says."""
    return get_object_or_404(Report.objects.select_related("centre"), centre=request.centre, pk=pk)


def the_part(request: CentreRequest, pk: int) -> Part:
    """A block of a report of this centre."""
    rows = Part.objects.select_related("report__centre")
    return get_object_or_404(rows, report__centre=request.centre, pk=pk)


def to_report(request: CentreRequest, report: Report) -> HttpResponse:
    """Back to the report's page."""
    return redirect("statistics:report", centre=request.centre.slug, pk=report.pk)


def named_nobody(form: F, request: CentreRequest) -> F:
    """The form, with names and numbers spotted as the centre's country writes them."""
    for field in form.fields.values():
        if isinstance(field, NoNameField):
            field.country = request.centre.country
    return form
