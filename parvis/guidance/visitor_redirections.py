"""What a visitor's thread says about an institution to which they were sent: names and dates, in their language."""

from __future__ import annotations

from django.utils import translation
from django.utils.formats import date_format, time_format

from parvis.guidance.models import Redirection
from parvis.partners.models import Relation


def told(redirection: Redirection, *, language: str) -> dict[str, str]:
    """Where to go, what for, when, and what to say there instead of one's name."""
    relation = Relation.objects.get(centre=redirection.centre, institution=redirection.to_institution)
    with translation.override(language):
        parts = [redirection.to_institution.name, str(relation.for_visitors)]
        if redirection.appointment_on:
            at = redirection.appointment_at
            hour = f", {time_format(at, 'H:i')}" if at else ""
            parts.append(date_format(redirection.appointment_on, "l j F") + hour)
    parts.append(redirection.reference if redirection.is_warm else "")
    said = {"text": " · ".join(part for part in parts if part)}
    if where := " · ".join(part for part in (relation.address, relation.phone) if part):
        said["where"] = where
    return said
