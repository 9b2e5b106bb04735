"""Sets the scene of a bench in the house that the environment names, and says as JSON what is there."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from itertools import islice
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import transaction

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.accounts.sessions import SessionStore
from parvis.centres.factories import a_person, a_ready_centre
from parvis.centres.models import Centre, Code, CodeList, Desk, Network, Theme
from parvis.guidance.factories import a_line, a_thread
from parvis.guidance.models import Thread
from parvis.guidance.opened import later
from parvis.guidance.queries.threads import lookup_of
from parvis.guidance.receipt import Receipt
from parvis.guidance.visitor_words import WORDING
from parvis.reception.factories import a_device, a_seat, a_ticket
from parvis.reception.models import Device, Ticket
from parvis.reception.streams import topic
from parvis.shared import live
from parvis.shared.sealing import keys

TOLD = 100  # codes that a bench may try


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--centres", type=int, default=1)
    parser.add_argument("--seats", type=int, default=8)
    parser.add_argument("--waiting", type=int, default=0)
    parser.add_argument("--crowd", type=int, default=0, help="waiting at one centre more")
    parser.add_argument("--threads", type=int, default=0, help="live threads")
    parser.add_argument(
        "--expired", type=int, default=100, help="expired threads, all of whose codes are told"
    )
    parser.add_argument("--migrate", action="store_true", help="the house is empty: make its tables first")
    options = parser.parse_args()
    if options.migrate:
        call_command("migrate", verbosity=0)
    with transaction.atomic():
        network = a_ready_centre().network  # one for all: its lists are the longest part
        scene = [centre(network, options.seats, options.waiting) for _ in range(options.centres)]
        if options.crowd:
            scene.append(centre(network, 8, options.crowd))
        if options.threads:
            scene[0] |= threads(Centre.objects.get(slug=scene[0]["slug"]), options.threads, options.expired)
    print(json.dumps(scene))


def centre(network: Network, seats: int, waiting: int) -> dict[str, Any]:
    """A ready centre with people on duty, a greeter, a board, and visitors waiting."""
    made = a_ready_centre(network=network, languages=("fr", "en"))
    at, themes = made.now(), list(Theme.objects.filter(centre=made).order_by("position"))
    places = [(desk, place) for desk in desks(made, seats) for place in (1, 2)][:seats]
    advisers = [a_person(Role.ADVISER, Role.RECEPTIONIST, centre=made, language="fr") for _ in places]
    for (desk, place), adviser in zip(places, advisers, strict=True):
        a_seat(themes, at, desk=desk, place=place, person=adviser, languages=("fr", "en"))
    tickets = [a_ticket(themes[n % len(themes)], at) for n in range(waiting)]
    board = a_device(made, Device.Kind.BOARD)
    return {
        "slug": made.slug,
        "pk": made.pk,
        "themes": [theme.pk for theme in themes],
        "people": [session(adviser) for adviser in advisers],
        "board": board.token,
        "board_stream": live.address(topic(made), f"board:{made.language}"),
        "follow_streams": follow_streams(made, tickets),
        "pulse_stream": live.address(topic(made), "pulse"),
        "priority": Code.objects.filter(centre=made, list=CodeList.PRIORITY).order_by("pk")[0].pk,
        "tickets": [ticket.token for ticket in tickets],
    }


def threads(made: Centre, count: int, past: int) -> dict[str, Any]:
    """So many live threads, of which some codes are told, and codes of expired ones."""
    today = made.now().date()
    expired = [Receipt.new() for _ in range(past)]
    live = [begun(made) for _ in range(TOLD)]
    rows = (thread_row(made, Receipt.new(), today, later(today, 12)) for _ in range(count - TOLD))
    while lot := list(islice(rows, 2_000)):
        Thread.objects.bulk_create(lot)
    gone = (thread_row(made, one, later(today, -13), later(today, -1)) for one in expired)
    Thread.objects.bulk_create(gone, batch_size=2_000)
    return {"live": live, "expired": [one.letters() for one in expired]}


def begun(made: Centre) -> str:
    """The code of a thread with three steps."""
    opened, receipt = a_thread(made, made.now())
    for step in ("Ask for the leaflet", "Look at two workshops", "Come back"):
        a_line(opened, step, made.now())
    return receipt.letters()


def thread_row(made: Centre, receipt: Receipt, used: date, expires: date) -> Thread:
    """A row like any other, but that it holds nothing."""
    return Thread(
        key=uuid4(),
        network=made.network,
        centre=made,
        lookup=lookup_of(receipt, keys.newest()),
        lookup_version=keys.newest(),
        wrapped=os.urandom(60),
        colour="blue",
        word="heron",
        number=1,
        language="fr",
        agreed_on=used,
        agreed_to=WORDING,
        agreed_way=Thread.Way.AT_THE_DESK,
        used_on=used,
        expires_on=expires,
    )


def follow_streams(centre: Centre, tickets: list[Ticket]) -> list[str]:
    """The follow page of each ticket in one of two languages; then those in the other."""
    return [
        live.address(topic(centre), f"ticket:{ticket.token}:{('fr', 'en')[(n + turn) % 2]}")
        for turn in range(2)
        for n, ticket in enumerate(tickets)
    ]


def desks(centre: Centre, seats: int) -> list[Desk]:
    """Enough desks for so many people, two at each."""
    there = list(Desk.objects.filter(space__site__centre=centre, seats__gte=2).order_by("pk"))
    wanted = (seats + 1) // 2
    for number in range(len(there), wanted):
        there.append(Desk.objects.create(space=there[0].space, name=f"B{number}", seats=2))
    return there


def session(person: User) -> str:
    """The cookie of somebody who has signed in."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)


if __name__ == "__main__":
    main()
