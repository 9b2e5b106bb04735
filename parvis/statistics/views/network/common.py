"""How a file of the network's figures leaves."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from parvis.shared.sheets import CSV_TYPE, XLSX_TYPE, Cell, csv_lines, xlsx

Sheet = tuple[Sequence[str], Sequence[Sequence[Cell]]]


def as_file(kind: str, name: str, sheets: dict[str, Sheet]) -> HttpResponse:
    """CSV: the first sheet alone. XLSX: all of them. Anything else is no file of ours."""
    if kind == "csv":
        heading, rows = next(iter(sheets.values()))
        body, content = "".join(csv_lines(heading, rows)).encode(), CSV_TYPE
    elif kind == "xlsx":
        body, content = xlsx({title: (heading, rows) for title, (heading, rows) in sheets.items()}), XLSX_TYPE
    else:
        raise Http404
    response = HttpResponse(body, content_type=content)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
