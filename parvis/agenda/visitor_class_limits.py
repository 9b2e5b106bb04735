"""How many requests and messages may come from one network in ten minutes, without knowing anybody.

Counted in this process's memory alone, under a digest whose key is drawn when the process starts and is kept nowhere.
A whole school asks from one network.
"""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from hashlib import sha256

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from parvis.shared.network import network_of

ASKED = RateLimitItemPerMinute(12, 10, namespace="classes")  # visits asked of one centre, from one network
WORDS = RateLimitItemPerMinute(30, 10, namespace="class words")  # about one visit, from one network
WAIT = 600  # seconds
SALT = secrets.token_bytes(32)


@cache
def limiter() -> FixedWindowRateLimiter:
    """Made with the first request: it begins a thread of its own."""
    return FixedWindowRateLimiter(MemoryStorage())


def may(item: RateLimitItem, address: str, about: int) -> bool:
    """Whether one more is taken from there about one centre or visit, and counts it."""
    told = f"{about}|{network_of(address)}"
    return limiter().hit(item, hmac.new(SALT, told.encode(), sha256).hexdigest()[:32])
