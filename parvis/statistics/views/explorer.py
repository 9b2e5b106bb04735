"""The explorer: a question in the address, its answer as table and picture; and as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from parvis.accounts.roles import Permission
from parvis.centres.models import Centre, Network
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page
from parvis.shared.school_years import first_month
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE
from parvis.statistics.facts.fresh import BeingPrepared
from parvis.statistics.forms.explorer import ExplorerForm, Offer
from parvis.statistics.protection import Audience, Refusal, refused
from parvis.statistics.queries.explorer import Asked, vocabulary
from parvis.statistics.queries.explorer.answering import tables_for
from parvis.statistics.queries.explorer.ready import ready
from parvis.statistics.shown import CrossTable
from parvis.statistics.ways_out import (
    Kind,
    as_csv,
    as_json,
    as_xlsx,
    explained,
    fitting,
    pdf,
    pictures,
    png,
    svg,
)
from parvis.statistics.ways_out.words import change_said, heading, spoken

TYPES = {
    "csv": CSV_TYPE,
    "xlsx": XLSX_TYPE,
    "json": "application/json",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
}
OTHERS = {"seen": "others"}


@dataclass(frozen=True)
class Reader:
    """Who asks of what. ``inside``: the centre's own team, which may see true figures on its screen."""

    holder: Centre | Network
    centres: Sequence[Centre]
    today: date
    at: datetime
    inside: bool
    name: str  # of the page's address
    file_name: str

    @property
    def begins(self) -> int:
        """The month in which a school year begins: of a network, where its first centre is."""
        return first_month(self.centres[0].country)

    def address(self, name: str, **parts: str) -> str:
        key = "network" if isinstance(self.holder, Network) else "centre"
        return reverse(name, kwargs={key: self.holder.slug, **parts})

    def audience(self, request: HttpRequest) -> Audience:
        """True figures for the team, unless it wants to see what others see."""
        return Audience.TEAM if self.inside and request.GET.get("seen") != "others" else Audience.PUBLIC

    def refuses(self, asked: Asked, audience: Audience) -> Refusal | None:
        """Why this audience gets no answer, of the period or of the one compared with."""
        centres = frozenset(one.pk for one in self.centres)
        questions = [
            asked.question(centres),
            *([asked.question(centres, asked.other)] if asked.other else []),
        ]
        found = (refused(one, audience, today=self.today, school_year=(self.begins, 1)) for one in questions)
        return next((why for why in found if why), None)


def _of_centre(request: CentreRequest) -> Reader:
    centre, at = request.centre, request.centre.now()
    held = request.permissions
    inside = not (Permission.MANAGE_NETWORK in held and Permission.CLOSE_DAY not in held)
    names = ("statistics:explorer", "statistics:explorer_file")
    return Reader(centre, [centre], centre.local_day(at), at, inside, *names)


def _of_network(request: NetworkRequest) -> Reader:
    """A network's day begins when it has begun in each of its centres."""
    centres = list(request.network.centres.order_by("name"))
    if not centres:
        raise Http404
    times = [(centre.local_day(at := centre.now()), at) for centre in centres]
    names = ("statistics:network_explorer", "statistics:network_explorer_file")
    return Reader(request.network, centres, *min(times), False, *names)


@require_GET
@centre_page(Permission.SEE_FIGURES)
def explorer(request: CentreRequest) -> HttpResponse:
    """A centre's figures."""
    return _page(request, _of_centre(request), {})


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def network_explorer(request: NetworkRequest) -> HttpResponse:
    """A network's figures, in the words that its centres share."""
    return _page(request, _of_network(request), {"holder": request.network})


@require_GET
@centre_page(Permission.SEE_FIGURES)
def explorer_file(request: CentreRequest, kind: str) -> HttpResponse:
    """The same question's answer as a file, protected."""
    return _file(request, _of_centre(request), kind)


@require_GET
@network_page(Permission.MANAGE_NETWORK)
def network_explorer_file(request: NetworkRequest, kind: str) -> HttpResponse:
    """The same of a network."""
    return _file(request, _of_network(request), kind)


def _form(request: HttpRequest, reader: Reader) -> ExplorerForm:
    shared = isinstance(reader.holder, Network) or request.GET.get("words") == "network"
    words = vocabulary(reader.holder, reader.centres, in_network_words=shared)
    return ExplorerForm(
        request.GET, Offer(words, reader.today, reader.begins, isinstance(reader.holder, Network))
    )


def _page(request: HttpRequest, reader: Reader, context: dict[str, Any]) -> HttpResponse:
    form, audience = _form(request, reader), reader.audience(request)
    context |= {
        "form": form,
        "reader": reader,
        "team": audience is Audience.TEAM,
        "ready": ready(outside=not reader.inside),
    }
    address = ""
    if form.is_valid() and form.asked:
        asked = form.asked.until(reader.today, audience)
        if why := reader.refuses(asked, audience):
            form.refuse(why)
        else:
            try:
                context |= _shown(reader, form, asked, audience, request.build_absolute_uri)
            except BeingPrepared:
                context["preparing"] = True
            address = f"{request.path}?{form.asked.address(form.offer.words, **(OTHERS if request.GET.get('seen') == 'others' else {}))}"
    context["page"] = reader.address(reader.name)
    if not getattr(request, "htmx", False):
        return render(request, "statistics/explorer/page.html", context)
    response = render(request, "statistics/explorer/page.html#explorer", context)
    return push_url(response, address or request.get_full_path())


def _shown(
    reader: Reader, form: ExplorerForm, asked: Asked, audience: Audience, whole: Callable[[str], str]
) -> dict[str, Any]:
    """The answer in all its shapes, and what may be done with it."""
    words, other = form.offer.words, form.asked.until(reader.today, Audience.PUBLIC)  # type: ignore[union-attr]
    found = tables_for(asked, audience, reader.holder, reader.centres, words, reader.at)
    leaves = audience is Audience.PUBLIC or reader.refuses(other, Audience.PUBLIC)
    why = leaves if isinstance(leaves, Refusal) else None
    query = asked.address(words)
    return {
        "tables": [(table, heading(table), _lines(table)) for table in found],
        "pictures": pictures(found, asked.picture or fitting(found[0])) if found else [],
        "has_any": any(table.lines and table.n for table in found),
        "explained": _together(explained(found[0])) if found else [],
        "change": change_said(found[0]) if found else "",
        "stays": form.reason(why) if why else "",
        "files": [(kind.upper(), f"{reader.address(reader.file_name, kind=kind)}?{query}") for kind in TYPES],
        "share": f"{reader.address(reader.name)}?{query}",
        "share_whole": whole(f"{reader.address(reader.name)}?{query}"),
        "as_others": f"{reader.address(reader.name)}?{asked.address(words, **OTHERS)}",
        "asked": asked,
    }


def _together(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Subject -> everything said of it."""
    found: dict[str, list[str]] = {}
    for subject, words in pairs:
        found.setdefault(subject, []).append(words)
    return list(found.items())


def _lines(table: CrossTable) -> list[tuple[Any, list[str]]]:
    """Each line with its words; the totals' line last, which is none of the table's lines."""
    lines: list[Any] = [*table.lines, None]
    return [(line, cells) for line, cells in zip(lines, spoken(table), strict=False)]


def _file(request: HttpRequest, reader: Reader, kind: str) -> HttpResponse:
    if kind not in TYPES:
        raise Http404
    form = _form(request, reader)
    asked = form.asked.until(reader.today, Audience.PUBLIC) if form.is_valid() and form.asked else None
    if asked is None or reader.refuses(asked, Audience.PUBLIC):
        found = request.GET.copy()
        found["seen"] = "others"  # there, the reason stands beside its field
        return redirect(f"{reader.address(reader.name)}?{found.urlencode()}")
    tables = tables_for(asked, Audience.PUBLIC, reader.holder, reader.centres, form.offer.words, reader.at)
    body = _written(kind, tables, asked.picture or (fitting(tables[0]) if tables else Kind.NONE), reader)
    response = HttpResponse(body, content_type=TYPES[kind])
    name = f"{reader.holder.slug}-{asked.unit.value}-{asked.period.first}-{asked.period.last}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _written(kind: str, tables: Sequence[CrossTable], picture: Kind, reader: Reader) -> bytes:
    made = date_format(reader.today, "j F Y")
    figures = pictures(tables, picture)
    foot = [f"{subject}: {words}" for subject, words in explained(tables[0])] if tables else []
    write: dict[str, Callable[[], bytes]] = {
        "csv": lambda: as_csv(tables, made),
        "xlsx": lambda: as_xlsx(tables, made),
        "json": lambda: as_json(tables, reader.today.isoformat()),
        "pdf": lambda: pdf(tables, figures, made),
        "svg": lambda: svg(figures, foot),
        "png": lambda: png(figures, foot),
    }
    return write[kind]()
