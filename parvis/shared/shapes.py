"""The ten shapes of themes, drawn in a 24 x 24 square, told apart by outline alone at 16 pixels."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SHAPES: dict[str, str] = {
    "circle": '<circle cx="12" cy="12" r="10"/>',
    "square": '<rect x="2.5" y="2.5" width="19" height="19" rx="2.5"/>',
    "triangle": '<path d="M12 2.6 22.6 20a1 1 0 0 1-.9 1.5H2.3A1 1 0 0 1 1.400 20z"/>',
    "drop": '<path d="M12 1.500c3.800 4.600 7.400 8.600 7.400 13a7.400 7.400 0 0 1-14.800 0c0-4.400 3.600-8.400 7.400-13z"/>',
    "star": '<path d="m12 1.600 3.100 6.900 7.500.8-5.600 5 1.600 7.400L12 17.900l-6.600 3.800L7 14.300l-5.600-5 7.500-.8z"/>',
    "hexagon": '<path d="M12 1.500 21.300 6.800v10.400L12 22.500l-9.300-5.300V6.800z"/>',
    "diamond": '<path d="M12 .8 23.200 12 12 23.200.8 12z"/>',
    "cross": '<path d="M8.300 2h7.400v6.300H22v7.400h-6.300V22H8.300v-6.300H2V8.300h6.300z"/>',
    "leaf": '<path d="M21.500 2.500c1 9.500-2 19-11.500 19-4 0-7.500-3-7.500-7.500 0-8.500 9-11.500 19-11.500z"/>',
    "moon": '<path d="M15.500 1.900A10.300 10.300 0 1 0 22.300 15 8.800 8.800 0 0 1 15.500 1.900z"/>',
}

TOKENS = Path(__file__).parent / "static" / "shared" / "tokens.css"


@cache
def drawing(shape: str, tint: str) -> str:
    """A theme's shape in its colour, as a picture of its own."""
    edge = colours().get(f"{tint}-edge", colours()[tint])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 26 26">'
        f'<g fill="{colours()[tint]}" stroke="{edge}" stroke-width="1.5">{SHAPES[shape]}</g></svg>'
    )


@cache
def colours() -> dict[str, str]:
    """The tints as the pages have them by daylight: the first block of the tokens."""
    block = TOKENS.read_text().partition("@media")[0]
    return dict(re.findall(r"--tint-([\w-]+): (#[0-9A-Fa-f]{6})", block))
