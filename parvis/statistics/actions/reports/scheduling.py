"""Reports that are made by themselves after each month, quarter or year; their directors are told, with what changed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction
from django.urls import reverse

from parvis.accounts import mail
from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre
from parvis.shared.address import linked
from parvis.statistics.actions.reports.drafting import Wanted, draft_report
from parvis.statistics.actions.reports.errors import AuditFailed, ReportError, ScheduledAlready
from parvis.statistics.actions.reports.publishing import publish_report
from parvis.statistics.models import Report, Schedule
from parvis.statistics.queries.reports.pages import since_the_last
from parvis.statistics.queries.reports.ready import Model, model_of
from parvis.statistics.queries.reports.spans import last_over

TEMPLATE = "statistics/mail/made.txt"


def schedule_report(
    *, centre: Centre, model: Model, language: str, publishes: bool, since: date, by: User
) -> Schedule:
    """Has a model made by itself after each of its periods that ends from ``since`` on.

    Raises :class:`ScheduledAlready` where it is, in this language.
    """
    try:
        with transaction.atomic():
            return Schedule.objects.create(
                centre=centre,
                model=model.choice,
                every=model.span.value,
                language=language,
                publishes=publishes,
                since=since,
                made_by=by,
            )
    except IntegrityError as error:
        raise ScheduledAlready from error


def stop_schedule(*, centre: Centre, schedule: int, at: datetime) -> None:
    """No further report is made by itself."""
    Schedule.objects.filter(centre=centre, pk=schedule, stopped_at=None).update(stopped_at=at)


def make_scheduled(*, at: datetime) -> int:
    """Makes each report that is due and was not made; returns how many. Run twice, each is made once."""
    rows = Schedule.objects.filter(stopped_at=None).select_related("centre", "made_by").order_by("pk")
    return sum(_make(row, at) for row in rows)


def _make(schedule: Schedule, at: datetime) -> bool:
    centre = schedule.centre
    model = model_of(centre, schedule.model)
    first, last = last_over(schedule.every, centre.local_day(at))
    if model is None or last < schedule.since:
        return False
    # The same key for the same period: a night that comes twice finds the report of the first one.
    key = uuid5(NAMESPACE_URL, f"parvis:schedule:{schedule.pk}:{first}:{last}")
    if Report.objects.filter(key=key).exists():
        return False
    wanted = Wanted(model, first, last, schedule.language, model.audience)
    report = draft_report(key=key, centre=centre, wanted=wanted, by=schedule.made_by, at=at)
    why = _published(report, schedule, at)
    report.refresh_from_db()
    _tell(report, why)
    return True


def _published(report: Report, schedule: Schedule, at: datetime) -> list[str]:
    """Publishes it where that was said and the audit passes; else why not."""
    if not schedule.publishes:
        return []
    try:
        publish_report(report=report, by=schedule.made_by, at=at)
    except AuditFailed as error:
        return error.reasons
    except ReportError as error:
        return [str(error)]
    return []


def _tell(report: Report, why: list[str]) -> None:
    """Tells the directors. Invented centres write to nobody; the page has it anyway."""
    centre = report.centre
    if centre.is_demonstration:
        return
    found = User.objects.filter(is_active=True, assignments__centre=centre, assignments__role=Role.DIRECTOR)
    context = {
        "report": report,
        "centre": centre,
        "why": why,
        "changes": since_the_last(report)[:30],
        "link": linked(reverse("statistics:report", args=[centre.slug, report.pk])),
    }
    for person in found.distinct().order_by("pk"):
        mail.send(TEMPLATE, to=person.email, language=person.language, context=context)
