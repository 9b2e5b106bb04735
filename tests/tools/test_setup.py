"""Setting up on a machine that lacks things, and what the locks say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE)
LOCKS = sorted(BASE.glob("requirements/*.txt"))


def test_who_may_not_install_hears_at_once_of_everything_that_is_missing(tmp_path):
    shutil.copytree(BASE / "tools", tmp_path / "tools")
    setup = [sys.executable, str(tmp_path / "tools" / "setup.py"), "--tests"]
    done = subprocess.run(setup, check=False, env={"PATH": ""}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "\n  chromium: the browser journeys" in done.stderr
    assert "Please run: sudo apt-get install --no-install-recommends " in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["tools"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_each_locked_package_has_a_version_and_hashes_and_no_address(lock):
    text = lock.read_text()
    packages = text.replace("\\\n", "").splitlines()
    pinned = [line for line in packages if line and not line.lstrip().startswith("#")]
    assert pinned
    assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
    assert "://" not in text
    assert "index-url" not in text


def test_npm_s_lock_has_a_hash_for_each_package_and_no_address():
    text = (BASE / "package-lock.json").read_text()
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert packages
    assert [name for name, one in packages.items() if not one["integrity"].startswith("sha512-")] == []
    assert "registry" not in text
    assert '"resolved"' not in text
