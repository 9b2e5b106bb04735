"""A director brings in an old spreadsheet as it is: titles, totals and all; sees what it adds up to; once; and takes it back."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django_tasks_db.management.commands.db_worker import Worker
from playwright.sync_api import FilePayload, Page, expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception.models import Tally
from parvis.reception.tests.past.house import a_preset_centre

pytestmark = pytest.mark.journey

MONTHS = ["janvier", "février", "mars"]
THEMES = ["Orientation", "Trouver une formation", "Insertion pro"]


def counts_of(day: date) -> list[int]:
    return [day.day, day.day + 7, 3 * day.month]


def working_days(month: int) -> list[date]:
    days = [date(2019, month, 1) + timedelta(days=n) for n in range(28)]
    return [day for day in days if day.weekday() < 5]


def spreadsheet() -> bytes:
    """A quarter as a French office suite saves it: semicolons, cp1252, two titles, a total a month and one at the end."""
    rows: list[list[object]] = [
        ["Cité des métiers de Test – Fréquentation 2019"],
        ["Relevé de l’accueil, mis à jour le 02/04/2019"],
        [],
        ["Date", *THEMES, "Total", "Observations"],
    ]
    whole = [0, 0, 0]
    for month, name in enumerate(MONTHS, start=1):
        sums = [0, 0, 0]
        for day in working_days(month):
            counts = counts_of(day)
            sums = [a + b for a, b in zip(sums, counts, strict=True)]
            remark = "Salon de l’étudiant" if day.day == 12 else ""
            rows.append([f"{day:%d/%m/%Y}", *counts, sum(counts), remark])
        rows.append([f"Total {name}", *sums, sum(sums)])
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
    rows.append(["TOTAL GÉNÉRAL", *(f"{n:,}".replace(",", "\u00a0") for n in [*whole, sum(whole)])])
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("cp1252")


DAYS = [day for month in (1, 2, 3) for day in working_days(month)]
ALL = sum(sum(counts_of(day)) for day in DAYS)


def spaced(number: int) -> str:
    """As French groups thousands."""
    return f"{number:,}".replace(",", "\u202f")


def work() -> None:
    """What the background worker does: every task that waits."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="journey",
        excluded_queue_names=[],
    ).run()


@pytest.fixture
def centre(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return a_preset_centre(name="Test")


@pytest.fixture
def page(site, centre, person):
    director = a_person(Role.DIRECTOR, centre=centre, name="Dora", language="fr")
    page = person("desk", language="fr", user=director)
    page.goto(f"{site}/c/{centre.slug}/past/")
    return page


def file(name: str, more: bytes = b"") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": spreadsheet() + more}


def send(page: Page, name: str = "accueil 2019.csv", more: bytes = b"") -> None:
    """The file is chosen and read; the page tells so by itself."""
    page.locator("input[type=file]").set_input_files(file(name, more))
    page.get_by_role("button", name="Regarder ce qu’il contient").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("À quoi servent les colonnes")


def choose(page: Page, accessible) -> None:
    """The columns as recognised; of the words, one that nobody can guess."""
    accessible(page)
    expect(page.get_by_label("Date", exact=True).locator("option:checked")).to_have_text("Date")
    expect(page.get_by_label("Total", exact=True).locator("option:checked")).to_have_text("Nombre")
    expect(page.get_by_label("Observations").locator("option:checked")).to_have_text("Laissé de côté")
    page.get_by_label("Ce qui est compté").select_option(label="Contacts")
    page.get_by_role("button", name="Continuer vers les mots").click()
    expect(page.get_by_label("Orientation").locator("option:checked")).to_have_text("Choisir son orientation")
    page.get_by_label("Insertion pro").select_option(label="Trouver un emploi")
    accessible(page)
    page.get_by_role("button", name="Vérifier chaque ligne").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    accessible(page)
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui serait repris")


def look_at(page: Page, accessible) -> None:
    """New lines, totals that are compared and not counted, and each line that is left out."""
    assert page.locator(".stats .stat-figure").all_inner_texts() == [str(len(DAYS)), "0", "4"]
    expect(page.get_by_text("16 totaux sont bien la somme de leurs lignes.")).to_be_visible()
    expect(page.locator(".past-years tbody").first.locator("td")).to_have_text([spaced(ALL)] * 2)
    left_out = page.locator(".past-lines tbody tr")
    expect(left_out).to_have_count(4)
    expect(left_out.last).to_contain_text("Un total : comparé, pas compté.")
    page.get_by_role("button", name="Nouveau").click()
    expect(left_out.first).to_contain_text("01/01/2019")
    accessible(page)


def bring_in(page: Page, accessible) -> None:
    """The work is left alone and found again; then it is in."""
    page.get_by_role("button", name=f"Reprendre {len(DAYS)} lignes").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("navigation", name="Test").get_by_role("link", name="Le passé").click()
    expect(page.get_by_role("row").filter(has_text="accueil 2019.csv")).to_contain_text("Import en cours")
    accessible(page)
    page.get_by_role("link", name="accueil 2019.csv").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Importé")
    expect(page.get_by_text(f"{4 * len(DAYS)} comptages sont repris.")).to_be_visible()
    accessible(page)


def contacts(site: str, page: Page, day: date) -> int:
    """Contacts of a day, as the page of figures shows them; of a day without any it says that there is nothing."""
    page.goto(f"{site}/c/test/figures/days/{day}/")
    if page.get_by_role("main").get_by_role("link", name="Reprendre le passé").is_visible():
        return 0
    row = page.locator(".figures-units").get_by_role("row").filter(has_text=re.compile("^Contacts"))
    return int(row.get_by_role("cell").first.inner_text())


def nothing_twice(site: str, page: Page, accessible) -> None:
    """The same file is refused; the same lines in a file saved once more are already here."""
    before = Tally.objects.count()
    page.goto(f"{site}/c/test/past/")
    page.locator("input[type=file]").set_input_files(file("encore.csv"))
    page.get_by_role("button", name="Regarder ce qu’il contient").click()
    expect(page.get_by_text("Ce même fichier a déjà été repris.")).to_be_visible()
    accessible(page)
    send(page, "accueil 2019, copie.csv", b"\r\nEdition du 03/04/2019;;;;;\r\n")
    choose(page, accessible)
    assert page.locator(".stats .stat-figure").all_inner_texts()[:2] == ["0", str(len(DAYS))]
    expect(page.get_by_text("Il n’y a rien de nouveau dans ce fichier.")).to_be_visible()
    assert Tally.objects.count() == before


def test_a_quarter_comes_in_once_and_goes_again(site, page, centre, accessible):
    send(page)
    choose(page, accessible)
    look_at(page, accessible)
    assert contacts(site, page, DAYS[3]) == 0, "nothing counts before it is brought in"
    page.go_back()
    bring_in(page, accessible)
    report = page.url
    assert contacts(site, page, DAYS[3]) == sum(counts_of(DAYS[3]))
    kept = Tally.objects.filter(theme__isnull=False).values_list("date", "theme__key", "count")
    themes = ["choose", "train", "job"]
    assert set(kept) == {
        (day, theme, n) for day in DAYS for theme, n in zip(themes, counts_of(day), strict=True)
    }

    nothing_twice(site, page, accessible)

    page.goto(report)
    page.get_by_role("button", name="Annuler cette reprise").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1)).to_have_text("Annulé")
    accessible(page)
    assert not Tally.objects.exists()
    assert contacts(site, page, DAYS[3]) == 0
