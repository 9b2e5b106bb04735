"""The real server in a process of its own, with one more live source, on the database of the test that starts it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import django
from django.core.management import call_command
from django.db import connection


def read(topic: str, slots: frozenset[str]) -> Mapping[str, str]:
    """Each slot of ``house/…`` says what the table has for the topic."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM house WHERE topic = %s", [topic])
        row = cursor.fetchone()
    return {slot: f"{slot}: {row[0]}" for slot in slots} if row else {}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
    django.setup()
    from parvis.shared import live  # settings first

    live.register("house", read, refresh=3600)
    call_command("serve", port=int(sys.argv[1]))
