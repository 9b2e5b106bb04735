"""How a teacher's page finds the visit whose address it has, and the language in which it speaks.

The address is the key: whoever has it may read and answer, nobody signs in, and no cookie is read or set.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from parvis.agenda.models import ClassVisit
from parvis.shared.speaking import ALL_LANGUAGES, headed
from parvis.shared.visiting import VisitorRequest, language_of

A = ParamSpec("A")


class TeacherRequest(VisitorRequest):
    """A request by whoever has the address of a visit, in the language that they chose."""

    visit: ClassVisit
    at: datetime


def teacher_page(
    view: Callable[Concatenate[TeacherRequest, A], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view ``request.visit`` by the address's ``token``; a friendly 404 where it is none."""

    @csrf_exempt  # the address is the authority: another site cannot know it, and no cookie helps it
    @wraps(view)
    def found(request: Any, *args: Any, token: str, **kwargs: Any) -> HttpResponse:
        visits = ClassVisit.objects.select_related("centre__network", "level", "stream", "teacher")
        visit = visits.filter(token=token).first()
        if visit is None:
            return no_visit(request)
        request.visit, request.at = visit, visit.centre.now()
        chosen = request.GET.get("language", "")
        request.language = chosen if chosen in ALL_LANGUAGES else visit.language
        with translation.override(request.language), timezone.override(visit.centre.zone):
            return headed(view(request, *args, **kwargs), request.language)

    return found


def no_visit(request: HttpRequest) -> HttpResponse:
    """A friendly page for an address that leads nowhere."""
    language = language_of(request)
    with translation.override(language):
        response = render(request, "agenda/visitor/class_gone.html", status=404)
    return headed(response, language)
