"""What an installation keeps for itself alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from parvis.config.environment import private_folder, secret_key


def test_server_and_worker_that_start_at_once_make_one_key(tmp_path, monkeypatch):
    monkeypatch.delenv("PARVIS_SECRET_KEY", raising=False)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _turn: secret_key(tmp_path), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) > 60
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_nobody_else_on_the_machine_looks_into_the_data(tmp_path):
    assert private_folder(tmp_path / "srv" / "data").stat().st_mode & 0o077 == 0
