"""The command that plays the demonstration's day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from parvis.demonstration import actions
from parvis.demonstration.demonstrate import demonstrate
from parvis.demonstration.models import Demonstration

pytestmark = pytest.mark.django_db


def test_the_command_catches_up_and_ends():
    demonstrate(at=timezone.now(), language="en", days=1, seed="seven")
    for row in Demonstration.objects.select_related("centre"):
        shows = row.centre.now() + timedelta(minutes=6)
        actions.set_clock(centre=row.centre, shows=shows, speed=1, real=timezone.now())
    call_command("play_day", "--once")
    for row in Demonstration.objects.select_related("centre"):
        assert (row.player, row.jump_to) == ("", None)
        assert timedelta() <= row.centre.now() - row.played_until < timedelta(minutes=1)


def test_without_a_demonstration_the_command_has_nothing_to_do():
    call_command("play_day", "--once")
