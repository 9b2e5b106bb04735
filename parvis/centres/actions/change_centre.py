"""A centre's own settings."""

from __future__ import annotations

from django.db import transaction

from parvis.centres.models import Centre


@transaction.atomic
def change_centre(*, centre: Centre, fields: list[str]) -> Centre:
    """Save the named settings of ``centre``; the main language is always the first of its languages.

    Only ``fields`` are written, so that two people on two pages do not undo each other.
    """
    if "languages" in fields:
        centre.language = centre.languages[0]
        fields = [*fields, "language"]
    if "sample_days" in fields:
        centre.sample_days = sorted(set(centre.sample_days))
    centre.save(update_fields=fields)
    return centre
