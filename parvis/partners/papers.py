"""Files about partners on the disk: what an agreement was signed on, and logos. Named at random, never served as they are."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

LARGEST = 15 * 1024 * 1024  # bytes of a document
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MOST_MEMBERS = 5_000


def kind_of(data: bytes) -> str | None:
    """What a file is by its own words, never by its name; none for what is not taken."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                return None
            names = {one.filename for one in members}
            if any(name.lower().endswith("vbaproject.bin") for name in names):  # macros
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace")
                return next((kind for kind, mime in KINDS.items() if mime == said), None)
            return next((kind for kind, part in PARTS.items() if part in names), None)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "partners"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write(name: UUID, data: bytes) -> None:
    """Has ``data`` on the disk, whole, when this returns."""
    draft = _folder() / f"draft-{name.hex}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(_folder() / name.hex)


def read(name: UUID) -> bytes:
    """What was written. Raises ``OSError`` where the file is gone."""
    return (_folder() / name.hex).read_bytes()


def remove(names: Iterable[UUID]) -> None:
    """Deletes files; one that is gone already is fine."""
    for name in names:
        (_folder() / name.hex).unlink(missing_ok=True)
