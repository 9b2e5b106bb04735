"""Many write down decisions at once: each has a number of its own, without a hole. On a real file database and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection

from parvis.centres.factories import a_centre
from parvis.partners.actions.decisions import DecisionSaid, record_decision
from parvis.partners.factories_bodies import a_body, a_meeting
from parvis.partners.models import Decision

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 6, 30, 18, tzinfo=UTC)
SAID = DecisionSaid("The centre opens on Saturdays.", Decision.Result.ADOPTED)


def all_at_once(work, jobs):
    def one(job):
        try:
            return work(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def test_decisions_of_two_meetings_written_at_once_are_numbered_without_a_hole():
    body, other = (a_body(a_centre(), name) for name in ("Steering", "Assembly"))
    meetings = [a_meeting(body, date(2026, month, 3)) for month in (3, 5)]
    elsewhere, before = a_meeting(other, date(2026, 3, 3)), a_meeting(body, date(2025, 3, 3))
    jobs = [(meeting, uuid4()) for meeting in (*meetings, elsewhere, before) for _n in range(6)]
    jobs += jobs[:6]  # pages that were sent twice

    made = all_at_once(lambda job: record_decision(meeting=job[0], key=job[1], said=SAID, at=AT), jobs)

    assert len({one.pk for one in made}) == 24
    numbers = Decision.objects.filter(body=body, year=2026).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 13))
    for others in (Decision.objects.filter(body=other), Decision.objects.filter(body=body, year=2025)):
        assert sorted(others.values_list("number", flat=True)) == list(range(1, 7))
