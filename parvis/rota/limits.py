"""How often private calendar addresses may be read, without knowing anybody.

Counted in this process's memory alone, under a digest whose key is drawn when the process starts and is kept nowhere. It
defends the machine: nobody guesses 256 random bits. Addresses that lead nowhere are counted by network, those that
lead somewhere each for itself: a calendar service reads for thousands of people from one network.
"""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from hashlib import sha256

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from parvis.shared.network import network_of

UNKNOWN = RateLimitItemPerMinute(30, 10, namespace="unknown calendars")  # from one network, in ten minutes
READINGS = RateLimitItemPerMinute(60, 10, namespace="calendar")  # of one address, in ten minutes
WAIT = 600  # seconds

SALT = secrets.token_bytes(32)


@cache
def limiter() -> FixedWindowRateLimiter:
    """Made with the first request: it begins a thread of its own."""
    return FixedWindowRateLimiter(MemoryStorage())


def may_miss(address: str) -> bool:
    """Whether one more address that leads nowhere may be tried from a network, and counts it."""
    return limiter().hit(UNKNOWN, _trace(network_of(address)))


def may_read(feed: int) -> bool:
    """Whether a calendar may be read once more, and counts it."""
    return limiter().hit(READINGS, _trace(f"feed {feed}"))


def _trace(told: str) -> str:
    """A digest that means nothing outside this process."""
    return hmac.new(SALT, told.encode(), sha256).hexdigest()[:32]
