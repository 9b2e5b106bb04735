"""Code lists of a centre, and of a network: the same pages for both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.actions import codes as actions
from parvis.centres.forms.codes import CodeForm
from parvis.centres.models import Centre, Code, CodeList, Holder
from parvis.centres.queries import codes as queries
from parvis.centres.queries.export import codes_table
from parvis.centres.queries.mapping import mapping as centre_mapping
from parvis.centres.queries.mapping import network_mapping
from parvis.centres.scope import CentreRequest, NetworkRequest, centre_page, network_page
from parvis.centres.templatetags.holders import holder_url
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, csv_lines, xlsx

P = ParamSpec("P")
ListRequest = CentreRequest | NetworkRequest
ListView = Callable[Concatenate[ListRequest, Holder, P], HttpResponseBase]


def at_centre(view: ListView[P]) -> Callable[..., HttpResponseBase]:
    """The page about a centre's lists."""

    @centre_page(Permission.MANAGE_CODES)
    def page(request: CentreRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, request.centre, *args, **kwargs)

    return page


def at_network(view: ListView[P]) -> Callable[..., HttpResponseBase]:
    """The page about a network's lists: its coordinators'."""

    @network_page(Permission.MANAGE_NETWORK)
    def page(request: NetworkRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, request.network, *args, **kwargs)

    return page


def _today(holder: Holder) -> date:
    """The local day of a centre; a network has no clock of its own and uses UTC's."""
    return holder.local_day(_now(holder)) if isinstance(holder, Centre) else _now(holder).date()


def _now(holder: Holder) -> datetime:
    return holder.now() if isinstance(holder, Centre) else timezone.now()


def _list_or_404(holder: Holder, name: str) -> CodeList:
    if name not in queries.lists_for(holder):
        raise Http404
    return CodeList(name)


@require_GET
def lists(request: ListRequest, holder: Holder) -> HttpResponse:
    """Every list, with what needs a hand."""
    lines = queries.lists(holder, queries.languages_of(holder), _today(holder))
    return render(request, "centres/codes/lists.html", {"holder": holder, "lines": lines})


@require_GET
def code_list(request: ListRequest, holder: Holder, listed: str) -> HttpResponse:
    """The entries of one list."""
    found = _list_or_404(holder, listed)
    languages = queries.languages_of(holder)
    page = queries.code_list(holder, found, languages, _today(holder))
    shown = {"holder": holder, "page": page, "today": _today(holder), "is_local": isinstance(holder, Centre)}
    return render(request, "centres/codes/list.html", shown)


@require_http_methods(["GET", "POST"])
def code(request: ListRequest, holder: Holder, listed: str, key: str | None = None) -> HttpResponse:
    """A new or an existing entry, with what was changed about it."""
    found = _list_or_404(holder, listed)
    if key is None:
        row = _new_code(holder, found)
    else:
        codes = Code.objects.held_by(holder).select_related("network_code", "network", "centre")
        row = get_object_or_404(codes, list=found, key=key)
    form = CodeForm(request.POST or None, instance=row, languages=queries.languages_of(holder))
    if request.method == "POST" and form.is_valid():
        actions.settle_code(code=form.settled(), by=request.user, at=_now(holder))
        messages.success(request, _("Saved."))
        return redirect(holder_url(holder, "code_list", found))
    shown = {
        "holder": holder,
        "form": form,
        "code": row,
        "listed": found,
        "is_new": key is None,
        "history": queries.history(row) if key else [],
    }
    return render(request, "centres/codes/code.html", shown, status=422 if request.method == "POST" else 200)


def _new_code(holder: Holder, listed: CodeList) -> Code:
    network, centre = (holder.network, holder) if isinstance(holder, Centre) else (holder, None)
    return Code(network=network, centre=centre, list=listed, valid_from=_today(holder))


@require_POST
def order(request: ListRequest, holder: Holder, listed: str) -> HttpResponse:
    """Put the entries of one list in another order."""
    found = _list_or_404(holder, listed)
    actions.order_codes(holder=holder, listed=found, keys=request.POST.getlist("order"))
    messages.success(request, _("The order was saved."))
    return redirect(holder_url(holder, "code_list", found))


@require_POST
def remove(request: ListRequest, holder: Holder, listed: str, key: str) -> HttpResponse:
    """Take away an entry that nothing was counted by."""
    found = _list_or_404(holder, listed)
    row = get_object_or_404(Code.objects.held_by(holder), list=found, key=key)
    try:
        actions.remove_code(code=row)
    except actions.CodeInUse:
        text = _("“%(name)s” has been used: it stays in the figures. Give it a closing date instead.")
        messages.error(request, text % {"name": row.label})
        return redirect(holder_url(holder, "code", found, key))
    except actions.NotCommunicatedStays:
        messages.error(request, _("“Not communicated” stays: nobody has to answer."))
    else:
        messages.success(request, _("“%(name)s” was removed.") % {"name": row.label})
    return redirect(holder_url(holder, "code_list", found))


@require_GET
def mapping(request: ListRequest, holder: Holder) -> HttpResponse:
    """What is lost between a centre's words and the network's."""
    today = _today(holder)
    if isinstance(holder, Centre):
        shown = {"holder": holder, "report": centre_mapping(holder, today)}
        return render(request, "centres/codes/mapping.html", shown)
    shown = {"holder": holder, "report": network_mapping(holder, today)}
    return render(request, "centres/codes/network_mapping.html", shown)


@require_GET
def export(request: ListRequest, holder: Holder, kind: str) -> HttpResponseBase:
    """All lists as one table: CSV or XLSX."""
    heading, rows = codes_table(holder, queries.languages_of(holder))
    name = f"{holder.slug}-{_('code-lists')}.{kind}"
    if kind == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(csv_lines(heading, rows), content_type=CSV_TYPE)
    elif kind == "xlsx":
        answer = HttpResponse(xlsx({_("Code lists"): (heading, rows)}), content_type=XLSX_TYPE)
    else:
        raise Http404
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
