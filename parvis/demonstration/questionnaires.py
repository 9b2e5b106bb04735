"""What the invented centres ask: how the visit was, which is open, and what came of it three months later, a draft."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from parvis.demonstration.ground import Ground
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import open_version
from parvis.surveys.models import Version
from parvis.surveys.ready import ready_model

SPACE = UUID("5c3f7a0e-2d1b-4c57-9f0e-8a64d1be7f21")
OPENED, DRAFT = "visitor_satisfaction", "impact_three_months"


def write_questionnaires(ground: Ground, since: date) -> Version:
    """Two questionnaires from ready models; returns the version that is open since ``since``, in all the centre's languages."""
    versions = {
        key: begin_ready(
            holder=ground.centre,
            key=uuid5(SPACE, f"{ground.centre.slug}/{key}"),
            model=ready_model(key),
            language=ground.centre.language,
        )
        for key in (OPENED, DRAFT)
    }
    return open_version(version=versions[OPENED], languages=ground.centre.languages, on=since)
