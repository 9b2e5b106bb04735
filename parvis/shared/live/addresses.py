"""Signed addresses: whoever was shown a slot may follow it for a day, without a query to find out."""

from __future__ import annotations

from django.core import signing

SALT = "parvis.shared.live"
DAY = 24 * 3600
OPENED_TOGETHER = 12  # slots one page may follow on one connection


class BadAddress(Exception):
    """Not signed by this house, too old, or of no topic that anybody reads."""


def address(topic: str, slot: str) -> str:
    """Where a page follows a slot: ``/live/<signed>/``; with ``now/`` behind it, the same text as a plain answer."""
    return f"/live/{signing.dumps([topic, slot], salt=SALT)}/"


def opened(signed: str) -> tuple[str, str]:
    """The topic and slot of a signed address. Raises :class:`BadAddress`."""
    try:
        topic, slot = signing.loads(signed, salt=SALT, max_age=DAY)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadAddress from error
    return str(topic), str(slot)


def opened_together(path: str) -> list[tuple[str, str]]:
    """The slots of ``/live/<signed>,<signed>,…/``, in order. Raises :class:`BadAddress`."""
    parts = path.removeprefix("/live/").strip("/").split(",")
    if len(parts) > OPENED_TOGETHER:
        raise BadAddress
    return [opened(part) for part in parts]
