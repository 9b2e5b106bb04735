"""A class visit in a teacher's calendar is read alike by three parsers: while its date is kept, and once it is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.agenda.actions import visits
from parvis.agenda.actions.visits import Doing, Kept
from parvis.agenda.factories import a_class_visit
from parvis.agenda.visitor_class_limits import limiter
from parvis.centres.factories import a_centre
from parvis.centres.models import Site
from tests.conformance.calendar_readers import Read, read_by_all

pytestmark = pytest.mark.django_db


def test_a_kept_date_and_its_cancellation(client):
    limiter().storage.reset()
    centre = a_centre(name="Lyon, rive gauche; C:\\Notes", time_zone="Australia/Lord_Howe")
    Site.objects.filter(centre=centre).update(name="Main", address="12, rue Neuve; Lyon")
    visit = a_class_visit(centre, language="ar")
    today = centre.local_day(centre.now())
    begins = datetime.combine(today + timedelta(days=20), time(9, 30), centre.zone)
    kept = Kept(begins, begins + timedelta(hours=3), until=today + timedelta(days=9))
    visits.keep_date(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=centre.now()))
    address = f"/visit/{visit.token}/calendar/?language=ar"
    option = read_by_all(client, address)
    said = option[str(visit.uid)]
    assert option == {
        str(visit.uid): Read(
            begins.astimezone(UTC),
            (begins + timedelta(hours=3)).astimezone(UTC),
            said.sequence,
            "TENTATIVE",
            said.summary,
            "",
            said.location,
            (),
            "",
        )
    }
    assert "Lyon, rive gauche; C:\\Notes" in said.summary
    assert "12, rue Neuve; Lyon" in said.location
    visits.cancel(visit=visit, doing=Doing(key=uuid4(), at=centre.now()))
    gone = read_by_all(client, address)[str(visit.uid)]
    assert gone.sequence > said.sequence
    assert gone == replace(said, sequence=gone.sequence, status="CANCELLED")
