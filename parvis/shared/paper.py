"""PDF by typst: accessible (PDF/UA-1), with the fonts of the pages, without another program on the machine.

The fonts come from npm in the form that browsers want; typst wants plain ones. They are unpacked once, below PARVIS_DATA.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 700)
VARIABLE = (
    "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-{}-wght-normal.woff2"
)
PLAIN = (
    "@fontsource/noto-sans/files/noto-sans-{}-{}-normal.woff2",
    "@fontsource/noto-sans-arabic/files/noto-sans-arabic-{}-{}-normal.woff2",
)
RANGES = ("latin", "latin-ext")
PLAIN_RANGES = (("cyrillic", "cyrillic-ext", "latin", "latin-ext"), ("arabic",))
# A font for the browser holds one range of letters; typst takes one font of a family and looks no further in it, so each
# range is a family of its own here. Asked in this order, letter by letter.
FONTS = [
    *(f"Atkinson {letters}" for letters in RANGES),
    *(f"Noto {letters}" for ranges in PLAIN_RANGES for letters in ranges),
]


def pdf(source: Path, said: dict[str, Any]) -> bytes:
    """The document that the typst file ``source`` makes of ``said``, which it reads as ``json(bytes(sys.inputs.said))``."""
    return _made(source, said, format="pdf", pdf_standards=["ua-1"])


def png(source: Path, said: dict[str, Any]) -> bytes:
    """The same as a picture: a point of its page is a pixel."""
    return _made(source, said, format="png", ppi=72.0)


def _made(source: Path, said: dict[str, Any], **how: Any) -> bytes:
    inputs = {"said": json.dumps(said | {"fonts": FONTS}, ensure_ascii=False, default=str)}
    made = typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        **how,
    )
    return bytes(made)


@cache
def fonts() -> Path:
    """The folder of unpacked fonts, made where it is missing: whole, or not at all."""
    folder = Path(settings.DATA) / "fonts-2"  # another number after each change of what is in it
    if folder.exists():
        return folder
    draft = Path(tempfile.mkdtemp(prefix="fonts-", dir=settings.DATA))
    for name, data in unpacked():
        (draft / name).write_bytes(data)
    try:
        os.rename(draft, folder)
    except OSError:  # another process was first
        shutil.rmtree(draft)
    return folder


def unpacked() -> list[tuple[str, bytes]]:
    """Each font as a plain file: the variable one at each weight."""
    packages = Path(settings.BASE) / "node_modules"
    found = []
    for letters in RANGES:
        for weight in WEIGHTS:
            font = TTFont(packages / VARIABLE.format(letters))
            instantiateVariableFont(font, {"wght": weight}, inplace=True, updateFontNames=True)
            found.append((f"atkinson-{letters}-{weight}.ttf", plain(font, f"Atkinson {letters}")))
    for pattern, ranges in zip(PLAIN, PLAIN_RANGES, strict=True):
        for letters in ranges:
            for weight in WEIGHTS:
                path = packages / pattern.format(letters, weight)
                found.append((path.with_suffix(".ttf").name, plain(TTFont(path), f"Noto {letters}")))
    return found


def plain(font: TTFont, family: str) -> bytes:
    """Without the browsers' packing, under a family name of its own."""
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = family
    font.flavor = None
    out = BytesIO()
    font.save(out)
    return out.getvalue()
