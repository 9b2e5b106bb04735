"""The list of kits, as a page and as a file; a new one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from parvis.agenda.actions import kits as actions
from parvis.agenda.actions.kit_ready import begin_ready
from parvis.agenda.forms.kits import AboutForm, ListForm, StartForm
from parvis.agenda.kit_addresses import address_of
from parvis.agenda.kit_words import main_language
from parvis.agenda.models import KitVersion
from parvis.agenda.queries import kits as queries
from parvis.agenda.ready import ready_kits
from parvis.agenda.views.kits.holders import KitRequest, may_write, today_of
from parvis.centres.models import Holder
from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx

WHOSE = ("own", "shared", "away")


def _listed(request: KitRequest, holder: Holder) -> tuple[ListForm, list[queries.KitLine], str]:
    whose = request.GET.get("whose", "own")
    whose = whose if whose in WHOSE else "own"
    form = ListForm(request.GET, objectives=queries.objectives_of(holder, today_of(holder)))
    return form, queries.kits(holder, form.wanted(whose)), whose


@require_GET
def kits(request: KitRequest, holder: Holder) -> HttpResponse:
    """Those of one's own, those that others offer, and those put away."""
    form, lines, whose = _listed(request, holder)
    asked = request.GET.copy()
    asked.pop("whose", None)
    n = queries.how_many(holder)
    shown = {
        "holder": holder,
        "form": form,
        "lines": lines,
        "whose": whose,
        "parts": [("own", _("Our own"), n["own"]), ("shared", _("Shared by others"), n["shared"])]
        + ([("away", _("Put away"), n["away"])] if n["away"] or whose == "away" else []),
        "narrowed": any(asked.values()),
        "asked": asked.urlencode(),
        "may_write": may_write(request),
    }
    return render(request, "agenda/kits/list.html", shown)


@require_GET
def kits_file(request: KitRequest, holder: Holder, kind: str) -> HttpResponse:
    """The same list as a file, narrowed as on the page."""
    if kind not in ("csv", "xlsx"):
        raise Http404
    _form, lines, _whose = _listed(request, holder)
    heading = [_("Title"), _("Whose"), pgettext("of a kit", "Version"), _("State"), _("Minutes")]
    heading += [_("People at most"), _("Level"), _("Objectives"), _("For classes"), _("Sessions planned")]
    rows = [_row(line) for line in lines]
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(heading, rows)), content_type=CSV_TYPE)
    else:
        response = HttpResponse(xlsx({_("Kits"): (heading, rows)}), content_type=XLSX_TYPE)
    name = f"{holder.slug}-kits-{today_of(holder)}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _row(line: queries.KitLine) -> list[Cell]:
    version = line.version
    return [
        str(line.kit.title),
        line.kit.holder.name,
        version.number,
        version.get_state_display(),
        version.minutes,
        version.people,
        version.get_level_display(),
        ", ".join(line.objectives),
        _("yes") if line.kit.for_classes else _("no"),
        line.sessions,
    ]


@require_http_methods(["GET", "POST"])
def new_kit(request: KitRequest, holder: Holder) -> HttpResponse:
    """From a ready kit, from one that others offer, or empty."""
    if request.method == "POST" and "source" in request.POST:
        return _started(request, holder)
    form = AboutForm(request.POST or None, languages=[main_language(holder)])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draft = actions.begin_kit(
                holder=holder, key=form.the_key, title=data["title"], for_classes=data["for_classes"]
            )
        except actions.OfAnother:
            raise Http404 from None
        return redirect(address_of(holder, "kit_draft", draft.pk))
    shown: dict[str, object] = {"holder": holder, "form": form, "key": uuid4()}
    shown |= {"ready": ready_kits(), "offered": queries.offered(holder)}
    return render(request, "agenda/kits/new.html", shown, status=422 if form.errors else 200)


def _started(request: KitRequest, holder: Holder) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    key, source = form.cleaned_data["key"], form.cleaned_data["source"]
    ready = {one.key: one for one in ready_kits()}
    offered = {str(version.pk): version for version in queries.offered(holder)}
    try:
        if source in ready:
            draft = begin_ready(holder=holder, key=key, ready=ready[source])
        elif source in offered:
            draft = copy_of(holder, key, offered[source])
        else:
            raise Http404
    except actions.OfAnother:
        raise Http404 from None
    messages.success(request, _("A draft is there: change what you like before you put it into use."))
    return redirect(address_of(holder, "kit_draft", draft.pk))


def copy_of(holder: Holder, key: UUID, source: KitVersion) -> KitVersion:
    """A kit of the holder's own that says what ``source`` says."""
    return actions.begin_kit(
        holder=holder,
        key=key,
        title=source.kit.title,
        for_classes=source.kit.for_classes,
        source=source,
        ready_model=source.kit.ready_model,
    )
