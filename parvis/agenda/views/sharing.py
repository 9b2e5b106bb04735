"""Answers that are files: what is shared about a visit, and PDFs made for one."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.text import slugify

from parvis.agenda import stored
from parvis.agenda.models import VisitFile
from parvis.shared.attachments import Kind


def as_download(file: VisitFile) -> HttpResponse:
    """A file of a visit. Raises ``Http404`` where it is gone from the disk."""
    try:
        data = stored.CLASS_VISITS.read(file.key)
    except OSError:
        raise Http404 from None
    response = HttpResponse(data, content_type=Kind(file.kind).content_type)
    plain = slugify(file.title)[:60] or "file"
    names = (
        f"filename=\"{plain}.{file.kind}\"; filename*=UTF-8''{quote(file.title[:100], safe='')}.{file.kind}"
    )
    return _private(response, f"attachment; {names}")


def as_pdf(data: bytes, name: str) -> HttpResponse:
    """A PDF to look at and print."""
    return _private(HttpResponse(data, content_type="application/pdf"), f'inline; filename="{name}.pdf"')


def _private(response: HttpResponse, disposition: str) -> HttpResponse:
    response.headers["Content-Disposition"] = disposition
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
