"""The living page of the design system. Open to everybody: it is documentation."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from parvis.shared.design.figures import context
from parvis.shared.design.samples import PARTS

STAFF = {code for code, _name in settings.STAFF_LANGUAGES}


@require_safe
def design(request: HttpRequest, slug: str = "") -> HttpResponse:
    """One part of the living page; ``?language=`` shows it in another one, Arabic from right to left."""
    part = next((part for part in PARTS if part.slug == slug), None)
    if part is None:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in STAFF | {"ar"} else translation.get_language()
    with translation.override(language):
        page = {"part": part, "parts": PARTS, "asked": asked if asked == language else ""}
        return render(request, "shared/design.html", page | context())
