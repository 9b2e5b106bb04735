"""When contacts came, as sample surveys are weighed to them: those of the day pages that came through the door."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from parvis.centres.factories import a_centre, a_theme
from parvis.reception.factories import a_ticket
from parvis.reception.models import Arrival
from parvis.reception.queries.contacts import contacts_on_the_spot
from parvis.reception.queries.figures import figures_by_day
from parvis.surveys import counted

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)


def test_contacts_are_those_of_the_day_page_without_those_by_phone():
    centre = a_centre(time_zone="Europe/Paris")
    theme = a_theme(centre)
    for n, arrival in enumerate([Arrival.GREETER, Arrival.APPOINTMENT, Arrival.PHONE_CALL, Arrival.KIOSK]):
        a_ticket(theme, AT + timedelta(minutes=n), arrival=arrival)
    found = contacts_on_the_spot(centre, DAY, DAY)
    assert [(day, at.hour) for day, at in found] == [(DAY, 10), (DAY, 10)]
    assert figures_by_day(centre, DAY, DAY)[DAY].live.contacts == 3  # the one by phone, too
    assert counted.contacts(centre, DAY, DAY) == found
    assert contacts_on_the_spot(centre, DAY + timedelta(days=1), DAY + timedelta(days=2)) == []
