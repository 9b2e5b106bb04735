"""PDFs and pictures that anybody may ask for, set once for each thing they say: below PARVIS_DATA, named by a hash of what they are set from.

Only for what is published: a file here says what its page says to everybody, and nothing of a visitor or of staff.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from parvis.shared.paper import FONTS, pdf, png

Make = Callable[[Path, dict[str, Any]], bytes]
KEPT = timedelta(days=30)  # then it is set again by whoever asks


def kept_pdf(source: Path, said: dict[str, Any], make: Make = pdf) -> bytes:
    """What ``make`` makes of ``said``; from the file where it was made before."""
    return _kept(source, said, "pdf", make)


def kept_png(source: Path, said: dict[str, Any]) -> bytes:
    """What ``png`` makes of ``said``; from the file where it was made before."""
    return _kept(source, said, "png", png)


def _kept(source: Path, said: dict[str, Any], kind: str, make: Make) -> bytes:
    path = _folder() / f"{_name(source, said)}.{kind}"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        made = make(source, said)
    draft, name = tempfile.mkstemp(dir=path.parent, suffix=".draft")
    with os.fdopen(draft, "wb") as file:
        file.write(made)
    os.replace(name, path)  # whole, or not at all
    return made


def clear_papers(*, at: datetime) -> int:
    """Takes away what was set more than ``KEPT`` ago, and drafts that a kill left. Returns how many files."""
    old = [path for path in _folder().iterdir() if path.stat().st_mtime < (at - KEPT).timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    folder = Path(settings.DATA) / "papers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _name(source: Path, said: dict[str, Any]) -> str:
    """Another one when a word, the layout or the letters are another."""
    words = json.dumps([said, FONTS], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(source.read_bytes() + b"\0" + words.encode()).hexdigest()
