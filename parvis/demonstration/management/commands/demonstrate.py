"""``manage.py demonstrate``: a demonstration network with a past year, in a database that has no centre yet."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse
from django.utils import timezone, translation

from parvis.demonstration.demonstrate import AlreadyInUse, Shown, demonstrate, new_password
from parvis.demonstration.neighbours import open_neighbours, played
from parvis.demonstration.setting import YEAR
from parvis.reception.models import Device

WHERE = "http://localhost:8000/"
# Screens that open by their own address. A greeter's tablet is signed in; a sensor sends its key (docs/operating.md).
PAGES = {
    Device.Kind.KIOSK: "reception:kiosk",
    Device.Kind.BOARD: "reception:board",
    Device.Kind.DOOR: "reception:door",
}


class Command(BaseCommand):
    help = "Makes the demonstration centres; in a database that has a centre it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=YEAR, help="how many days of past (default: a year)")
        parser.add_argument("--password", default="", help="for every account (default: drawn)")
        parser.add_argument("--language", default=_language(), help="in which the accounts read staff pages")

    def handle(self, *args: Any, **options: Any) -> None:
        told = Path(settings.DATA) / "demonstration.txt"
        started = time.perf_counter()
        try:
            with translation.override("en"):
                shown = demonstrate(
                    at=timezone.now(),
                    language=options["language"],
                    days=options["days"],
                    password=options["password"],
                )
                rows = shown.rows + open_neighbours(played(), days=options["days"], seed=new_password())
        except AlreadyInUse:
            if options["verbosity"]:
                self.stdout.write(
                    told.read_text() if told.exists() else "This database has a centre already."
                )
            return
        text = table(shown)
        with open(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        if options["verbosity"]:  # `make run` tells it later, with the port that it got
            self.stdout.write(text)
        self.stdout.write(f"{rows:,} rows in {time.perf_counter() - started:.0f} s.")


def _language() -> str:
    """The machine's, where staff pages speak it."""
    wished = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    return wished if wished in dict(settings.STAFF_LANGUAGES) else "en"


def address(device: Device) -> str:
    """Where a device opens; a greeter's tablet after signing in, and a sensor sends with its key."""
    kind = Device.Kind(device.kind)
    if kind == Device.Kind.GREETER:
        return WHERE.rstrip("/") + reverse("reception:greeter", args=[device.centre.slug])
    if kind == Device.Kind.SENSOR:
        return f"{WHERE.rstrip('/')}{reverse('reception:sensor')} (key: {device.token})"
    return WHERE.rstrip("/") + reverse(PAGES[kind], args=[device.token])


def table(shown: Shown) -> str:
    """Accounts and addresses as the terminal shows them."""
    lines = [f"Sign in at {WHERE} with one of these, password: {shown.password}", ""]
    for centre in dict.fromkeys(account.centre for account in shown.accounts):
        lines += [centre.name]
        lines += [
            f"  {account.role.label!s:<22}{account.email}"
            for account in shown.accounts
            if account.centre == centre
        ]
        lines += [
            f"  {Device.Kind(device.kind).label!s:<22}{address(device)}"
            for device in shown.devices
            if device.centre == centre
        ]
        lines += [
            f"  {'A visitor’s code':<22}{' '.join(receipt.words(centre.language))}  ({WHERE.rstrip('/')}{reverse('guidance:open')})"
            for at, receipt in shown.codes
            if at == centre
        ]
        lines += [
            f"  {'A teacher’s page':<22}{WHERE.rstrip('/')}{reverse('agenda:teacher_visit', args=[visit.token])}"
            for visit in shown.visits
            if visit.centre == centre
        ]
        lines += [""]
    return "\n".join(lines)
