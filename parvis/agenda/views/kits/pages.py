"""A kit: all it says, where it was used, what becomes of it."""

from __future__ import annotations

from urllib.parse import quote
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.agenda import stored
from parvis.agenda.actions import kit_versions as versions
from parvis.agenda.actions import kits as actions
from parvis.agenda.forms.kits import AboutForm, StartForm
from parvis.agenda.kit_addresses import address_of
from parvis.agenda.kit_paper import kit_pdf
from parvis.agenda.kit_words import languages_for, written_in
from parvis.agenda.models import Kit, KitVersion
from parvis.agenda.queries import kits as queries
from parvis.agenda.views.kits.holders import (
    KitRequest,
    events_seen,
    file_of,
    kit_of,
    may_write,
    own_kit,
    today_of,
)
from parvis.agenda.views.kits.lists import copy_of
from parvis.centres.models import Holder
from parvis.shared.attachments import Kind


def _shown(holder: Holder, kit: Kit, number: str) -> KitVersion:
    version = queries.shown_version(kit, holder, number)
    if version is None:
        raise Http404
    version.kit = kit
    return version


@require_GET
def kit(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """Everything about a kit in one of its versions: the one in use where no other is asked for."""
    row = kit_of(holder, pk)
    version = _shown(holder, row, request.GET.get("version", ""))
    own = row.holder == holder
    found = list(row.versions.all()) if own else []
    shown = {
        "holder": holder,
        "kit": row,
        "version": version,
        "versions": found,
        "draft": next((one for one in found if one.state == KitVersion.State.DRAFT), None),
        "in_use": next((one for one in found if one.state == KitVersion.State.IN_USE), None),
        "sequence": queries.sequence(version),
        "uses": queries.used_at(row, holder, events_seen(request)),
        "classes": queries.used_by_classes(row, holder),
        "elsewhere": queries.used_elsewhere(row, holder),
        "spoken": [
            line for line in queries.languages_of_version(version, languages_for(holder)) if line.whole
        ],
        "own": own,
        "key": uuid4(),
        "may_write": may_write(request),
    }
    return render(request, "agenda/kits/kit.html", shown)


@require_http_methods(["GET", "POST"])
def kit_about(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """Its title, and whether teachers may choose it."""
    row = own_kit(holder, pk)
    form = AboutForm(
        request.POST or None,
        languages=languages_for(holder),
        title=row.title,
        initial={"for_classes": row.for_classes},
    )
    back = address_of(holder, "kit", pk)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.name_kit(kit=row, title=data["title"], for_classes=data["for_classes"])
        messages.success(request, _("Saved."))
        return redirect(back)
    shown = {"holder": holder, "form": form, "title": str(row.title), "back": back, "up": str(row.title)}
    return render(request, "agenda/kits/form.html", shown, status=422 if form.errors else 200)


@require_POST
def kit_deed(request: KitRequest, holder: Holder, pk: int, deed: str) -> HttpResponse:
    """Shared or no longer, put away or taken back, copied, or a next version begun."""
    row = kit_of(holder, pk) if deed == "copy" else own_kit(holder, pk)
    match deed:
        case "offer" | "withdraw":
            try:
                actions.offer_kit(kit=row, offered=deed == "offer")
            except actions.NeverInUse:
                messages.error(request, _("Put a version into use first: there is nothing to share yet."))
            else:
                messages.success(request, _("Saved."))
        case "archive":
            actions.archive_kit(kit=row, on=today_of(holder))
            messages.success(request, _("Put away. What was planned from it stays."))
        case "return":
            actions.take_back_archiving(kit=row)
            messages.success(request, _("It is back with the others."))
        case "copy":
            return _copied(request, holder, row)
        case "next":
            return redirect(address_of(holder, "kit_draft", versions.next_version(kit=row).pk))
        case _:
            raise Http404
    return redirect(address_of(holder, "kit", pk))


def _copied(request: KitRequest, holder: Holder, row: Kit) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        draft = copy_of(holder, form.cleaned_data["key"], _shown(holder, row, ""))
    except actions.OfAnother:
        raise Http404 from None
    messages.success(request, _("This is your copy: change what you like before you put it into use."))
    return redirect(address_of(holder, "kit_draft", draft.pk))


@require_GET
def kit_paper(request: KitRequest, holder: Holder, pk: int, number: int, language: str) -> HttpResponse:
    """The facilitator's sheet to print."""
    row = kit_of(holder, pk)
    version = _shown(holder, row, str(number))
    if version.number != number:
        raise Http404
    spoken = {line.code for line in queries.languages_of_version(version, []) if line.whole}
    if language not in spoken | {written_in(version)}:
        raise Http404
    with translation.override(language):
        made = kit_pdf(version, queries.sequence(version), language, holder.name)
        name = slugify(str(row.title)) or "kit"
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.pdf"'
    return response


@require_GET
def kit_file(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """One file, as a download."""
    one = file_of(holder, pk)
    try:
        data = stored.KITS.read(one.key)
    except OSError:
        raise Http404 from None
    response = HttpResponse(data, content_type=Kind(one.kind).content_type)
    plain = slugify(one.title)[:60] or "file"
    names = f"filename=\"{plain}.{one.kind}\"; filename*=UTF-8''{quote(one.title[:100], safe='')}.{one.kind}"
    response.headers["Content-Disposition"] = f"attachment; {names}"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
