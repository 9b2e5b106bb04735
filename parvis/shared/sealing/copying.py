"""The one copy of the keys and the vault: always overwritten by the newest, so that nothing destroyed lives on in it."""

from __future__ import annotations

import os
from pathlib import Path

from parvis.shared.sealing.keys import NAME
from parvis.shared.sealing.vault import VAULT, Vault

STEP = 1024 * 1024


class OthersCopy(Exception):
    """The folder holds another installation's keys: they would be lost."""


def copy_keys(source: Path, vault: Vault, folder: Path) -> int:
    """Copies keys and vault to ``folder`` while the server runs; returns how many keys. Raises ``OthersCopy``.

    Whatever moment it is cut off at, the folder holds a whole vault and every key that its shares are used with.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{VAULT}.part"
    draft.unlink(missing_ok=True)
    vault.copy_to(draft)  # before the keys: none is younger than the last of them
    own = _keys(source)
    former = _keys(folder)
    if any(former[name] != own[name] for name in former.keys() & own.keys()):
        draft.unlink()
        raise OthersCopy
    for name in own.keys() - former.keys():
        _write(folder / name, own[name])
    _put_in_place(draft, folder / VAULT)
    for name in former.keys() - own.keys():
        (folder / name).unlink()
    return len(own)


def _keys(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if NAME.fullmatch(path.name)}


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.part")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _put_in_place(draft: Path, path: Path) -> None:
    """The new file stands where the former stood, in one step; then zeros are written over the former."""
    former = path.open("r+b") if path.exists() else None
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)
    if former is None:
        return
    with former:
        size = os.fstat(former.fileno()).st_size
        for start in range(0, size, STEP):
            former.write(bytes(min(STEP, size - start)))
        former.flush()
        os.fsync(former.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
