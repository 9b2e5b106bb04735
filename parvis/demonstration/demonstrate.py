"""The whole demonstration at once, in a database that has no centre yet."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from parvis.accounts.roles import Role
from parvis.centres.models import Centre, OpeningException
from parvis.demonstration.ground import Ground, ground_of, minutes
from parvis.demonstration.history import swift_writes, write_past, write_today
from parvis.demonstration.models import Demonstration
from parvis.demonstration.people import Account, let_in
from parvis.demonstration.setting import YEAR, set_up
from parvis.reception.models import Device
from parvis.reception.visitor_words import WORDS

LIVELY = 75  # minutes after opening and before closing between which a day is worth looking at
SHOWN_AT = 10 * 60 + 40  # the time on the clock where the real one is too early, too late, or a day off
OPENS, CLOSES = time(9), time(18)


class AlreadyInUse(Exception):
    """There is a centre in this database: nothing may be invented in it."""


@dataclass(frozen=True)
class Shown:
    """What the command prints."""

    accounts: list[Account]
    password: str
    devices: list[Device]
    rows: int


def demonstrate(*, at: datetime, language: str, days: int = YEAR, password: str = "") -> Shown:
    """Makes the demonstration network with its past ``days`` and the day so far. Raises ``AlreadyInUse``."""
    seed, password = secrets.token_hex(8), password or new_password()
    with swift_writes(), transaction.atomic():
        if Centre.objects.exists():
            raise AlreadyInUse
        setting = set_up(today=at.date(), at=at, language=language)
        let_in(setting.accounts, password)
        rows = 0
        for centre in setting.centres:
            ground = ground_of(centre, seed)
            today = centre.local_day(at)
            now = _lively(ground, at)
            rows += write_past(ground, today - timedelta(days=days), today - timedelta(days=1))
            rows += write_today(ground, today, ground.minute(now))
            Demonstration.objects.create(centre=centre, seed=seed, played_until=now)
    devices = Device.objects.select_related("centre").order_by("centre", "kind")
    return Shown(_in_order(setting.accounts), password, list(devices), rows)


def new_password() -> str:
    """Three friendly words and two digits: easy to type, drawn anew for each installation."""
    words = [word["en"].replace(" ", "") for word in WORDS.values()]
    return "-".join([*(secrets.choice(words) for _ in range(3)), str(secrets.randbelow(90) + 10)])


def _lively(ground: Ground, at: datetime) -> datetime:
    """The time on the centre's clock: the real one while the centre is well open, else a good moment of the same day."""
    centre, day = ground.centre, ground.centre.local_day(at)
    hours = ground.hours(day, day)[day]
    if not hours:
        words = {
            "en": "Open for the demonstration",
            "fr": "Ouvert pour la démonstration",
            "fi": "Avoinna esittelyä varten",
        }
        OpeningException.objects.create(site=ground.site, day=day, opens=OPENS, closes=CLOSES, reason=words)
        hours = [(minutes(OPENS), minutes(CLOSES))]
    minute = ground.minute(at)
    if hours[0][0] + LIVELY <= minute <= hours[-1][1] - LIVELY:
        return at
    shown = ground.instant(day, max(SHOWN_AT, hours[0][0] + LIVELY))
    centre.clock_set_at, centre.clock_showed, centre.clock_speed = at, shown, 1
    centre.save(update_fields=["clock_set_at", "clock_showed", "clock_speed"])
    return shown


def _in_order(accounts: list[Account]) -> list[Account]:
    """As a day goes: who welcomes first."""
    order = [*Role]
    return sorted(accounts, key=lambda account: (account.centre.pk, order.index(account.role)))
