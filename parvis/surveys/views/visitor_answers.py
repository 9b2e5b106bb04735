"""A survey is answered: on a kiosk, a phone, a tablet, in a class. Nobody signs in, and nothing says who answers."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from parvis.centres.models import Centre
from parvis.shared.speaking import language_names
from parvis.surveys.actions.answering import (
    NotAskedNow,
    NothingAnswered,
    NotRight,
    count_refusal,
    record_answers,
)
from parvis.surveys.models import Refusals, Version, Way
from parvis.surveys.queries.classes import is_open_to_the_class
from parvis.surveys.queries.samples import is_asked_now
from parvis.surveys.queries.sheet import Sheet, given_of, sheet
from parvis.surveys.scope import SHARED_SCREENS, CollectionRequest, collection_page
from parvis.surveys.visitor_faults import sentence
from parvis.surveys.visitor_limits import WAIT, may_answer

DONE = {"thanks", "declined"}


@require_http_methods(["GET", "POST"])
@collection_page
def answer(request: CollectionRequest) -> HttpResponse:
    """The questions, and what came of them. Without a script each section is a page; what was answered goes along."""
    collection, day = request.collection, day_of(request)
    if DONE & set(request.GET):
        return render(request, "surveys/visitor/thanks.html", shared(request))
    if not collection.takes_answers_on(day) or not asks_now(request):
        return render(request, "surveys/visitor/closed.html", shared(request), status=410)
    if request.method == "POST":
        is_last = "go" not in request.POST
        if is_last and not may_answer(request.META.get("REMOTE_ADDR", ""), collection.pk):
            response = render(request, "surveys/visitor/many.html", shared(request), status=429)
            response["Retry-After"] = str(WAIT)
            return response
        return taken(request, day)
    version = Version.objects.whole().get(pk=collection.version_id)
    return shown(request, sheet(version, request.holder, day), uuid4())


def asks_now(request: CollectionRequest) -> bool:
    """Whether it is an hour that was drawn, and a class's screen is open."""
    collection, at = request.collection, request.at
    return (
        is_open_to_the_class(collection, at) if collection.way == Way.CLASS else is_asked_now(collection, at)
    )


def taken(request: CollectionRequest, day: date) -> HttpResponse:
    """What was sent: a refusal, one section, or all of it."""
    collection = request.collection
    for name, kind in (
        ("declined", Refusals.Kind.DECLINED),
        ("unfinished", Refusals.Kind.UNFINISHED),
    ):
        if name in request.POST:
            with suppress(NotAskedNow):
                count_refusal(collection=collection, key=key_of(request), kind=kind, day=day)
            return over(request, "declined")
    version = Version.objects.whole().get(pk=collection.version_id)
    given = given_of(version, dict(request.POST.lists()))
    key = key_of(request)
    if "go" in request.POST:
        wanted = request.POST["go"][:3]
        at = int(wanted) if wanted.isdecimal() else 0
        return shown(request, sheet(version, request.holder, day, given=given, at=at), key)
    try:
        record_answers(collection=collection, key=key, language=request.language, given=given, day=day)
    except NotRight as refused:
        faults = {question: sentence(fault) for question, fault in refused.faults.items()}
        back = sheet(version, request.holder, day, given=given, faults=faults)
        return shown(request, back, key, status=422)
    except NothingAnswered:
        return shown(request, sheet(version, request.holder, day), key, nothing=True, status=422)
    except NotAskedNow:
        return render(request, "surveys/visitor/closed.html", shared(request), status=410)
    return over(request, "thanks")


def shown(
    request: CollectionRequest, form: Sheet, key: UUID, *, nothing: bool = False, status: int = 200
) -> HttpResponse:
    """The page with the form."""
    context = shared(request) | {
        "sheet": form,
        "key": key,
        "nothing": nothing,
        "screen": request.POST.get("screen", "")[:40],
    }
    return render(request, "surveys/visitor/answer.html", context, status=status)


def over(request: CollectionRequest, how: str) -> HttpResponse:
    """Thanks, at an address that can be read again without sending anything twice."""
    query = urlencode({"language": request.language, how: 1})
    here = reverse("asking:answer", kwargs={"token": request.collection.token})
    return HttpResponseRedirect(f"{here}?{query}")


def shared(request: CollectionRequest) -> dict[str, object]:
    """What each of the survey's pages needs."""
    collection = request.collection
    here = reverse("asking:answer", kwargs={"token": collection.token})
    return {
        "collection": collection,
        "house": request.holder,
        "title": collection.version.asked_as,
        "shared_screen": collection.way in SHARED_SCREENS,
        "start": here,
        "language": request.language,
        "languages": [
            (code, name, f"?{urlencode({'language': code})}")
            for code, name in language_names(collection.languages)
        ],
        "declined": "declined" in request.GET,
        "back": reverse("asking:at_desk", args=[request.holder.slug]) if collection.centre else "",
    }


def key_of(request: CollectionRequest) -> UUID:
    """The page's own, by which a second try is the same answer; a new one where it is none."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def day_of(request: CollectionRequest) -> date:
    """Today, where the survey is."""
    return request.holder.local_day(request.at) if isinstance(request.holder, Centre) else request.at.date()
