"""What needs a decision about partners, the most urgent first; and which mails about it are due."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre
from parvis.partners.models import SOUGHT, Agreement, Relation, Reminder, Stage, Step
from parvis.partners.queries.agreements import AgreementLine, State, lines_of
from parvis.shared.plain import plain

SOON = timedelta(days=14)
NOTICE_AHEAD = timedelta(days=60)  # before the last day for notice
EXPIRY_AHEAD = timedelta(days=120)  # before the end of one that is not renewed
AFTER = timedelta(days=120)  # how long one that is over is asked about
REST = timedelta(days=90)  # a suspension of that long is asked about
# Mails: how many days before the day that they are about. 0 for the day after the end.
STEPS = {Reminder.Kind.NOTICE: (30, 7), Reminder.Kind.EXPIRY: (90, 30), Reminder.Kind.OVER: (0,)}


class What(models.TextChoices):
    """What there is to decide."""

    NOTICE = "notice", _("Renew it, or give notice?")
    EXPIRY = "expiry", _("It ends soon: renew it?")
    OVER = "over", _("It is over: what now?")
    NONE = "none", _("A partner without an agreement in force")
    NEXT = "next", _("Next action")
    NO_NEXT = "no_next", _("No next action: what now?")
    RESTS = "rests", _("Suspended for long: go on, or end it?")


@dataclass(frozen=True)
class Matter:
    """One thing to decide: about whom, what, and by which day."""

    what: What
    relation: Relation
    by: date
    today: date
    agreement: Agreement | None = None

    @property
    def is_overdue(self) -> bool:
        return self.by < self.today

    @property
    def is_soon(self) -> bool:
        return self.today <= self.by <= self.today + SOON


def matters(centre: Centre, day: date) -> list[Matter]:
    """Everything that waits for somebody, the most urgent first: three queries."""
    relations = (
        Relation.objects.filter(centre=centre).exclude(stage="").select_related("institution", "centre")
    )
    agreements = Agreement.objects.standing().filter(relation__centre=centre)
    by_relation: dict[int, list[Agreement]] = defaultdict(list)
    for one in agreements:
        by_relation[one.relation_id].append(one)
    since = dict(
        Step.objects.filter(relation__centre=centre).order_by("since", "pk").values_list("relation", "since")
    )
    found: list[Matter] = []
    for relation in relations:
        stage = relation.stage_on(day)
        if stage in SOUGHT:
            found.append(_sought(relation, day))
        if stage in (Stage.ACTIVE, Stage.SUSPENDED):
            found += _partner(relation, lines_of(by_relation[relation.pk], day), day)
        if stage == Stage.SUSPENDED and since.get(relation.pk, day) + REST <= day:
            found.append(Matter(What.RESTS, relation, since[relation.pk] + REST, day))
    found.sort(key=lambda one: (one.by, plain(one.relation.institution.name), one.what))
    return found


def _sought(relation: Relation, day: date) -> Matter:
    if relation.next_action_on:
        return Matter(What.NEXT, relation, relation.next_action_on, day)
    return Matter(What.NO_NEXT, relation, day, day)


def _partner(relation: Relation, lines: list[AgreementLine], day: date) -> list[Matter]:
    found = [matter for line in lines if (matter := _about(relation, line, day))]
    counted = [line for line in lines if line.counts]
    if not counted and not found:
        found.append(Matter(What.NONE, relation, day, day))
    if relation.next_action_on and relation.next_action_on <= day + SOON:
        found.append(Matter(What.NEXT, relation, relation.next_action_on, day))
    return found


def _about(relation: Relation, line: AgreementLine, day: date) -> Matter | None:
    """What there is to decide about one agreement on ``day``."""
    agreement = line.agreement
    if line.state == State.OVER and line.end and day - AFTER <= line.end:
        return Matter(What.OVER, relation, line.end, day, agreement)
    if not line.counts or line.replaced_by:
        return None
    if line.notice_by:
        near = day <= line.notice_by <= day + NOTICE_AHEAD
        return Matter(What.NOTICE, relation, line.notice_by, day, agreement) if near else None
    if line.end and line.end <= day + EXPIRY_AHEAD:
        return Matter(What.EXPIRY, relation, line.end, day, agreement)
    return None


@dataclass(frozen=True)
class DueMail:
    """A mail about an agreement that should have been sent by now."""

    agreement: Agreement
    kind: Reminder.Kind
    days_before: int
    about: date


def due_mails(centre: Centre, day: date) -> list[DueMail]:
    """Mails that are due and were not sent, one for each agreement and step: three queries.

    Of several steps that passed (an agreement that was put down late), only the last one is due.
    """
    agreements = Agreement.objects.standing().filter(
        relation__centre=centre, relation__stage__in=(Stage.ACTIVE, Stage.SUSPENDED)
    )
    lines = lines_of(agreements.select_related("relation__institution", "relation__centre"), day)
    sent = set(
        Reminder.objects.filter(agreement__relation__centre=centre).values_list(
            "agreement", "kind", "days_before", "about"
        )
    )
    due = [mail for line in lines if not line.relation.is_closed_on(day) and (mail := _mail(line, day))]
    return [one for one in due if (one.agreement.pk, one.kind, one.days_before, one.about) not in sent]


def _mail(line: AgreementLine, day: date) -> DueMail | None:
    kind, about = _day_of(line, day)
    if about is None:
        return None
    if kind == Reminder.Kind.OVER:
        return DueMail(line.agreement, kind, 0, about) if day <= about + timedelta(days=14) else None
    left = (about - day).days
    passed = [step for step in STEPS[kind] if 0 <= left <= step]
    return DueMail(line.agreement, kind, min(passed), about) if passed else None


def _day_of(line: AgreementLine, day: date) -> tuple[Reminder.Kind, date | None]:
    """The day of an agreement that somebody should know about beforehand, and what it is."""
    if line.replaced_by or line.state == State.WITHDRAWN:
        return Reminder.Kind.OVER, None
    if line.state == State.OVER:
        return Reminder.Kind.OVER, line.end
    return (Reminder.Kind.NOTICE, line.notice_by) if line.notice_by else (Reminder.Kind.EXPIRY, line.end)
