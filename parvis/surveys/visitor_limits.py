"""How many answers may come from one network in ten minutes, without knowing anybody.

Counted in this process's memory alone, under a digest whose key is drawn when the process starts and is kept nowhere. A class answers
from one network, and so does everybody in a centre; so it is wide, and a defence of the machine more than of the result.
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

ANSWERS = RateLimitItemPerMinute(120, 10, namespace="answers")  # from one network, in ten minutes
GUESSES = RateLimitItemPerMinute(
    90, 10, namespace="codes"
)  # a class types its code from one network, some of it wrongly
WAIT = 600  # seconds
SALT = secrets.token_bytes(32)


@cache
def limiter() -> FixedWindowRateLimiter:
    """Made with the first request: it begins a thread of its own."""
    return FixedWindowRateLimiter(MemoryStorage())


def may_answer(address: str, collection: int) -> bool:
    """Whether one more answer is taken from there, and counts it."""
    told = f"{collection}|{network_of(address)}"
    return limiter().hit(ANSWERS, hmac.new(SALT, told.encode(), sha256).hexdigest()[:32])


def may_guess(address: str) -> bool:
    """Whether one more code may be typed from there, and counts it."""
    return limiter().hit(GUESSES, hmac.new(SALT, network_of(address).encode(), sha256).hexdigest()[:32])
