"""``manage.py play_day``: lets the demonstration's day happen until it is stopped. ``make run`` starts it beside the server."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from parvis.demonstration.models import Demonstration
from parvis.demonstration.player import NotYours, Player, release

EVERY = 0.5  # seconds between two looks at the clock
WAITS = 5.0  # seconds while there is no demonstration, or another process plays it


class Command(BaseCommand):
    help = "Plays the demonstration centres' day: visitors arrive, advisers receive. One process at a time."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="catch up with the clock, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for asked in (signal.SIGTERM, signal.SIGINT):
                signal.signal(asked, lambda *_: stop.set())
        name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"
        try:
            self._play(name, stop, once=options["once"])
        finally:
            release(player=name)

    def _play(self, name: str, stop: threading.Event, *, once: bool) -> None:
        players: dict[int, Player] = {}
        while not stop.is_set():
            pause = WAITS
            for demonstration in Demonstration.objects.select_related("centre__network").order_by("pk"):
                try:
                    player = players.get(demonstration.pk)
                    if player is None:
                        player = Player(demonstration, name)
                        player.wake(timezone.now())
                        players[demonstration.pk] = player
                    player.tick(timezone.now())
                    pause = 0.01 if player.demonstration.jump_to else min(pause, EVERY)
                except NotYours:
                    players.pop(demonstration.pk, None)
            if once and not any(player.demonstration.jump_to for player in players.values()):
                return
            stop.wait(pause)
