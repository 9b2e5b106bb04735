"""The command, on whatever day and hour; and it never touches a centre that is there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from parvis.centres.factories import a_centre
from parvis.centres.models import Centre
from parvis.demonstration.demonstrate import AlreadyInUse, demonstrate
from parvis.demonstration.models import Demonstration
from parvis.reception.models import Device, Seat, Ticket

pytestmark = pytest.mark.django_db
TUESDAY_NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)


def test_at_night_and_on_sundays_the_demonstration_is_alive_all_the_same():
    demonstrate(at=SUNDAY_NIGHT, language="fr", days=2, seed="seven")
    for centre in Centre.objects.all():
        assert centre.clock_set_at == SUNDAY_NIGHT
        assert centre.local_day(centre.clock_showed) == date(2026, 3, 1)
        assert centre.local(centre.clock_showed).hour in (10, 11)
        assert Ticket.objects.filter(centre=centre, date=date(2026, 3, 1)).exists()
        assert Seat.objects.open().filter(centre=centre).exists()


def test_a_database_with_a_centre_is_left_alone(capsys):
    a_centre()
    with pytest.raises(AlreadyInUse):
        demonstrate(at=TUESDAY_NOON, language="en", days=2, seed="seven")
    call_command("demonstrate")
    assert (Centre.objects.count(), Demonstration.objects.count(), Ticket.objects.count()) == (1, 0, 0)


def test_the_command_prints_the_table_and_keeps_it_for_later(settings, tmp_path, capsys):
    settings.DATA = tmp_path
    call_command("demonstrate", days=1, password="lake-lantern-heron-12")
    first = capsys.readouterr().out
    assert "reception@rivemont.example" in first
    assert "password: lake-lantern-heron-12" in first
    for device in Device.objects.exclude(kind=Device.Kind.GREETER):
        assert device.token in first
    call_command("demonstrate")
    assert capsys.readouterr().out.strip() == (tmp_path / "demonstration.txt").read_text().strip()
    assert (tmp_path / "demonstration.txt").stat().st_mode & 0o077 == 0
