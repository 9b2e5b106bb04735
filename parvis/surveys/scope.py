"""How a page finds the survey whose address it has, and the language in which it speaks.

The address is the key: whoever has it may answer, nobody signs in, and no cookie is read or set.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from parvis.centres.models import Holder
from parvis.shared.speaking import ALL_LANGUAGES, browsers_language, headed
from parvis.surveys.models import Collection, Way

A = ParamSpec("A")
SHARED_SCREENS = {Way.KIOSK, Way.ADVISER}  # one after the other answers there: the next must not see the last


class CollectionRequest(HttpRequest):
    """A request by whoever answers, in the language that they chose."""

    collection: Collection
    holder: Holder
    at: datetime
    language: str


def collection_page(
    view: Callable[Concatenate[CollectionRequest, A], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view ``request.collection`` by the address's ``token``; a friendly 404 where it is none, or on paper."""

    @csrf_exempt  # the address is the authority: another site cannot know it, and no cookie helps it
    @wraps(view)
    def found(request: Any, *args: Any, token: str, **kwargs: Any) -> HttpResponse:
        collections = Collection.objects.select_related(
            "centre__network", "network", "version__questionnaire"
        )
        collection = collections.filter(token=token).exclude(way=Way.PAPER).first()
        if collection is None or not collection.languages:
            return no_survey(request)
        request.collection = collection
        request.holder = collection.centre or collection.network
        request.at = collection.centre.now() if collection.centre else timezone.now()
        request.language = language_of(request, collection)
        zone = collection.centre.zone if collection.centre else timezone.get_default_timezone()
        with translation.override(request.language), timezone.override(zone):
            return headed(view(request, *args, **kwargs), request.language)

    return found


def language_of(request: HttpRequest, collection: Collection) -> str:
    """The one chosen, else the browser's, else the house's: a kiosk's browser speaks for nobody."""
    chosen = request.GET.get("language", "")
    if chosen in collection.languages:
        return chosen
    usual = collection.centre.language if collection.centre else ""
    spoken = "" if collection.way in SHARED_SCREENS else browsers_language(request, collection.languages)
    return spoken or (usual if usual in collection.languages else str(collection.languages[0]))


def no_survey(request: HttpRequest) -> HttpResponse:
    """A friendly page for an address that leads nowhere."""
    language = browsers_language(request, ALL_LANGUAGES) or settings.LANGUAGE_CODE
    with translation.override(language):
        response = render(request, "surveys/visitor/gone.html", status=404)
    return headed(response, language)
