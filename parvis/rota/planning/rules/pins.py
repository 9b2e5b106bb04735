"""What was chosen by hand stays."""

from __future__ import annotations

from parvis.rota.planning.building import Building


def pins(b: Building) -> None:
    """Each pinned duty is held. That pins break no hard rule was checked before."""
    for duty in b.problem.pins:
        b.model.fix(b.on[duty], 1.0)
