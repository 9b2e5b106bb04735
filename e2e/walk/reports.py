"""Reports of each state: a draft, a dashboard with figures to type in, a published one and its correction."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from parvis.accounts.models import User
from parvis.centres.models import Centre
from parvis.statistics.actions.reports.drafting import Wanted, draft_report
from parvis.statistics.actions.reports.parts import write_part
from parvis.statistics.actions.reports.publishing import correct_report, publish_report
from parvis.statistics.models import PartKind, Report
from parvis.statistics.queries.reports.ready import model_of


def some_reports(centre: Centre, by: User, at: datetime) -> dict[str, int | str]:
    """Their keys by name."""

    def drafted(choice: str, first: date, last: date) -> Report:
        model = model_of(centre, choice)
        assert model is not None
        wanted = Wanted(model, first, last, "en", model.audience)
        return draft_report(key=uuid4(), centre=centre, wanted=wanted, by=by, at=at)

    february = (date(2026, 2, 1), date(2026, 2, 28))
    old = publish_report(report=drafted("ready:month", *february), by=by, at=at)
    new = correct_report(key=uuid4(), report=old, reason="A day was signed late", by=by, at=at)
    publish_report(report=new, by=by, at=at)
    draft = drafted("ready:quarter", date(2025, 10, 1), date(2025, 12, 31))
    words = draft.parts.filter(kind=PartKind.NARRATIVE).first()
    assert words is not None
    said = {"text": "More people came for training than ever before."}
    write_part(part=words, title=words.title, said=said, settings={}, version=1, at=at)
    dashboard = drafted("ready:dashboard", date(2025, 1, 1), date(2025, 12, 31))
    year = drafted("ready:public", date(2025, 1, 1), date(2025, 12, 31))
    public = publish_report(report=year, by=by, at=at)
    return {
        "report: public": public.pk,
        "token of a public report": public.token,
        "report: draft": draft.pk,
        "report: dashboard": dashboard.pk,
        "report: published": old.pk,
        "report: corrected": new.pk,
        "part: words": words.pk,
        "part: typed": dashboard.parts.filter(kind=PartKind.TYPED)[0].pk,
        "part: departures": dashboard.parts.get(kind=PartKind.DEPARTURES).pk,
    }
