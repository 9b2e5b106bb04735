"""docs/threat-model.md names the test that shows each line: each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE)
PAGE = (BASE / "docs" / "threat-model.md").read_text()


def test_every_test_that_the_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    files = [*BASE.glob("tests/**/*.py"), *BASE.glob("parvis/**/tests/**/*.py")]
    written = set(re.findall(r"def (test_\w+)", "".join(path.read_text() for path in files)))
    assert len(named) >= 10
    assert named - written == set()
    assert [
        path for path in re.findall(r"`((?:parvis|bench|tests)/[\w/.]+)`", PAGE) if not exists(path)
    ] == []


def exists(path: str) -> bool:
    return (BASE / path).exists() or (BASE / f"{path}.py").exists()


def test_every_line_of_what_falls_is_filled_in():
    lines = PAGE.split("## What each learns if it falls")[1].split("\n## ")[0].splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| **")]
    assert len(rows) >= 12
    assert [row[0] for row in rows if len(row) != 4 or not all(cell.strip() for cell in row)] == []
