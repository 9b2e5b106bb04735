"""Spreadsheets as centres really send them, made by code."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Font

THEMES = ["Choisir son orientation", "Trouver une formation", "Trouver un emploi"]


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def french_months() -> bytes:
    """One sheet a month: merged title, days written short, subtotals by week, a total, a recapitulation."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for month, name in ((3, "Mars"), (4, "Avril")):
        sheet = book.create_sheet(name)
        sheet["A1"] = f"Cité des métiers – Fréquentation – {name} 2019"
        sheet.merge_cells("A1:F1")
        sheet["A1"].font = Font(bold=True, size=14)
        sheet.append([])
        sheet.append(["Jour", "Orientation", "Formation", "Emploi", "Total", "Observations"])
        week = [0, 0, 0]
        whole = [0, 0, 0]
        for day in range(1, 13):
            when = date(2019, month, day)
            if when.weekday() == 6:
                sheet.append(["Sous-total", *week, sum(week)])
                week = [0, 0, 0]
                continue
            counts = [day, day + 1, 2 * day]
            if day == 8:
                sheet.append(
                    [f"{_weekday(when)} {day}", "fermé", None, None, None, "Fermeture exceptionnelle"]
                )
                continue
            week = [a + b for a, b in zip(week, counts, strict=True)]
            whole = [a + b for a, b in zip(whole, counts, strict=True)]
            sheet.append([f"{_weekday(when)} {day}", *counts, sum(counts)])
        sheet.append(["TOTAL", *whole, sum(whole)])
        sheet.append(["* hors vacances scolaires"])
    recap = book.create_sheet("Récapitulatif")
    recap.append(["Mois", "Orientation", "Formation", "Emploi", "Total"])
    for name in ("Mars 2019", "Avril 2019"):
        recap.append([name, 1, 2, 3, 6])
    return saved(book)


def _weekday(day: date) -> str:
    return ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][day.weekday()]


def finnish_csv() -> bytes:
    """Months down, channels across, thousands with spaces, a total row, ISO-8859-15."""
    rows = [
        ["Ohjaamon käyntimäärät 2021", "", "", ""],
        ["", "", "", ""],
        ["Kuukausi", "Paikan päällä", "Puhelin", "Yhteensä"],
        ["tammikuu", "1 204", "96", "1 300"],
        ["helmikuu", "988", "112", "1 100"],
        ["maaliskuu", "1 310", "-", "1 310"],
        ["Yhteensä", "3 502", "208", "3 710"],
    ]
    return _csv(rows, ";").encode("iso8859-15")


def visits_cp1252(days: int = 4) -> bytes:
    """One row per visit as an old database exported it: names, phones, a running number, free words."""
    rows = [
        [
            "N°",
            "Date",
            "Heure",
            "Nom",
            "Prénom",
            "Téléphone",
            "Thème",
            "Mode de contact",
            "Sexe",
            "Âge",
            "Durée",
            "Conseiller",
            "Remarques",
        ]
    ]
    people = [
        ("Durand", "Éloïse", "06 12 34 56 78"),
        ("Lefèvre", "Noël", "0478123456"),
        ("N'Diaye", "Aïssatou", "+33 6 98 76 54 32"),
    ]
    themes = ["Emploi", "Formation", "Orientation", "Création d’entreprise"]
    number = 0
    for day in range(days):
        when = date(2017, 2, 6) + timedelta(days=day)
        for place in range(5):
            number += 1
            name = people[(number + day) % 3]
            rows.append(
                [number, when.strftime("%d/%m/%Y"), f"{9 + place}h{'30' if place % 2 else '00'}", *name,
                 themes[number % 4], "Tél." if place == 4 else "Accueil", "F" if number % 2 else "H", str(17 + number), "45 min" if place else "1h15",
                 "Mme Berger", "reviendra, a été orienté vers Mme Petit le " + str(number)]
            )  # fmt: skip
    return _csv(rows, ";").encode("cp1252")


def long_utf16() -> bytes:
    """Date, hour slot, what, how many: one line per count, tabs, UTF-16 with its mark."""
    rows = [["Date", "Créneau", "Pôle", "Nombre de visites"]]
    for day in (4, 5):
        for slot in ("9h-10h", "10h-11h"):
            rows += [[f"{day} février 2019", slot, theme, str(day)] for theme in ("Emploi", "Formation")]
    return _csv(rows, "\t").encode("utf-16")


def two_headings() -> bytes:
    """Two rows of headings with merged groups, real dates and numbers, a row total that counts themes once."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "2018"
    sheet["A1"] = "Statistiques d’accueil"
    sheet.append([])
    sheet.append(["Date", "Thème", None, None, "Canal", None, "Total entretiens"])
    sheet.append([None, "Emploi", "Formation", "Orientation", "Accueil", "Téléphone", None])
    for area in ("A3:A4", "B3:D3", "E3:F3", "G3:G4"):
        sheet.merge_cells(area)
    for day in range(2, 7):
        counts = [day, 2, 1]
        sheet.append([date(2018, 1, day), *counts, day + 2, 1, day + 3 if day != 5 else 99])
    sheet.append(["Total général", 20, 10, 5, 30, 5, 119])
    return saved(book)


def ods_months_across() -> bytes:
    """An ODS with months across and a row per status; merged title, repeated empty cells at the end."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Statuts 2020")
    document.spreadsheet.addElement(table)
    row = TableRow()
    row.addElement(_ods("Situation des personnes accueillies 2020", columnsspanned=5))
    row.addElement(CoveredTableCell(numbercolumnsrepeated=4))
    table.addElement(row)
    for cells in (
        ["Situation", "janvier", "février", "mars", "Total"],
        ["Demandeur d’emploi", 120, 98.0, 130, 348],
        ["Salarié", 40, 38, "nc", 78],
        ["Étudiante", 22, 20, 25, 67],
        ["Total", 182, 156, 155, 493],
    ):
        row = TableRow()
        for cell in cells:
            row.addElement(_ods(cell))
        table.addElement(row)
    filler = TableRow(numberrowsrepeated=1_000_000)
    filler.addElement(TableCell(numbercolumnsrepeated=1_000))
    table.addElement(filler)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ods(value, **options) -> TableCell:
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        spanned = {"numbercolumnsspanned": options["columnsspanned"]} if options else {}
        cell = TableCell(valuetype="string", **spanned)
    cell.addElement(P(text=str(value)))
    return cell


def visits_xlsx() -> bytes:
    """Visits with real dates, times, groups, several needs in one cell, the day merged over its lines."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [
            "Date",
            "Heure d'arrivée",
            "Thématique",
            "Besoins",
            "Nb de personnes",
            "Première visite",
            "Code postal",
        ]
    )
    lines = [
        (datetime(2022, 5, 2), time(9, 5), "Emploi", "CV ; Offres d'emploi", 1, "oui", 75012),
        (None, time(9, 40), "Formation", "Financer une formation", None, "non", "93100 Montreuil"),
        (None, time(11, 0), "Orientation", "", 12, "", ""),
        (datetime(2022, 5, 3), time(14, 15), "Emploi", "CV", 1, "non", "1000"),
    ]
    for line in lines:
        sheet.append(line)
    sheet.merge_cells("A2:A4")
    return saved(book)


def _csv(rows, separator) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()
