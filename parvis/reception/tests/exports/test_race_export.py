"""An export is written while the centre goes on working, on a real file database and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.actions.exports import writing
from parvis.reception.factories import an_act, coded_centre, codes_of
from parvis.reception.models import Act, ActCode, Export

from .house import asked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def many_groups(centre, now):
    """More lines than a driver reads at once."""
    bands = codes_of(centre, CodeList.AGE_BAND, "15_17", "18_24")
    group = an_act(centre, now, kind=Act.Kind.GROUP, size=12, totals=dict(zip(bands, (8, 4), strict=True)))
    groups = [copy(group) for _n in range(2000)]
    for one in groups:
        one.pk, one.key = None, uuid4()
    made = Act.objects.bulk_create(groups)
    ActCode.objects.bulk_create(ActCode(act=act, code=band, count=6) for act in made for band in bands)


def test_others_write_between_two_rows(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    centre, now = coded_centre(language="en"), timezone.now()
    many_groups(centre, now)
    monkeypatch.setattr(writing, "BEAT", -1.0)  # a sign of life at each look
    alive = writing.Writing.tell

    def count_at_the_door():
        try:
            actions.count_passages(site=centre.sites.get(), key=uuid4(), count=1, at=now)
        finally:
            connection.close()

    def tell(self, **fields):
        with ThreadPoolExecutor(1) as others:
            others.submit(count_at_the_door).result()
        alive(self, **fields)

    monkeypatch.setattr(writing.Writing, "tell", tell)
    today = centre.local_day(now)
    export = asked(centre, today, today, now)
    writing.write(export.pk)
    export.refresh_from_db()
    assert (export.stage, export.rows_done > 6000) == (Export.Stage.DONE, True)
