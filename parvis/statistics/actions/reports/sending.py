"""A published report goes to people at partners’: a mail with the PDF, once to each, also where the worker was killed half-way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from parvis.accounts import mail
from parvis.accounts.models import User
from parvis.partners.models import Contact
from parvis.shared.address import linked
from parvis.shared.killed import end_killed
from parvis.statistics.actions.reports.errors import ForTheTeamOnly, NotPublished
from parvis.statistics.models import Audience, Report, Sending
from parvis.statistics.queries.reports.pages import report_page
from parvis.statistics.report_papers import report_pdf

TEMPLATE = "statistics/mail/report.txt"
QUIET = timedelta(seconds=30)  # a mail that is on its way for longer was cut off
KEPT = timedelta(days=400)


def send_report(*, report: Report, contacts: Iterable[Contact], by: User, at: datetime) -> int:
    """Asks for a mail to each of these people who has not had it; returns how many are new. A background task writes them.

    Raises :class:`NotPublished`, and :class:`ForTheTeamOnly` where its figures are true ones.
    """
    with transaction.atomic():
        row = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
        if row.state != Report.State.PUBLISHED:
            raise NotPublished
        if row.audience == Audience.TEAM:
            raise ForTheTeamOnly
        known = set(Sending.objects.filter(report=row).values_list("contact", flat=True))
        new = [
            Sending(report=row, contact=one, asked_at=at, asked_by=by)
            for one in contacts
            if one.email and one.pk not in known and one.relation.centre_id == row.centre_id
        ]
        Sending.objects.bulk_create(new)
        if new:
            transaction.on_commit(lambda: deliver.enqueue(row.pk))
    return len(new)


@task()
def deliver(report: int) -> int:
    """Writes the mails of a report that did not leave yet; returns how many left. Come twice, it shares the work."""
    return deliver_now(report, timezone.now())


def deliver_now(report: int, now: datetime) -> int:
    """The same at a given time."""
    row = Report.objects.select_related("centre").get(pk=report)
    if row.centre.is_demonstration:
        return (
            Sending.objects.filter(report=row, left_at=None).update(left_at=now) and 0
        )  # invented people get no mail
    waiting = list(Sending.objects.filter(report=row, left_at=None).select_related("contact"))
    if not waiting:
        return 0
    page = report_page(row)
    paper = (f"{row.centre.slug}-{row.pk}.pdf", report_pdf(page), "application/pdf")
    public = row.audience == Audience.PUBLIC
    link = linked(reverse("statistics:public_report", args=[row.centre.slug, row.token])) if public else ""
    with translation.override(row.language):
        context = {"report": row, "centre": row.centre, "period": page.period, "link": link}
    return sum(_sent(one, context, paper, now) for one in waiting)


def _sent(one: Sending, context: dict[str, object], paper: tuple[str, bytes, str], now: datetime) -> bool:
    """Killed between sending and noting it, this one mail comes twice: no mail server tells which of the two it was."""
    with transaction.atomic():
        row = Sending.objects.select_for_update(no_key=True).get(pk=one.pk)
        if row.left_at or (row.begun_at and row.begun_at > now - QUIET):
            return False
        Sending.objects.filter(pk=row.pk).update(begun_at=now)
    report = context["report"]
    assert isinstance(report, Report)  # noqa: S101  # as put there above
    left = mail.send(
        TEMPLATE, to=one.contact.email, language=report.language, context=context, attached=[paper]
    )
    if left or not mail.goes_out():
        Sending.objects.filter(pk=one.pk).update(left_at=now)
    return left


def resume_sending(*, at: datetime) -> int:
    """Mails that a killed worker left, or that no server took, are written; returns for how many reports."""
    waiting = Sending.objects.filter(left_at=None, asked_at__lt=at - QUIET).values_list("report", flat=True)
    reports = sorted(set(waiting))
    for report in reports:
        with transaction.atomic():
            end_killed(deliver, report, at=at)
            deliver.enqueue(report)
    return len(reports)


def try_again(*, at: datetime) -> int:
    """Every hour: mails that no server took. Returns for how many reports."""
    waiting = Sending.objects.filter(left_at=None, asked_at__lt=at - QUIET).values_list("report", flat=True)
    for report in (reports := sorted(set(waiting))):
        deliver.enqueue(report)
    return len(reports)


def forget_sendings(*, at: datetime) -> int:
    """To whom a report was sent more than a year ago; returns how many."""
    return Sending.objects.filter(asked_at__lt=at - KEPT).delete()[0]
