"""Reading the environment: the few settings that a centre may change without touching code."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def flag(name: str) -> bool:
    """True when the variable says so; unset is False."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def listed(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated variable as a list."""
    value = os.environ.get(name)
    return default if value is None else [part.strip() for part in value.split(",") if part.strip()]


def secret_key(data: Path) -> str:
    """The signing key: from the environment, else made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("PARVIS_SECRET_KEY"):
        return key
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text()
