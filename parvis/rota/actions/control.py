"""The control report: made each evening at each centre, told to those who plan, forgotten after a month."""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from datetime import datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django_tasks import task

from parvis.centres.models import Centre
from parvis.rota.actions.asking import planners
from parvis.rota.actions.letters import send_once
from parvis.rota.models import Change, ControlReport, Rota
from parvis.rota.queries.control import KINDS, control
from parvis.shared.address import linked

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
EVENING = time(18)  # on the centre's own clock
KEPT = timedelta(days=30)


@transaction.atomic
def look_ahead(*, centre: Centre, at: datetime) -> tuple[ControlReport, bool]:
    """The report of the centre's day: made once, whoever asks how often. Returns it, and whether it is new.

    One that failed is made anew. Those who plan are told in a mail where something was found.
    """
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    day = centre.local_day(at)
    if before := ControlReport.objects.filter(centre=centre, day=day, failed=False).first():
        return before, False
    findings = control(centre, day)
    said = {"made_at": at, "findings": findings, "failed": False}
    report = ControlReport.objects.update_or_create(centre=centre, day=day, defaults=said)[0]
    if findings and not centre.is_demonstration:
        transaction.on_commit(lambda: tell_report.enqueue(report.pk))
    return report, True


def make_due_reports(*, at: datetime) -> int:
    """The report of each centre with a rota whose evening has come and that has none today; returns how many.

    A centre whose report fails keeps none of the others; it is written down and tried again at the next look, within the hour.
    The worker asks when it starts and every hour. An evening during which no worker ran has no report: the page says so by its
    list, and computes one at any time.
    """
    made = 0
    for centre in Centre.objects.filter(pk__in=Rota.objects.values("centre")):
        if centre.local(at).time() >= EVENING:
            made += _tried(centre, at)
    return made


def _tried(centre: Centre, at: datetime) -> bool:
    """Whether the centre has a new report."""
    try:
        return look_ahead(centre=centre, at=at)[1]
    except Exception as error:  # noqa: BLE001  whatever it is, the other centres get theirs
        # Where, and not what: the words of an error may quote a row.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("No look ahead at “%s”: %s\n%s", centre.slug, type(error).__name__, where)
        failed = {"made_at": at, "failed": True}
        ControlReport.objects.get_or_create(centre=centre, day=centre.local_day(at), defaults=failed)
        return False


def missed(centre: Centre, at: datetime) -> bool:
    """Whether yesterday evening had no report although there was a rota: no worker ran, or it failed. Two queries, at most."""
    today = centre.local_day(at)
    if centre.is_demonstration:  # its clock may stand anywhere
        return False
    if ControlReport.objects.filter(centre=centre, day=today - DAY, failed=False).exists():
        return False
    evening = datetime.combine(today - DAY, EVENING, centre.zone)
    first = Change.objects.filter(centre=centre, at__lt=evening - timedelta(hours=1))
    return first.exists()


def forget_reports(*, at: datetime) -> int:
    """Reports of more than a month ago: they say who had too much to do; returns how many."""
    return ControlReport.objects.filter(day__lt=(at - KEPT).date()).delete()[0]


@task()
def tell_report(pk: int) -> int:
    """One mail to each who plans the rota: counts and the address of the report, nothing else. Returns to how many."""
    report = ControlReport.objects.select_related("centre").filter(pk=pk).first()
    if report is None:
        return 0
    centre = report.centre
    found = Counter(one["kind"] for one in report.findings)
    people = planners(centre)
    told = {kind: found[kind] for kind in KINDS}
    for person in people:
        language = person.language or centre.language
        link = linked(reverse("rota:control_of", args=[centre.slug, report.day.isoformat()]))
        context = {"person": person, "centre": centre, "report": report, "found": told, "link": link}
        about = f"control/{report.pk}"
        send_once(about, "rota/mail/control.txt", person=person, language=language, context=context)
    return len(people)
