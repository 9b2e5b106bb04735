"""Two directors, or one who clicks twice: one edition."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from parvis.statistics.actions.open_data import NotAsSeen, NothingNew, publish_year
from parvis.statistics.models import OpenEdition, OpenFile, PublishedTable
from parvis.statistics.tests.open_data.scene import NOON, a_closed_year, wanted

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CLICKS = 4


@pytest.mark.parametrize("same", [True, False])
def test_published_at_once_it_is_one_edition(settings, tmp_path, same):
    settings.DATA = tmp_path
    centre = a_closed_year()
    said, key = wanted(centre), uuid4()

    def click(_n):
        try:
            return publish_year(key=key if same else uuid4(), centre=centre, wanted=said, by=None, at=NOON).pk
        except (NotAsSeen, NothingNew) as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        found = list(pool.map(click, range(CLICKS)))
    edition = OpenEdition.objects.get()
    assert found.count(edition.pk) == (CLICKS if same else 1)
    assert OpenFile.objects.count() == edition.files.count()
    assert PublishedTable.objects.count() == edition.tables.count()
