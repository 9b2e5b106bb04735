"""How many tickets may be drawn from one network through the door's address, without knowing anybody.

Somebody at home with the poster's address must not empty the day's numbers. What is remembered stands in the cache alone, for
minutes: a digest of the network address, keyed with a random number of the day that is kept nowhere else. When that is
gone, nothing leads from a digest back to an address, and no digest of one day to that of another.

Whoever is in the house is not counted this way: many visitors share the centre's own network with its kiosk. The house is
wherever the centre's devices speak from. For them there is the door's own limit (``actions.door``).
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from parvis.centres.models import Centre
from parvis.shared.network import network_of

MOST = 6  # tickets from one network
WINDOW = 600  # seconds
HOUSE = 900  # seconds for which a device's word holds; it speaks every minute
A_DAY = 36 * 3600  # seconds, the longest local day and some


def may_draw(centre: Centre, address: str, at: datetime) -> bool:
    """Whether one more ticket may be drawn from there, and takes its place among the few."""
    trace = trace_of(centre, address, at)
    if cache.get(f"door-house:{trace}"):
        return True
    window = int(at.timestamp()) // WINDOW
    # One row for each: adding is atomic, counting up is not.
    return any(cache.add(f"door:{trace}:{window}:{n}", 1, WINDOW) for n in range(MOST))


def remember_house(centre: Centre, address: str, at: datetime) -> None:
    """A device of the centre speaks from there."""
    cache.set_many(
        {f"door-house:{trace_of(centre, address, at)}": 1, f"house:{any_house(address, at)}": 1}, HOUSE
    )


def is_house(address: str, at: datetime) -> bool:
    """Whether a device of any centre spoke from there a moment ago."""
    return bool(cache.get(f"house:{any_house(address, at)}"))


def trace_of(centre: Centre, address: str, at: datetime) -> str:
    """The digest of a network on one day at one centre. All of an IPv6 connection's addresses are one network."""
    return digest(centre.local_day(at).isoformat(), f"{centre.pk}|{network_of(address)}")


def any_house(address: str, at: datetime) -> str:
    """The same for pages that belong to no centre."""
    return digest(at.date().isoformat(), f"any|{network_of(address)}")


def digest(day: str, told: str) -> str:
    """With the salt of the day."""
    salt = cache.get_or_set(f"door-salt:{day}", lambda: secrets.token_hex(16), A_DAY)
    return hmac.new(settings.SECRET_KEY.encode(), f"{salt}|{told}".encode(), sha256).hexdigest()[:32]
