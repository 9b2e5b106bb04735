"""Rows that are written at once are the rows that the real actions write."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.db import transaction

from parvis.centres.models import Centre
from parvis.demonstration.ground import ground_of
from parvis.demonstration.history import write_past
from parvis.demonstration.setting import set_up
from parvis.demonstration.tests.replay import Replay
from parvis.reception.models import Act, ActCode, Day, Expected, Passage, Period, Profile, Seat, Ticket

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)
DAY = date(2026, 3, 3)  # in a sample week


@pytest.fixture
def centres():
    at = datetime(2026, 3, 5, 12, tzinfo=UTC)
    return set_up(today=TODAY, at=at, language="en").centres


def place_of(prefix):
    return (f"{prefix}desk__name", f"{prefix}place")


def rows_of(centre):
    """Everything that a day leaves behind, by natural keys."""
    own = {"centre": centre}
    tickets = (
        "key",
        "date",
        "number",
        "word",
        "style",
        "arrival",
        "device__kind",
        "expected__key",
        "language",
    )
    tickets += ("size", "priority__key", "theme__key", "taken_at", "state", "state_since", "parked_until")
    periods = ("ticket__number", "state", "theme__key", "reason", "started_at", "ended_at", "undone_at")
    acts = ("key", "date", "at", "kind", "ticket__number", "channel__key", "service__key", "language", "size")
    return {
        "tickets": set(
            Ticket.objects.filter(**own).values_list(*tickets, "recalled_at", *place_of("seat__"))
        ),
        "periods": set(
            Period.objects.filter(ticket__centre=centre).values_list(*periods, *place_of("seat__"))
        ),
        "seats": set(
            Seat.objects.filter(**own).values_list(*place_of(""), "opened_at", "closed_at", "paused_at")
        ),
        "on duty": set(Seat.objects.filter(**own).values_list(*place_of(""), "opened_at", "themes__key")),
        "languages": sorted(map(sorted, Seat.objects.filter(**own).values_list("languages", flat=True))),
        "acts": set(Act.objects.filter(**own).values_list(*acts, "minutes", "note", *place_of("seat__"))),
        "act themes": set(Act.objects.filter(**own).values_list("key", "themes__key")),
        "act codes": set(
            ActCode.objects.filter(act__centre=centre).values_list(
                "act__key", "code__list", "code__key", "count"
            )
        ),
        "expected": set(
            Expected.objects.filter(**own).values_list(
                "key", "kind", "at", "theme__key", "language", "size", "cancelled_at"
            )
        ),
        "passages": set(
            Passage.objects.filter(**own).values_list(
                "key", "date", "hour", "count", "source", "device__kind", "counted_at", "site__kind"
            )
        ),
        "profiles": set(Profile.objects.filter(**own).values_list("key", "date", "method", "commune_prefix")),
        "answers": set(Profile.objects.filter(**own).values_list("key", "answers__list", "answers__key")),
        "day": set(Day.objects.filter(**own).values_list("date", "last_number")),
    }


@pytest.mark.parametrize("slug", ["cite-des-metiers-de-rivemont", "ohjaamo-koivuranta"])
def test_a_written_day_is_the_day_that_actions_would_have_left(centres, slug):
    ground = ground_of(Centre.objects.get(slug=slug), "seed-4")
    hours = [(540, 720)] if "cite" in slug else ground.hours(DAY, DAY)[DAY]
    site = ground.site
    site.hours.all().delete()
    for opens, closes in hours:
        site.hours.create(
            weekday=DAY.weekday(), opens=time(*divmod(opens, 60)), closes=time(*divmod(closes, 60))
        )
    with transaction.atomic():
        write_past(ground, DAY, DAY)
        written = rows_of(ground.centre)
        transaction.set_rollback(True)
    assert rows_of(ground.centre)["tickets"] == set()
    Replay(ground, ground.whole_day(DAY, hours)).run()
    played = rows_of(ground.centre)
    assert len(played["tickets"]) > 15
    assert len(played["acts"]) > 15
    assert len(played["profiles"]) > 5
    for name, rows in played.items():
        assert written[name] == rows, name
