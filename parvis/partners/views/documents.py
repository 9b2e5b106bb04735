"""Files of agreements and logos: only for whoever looks after partners, only as downloads."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.partners import papers
from parvis.partners.actions import documents as actions
from parvis.partners.forms.agreements import DocumentForm
from parvis.partners.forms.partnership import LogoForm
from parvis.partners.models import Document
from parvis.partners.scope import address_of, agreement_of, form_page, relation_of
from parvis.shared.attachments import Kind, Refused, clean


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_document(request: CentreRequest, pk: int) -> HttpResponse:
    """A file is attached to an agreement."""
    one = agreement_of(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None, centre=request.centre)
    back = reverse("partners:agreement", args=[request.centre.slug, pk])
    if request.method == "POST" and form.is_valid():
        data, title = form.cleaned_data["file"].read(), form.cleaned_data["title"]
        try:
            actions.add_document(
                agreement=one,
                key=form.the_key(),
                title=title,
                data=data,
                by=request.user,
                at=request.centre.now(),
            )
        except actions.NotTaken:
            form.add_error("file", _("It is neither PDF, Word, Excel nor OpenDocument, or it holds macros."))
        else:
            messages.success(request, _("Attached."))
            return redirect(back)
    title = _("A document of “%(agreement)s”") % {"agreement": one}
    return form_page(request, form, title, back, save=_("Attach"), files=True)


def _document(request: CentreRequest, pk: int) -> Document:
    found = Document.objects.filter(agreement__relation__centre=request.centre)
    return get_object_or_404(found.select_related("agreement"), pk=pk)


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def document(request: CentreRequest, pk: int) -> HttpResponse:
    """One file, as it came."""
    one = _document(request, pk)
    try:
        data = papers.read(one.key)
    except OSError:
        raise Http404 from None
    response = HttpResponse(data, content_type=papers.KINDS[one.kind])
    plain = slugify(one.title)[:60] or "document"
    names = f"filename=\"{plain}.{one.kind}\"; filename*=UTF-8''{quote(one.title[:100], safe='')}.{one.kind}"
    response.headers["Content-Disposition"] = f"attachment; {names}"
    return _private(response)


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_document(request: CentreRequest, pk: int) -> HttpResponse:
    """A file is taken away for good."""
    one = _document(request, pk)
    actions.remove_document(document=one)
    messages.success(request, _("Taken away."))
    return redirect("partners:agreement", centre=request.centre.slug, pk=one.agreement_id)


@centre_page(Permission.MANAGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def new_logo(request: CentreRequest, pk: int) -> HttpResponse:
    """A logo is written anew, without anything but its pixels, and shown to the team, and on posters of events that it is named for."""
    relation = relation_of(request, pk)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            picture = clean(form.cleaned_data["logo"].read())
        except Refused:
            picture = None
        if picture is None or picture.kind == Kind.PDF:
            form.add_error(
                "logo", _("It could not be read as a picture: save it as PNG or JPEG and try again.")
            )
        else:
            actions.set_logo(relation=relation, picture=picture.data)
            messages.success(request, _("Saved."))
            return redirect(address_of(relation))
    title = _("Logo of %(institution)s") % {"institution": relation}
    return form_page(request, form, title, address_of(relation), files=True)


@centre_page(Permission.MANAGE_PARTNERS)
@require_POST
def remove_logo(request: CentreRequest, pk: int) -> HttpResponse:
    """No logo any more."""
    relation = relation_of(request, pk)
    actions.remove_logo(relation=relation)
    messages.success(request, _("Taken away."))
    return redirect(address_of(relation))


@centre_page(Permission.MANAGE_PARTNERS)
@require_GET
def logo(request: CentreRequest, pk: int) -> HttpResponse:
    """The picture itself, for the team's pages."""
    relation = relation_of(request, pk)
    if relation.logo is None:
        raise Http404
    try:
        data = papers.read(relation.logo)
    except OSError:
        raise Http404 from None
    kind = Kind.PNG if data.startswith(b"\x89PNG") else Kind.JPEG
    return _private(HttpResponse(data, content_type=kind.content_type))


def _private(response: HttpResponse) -> HttpResponse:
    """Never guessed at, never kept by the browser."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
