"""The institutions of a network, for its coordinators: one name for all centres, and two that are one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from parvis.accounts.roles import Permission
from parvis.centres.scope import NetworkRequest, network_page
from parvis.partners.actions import AlreadyKnown
from parvis.partners.actions import network as actions
from parvis.partners.forms.network import OtherForm, RenameForm
from parvis.partners.models import Institution
from parvis.partners.queries import network as queries


def _one(request: NetworkRequest, pk: int) -> Institution:
    return get_object_or_404(Institution, network=request.network, pk=pk)


@network_page(Permission.MANAGE_NETWORK)
@require_GET
def institutions(request: NetworkRequest) -> HttpResponse:
    """All of them, with the centres that work with each."""
    search = request.GET.get("q", "")
    found = queries.network_institutions(request.network, search)
    shown = {"holder": request.network, "found": found, "search": search}
    return render(request, "partners/network/institutions.html", shown)


@network_page(Permission.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def institution(request: NetworkRequest, pk: int) -> HttpResponse:
    """Its name and type for every centre; and the way to merging it."""
    one = _one(request, pk)
    others = Institution.objects.filter(network=request.network).exclude(pk=pk).order_by("name")
    other = OtherForm(request.GET if "gone" in request.GET else None, others=list(others))
    if other.is_bound and other.is_valid():
        gone = int(other.cleaned_data["gone"])
        return redirect("partners:network_merge", network=request.network.slug, pk=pk, gone=gone)
    form = RenameForm(request.POST or None, initial={"name": one.name, "kind": one.kind})
    if request.method == "POST" and form.is_valid():
        kind = Institution.Kind(form.cleaned_data["kind"])
        try:
            actions.rename_institution(institution=one, name=form.cleaned_data["name"], kind=kind)
        except AlreadyKnown:
            form.add_error(
                "name", _("The network has another institution of this name: merge the two below.")
            )
            one.refresh_from_db()
        else:
            messages.success(request, _("Saved for every centre."))
            return redirect("partners:network_institutions", network=request.network.slug)
    shown = {"holder": request.network, "one": one, "form": form, "other": other}
    wrong = form.errors or (other.is_bound and other.errors)
    return render(request, "partners/network/institution.html", shown, status=422 if wrong else 200)


@network_page(Permission.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def merge(request: NetworkRequest, pk: int, gone: int) -> HttpResponse:
    """What would move where, and then the merger itself."""
    one, other = _one(request, pk), _one(request, gone)
    if request.method == "POST":
        try:
            actions.merge_institutions(keep=one, gone=other)
        except actions.NotTheSameNetwork:
            messages.error(request, _("Those are not two institutions of this network."))
        else:
            messages.success(request, _("“%(gone)s” is “%(kept)s” now.") % {"gone": other, "kept": one})
        return redirect("partners:network_institutions", network=request.network.slug)
    report = _in_words(queries.what_moves(other))
    shown = {"holder": request.network, "one": one, "other": other, "report": report}
    shown |= {"both": queries.centres_with_both(one, other), "left_out": queries.steps_left_out(one, other)}
    return render(request, "partners/network/merge.html", shown)


def _in_words(found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Each kind of row once; tables without a word of their own are one line, the last."""
    lines = [(words, n) for label, n in found if (words := _named(label, n))]
    rest = sum(n for label, n in found if not _named(label, n))
    return [*lines, (ngettext("other row", "other rows", rest), rest)] if rest else lines


def _named(label: str, n: int) -> str:
    """What a table holds, in words; nothing for one that has none."""
    words = {
        "partners.Relation": ngettext("centre that works with it", "centres that work with it", n),
        "partners.Belonging": ngettext("person’s time with it", "people’s times with it", n),
        "partners.Agreement": ngettext("agreement", "agreements", n),
        "partners.Contact": ngettext("person to call", "people to call", n),
        "partners.Place": ngettext("further place", "further places", n),
        "partners.Contribution": ngettext("contribution", "contributions", n),
        "partners.Step": ngettext("step of a partnership", "steps of a partnership", n),
        "partners.Mandate": ngettext("mandate in a body", "mandates in bodies", n),
        "partners.Liaison": ngettext("person who speaks for it", "people who speak for it", n),
        "partners.Attendance": ngettext("attendance at a meeting", "attendances at meetings", n),
        "partners.AgendaItem": ngettext("point of an agenda", "points of agendas", n),
        "rota.DutySlot": ngettext("half-day of duty", "half-days of duty", n),
        "rota.Held": ngettext("time at a desk", "times at a desk", n),
        "guidance.Redirection": ngettext("redirection", "redirections", n),
    }
    return words.get(label, "")
