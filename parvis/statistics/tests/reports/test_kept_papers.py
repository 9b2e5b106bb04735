"""What everybody may ask for is set once, and again when it says something else."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.shared.kept_papers import clear_papers
from parvis.shared.paper import fonts
from parvis.statistics.actions.reports.publishing import correct_report, publish_report
from parvis.statistics.tests.reports.scene import NOON, PARIS, a_director, a_report, a_worked_centre

pytestmark = pytest.mark.django_db


def a_correction(*, of):
    who = a_director(of.centre)
    return correct_report(key=uuid4(), report=of, reason="A day was counted twice.", by=who, at=NOON)


def test_a_published_pdf_is_set_once_for_what_it_says(client, settings, tmp_path):
    centre = a_worked_centre()
    fonts()  # where they are, before the house's data are elsewhere
    settings.DATA = tmp_path
    report = a_report(centre, "ready:public", days=(date(2025, 1, 1), date(2025, 12, 31)))
    publish_report(report=report, by=None, at=NOON)
    address = reverse("statistics:public_report_pdf", kwargs={"centre": centre.slug, "token": report.token})
    made = client.get(address).content
    (kept,) = (tmp_path / "papers").iterdir()
    assert made == kept.read_bytes()
    kept.write_bytes(b"%PDF- from the file")
    assert client.get(address).content == b"%PDF- from the file"
    publish_report(report=a_correction(of=report), by=None, at=NOON)
    assert client.get(address).content.startswith(b"%PDF-1")  # it says that it was replaced
    assert len(list((tmp_path / "papers").iterdir())) == 2
    set_at = datetime.fromtimestamp(kept.stat().st_mtime, tz=PARIS)
    assert clear_papers(at=set_at + timedelta(days=29)) == 0
    assert clear_papers(at=set_at + timedelta(days=31)) == 2
    assert client.get(address).content.startswith(b"%PDF-1")
