"""Who changed what in the published rota, and taking it back."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from parvis.accounts.models import User
from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.rota.actions.errors import RotaError
from parvis.rota.actions.telling import undo_and_tell
from parvis.rota.queries.history import Asked, deeds, file_rows, heading
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx


@never_cache
@require_GET
@centre_page(Permission.PLAN_ROTA)
def history(request: CentreRequest) -> HttpResponse:
    """The latest deeds, of everybody or as asked for."""
    asked = _asked(request)
    before = request.GET.get("before", "")
    found, following = deeds(
        request.centre,
        asked,
        at=request.centre.now(),
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "deeds": found,
        "following": following,
        "asked": asked,
        "query": query.urlencode(),
        "people": User.objects.filter(duty_slots__centre=request.centre).distinct().order_by("name"),
        "themes": request.centre.themes.order_by("position"),
        "key": uuid4(),
    }
    return render(request, "rota/history.html", context)


@require_POST
@centre_page(Permission.PLAN_ROTA)
def history_undo(request: CentreRequest, deed: UUID) -> HttpResponse:
    """Takes a deed back, unless something later touched the same duties."""
    try:
        key = UUID(str(request.POST.get("key", "")))
    except ValueError as wrong:
        raise Http404 from wrong
    try:
        undo_and_tell(centre=request.centre, deed=deed, key=key, by=request.user, at=request.centre.now())
        messages.success(request, _("Taken back. Those whose duties change are told."))
    except RotaError as error:
        messages.error(request, str(error))
    return redirect("rota:history", centre=request.centre.slug)


@require_GET
@centre_page(Permission.PLAN_ROTA)
def history_csv(request: CentreRequest) -> HttpResponse:
    """Every change that was asked for, a line each."""
    lines = csv_lines(heading(), file_rows(request.centre, _asked(request)))
    return _file(request, "".join(lines).encode(), CSV_TYPE, "csv")


@require_GET
@centre_page(Permission.PLAN_ROTA)
def history_xlsx(request: CentreRequest) -> HttpResponse:
    """The same as a workbook."""
    rows = file_rows(request.centre, _asked(request))
    return _file(request, xlsx({_("What changed"): (heading(), rows)}), XLSX_TYPE, "xlsx")


def _file(request: CentreRequest, data: bytes, kind: str, ending: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{request.centre.slug}-changes.{ending}"'
    return answer


def _asked(request: CentreRequest) -> Asked:
    """What the address asks for; what means nothing is left out."""
    return Asked(
        person=_number(request, "person"),
        theme=_number(request, "theme"),
        first=_date(request, "first"),
        last=_date(request, "last"),
    )


def _number(request: CentreRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _date(request: CentreRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
