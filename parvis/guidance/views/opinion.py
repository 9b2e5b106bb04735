"""From a talk to the page of surveys at desks. Which talk it was stays behind."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page


@require_GET
@centre_page(Permission.CALL)
def opinion_of_visitor(request: CentreRequest, ticket: int) -> HttpResponse:
    """The same page whoever sits there: the ticket is looked at nowhere, and is not in the next address."""
    return redirect("asking:at_desk", centre=request.centre.slug)
