"""The whole demonstration at once, in a database that has no centre yet."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from parvis.accounts.roles import Role
from parvis.agenda.models import ClassVisit
from parvis.centres.models import Centre
from parvis.centres.visitor_words import WORDS
from parvis.demonstration.actions import set_clock
from parvis.demonstration.agenda import write_agenda
from parvis.demonstration.asked import write_questions
from parvis.demonstration.changes import write_changes
from parvis.demonstration.classes import next_visits
from parvis.demonstration.coordination import write_coordination
from parvis.demonstration.drafts import draft_ahead
from parvis.demonstration.ground import Ground, ground_of
from parvis.demonstration.history import swift_writes, write_past, write_today
from parvis.demonstration.models import Demonstration
from parvis.demonstration.needs import write_meetings
from parvis.demonstration.network import write_network
from parvis.demonstration.partnerships import write_partnerships
from parvis.demonstration.people import Account, let_in
from parvis.demonstration.player import lively_moment
from parvis.demonstration.reports import write_reports
from parvis.demonstration.rota import published_until, write_rota
from parvis.demonstration.sent_on import furnish_partners, write_redirections
from parvis.demonstration.setting import YEAR, set_up
from parvis.demonstration.surveys import write_surveys
from parvis.demonstration.thread import write_thread
from parvis.demonstration.ways_in import write_ways_in
from parvis.guidance.receipt import Receipt
from parvis.reception.models import Device


class AlreadyInUse(Exception):
    """There is a centre in this database: nothing may be invented in it."""


@dataclass(frozen=True)
class Shown:
    """What the command prints."""

    accounts: list[Account]
    password: str
    devices: list[Device]
    rows: int
    codes: list[tuple[Centre, Receipt]]  # of threads that somebody may open
    visits: list[ClassVisit]  # whose teacher's page somebody may open


def demonstrate(
    *, at: datetime, language: str, days: int = YEAR, password: str = "", seed: str = ""
) -> Shown:
    """Makes the demonstration network with its past ``days`` and the day so far. Raises ``AlreadyInUse``.

    Without a ``seed``, each installation has a past of its own.
    """
    seed, password = seed or secrets.token_hex(8), password or new_password()
    with swift_writes(), transaction.atomic():
        if Centre.objects.exists():
            raise AlreadyInUse
        setting = set_up(today=at.date(), at=at, language=language)
        let_in(setting.accounts, password)
        rows, codes = 0, []
        for centre in setting.centres:
            centre.is_demonstration = True
            centre.save(update_fields=["is_demonstration"])
            ground = ground_of(centre, seed)
            today = centre.local_day(at)
            now = _lively(ground, at)
            rows += write_past(ground, today - timedelta(days=days), today - timedelta(days=1))
            rows += write_today(ground, today, ground.minute(now))
            _count_for_the_planner()
            rows += write_meetings(ground, now) + write_questions(ground, now)
            codes.append((centre, write_thread(ground, now)))
            institutions = furnish_partners(ground, today - timedelta(days=YEAR))
            rows += write_rota(ground, today - timedelta(days=days), now)
            rows += write_partnerships(ground, today - timedelta(days=YEAR), today)
            rows += write_coordination(ground, institutions, today - timedelta(days=YEAR), now)
            rows += write_changes(ground, now)
            rows += _asked_and_put_on(ground, today - timedelta(days=days), now)
            draft_ahead(ground, published_until(today), now)
            rows += write_redirections(ground, institutions, today - timedelta(days=days), today)
            rows += write_reports(ground, now)
            Demonstration.objects.create(centre=centre, seed=seed, played_until=now)
        rows += write_network(setting.centres, language, now)
    devices = Device.objects.select_related("centre").order_by("centre", "kind")
    return Shown(
        _in_order(setting.accounts), password, list(devices), rows, codes, next_visits(setting.centres)
    )


def _asked_and_put_on(ground: Ground, since: date, now: datetime) -> int:
    """Surveys and what people said in them, events and classes."""
    rows = write_surveys(ground, since, ground.centre.local_day(now)) + write_ways_in(ground, now)
    return rows + write_agenda(ground, since, now)


def new_password() -> str:
    """Three friendly words and two digits: easy to type, drawn anew for each installation."""
    words = [word["en"].replace(" ", "") for word in WORDS.values()]
    return "-".join([*(secrets.choice(words) for _ in range(3)), str(secrets.randbelow(90) + 10)])


def _count_for_the_planner() -> None:
    """PostgreSQL chooses its ways by what it last counted; of a year that is not committed it has counted nothing.

    Without this a report's tables were asked for row by row: minutes instead of milliseconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _lively(ground: Ground, at: datetime) -> datetime:
    """The time on the centre's clock: the real one while the centre is well open, else a good moment of the same day."""
    shown = lively_moment(ground, at, earliest=True)
    set_clock(centre=ground.centre, shows=shown, speed=1, real=at)
    return shown


def _in_order(accounts: list[Account]) -> list[Account]:
    """As a day goes: who welcomes first."""
    order = [*Role]
    return sorted(accounts, key=lambda account: (account.centre.pk, order.index(account.role)))
