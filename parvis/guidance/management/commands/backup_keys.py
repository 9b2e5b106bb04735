"""``manage.py backup_keys FOLDER``: the one copy of the keys and the vault."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from parvis.guidance.queries.keys import lost_but_copied
from parvis.shared.sealing.copying import OthersCopy, copy_keys
from parvis.shared.sealing.vault import VAULT, Vault, vault

FEW = (
    3  # threads, or a tenth of them: so many may have been erased since a copy of the database that came back
)


class Command(BaseCommand):
    help = (
        "Copies the installation's keys and its vault while the server runs. The former copy in that folder is overwritten:"
        " there must never be a second one, or what visitors erased could be read again (docs/operating.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the copy lies; never inside a database's backup")
        parser.add_argument(
            "--vault-is-right",
            action="store_true",
            help="overwrite the copy although it has shares of many threads that the vault lacks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder, source = options["folder"].resolve(), Path(settings.KEYS).resolve()
        if folder == source:
            raise CommandError("That is the folder of the keys themselves.")
        if not options["vault_is_right"]:
            _refuse_to_lose(folder / VAULT)
        try:
            count = copy_keys(source, vault(), folder)
        except OthersCopy as error:
            raise CommandError(
                f"{folder} holds the keys of another installation. Nothing was copied."
            ) from error
        size = (folder / VAULT).stat().st_size // 1024
        self.stdout.write(f"{folder}: {count} {'key' if count == 1 else 'keys'}, vault {size} kB")


def _refuse_to_lose(former: Path) -> None:
    """A vault that was lost must not be copied over the only copy of it."""
    if not former.exists():
        return
    copy = Vault(former)
    try:
        lost, count = lost_but_copied(vault(), copy)
    finally:
        copy.close()
    if lost > max(FEW, count // 10):
        raise CommandError(
            f"Of {count} threads, {lost} lack their share in the vault and have it in the copy. Nothing was copied. If the"
            " vault was lost, put the copy back; if an older database was put back, let a night erase what visitors had"
            " erased, or say --vault-is-right (docs/operating.md)."
        )
