"""Reading the environment: the few settings that a centre may change without touching code."""

from __future__ import annotations

import contextlib
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


def private_folder(path: Path) -> Path:
    """The folder, made where it is missing: nobody else on the machine looks into a centre's data."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(data: Path) -> str:
    """The signing key: from the environment, else made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("PARVIS_SECRET_KEY"):
        return key
    path = data / "secret-key"
    if not path.exists():
        draft = data / f"secret-key.{secrets.token_hex(4)}"  # another process never reads half a key
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()
