"""Sets Parvis up in this folder, with nothing but Python's own library: environment, npm packages, translations.

Each step is skipped while what it was made from has not changed. Debian's python3 comes without ``venv``: it is then
installed where that is allowed, else the message says what to do.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parents[1]
VENV = BASE / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "stamps"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the checks need")
    options = parser.parse_args()
    if sys.version_info < (3, 11):
        sys.exit(
            f"Parvis needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 …"
        )
    make_environment()
    requirements = BASE / "requirements" / ("test.txt" if options.tests else "run.txt")
    step(f"python-{requirements.stem}", [requirements], lambda: install_python(requirements))
    step("npm", [BASE / "package-lock.json"], install_npm)
    step("messages", sorted(BASE.glob("parvis/**/locale/**/*.po")), compile_messages)
    if options.tests:
        install_chromium()


def step(name: str, sources: list[Path], work) -> None:  # type: ignore[no-untyped-def]
    """Runs ``work`` unless the same sources were done before."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"· {name}", flush=True)
    work()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest)


def run(*command: str | Path, **kwargs) -> None:  # type: ignore[no-untyped-def]
    subprocess.run([str(part) for part in command], cwd=BASE, check=True, **kwargs)


def make_environment() -> None:
    if (BIN / "python").exists():
        return
    print("· environment", flush=True)
    if uv := shutil.which("uv"):
        run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        return
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    apt_install(package, why="Python's venv module is missing")
    run(sys.executable, "-m", "venv", VENV)


def apt_install(package: str, *, why: str) -> None:
    """Installs a Debian package, or ends with the command to type."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"{why}. Please run: sudo apt-get install {package}")
    print(f"· {package}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=environment)
    run(
        "apt-get",
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        package,
        env=environment,
        stdout=subprocess.DEVNULL,
    )


def install_python(requirements: Path) -> None:
    uv = shutil.which("uv") or BIN / "uv"
    if not Path(uv).exists():
        run(
            BIN / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            BASE / "requirements" / "uv.txt",
        )
    try:
        run(
            uv,
            "pip",
            "install",
            "-q",
            "--python",
            BIN / "python",
            "--require-hashes",
            "-r",
            requirements,
            env=with_certificates(),
        )
    except subprocess.CalledProcessError:
        print("  uv could not; trying pip", flush=True)
        run(BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", requirements)


def install_npm() -> None:
    npm = shutil.which("npm")
    if npm is None:
        run(
            BIN / "python",
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            BASE / "requirements" / "node.txt",
        )
        npm = str(BIN / "npm")
    path = {"PATH": f"{Path(npm).parent}{os.pathsep}{os.environ['PATH']}"}
    run(npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", env=with_certificates() | path)


def with_certificates() -> dict[str, str]:
    """The environment, with the machine's certificates for uv and npm: some networks have one of their own."""
    bundle = "/etc/ssl/certs/ca-certificates.crt"
    node = {"NODE_EXTRA_CA_CERTS": bundle} if Path(bundle).exists() else {}
    return {"UV_SYSTEM_CERTS": "1", **node, **os.environ}


def compile_messages() -> None:
    run(BIN / "python", "manage.py", "build_messages")


def install_chromium() -> None:
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        apt_install("chromium", why="The browser journeys need Chromium")
    if not shutil.which("pg_ctl") and not list(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")):
        apt_install("postgresql", why="The checks run on PostgreSQL, too")


if __name__ == "__main__":
    main()
