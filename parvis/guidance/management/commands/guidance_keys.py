"""``manage.py guidance_keys``: the installation's keys, what needs them, a new one, an old one taken away."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from parvis.guidance.queries.keys import KeyUse, uses_of_keys
from parvis.shared.sealing import keys


class Command(BaseCommand):
    help = (
        "Lists the keys outside the database that threads are found and opened with, and how much needs each. --new makes"
        " the next one; --retire takes one away that nothing needs any more (docs/operating.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--new", action="store_true", help="make the next key; restart both services then")
        what.add_argument("--retire", type=int, metavar="N", help="take key N away for good")
        parser.add_argument("--yes", action="store_true", help="do not ask before a key is taken away")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new"]:
            self._new()
        elif options["retire"] is not None:
            self._retire(options["retire"], sure=options["yes"])
        else:
            self._list()

    def _list(self) -> None:
        self.stdout.write("key  threads  until       conversations  questions")
        for use in uses_of_keys():
            remark = " newest" if use.version == keys.newest() else ""
            remark = remark if use.there else " MISSING: put the copy of the keys back (docs/operating.md)"
            until = use.until.isoformat() if use.until else "–"
            self.stdout.write(
                f"{use.version:3}  {use.threads:7}  {until:10}  {use.conversations:13}  {use.questions:9}{remark}"
            )

    def _new(self) -> None:
        version = max(use.version for use in uses_of_keys()) + 1  # never a number that rows already name
        keys.make(version)
        self.stdout.write(
            f"Key {version} is there. Restart both services now: each reads the keys once, when it starts, and finds"
            " nothing that another one made with a newer key. Then: manage.py backup_keys"
        )

    def _retire(self, version: int, *, sure: bool) -> None:
        use = next((one for one in uses_of_keys() if one.version == version), None)
        if use is None or not use.there:
            raise CommandError(f"There is no key {version}.")
        if version == keys.newest():
            raise CommandError(f"Key {version} is the newest, with which new threads are made: --new first.")
        if use.needed:
            raise CommandError(_needed(use))
        asked = (
            f"Nothing needs key {version}. Were both services restarted since key {keys.newest()} was made? Else they"
            " still use it. Take it away for good? Type yes: "
        )
        if not sure and input(asked).strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
        keys.remove(version)
        self.stdout.write(
            f"Key {version} is gone. Take it out of its copy, too: manage.py backup_keys. A copy of the database from"
            " before needs it."
        )


def _needed(use: KeyUse) -> str:
    said = (
        f"Key {use.version} is still needed by {use.threads} threads, {use.conversations} open conversations and"
        f" {use.questions} open questions."
    )
    if use.until:
        said += (
            f" The last of these threads expires on {use.until.isoformat()}; one that is opened before changes"
            " to the newest key."
        )
    return said
