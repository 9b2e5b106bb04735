"""A coordinator's network: its centres."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.queries.network import centres_of
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page


@network_page(Permission.MANAGE_NETWORK)
@require_GET
def network(request: NetworkRequest) -> HttpResponse:
    """The centres of a network, by name."""
    shown = {"holder": request.network, "lines": centres_of(request.network, timezone.now())}
    return render(request, "centres/network/centres.html", shown)


@centre_page(Permission.MANAGE_NETWORK)
@require_GET
def network_of(request: CentreRequest) -> HttpResponse:
    """The way from a centre to its network."""
    return redirect("centres:network", network=request.centre.network.slug)
