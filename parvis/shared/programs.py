"""The same addresses for pages and for programs: a page gets a fragment of itself, a program the bare facts."""

from __future__ import annotations

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """A program asked. htmx and browsers accept JSON among everything else; a program accepts nothing else."""
    return request.META.get("HTTP_ACCEPT") == "application/json"
