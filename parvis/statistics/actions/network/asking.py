"""A coordinator asks for figures: sets the day for a year's dashboard, and reminds a centre once a day by mail."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from parvis.accounts import mail
from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Centre, Network
from parvis.rota.periods import Period
from parvis.shared.address import linked
from parvis.shared.killed import end_killed
from parvis.statistics.models import DashboardDay, Reminder, ReminderMail
from parvis.statistics.queries.network.periods import network_today
from parvis.statistics.queries.network.present import presence

TEMPLATE = "statistics/mail/missing.txt"
QUIET = timedelta(seconds=30)  # a mail that is on its way for longer was cut off
KEPT = timedelta(days=400)


class AskingError(Exception):
    """Nothing was changed; ``str()`` says why, in the active language."""

    sentence: ClassVar[str | Promise] = ""

    def __str__(self) -> str:
        return str(self.sentence)


class NobodyDirects(AskingError):
    """There is nobody to write to."""

    sentence = _("Nobody is director of this centre in Parvis: there is nobody to write to.")


class RemindedToday(AskingError):
    """One mail a day is enough."""

    sentence = _("This centre was reminded today already.")


def ask_dashboards_until(*, network: Network, year: int, due: date, by: User, at: datetime) -> DashboardDay:
    """Sets, or moves, the day until which the network asks for a year's dashboard. The same day again changes nothing."""
    with transaction.atomic():
        Network.objects.select_for_update(no_key=True).get(pk=network.pk)
        row = DashboardDay.objects.filter(network=network, year=year).first()
        if row is None:
            return DashboardDay.objects.create(network=network, year=year, due=due, set_at=at, set_by=by)
        if row.due != due:
            row.due, row.set_at, row.set_by = due, at, by
            row.save()
    return row


def remind_centre(*, centre: Centre, period: Period, by: User, at: datetime) -> Reminder:
    """Asks the directors of a centre for what is missing of a period: a mail to each, written by a background task.

    Raises :class:`RemindedToday` and :class:`NobodyDirects`.
    """
    on = centre.local_day(at)
    with transaction.atomic():
        Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
        if Reminder.objects.filter(centre=centre, on=on).exists():
            raise RemindedToday
        directors = User.objects.filter(
            is_active=True, assignments__centre=centre, assignments__role=Role.DIRECTOR
        )
        people = list(directors.distinct().order_by("pk"))
        if not people:
            raise NobodyDirects
        row = Reminder.objects.create(
            centre=centre, on=on, first=period.first, last=period.last, asked_at=at, asked_by=by
        )
        ReminderMail.objects.bulk_create(ReminderMail(reminder=row, person=person) for person in people)
        transaction.on_commit(lambda: deliver_reminder.enqueue(row.pk))
    return row


@task()
def deliver_reminder(reminder: int) -> int:
    """Writes the mails of a reminder that did not leave yet; returns how many left. Come twice, it shares the work."""
    return remind_now(reminder, timezone.now())


def remind_now(reminder: int, now: datetime) -> int:
    """The same at a given time. What is missing is looked up anew: who handed it in meanwhile is told so."""
    row = Reminder.objects.select_related("centre__network", "asked_by").get(pk=reminder)
    waiting = ReminderMail.objects.filter(reminder=row, left_at=None)
    if row.centre.is_demonstration:  # invented people get no mail
        waiting.update(left_at=now)
        return 0
    centre, months = row.centre, (row.last.year - row.first.year) * 12 + row.last.month - row.first.month + 1
    found = presence(centre.network, [centre], Period(row.first, months), network_today([centre]), now)
    context = {
        "line": found.lines[0],
        "centre": centre,
        "network": centre.network,
        "reports": linked(reverse("statistics:reports", args=[centre.slug])),
        "days": linked(reverse("statistics:today", args=[centre.slug])),
    }
    return sum(_sent(one, context, now) for one in waiting.select_related("person").order_by("pk"))


def _sent(one: ReminderMail, context: dict[str, object], now: datetime) -> bool:
    """Killed between sending and noting it, this one mail comes twice: no mail server tells which of the two it was."""
    with transaction.atomic():
        row = ReminderMail.objects.select_for_update(no_key=True).get(pk=one.pk)
        if row.left_at or (row.begun_at and row.begun_at > now - QUIET):
            return False
        ReminderMail.objects.filter(pk=row.pk).update(begun_at=now)
    left = mail.send(TEMPLATE, to=one.person.email, language=one.person.language, context=context)
    if left or not mail.goes_out():
        ReminderMail.objects.filter(pk=one.pk).update(left_at=now)
    return left


def resume_reminders(*, at: datetime) -> int:
    """Mails that a killed worker left, or that no server took, are written; returns for how many reminders."""
    reminders = _waiting(at)
    for reminder in reminders:
        with transaction.atomic():
            end_killed(deliver_reminder, reminder, at=at)
            deliver_reminder.enqueue(reminder)
    return len(reminders)


def try_again(*, at: datetime) -> int:
    """Every hour: mails that no server took. Returns for how many reminders."""
    reminders = _waiting(at)
    for reminder in reminders:
        deliver_reminder.enqueue(reminder)
    return len(reminders)


def _waiting(at: datetime) -> list[int]:
    rows = ReminderMail.objects.filter(left_at=None, reminder__asked_at__lt=at - QUIET)
    return sorted(set(rows.values_list("reminder", flat=True)))


def forget_reminders(*, at: datetime) -> int:
    """Who was reminded by whom more than a year ago; returns how many."""
    return Reminder.objects.filter(asked_at__lt=at - KEPT).delete()[1].get("statistics.Reminder", 0)
