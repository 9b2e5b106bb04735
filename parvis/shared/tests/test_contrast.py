"""Every pair of tokens that meets on a page, computed by the formula of WCAG 2.2, light and dark."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from parvis.shared.shapes import SHAPES

TOKENS = (Path(__file__).parents[1] / "static/shared/tokens.css").read_text()
TINTS = ["petrol", "sun", "coral", "leaf", "plum", "sky", "clay", "moss", "rose", "slate"]
SURFACES = ["paper", "card", "sand", "sky", "sun-soft"]


def _block(start: str) -> dict[str, str]:
    body = TOKENS[TOKENS.index(start) :]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", body[: body.index("}")]))


LOOKS = {
    "light": _block("color-scheme: light;"),
    "dark": _block("color-scheme: dark;"),
}


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


TEXT = (
    [("ink", surface) for surface in [*SURFACES, "coral-soft", "leaf-soft"]]
    + [("muted", surface) for surface in SURFACES]
    + [("petrol", surface) for surface in ["paper", "card", "sand", "sky"]]
    + [("petrol-deep", surface) for surface in ["paper", "card", "sand", "sky"]]
    + [("coral-ink", surface) for surface in ["paper", "card", "coral-soft"]]
    + [("leaf-ink", surface) for surface in ["paper", "card", "leaf-soft"]]
    + [("coral", "paper"), ("leaf", "paper"), ("coral", "card"), ("leaf", "card")]
    + [("on-petrol", "petrol"), ("on-petrol", "petrol-deep"), ("on-sun", "sun"), ("on-coral", "coral")]
    + [("on-leaf", "leaf"), ("paper", "ink")]
    + [(f"on-heat-{step}", f"heat-{step}") for step in range(6)]
)
# borders of controls, shapes and bars: 3 : 1 (WCAG 1.4.11)
GRAPHIC = (
    [("line-strong", surface) for surface in ["paper", "card"]]
    + [(f"tint-{tint}", surface) for tint in TINTS if tint != "sun" for surface in ["paper", "card"]]
    + [("tint-sun-edge", surface) for surface in ["paper", "card"]]
    + [("on-sun", "sun"), ("ink", "paper"), ("sun-edge", "paper"), ("sun-edge", "card")]
)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("pair", TEXT, ids=" on ".join)
def test_text_can_be_read(look, pair):
    tokens = LOOKS[look]
    assert contrast(tokens[pair[0]], tokens[pair[1]]) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("pair", GRAPHIC, ids=" on ".join)
def test_shapes_and_borders_can_be_seen(look, pair):
    tokens = LOOKS[look]
    assert contrast(tokens[pair[0]], tokens[pair[1]]) >= 3


def test_dark_is_the_same_whether_the_device_or_the_person_chose_it():
    by_device = _block("@media (prefers-color-scheme: dark)")
    by_person = _block(':root[data-look="dark"]')
    assert by_device == by_person


def test_dark_answers_every_colour_of_light():
    assert set(LOOKS["dark"]) == set(LOOKS["light"])


def test_the_brief_s_colours_are_kept():
    light = LOOKS["light"]
    assert (light["paper"], light["ink"], light["petrol"], light["sun"]) == (
        "#FBF7F0",
        "#1E2A32",
        "#0F5C63",
        "#F6B93B",
    )


@pytest.mark.parametrize("look", LOOKS)
def test_no_two_tints_are_one(look):
    """They need not differ for everybody (shapes do that), but never be equal."""
    tokens = LOOKS[look]
    assert [(a, b) for a, b in combinations(TINTS, 2) if tokens[f"tint-{a}"] == tokens[f"tint-{b}"]] == []


def test_ten_shapes_differ():
    assert len(set(SHAPES.values())) == 10
