"""How many registrations may come from one network in ten minutes, without knowing anybody.

Counted in this process's memory alone, under a digest whose key is drawn when the process starts and is kept nowhere. A class and a whole
centre share one network: it is wide. Mails are fewer, as they go to others.
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

REGISTRATIONS = RateLimitItemPerMinute(60, 10, namespace="registrations")
ADDRESSES = RateLimitItemPerMinute(20, 10, namespace="addresses")
WAIT = 600  # seconds
SALT = secrets.token_bytes(32)


@cache
def limiter() -> FixedWindowRateLimiter:
    """Made with the first request: it begins a thread of its own."""
    return FixedWindowRateLimiter(MemoryStorage())


def may(limit: RateLimitItemPerMinute, network: str) -> bool:
    """Whether one more may come from there, and counts it."""
    told = hmac.new(SALT, network_of(network).encode(), sha256).hexdigest()[:32]
    return limiter().hit(limit, told)
