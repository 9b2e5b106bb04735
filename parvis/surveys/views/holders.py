"""How the pages about questionnaires find their rows: a centre's, or a network's. Those of another are not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from parvis.accounts.roles import Permission
from parvis.centres.models import Centre, Holder
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page
from parvis.surveys.models import Question, Questionnaire, Section, Version

P = ParamSpec("P")
AskRequest = CentreRequest | NetworkRequest
AskView = Callable[Concatenate[AskRequest, Holder, P], HttpResponseBase]


def at_centre(view: AskView[P]) -> Callable[..., HttpResponseBase]:
    """The page about a centre's questionnaires."""

    @centre_page(Permission.ASK)
    def page(request: CentreRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, request.centre, *args, **kwargs)

    return page


def at_network(view: AskView[P]) -> Callable[..., HttpResponseBase]:
    """The page about a network's own: its coordinators'."""

    @network_page(Permission.ASK)
    def page(request: NetworkRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, request.network, *args, **kwargs)

    return page


def today_of(holder: Holder) -> date:
    """The local day of a centre; a network has no clock of its own and uses UTC's."""
    return holder.local_day(holder.now()) if isinstance(holder, Centre) else timezone.now().date()


def questionnaire_of(holder: Holder, pk: int) -> Questionnaire:
    """One of the holder's own."""
    return get_object_or_404(Questionnaire.objects.held_by(holder).select_related("centre", "network"), pk=pk)


def version_of(holder: Holder, pk: int) -> Version:
    """A whole version of one of the holder's own."""
    own = Questionnaire.objects.held_by(holder)
    return get_object_or_404(Version.objects.whole(), questionnaire__in=own, pk=pk)


def section_of(holder: Holder, pk: int) -> Section:
    """A section of one of the holder's drafts."""
    found = Section.objects.filter(version__questionnaire__in=Questionnaire.objects.held_by(holder))
    found = found.filter(version__state=Version.State.DRAFT)
    return get_object_or_404(found.select_related("version__questionnaire"), pk=pk)


def question_of(holder: Holder, pk: int) -> Question:
    """A question of one of the holder's drafts."""
    found = Question.objects.filter(version__questionnaire__in=Questionnaire.objects.held_by(holder))
    found = found.filter(version__state=Version.State.DRAFT).prefetch_related("options", "conditions__on")
    return get_object_or_404(found.select_related("version__questionnaire", "section"), pk=pk)
