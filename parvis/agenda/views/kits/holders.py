"""How the pages about kits find their rows: a centre's, or a network's. Those of another are there only as far as they are offered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Concatenate, ParamSpec

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from parvis.accounts.roles import Permission
from parvis.agenda.models import Kit, KitFile, KitStep, KitVersion
from parvis.agenda.queries.kits import seen_by
from parvis.agenda.queries.sight import FOR_THE_TEAM
from parvis.centres.models import Centre, Holder
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page

P = ParamSpec("P")
KitRequest = CentreRequest | NetworkRequest
KitView = Callable[Concatenate[KitRequest, Holder, P], HttpResponseBase]


def at_centre(view: KitView[P], permission: Permission) -> Callable[..., HttpResponseBase]:
    """The page about a centre's kits."""

    @centre_page(permission)
    def page(request: CentreRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, request.centre, *args, **kwargs)

    return page


def at_network(view: KitView[P]) -> Callable[..., HttpResponseBase]:
    """The page about a network's own: its coordinators'."""

    @network_page(Permission.MANAGE_NETWORK)
    def page(request: NetworkRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, request.network, *args, **kwargs)

    return page


def may_write(request: KitRequest) -> bool:
    """Whether the person may change kits, and not only read them."""
    held = getattr(request, "permissions", None)
    return held is None or Permission.PLAN_EVENTS in held


def events_seen(request: KitRequest) -> Q:
    """What narrows events to those that the person sees: drafts are seen by who plans events."""
    return Q() if may_write(request) else Q(state__in=FOR_THE_TEAM)


def now_of(holder: Holder) -> datetime:
    """The time on a centre's own clock; a network has none."""
    return holder.now() if isinstance(holder, Centre) else timezone.now()


def today_of(holder: Holder) -> date:
    """The local day of a centre; a network has no clock of its own and uses UTC's."""
    return holder.local_day(now_of(holder)) if isinstance(holder, Centre) else now_of(holder).date()


def own_kit(holder: Holder, pk: int) -> Kit:
    """One of the holder's own."""
    return get_object_or_404(Kit.objects.held_by(holder).select_related("centre", "network"), pk=pk)


def kit_of(holder: Holder, pk: int) -> Kit:
    """One of the holder's own, or one that is offered to it."""
    found = Kit.objects.filter(seen_by(holder)).select_related("centre", "network", "begun_from__centre")
    return get_object_or_404(found, pk=pk)


def draft_of(holder: Holder, pk: int) -> KitVersion:
    """A draft of one of the holder's own."""
    found = KitVersion.objects.filter(kit__in=Kit.objects.held_by(holder), state=KitVersion.State.DRAFT)
    found = found.select_related("kit__centre", "kit__network").prefetch_related("steps", "files")
    return get_object_or_404(found, pk=pk)


def step_of(holder: Holder, pk: int) -> KitStep:
    """A part of one of the holder's drafts."""
    found = KitStep.objects.filter(
        version__kit__in=Kit.objects.held_by(holder), version__state=KitVersion.State.DRAFT
    )
    return get_object_or_404(found.select_related("version__kit__centre", "version__kit__network"), pk=pk)


def file_of(holder: Holder, pk: int) -> KitFile:
    """A file of a version that the holder sees: of its own kits any, of others' the one in use."""
    own = Q(version__kit__in=Kit.objects.held_by(holder))
    offered = Q(version__kit__in=Kit.objects.filter(seen_by(holder)), version__state=KitVersion.State.IN_USE)
    return get_object_or_404(KitFile.objects.filter(own | offered).select_related("version__kit"), pk=pk)
