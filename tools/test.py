"""Every check, in order of price: style, types, structure, translations, then the suite on SQLite and on PostgreSQL.

``make test ONLY=quick`` leaves out browsers, kills and PostgreSQL. Ends non-zero when anything failed, after having run
everything else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from postgres import throw_away

BASE = Path(__file__).resolve().parents[1]
BIN = BASE / ".venv" / "bin"
STYLE = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy", "parvis", "manage.py"],
    ["lint-imports", "--no-cache"],
    ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    ["python", "manage.py", "check_messages"],
]
PYTEST = ["pytest", "-q", "-p", "no:cacheprovider", "--reuse-db"]  # every migration once for each worker


def main() -> None:
    only = sys.argv[1] if sys.argv[1:] else "all"
    with tempfile.TemporaryDirectory(prefix="parvis-test-") as data:
        environment = os.environ | {"PARVIS_TESTING": "1", "PARVIS_DATA": data, "PYTHONWARNINGS": "error"}
        environment.pop("DATABASE_URL", None)
        failed = [
            name
            for command in STYLE
            if (name := failing(command, environment | {"PYTHONWARNINGS": "default"}))
        ]
        plain = ["-n", "2", "-m", "not race and not journey and not fault"]
        # Each worker has a server and a browser.
        journeys = ["-n", "2", "--dist", "worksteal", "-m", "journey"]
        alone = ["-n", "1", "-m", "race" if only == "quick" else "race or fault"]
        parts = [plain, alone] if only == "quick" else [plain, journeys, alone]
        failed += [name for part in parts if (name := failing(PYTEST + part, environment))]
        if only != "quick":
            with throw_away() as url:
                environment["DATABASE_URL"] = url
                failed += [
                    f"PostgreSQL: {name}"
                    for part in (plain, alone)
                    if (name := failing(PYTEST + part, environment))
                ]
    if failed:
        sys.exit("Failed:\n  " + "\n  ".join(failed))
    print("Every check passed.")


def failing(command: list[str], environment: dict[str, str]) -> str:
    """The command when it failed, else nothing."""
    words = " ".join(command)
    print(f"\n── {words}", flush=True)
    start = time.monotonic()
    code = subprocess.call([str(BIN / command[0]), *command[1:]], cwd=BASE, env=environment)
    print(f"   {time.monotonic() - start:.0f} s", flush=True)
    return words if code else ""


if __name__ == "__main__":
    main()
