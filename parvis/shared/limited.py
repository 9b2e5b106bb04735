"""Programs of our own that open what strangers sent: each a process with limits, without our secrets, that nobody misses when it dies."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits; those that each program has besides still hold
    resource = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parents[2]
REFUSED = 3  # how such a program ends when it knows why; else its limits ended it


def program(module: str, *words: str) -> dict[str, Any]:
    """What ``subprocess`` takes to run ``module``: what it prints is read, nothing of our environment reaches it."""
    return {
        "args": [sys.executable, "-m", module, *words],
        "env": {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,
    }


def limit(*, memory: int, seconds: int, writes: int | None = None) -> None:
    """Called by the program itself, first: it gives way to the desk and ends where it wants more.

    ``memory``: bytes; ``seconds``: of the processor; ``writes``: bytes of the largest file it may write, none: any.
    """
    if resource is not None:
        os.nice(10)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if writes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (writes, writes))
