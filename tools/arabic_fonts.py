"""Makes parvis/shared/static/shared/fonts/arabic-*.woff2: Noto Sans Arabic with the letters of Arabic only.

The npm package's files carry every language that writes in Arabic letters: 49 KB a weight, 10 KB after this. Needed
once per release of the font, with fonttools and brotli (not part of the environment):

    uv run --no-project --with fonttools --with brotli tools/arabic_fonts.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
SOURCE = BASE / "node_modules/@fontsource/noto-sans-arabic/files"
TARGET = BASE / "parvis/shared/static/shared/fonts"
LETTERS = "U+0020,U+00A0,U+00AB,U+00BB,U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670-0671,U+200C-200F"

for weight in (400, 700):
    subprocess.run(
        [
            sys.executable,
            "-m",
            "fontTools.subset",
            str(SOURCE / f"noto-sans-arabic-arabic-{weight}-normal.woff2"),
            "--flavor=woff2",
            "--layout-features=*",
            f"--unicodes={LETTERS}",
            f"--output-file={TARGET / f'arabic-{weight}.woff2'}",
        ],
        check=True,
    )
