"""The address by which a teacher comes back to a visit."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from parvis.agenda.models import ClassVisit
from parvis.shared.address import linked


def visit_path(visit: ClassVisit) -> str:
    """The page's path, in the language of the visit's messages."""
    path = reverse("agenda:teacher_visit", kwargs={"token": visit.token})
    return f"{path}?{urlencode({'language': visit.language})}"


def visit_link(visit: ClassVisit) -> str:
    """The whole address for a mail, or nothing where the installation's is not known."""
    return linked(visit_path(visit))
