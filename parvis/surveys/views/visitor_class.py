"""The screen of a class, opened by the teacher's own link, and the page on which its code is typed. Nobody signs in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.shared.speaking import ALL_LANGUAGES, browsers_language, headed, language_names
from parvis.surveys.actions.answering import NotAskedNow
from parvis.surveys.actions.classes import IsOver, close_round, open_round
from parvis.surveys.live_classes import stream
from parvis.surveys.models import ClassRound
from parvis.surveys.queries.classes import Stage, class_totals, screen_of
from parvis.surveys.queries.results import results
from parvis.surveys.scope import CollectionRequest, language_of, no_survey
from parvis.surveys.visitor_limits import may_guess
from parvis.surveys.visitor_poster import qr_code

A = ParamSpec("A")


class ClassRequest(CollectionRequest):
    """A request by whoever has the teacher's link."""

    row: ClassRound


def class_page(view: Callable[Concatenate[ClassRequest, A], HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view ``request.row`` by the screen's own ``token``; a friendly 404 where it is none."""

    @csrf_exempt  # the address is the authority, as where one answers
    @never_cache
    @wraps(view)
    def found(request: Any, *args: Any, token: str, **kwargs: Any) -> HttpResponse:
        rows = ClassRound.objects.select_related(
            "collection__centre__network", "collection__network", "collection__version__questionnaire"
        )
        row = rows.filter(token=token).first()
        centre = row.collection.centre if row else None
        if row is None or centre is None:
            return no_survey(request)
        request.row, request.collection, request.holder = row, row.collection, centre
        request.at = centre.local(centre.now())
        request.language = language_of(request, row.collection)
        with translation.override(request.language), timezone.override(centre.zone):
            return headed(view(request, *args, **kwargs), request.language)

    return found


@require_GET
@class_page
def screen(request: ClassRequest) -> HttpResponse:
    """Before: a button. While the class answers: the code and the count. Afterwards: totals, until the day is over."""
    shown = screen_of(request.row, request.at)
    survey = request.collection
    address = request.build_absolute_uri(reverse("asking:answer", kwargs={"token": survey.token}))
    context: dict[str, object] = {
        "screen": shown,
        "stage": shown.stage.value,
        "survey": survey,
        "house": request.holder,
        "title": survey.version.questionnaire.title,
        "language": request.language,
        "languages": [
            (code, name, f"?{urlencode({'language': code})}")
            for code, name in language_names(survey.languages)
        ],
    }
    if shown.is_open:
        context |= {
            "qr": qr_code(address),
            "short": request.build_absolute_uri(reverse("asking:code")).partition("://")[2].rstrip("/"),
            "stream": stream(survey, request.language),
        }
    if shown.stage == Stage.OVER:
        context["totals"] = class_totals(results(survey, request.at.date()))
    gone = shown.stage == Stage.GONE
    return render(request, "surveys/visitor/class.html", context, status=410 if gone else 200)


@require_POST
@class_page
def screen_deed(request: ClassRequest, deed: str) -> HttpResponse:
    """The screen is opened, or closed."""
    if deed not in {"open", "close"}:
        raise Http404
    with suppress(IsOver, NotAskedNow):  # the screen says how it stands
        work = open_round if deed == "open" else close_round
        work(screen=request.row, at=request.at)
    here = reverse("asking:screen", kwargs={"token": request.row.token})
    return HttpResponseRedirect(f"{here}?{urlencode({'language': request.language})}")


@csrf_exempt  # nothing is written, and no cookie is read
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Six figures from a class's screen lead to its questions."""
    chosen = request.GET.get("language", "")
    spoken = browsers_language(request, ALL_LANGUAGES) or settings.LANGUAGE_CODE
    language = chosen if chosen in ALL_LANGUAGES else spoken
    with translation.override(language):
        return headed(_led(request, language), language)


def _led(request: HttpRequest, language: str) -> HttpResponse:
    typed = request.POST.get("code", "")
    figures = "".join(one for one in typed[:40] if one.isdecimal())
    context: dict[str, object] = {"typed": typed[:12], "language": language}
    if request.method == "GET":
        return render(request, "surveys/visitor/code.html", context)
    if not may_guess(request.META.get("REMOTE_ADDR", "")):
        response = render(request, "surveys/visitor/code.html", context | {"many": True}, status=429)
        response["Retry-After"] = "600"
        return response
    rows = ClassRound.objects.select_related("collection__centre")
    row = rows.filter(code=figures).first() if figures else None
    centre = row.collection.centre if row else None
    if row is None or centre is None or not row.is_open(centre.now()):
        return render(request, "surveys/visitor/code.html", context | {"wrong": True}, status=422)
    return redirect("asking:answer", token=row.collection.token)
