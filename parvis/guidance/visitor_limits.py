"""How often codes may be tried, and questions asked, from one network or one screen, without knowing anybody.

Counted in this process's memory alone, under a digest whose key is drawn when the process starts and is kept nowhere. It is
no defence of the codes, which cannot be guessed, but of the machine. Whoever is in a centre is not held up: see ``is_house``.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from functools import cache
from hashlib import sha256

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from parvis.reception.visitor_limits import is_house
from parvis.shared.network import network_of

TRIES = RateLimitItemPerMinute(20, 10, namespace="tries")  # codes from one network, in ten minutes
AT_A_DESK = RateLimitItemPerMinute(60, 10, namespace="desk")  # codes by one adviser
QUESTIONS = RateLimitItemPerMinute(6, 10, namespace="questions")  # from one network
MESSAGES = RateLimitItemPerMinute(120, 10, namespace="messages")  # of talks, from one network
WAIT = 600  # seconds

SALT = secrets.token_bytes(32)


@cache
def limiter() -> FixedWindowRateLimiter:
    """Made with the first request: it begins a thread of its own."""
    return FixedWindowRateLimiter(MemoryStorage())


def may(item: RateLimitItem, address: str, at: datetime) -> bool:
    """Whether one more is allowed from a network address, and counts it. A centre's own is always allowed."""
    return limiter().hit(item, trace(network_of(address))) or is_house(address, at)


def may_at_desk(person: int) -> bool:
    """Whether an adviser may try one more code."""
    return limiter().hit(AT_A_DESK, trace(f"person {person}"))


def trace(told: str) -> str:
    """A digest that means nothing outside this process."""
    return hmac.new(SALT, told.encode(), sha256).hexdigest()[:32]
