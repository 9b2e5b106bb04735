"""Files that visitors added to a question."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance import sealed_files
from parvis.guidance.models import Attachment
from parvis.guidance.queries.question_keys import opened_question
from parvis.guidance.queries.questions import open_question
from parvis.shared.attachments import Kind
from parvis.shared.sealing.cipher import Unreadable


@require_GET
@centre_page(Permission.ANSWER)
def question_file(request: CentreRequest, pk: int, file: UUID) -> HttpResponse:
    """One of them, while the question is open."""
    question = open_question(request.centre, pk)
    opened = opened_question(question) if question else None
    if question is None or opened is None:
        raise Http404
    return file_response(get_object_or_404(Attachment, question=question, key=file), opened.key)


def file_response(attachment: Attachment, key: bytes) -> HttpResponse:
    """A file as a download: never shown within a page, never kept by the browser."""
    try:
        data = sealed_files.read(attachment.name, key=key)
    except (OSError, Unreadable):
        raise Http404 from None
    response = HttpResponse(data, content_type=Kind(attachment.kind).content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="file-{attachment.pk}.{attachment.kind}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
