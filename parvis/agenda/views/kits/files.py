"""Files of a draft: added, taken out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.agenda.actions import kit_files as actions
from parvis.agenda.actions.kit_versions import VersionIsFixed
from parvis.agenda.forms.kits import FileForm
from parvis.agenda.kit_addresses import address_of
from parvis.agenda.refused_files import message
from parvis.agenda.views.kits.holders import KitRequest, draft_of, file_of, now_of
from parvis.centres.models import Holder
from parvis.shared.attachments import Refused, clean


@require_http_methods(["GET", "POST"])
def new_kit_file(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """A file is cleaned and kept with a draft."""
    row = draft_of(holder, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    back = address_of(holder, "kit_draft", pk)
    if request.method == "POST" and form.is_valid() and _kept(request, holder, row.pk, form):
        return redirect(f"{back}#files")
    shown: dict[str, object] = {
        "holder": holder,
        "form": form,
        "title": _("A file for this kit"),
        "back": back,
    }
    shown |= {"up": str(row.kit.title), "files": True, "save": _("Attach")}
    return render(request, "agenda/kits/form.html", shown, status=422 if form.errors else 200)


def _kept(request: KitRequest, holder: Holder, pk: int, form: FileForm) -> bool:
    """Whether the file was taken; else the form says why not."""
    data = form.cleaned_data
    try:
        actions.add_file(
            version=draft_of(holder, pk),
            key=data["key"],
            title=data["title"],
            clean=clean(data["file"].read()),
            by=request.user,
            at=now_of(holder),
        )
    except Refused as refused:
        form.add_error("file", message(refused))
        return False
    except actions.EnoughFiles:
        form.add_error(None, _("There are twelve files already: take one out first."))
        return False
    except VersionIsFixed:
        raise Http404 from None
    messages.success(request, _("Attached."))
    return True


@require_POST
def remove_kit_file(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """A file is taken out of a draft."""
    one = file_of(holder, pk)
    if one.version.kit.holder != holder:
        raise Http404
    try:
        actions.remove_file(file=one)
    except VersionIsFixed:
        raise Http404 from None
    messages.success(request, _("Taken away."))
    return redirect(address_of(holder, "kit_draft", one.version_id) + "#files")
