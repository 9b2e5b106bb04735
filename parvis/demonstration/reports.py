"""Reports of a demonstration centre: a published quarter, and a draft of the running one."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings

from parvis.accounts.roles import Role
from parvis.centres.models import Assignment
from parvis.demonstration.ground import Ground
from parvis.statistics.actions.reports.drafting import Wanted, draft_report
from parvis.statistics.actions.reports.parts import write_part
from parvis.statistics.actions.reports.publishing import publish_report
from parvis.statistics.models import PartKind, Report
from parvis.statistics.queries.reports.ready import model_of
from parvis.statistics.queries.reports.spans import Span, last_over

WORDS = {
    "fr": "Plus de monde le mercredi, et des attentes plus courtes depuis que deux partenaires tiennent la permanence ensemble.",
    "en": "More people on Wednesdays, and shorter waits since two partners are on duty together.",
}


def write_reports(ground: Ground, at: datetime) -> int:
    """The last quarter published for partners, the last month as a draft; returns how many. One transaction of the caller."""
    centre = ground.centre
    today = centre.local_day(at)
    language = centre.language if centre.language in dict(settings.STAFF_LANGUAGES) else "en"
    assigned = Assignment.objects.filter(centre=centre, role=Role.DIRECTOR).select_related("person").first()
    by = assigned.person if assigned else None
    made: list[Report] = []
    for choice, span in (("ready:quarter", Span.QUARTER), ("ready:month", Span.MONTH)):
        model = model_of(centre, choice)
        assert model is not None  # noqa: S101  # a ready one
        wanted = Wanted(model, *last_over(span, today), language, model.audience)
        made.append(
            draft_report(key=uuid4(), centre=centre, wanted=wanted, by=by, at=at - timedelta(hours=2))
        )
    words = made[0].parts.filter(kind=PartKind.NARRATIVE).first()
    if words:
        said = {"text": WORDS[language]}
        write_part(part=words, title=words.title, said=said, settings={}, version=1, at=at)
    publish_report(report=made[0], by=by, at=at - timedelta(hours=1))
    return len(made)
