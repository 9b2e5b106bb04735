"""The one process that lets the demonstration's day happen, at the pace of its centre's clock.

It can be stopped at any moment: what was to happen meanwhile happens at the next start. Days that were missed whole are
written at once, as the past was; the rest is played step by step, through the actions that people use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from parvis.centres.models import Centre
from parvis.demonstration.actions import open_anyway, set_clock
from parvis.demonstration.arrivals import days_between
from parvis.demonstration.ground import Ground, ground_of
from parvis.demonstration.history import sign_evening, write_past, write_today
from parvis.demonstration.models import Demonstration
from parvis.demonstration.robots import Robots
from parvis.reception.models import Ticket

LIVELY = 75  # minutes after opening and before closing between which a day is worth looking at
SHOWN_AT = 10 * 60 + 40  # the time on the clock where the real one is too early, too late, or a day off
HEARD_FROM = timedelta(seconds=20)  # a player silent for longer has stopped
AFTER_HOURS = 120  # minutes after closing until which robots end their talks
SLICE = timedelta(minutes=5)  # how far a jump goes at once, so that pages show it passing


class NotYours(Exception):
    """Another process plays."""


def claim(demonstration: Demonstration, *, player: str, real: datetime) -> None:
    """Take or keep the right to play. Raises ``NotYours`` while another process is heard from."""
    with transaction.atomic():
        row = Demonstration.objects.select_for_update(no_key=True, of=("self",)).get(pk=demonstration.pk)
        silent = row.player_seen_at is None or real - row.player_seen_at > HEARD_FROM
        if row.player not in ("", player) and not silent:
            raise NotYours
        row.player, row.player_seen_at = player, real
        row.save(update_fields=["player", "player_seen_at"])


def release(*, player: str) -> None:
    """Stopping in good order: another may play at once."""
    Demonstration.objects.filter(player=player).update(player="", player_seen_at=None)


def lively_moment(ground: Ground, at: datetime, *, earliest: bool = False) -> datetime:
    """``at`` if the centre is well open then, else the next good moment, on a day off if need be."""
    day = ground.centre.local_day(at)
    hours = open_anyway(ground=ground, day=day)
    minute, first = ground.minute(at), hours[0][0] + LIVELY
    if first <= minute <= hours[-1][1] - LIVELY:
        return at
    shown = ground.instant(day, max(SHOWN_AT, first))
    if minute < first or earliest:
        return shown
    return lively_moment(ground, ground.instant(day + timedelta(days=1), SHOWN_AT))


class Player:
    """Plays one demonstration."""

    def __init__(self, demonstration: Demonstration, name: str) -> None:
        self.demonstration, self.name = demonstration, name
        self.ground = ground_of(demonstration.centre, demonstration.seed)
        self._robots: Robots | None = None

    def wake(self, real: datetime) -> None:
        """At the start of the process: wherever the clock stands, there shall be something to see."""
        claim(self.demonstration, player=self.name, real=real)
        self._refresh()
        centre = self.ground.centre
        # A fast clock stood still with the process; an ordinary one went on, and what it missed is caught up with.
        shows = centre.now() if centre.clock_speed == 1 else self.demonstration.played_until
        shows = real if shows.date() < real.date() else shows
        if centre.clock_speed != 1:
            set_clock(centre=centre, shows=shows, speed=1, real=real)
        good = lively_moment(self.ground, shows)
        if self.demonstration.jump_to is None and good > shows:
            self._set(jump_to=good)

    def tick(self, real: datetime) -> int:
        """Everything that is due by the centre's clock. Returns how many things happened."""
        claim(self.demonstration, player=self.name, real=real)
        self._refresh()
        if self.demonstration.jump_to is not None:
            return self._jump(self.demonstration.jump_to, real)
        return self._reach(self.ground.centre.now())

    def _refresh(self) -> None:
        """The clock and the wish may have changed on a page."""
        self.demonstration.refresh_from_db()
        centre = Centre.objects.get(pk=self.demonstration.centre_id)
        for name in ("clock_set_at", "clock_showed", "clock_speed", "sample_days", "profile_moment"):
            setattr(self.ground.centre, name, getattr(centre, name))

    def _set(self, **fields: object) -> None:
        for name, value in fields.items():
            setattr(self.demonstration, name, value)
        self.demonstration.save(update_fields=list(fields))

    def _jump(self, target: datetime, real: datetime) -> int:
        """One slice of the way, then the clock shows it; at the end it runs on as before."""
        start = max(self.demonstration.played_until, self.ground.centre.now())
        is_far = target - start > timedelta(hours=18)
        upto = target if is_far else min(target, start + SLICE)
        happened = self._reach(upto)
        set_clock(centre=self.ground.centre, shows=upto, speed=self.ground.centre.clock_speed, real=real)
        if upto >= target:
            self._set(jump_to=None)
        return happened

    def _reach(self, until: datetime) -> int:
        """Plays from where it stopped to ``until``, across days if need be."""
        centre, happened = self.ground.centre, 0
        day, last = centre.local_day(self.demonstration.played_until), centre.local_day(until)
        while day < last:
            happened += self._end_of(day)
            missed = days_between(day + timedelta(days=1), last - timedelta(days=1))
            if missed and not Ticket.objects.filter(centre=centre, date__gt=day).exists():
                happened += self._write(missed[0], missed[-1])
                day = last
            else:
                day += timedelta(days=1)
            self._set(played_until=self.ground.midnight(day))
        return happened + self._play(last, until)

    def _play(self, day: date, until: datetime) -> int:
        """The day from where it stopped; a morning that nobody saw is written at once."""
        start, end = self.ground.minute(self.demonstration.played_until), self.ground.minute(until)
        hours = self.ground.hours(day, day)[day]
        if not hours or end <= start:
            return 0
        fresh = start < hours[0][0] <= end - LIVELY / 2
        if fresh and not Ticket.objects.filter(centre=self.ground.centre, date=day).exists():
            with transaction.atomic():
                happened = write_today(self.ground, day, end)
                self._set(played_until=until)
            return happened
        if self._robots is None or self._robots.whole.day != day or self._robots.whole.hours != hours:
            self._robots = Robots(self.ground, self.ground.whole_day(day, hours))
        happened = self._robots.play(start, end, self._on_the_way(day))
        self._set(played_until=until)
        return happened

    def _on_the_way(self, day: date) -> Callable[[float], None]:
        """Notes now and then how far it came, for whoever has to go on from there."""
        count = 0

        def note(minute: float) -> None:
            nonlocal count
            count += 1
            if count % 40 == 0:
                claim(self.demonstration, player=self.name, real=timezone.now())
                self._set(played_until=self.ground.instant(day, minute))

        return note

    def _end_of(self, day: date) -> int:
        """Talks end, advisers go home, and whoever was to sign the day has not: the receptionist does, at night."""
        hours = self.ground.hours(day, day)[day]
        if not hours:
            return 0
        at = self.ground.instant(day, hours[-1][1] + AFTER_HOURS)
        happened = self._play(day, at) if self.demonstration.played_until < at else 0
        sign_evening(self.ground, self.ground.whole_day(day, hours), at=at)
        return happened

    def _write(self, first: date, last: date) -> int:
        with transaction.atomic():
            return write_past(self.ground, first, last, all_signed=True)
