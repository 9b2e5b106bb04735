"""Open data for everybody: the editions of a centre, one edition with what its columns mean, its files, and the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.centres.models import Centre
from parvis.shared.speaking import a_day
from parvis.shared.visiting import VisitorRequest, speaking_of, visitor_page
from parvis.statistics.models import Licence, OpenEdition
from parvis.statistics.queries.open_data.catalogue import (
    KINDS,
    Addresses,
    catalogue,
    dataset,
)
from parvis.statistics.queries.open_data.files import TYPES
from parvis.statistics.queries.open_data.frozen import as_read
from parvis.statistics.queries.open_data.pages import (
    changes_in,
    dictionary,
    open_editions,
    public_edition,
    public_editions,
    tables_in,
)

KEPT = "public, max-age=300"  # so long may others keep a file: what is withdrawn goes soon


@require_safe
@visitor_page
def public_open_data(request: VisitorRequest, centre: str) -> HttpResponse:
    """A centre's years, each with its files and licence."""
    found = Centre.objects.filter(slug=centre).first()
    if found is None or not open_editions(found).exists():
        raise Http404
    with timezone.override(found.zone):
        context = {"centre": found, "name": found.name, "rows": _dated(public_editions(found))}
        context |= speaking_of(request, reverse("statistics:public_open_data", args=[centre]))
        return render(request, "statistics/visitor/open_data.html", context)


@require_safe
@visitor_page
def public_open_edition(request: VisitorRequest, centre: str, year: int, number: int) -> HttpResponse:
    """One edition: its files, its tables, what each column means, and the other editions of the year."""
    found = _edition(centre, year, number)
    frozen = as_read(found.content)
    language = frozen.speak(request.language)
    others = open_editions(found.centre).filter(year=year, withdrawn_at=None).exclude(pk=found.pk)
    with timezone.override(found.centre.zone):
        context = {
            "centre": found.centre,
            "name": found.centre.name,
            "edition": found,
            "licence": _licence(found),
            "others": _dated(others),
            "day": _day(found),
            "spoken": language,
        }
        if not found.is_withdrawn:
            context |= {
                "tables": tables_in(frozen, language, year),
                "dictionary": dictionary(frozen, language),
                "changes": changes_in(found, frozen, language),
            }
        context |= speaking_of(
            request, reverse("statistics:public_open_edition", args=[centre, year, number])
        )
        status = 410 if found.is_withdrawn else 200
        return render(request, "statistics/visitor/open_edition.html", context, status=status)


@require_safe
def public_open_file(
    request: HttpRequest, centre: str, year: int, number: int, name: str
) -> HttpResponseBase:
    """One file as it was published; or the edition in DCAT-AP. Gone where the edition was withdrawn."""
    found = _edition(centre, year, number)
    if found.is_withdrawn:
        return HttpResponse(
            _("This edition was withdrawn."), status=410, content_type="text/plain; charset=utf-8"
        )
    stem, _dot, kind = name.rpartition(".")
    if stem == "dataset" and kind in KINDS:
        graph = dataset(found, public_editions(found.centre), _addresses(request, centre))
        return _described(graph, kind)
    file = found.files.filter(name=name).first()
    if file is None:
        raise Http404
    tag = f'"{file.digest}"'
    if (same := get_conditional_response(request, etag=tag)) and isinstance(same, HttpResponseNotModified):
        return same
    response = HttpResponse(bytes(file.body), content_type=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{centre}-{year}-{name}"'
    return _open(response, tag)


@require_safe
def public_catalogue(request: HttpRequest, centre: str, kind: str) -> HttpResponse:
    """Everything that a centre published, in DCAT-AP."""
    found = Centre.objects.filter(slug=centre).first()
    if found is None or kind not in KINDS or not open_editions(found).exists():
        raise Http404
    graph = catalogue(found, public_editions(found), _addresses(request, centre))
    return _described(graph, kind)


def _described(graph: Any, kind: str) -> HttpResponse:
    form, media = KINDS[kind]
    return _open(HttpResponse(graph.serialize(format=form), content_type=media))


def _open(response: HttpResponse, tag: str = "") -> HttpResponse:
    """May be kept for a while, and read by any page on the net."""
    response.headers["Cache-Control"] = KEPT
    response.headers["Access-Control-Allow-Origin"] = "*"
    if tag:
        response.headers["ETag"] = tag
    return response


def _dated(editions: Iterable[OpenEdition]) -> list[tuple[OpenEdition, str]]:
    """Each with the day on which it was published, as the active language writes it."""
    return [(one, _day(one)) for one in editions]


def _licence(one: OpenEdition) -> SafeString:
    """Its name, leading to its text."""
    known = Licence(one.licence)
    return format_html('<a href="{}" rel="license">{}</a>', known.address, known.label)


def _day(one: OpenEdition) -> str:
    return a_day(one.centre.local_day(one.published_at))


def _edition(centre: str, year: int, number: int) -> OpenEdition:
    found = public_edition(centre, year, number)
    if found is None:
        raise Http404
    return found


def _addresses(request: HttpRequest, centre: str) -> Addresses:
    def at(name: str, *parts: Any) -> str:
        return request.build_absolute_uri(reverse(f"statistics:{name}", args=[centre, *parts]))

    return Addresses(
        at("public_open_data"),
        lambda one: at("public_open_edition", one.year, one.number),
        lambda one, name: at("public_open_file", one.year, one.number, name),
    )
