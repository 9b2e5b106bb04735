"""AES-256-GCM and HKDF-SHA-256, as the ``cryptography`` package has them.

``about`` says what a text belongs to: sealed for one thread, it does not open as another one's.
"""

from __future__ import annotations

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY = 32  # bytes
NONCE = 12  # bytes, drawn anew each time: far fewer than 2³² texts are sealed with one key
Sealed = bytes | memoryview  # as a database gives it
STEP = 128  # bytes: a text is filled up to whole steps, so that its length says little


class Unreadable(Exception):
    """Not sealed with this key, for this purpose; or changed since."""


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY)


def derived(*secrets: bytes, purpose: str) -> bytes:
    """A key for one purpose, from secrets of which each is needed. Their lengths are part of it."""
    together = b"".join(len(secret).to_bytes(2) + secret for secret in secrets)
    return HKDF(SHA256(), KEY, salt=None, info=f"parvis {purpose}".encode()).derive(together)


def seal(key: bytes, plain: bytes, *, about: str) -> bytes:
    """The sealed text: nonce, text, 16 bytes that show a change."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: Sealed, *, about: str) -> bytes:
    """What was sealed. Raises ``Unreadable``."""
    try:
        return AESGCM(key).decrypt(bytes(sealed[:NONCE]), bytes(sealed[NONCE:]), about.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable from error


def seal_json(key: bytes, said: Any, *, about: str) -> bytes:
    """``said`` as JSON, filled up to whole steps of 128 bytes."""
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(key, plain.ljust(-(-len(plain) // STEP) * STEP), about=about)


def unseal_json(key: bytes, sealed: Sealed, *, about: str) -> Any:
    """What was sealed by :func:`seal_json`. Raises ``Unreadable``."""
    return json.loads(unseal(key, sealed, about=about))
