"""What one test answered counts in no other."""

from __future__ import annotations

import pytest

from parvis.surveys.visitor_limits import limiter


@pytest.fixture(autouse=True)
def _no_limits() -> None:
    limiter().storage.reset()
