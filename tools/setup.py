"""Sets Parvis up in this folder, with nothing but Python's own library: environment, npm packages, translations.

Each step is skipped while what it was made from has not changed. Debian's python3 comes without ``venv``, and the checks
want a browser and PostgreSQL: what is missing is installed where that is allowed, else the message says what to do.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import programs

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
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each start would compile every library again
    install_packages(missing_packages(tests=options.tests))
    make_environment()
    requirements = BASE / "requirements" / ("test.txt" if options.tests else "run.txt")
    step(f"python-{requirements.stem}", [requirements], lambda: install_python(requirements))
    step("npm", [BASE / "package-lock.json"], install_npm)
    step("messages", sorted(BASE.glob("parvis/**/locale/**/*.po")), compile_messages)


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


def missing_packages(*, tests: bool) -> dict[str, str]:
    """Debian packages that this machine still needs, each with what it is for."""
    missing = {}
    if not ((BIN / "python").exists() or shutil.which("uv") or importlib.util.find_spec("ensurepip")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        missing[f"python{version}-venv"] = "Python's own environments"
    if tests and not programs.chromium():
        missing["chromium"] = "the browser journeys"
    if tests and not programs.has_library("libatomic.so.1"):
        missing["libatomic1"] = "what drives the browser"
    if tests and not programs.postgres("pg_ctl"):
        missing["postgresql"] = "the checks on PostgreSQL"
    return missing


def install_packages(missing: dict[str, str]) -> None:
    """By apt-get, or ends with the command to type."""
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        wanted = "".join(f"\n  {package}: {use}" for package, use in missing.items())
        sys.exit(
            f"This machine lacks:{wanted}\n\n"
            f"Please run: sudo apt-get install --no-install-recommends {' '.join(missing)}"
        )
    print(f"· {', '.join(missing)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL}
    run("apt-get", "update", "-qq", **quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, **quiet)


def make_environment() -> None:
    """Half of one is taken away again: the next try would take it for whole."""
    if (BIN / "python").exists():
        return
    print("· environment", flush=True)
    uv = shutil.which("uv")
    venv = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    try:
        run(*venv, VENV)
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def install_python(requirements: Path) -> None:
    """Locked packages into the environment: by uv, and where uv cannot, by pip."""
    pip = [BIN / "python", "-m", "pip", "install", "-q"]
    uv = shutil.which("uv") or BIN / "uv"
    if not Path(uv).exists():
        if not (BIN / "pip").exists():  # the environment was made by a uv that has gone since
            run(BIN / "python", "-m", "ensurepip", "--default-pip", stdout=subprocess.DEVNULL)
        run(*pip, "--require-hashes", "-r", BASE / "requirements" / "uv.txt")
    locked = ["--require-hashes", "-r", requirements]
    try:
        run(uv, "pip", "install", "-q", "--python", BIN / "python", *locked, env=with_certificates())
    except subprocess.CalledProcessError:
        if not (BIN / "pip").exists():
            raise
        print("  uv could not; trying pip", flush=True)
        run(*pip, *locked)


def install_npm() -> None:
    """What pages take from npm; npm itself comes from Python's index where the machine has none."""
    npm = shutil.which("npm")
    if npm is None:
        install_python(BASE / "requirements" / "node.txt")
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


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"This did not work, its message is above: {' '.join(error.cmd)}")
    except KeyboardInterrupt:
        sys.exit("\nStopped; the next start goes on from here.")
