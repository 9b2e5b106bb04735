"""The sheet that one hangs up."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.centres.models import Shape, Tint
from parvis.partners.factories import an_institution
from parvis.rota import hanging
from parvis.rota.factories import a_duty_slot, a_need, comes_from
from parvis.rota.models import Rota

MONDAY = date(2026, 3, 2)


@pytest.fixture
def house(db):
    centre = a_centre(name="Lyon")
    theme = a_theme(centre, "training")
    ana = a_person(Role.ADVISER, centre=centre, name="Zebulon Quxley")
    comes_from(ana, centre, an_institution(centre, "Kwibbelberg").institution)
    for n in range(5):
        for starts in (time(9), time(14)):
            slot = a_duty_slot(centre, ana, MONDAY + timedelta(days=n), starts, theme=theme)
            a_need(slot.half_day, theme)
    Rota.objects.create(centre=centre, version=7, changed_at=datetime(2026, 3, 1, tzinfo=UTC))
    return centre, ana


def sheet(client, house, span="week", day=MONDAY, **asked):
    centre, ana = house
    client.force_login(ana)
    return client.get(reverse("rota:paper", args=[centre.slug, span, day.isoformat()]), asked)


def said(monkeypatch) -> dict:
    """What is put on the sheet; it is made all the same."""
    found: dict = {}
    make = hanging.pdf

    def kept(source, words):
        found.update(words)
        return make(source, words)

    monkeypatch.setattr(hanging, "pdf", kept)
    return found


@pytest.mark.parametrize(("size", "millimetres"), [("a3", (420, 297)), ("a4", (297, 210))])
@pytest.mark.parametrize("span", ["week", "month"])
def test_one_landscape_sheet_that_a_screen_reader_can_read(client, house, size, millimetres, span):
    response = sheet(client, house, span, size=size, names="1")
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.content)) as document:
        box = document.pages[0].mediabox
        assert (len(document.pages), tuple(round(float(side) * 25.4 / 72) for side in box[2:])) == (
            1,
            millimetres,
        )
        assert "pdfuaid" in str(document.Root.Metadata.read_bytes())
        assert (str(document.Root.Lang), str(document.docinfo["/Title"])[:1]) == (
            "en",
            "2" if span == "week" else "M",
        )


@pytest.mark.parametrize(("names", "sheets"), [("1", 2), ("", 1)])
def test_a_month_with_many_names_is_a_sheet_for_each_week(client, house, names, sheets, monkeypatch):
    """Letters are never smaller than one reads from where the sheet hangs."""
    centre, _ana = house
    theme = centre.themes.get()
    team = [a_person(Role.ADVISER, centre=centre, name=f"Maximiliane {n}") for n in range(12)]
    for week in range(2):
        for day in range(7 * week, 7 * week + 5):
            for starts in (time(9), time(11), time(14), time(16)):
                for person in team:
                    a_duty_slot(centre, person, MONDAY + timedelta(days=day), starts, theme=theme)
    words = said(monkeypatch)
    made = sheet(client, house, "month", size="a4", names=names).content
    assert (hanging.pages(made), words["size"] >= 8) == (sheets, True)
    if sheets == 2:
        assert [one["title"] for one in words["sheets"]] == ["2–8 March 2026", "9–15 March 2026"]


@pytest.mark.parametrize(("names", "there"), [("1", True), ("", False)])
def test_names_only_if_asked_for_and_institutions_never(client, house, names, there, monkeypatch):
    words = said(monkeypatch)
    sheet(client, house, names=names)
    assert ("Zebulon Quxley" in repr(words), "Kwibbelberg" in repr(words)) == (there, False)
    assert words["foot"].startswith("Version 7 · printed on ")


def test_neither_gaps_nor_absences_hang_on_the_wall(client, house, monkeypatch):
    centre, ana = house
    ana.duty_slots.filter(half_day__starts=time(9)).update(state="absent")
    words = said(monkeypatch)
    sheet(client, house, names="1")
    assert [[row["cells"][0]["on"] for row in day["rows"]] for day in words["sheets"][0]["days"]] == [
        [False, True]
    ] * 5
    assert "missing" not in repr(words)


def test_no_rota_is_a_sheet_that_says_so(client, house):
    response = sheet(client, house, day=date(2030, 1, 7))
    assert (response.status_code, hanging.pages(response.content)) == (200, 1)


@pytest.mark.parametrize("asked", [{"size": "a2"}, {"span": "century"}])
def test_other_sheets_do_not_exist(client, house, asked):
    assert sheet(client, house, **asked).status_code == 404


def test_not_for_people_of_another_centre(client, house):
    centre, _ana = house
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(reverse("rota:paper", args=[centre.slug, "week", "2026-03-02"])).status_code == 404


def test_each_shape_and_colour_can_be_drawn():
    assert len({hanging.drawing(shape, tint) for shape in Shape for tint in Tint}) == len(Shape) * len(Tint)
