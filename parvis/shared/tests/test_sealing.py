"""Sealing: what is sealed opens with its key alone; a destroyed share is gone from the file."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.shared.sealing import keys
from parvis.shared.sealing.cipher import (
    STEP,
    Unreadable,
    derived,
    new_key,
    seal,
    seal_json,
    unseal,
    unseal_json,
)
from parvis.shared.sealing.vault import Vault

DAY = date(2026, 6, 1)
SAID = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@given(SAID)
def test_what_was_sealed_is_read_again(said):
    key = new_key()
    assert unseal_json(key, seal_json(key, said, about="a"), about="a") == said


@given(st.binary(max_size=300), st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_is_noticed(plain, place, change):
    key = new_key()
    sealed = bytearray(seal(key, plain, about="a"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Unreadable):
        unseal(key, bytes(sealed), about="a")


def test_another_key_or_purpose_does_not_open():
    key = new_key()
    sealed = seal(key, b"a plan", about="thread 1")
    for other, about in [(new_key(), "thread 1"), (key, "thread 2")]:
        with pytest.raises(Unreadable):
            unseal(other, sealed, about=about)
    with pytest.raises(Unreadable):
        unseal(key, b"", about="thread 1")


def test_lengths_say_little():
    key = new_key()
    assert {len(seal_json(key, "x" * n, about="a")) for n in (0, 1, 50, STEP - 2)} == {12 + STEP + 16}


def test_each_secret_is_part_of_a_derived_key():
    made = {
        derived(b"a", b"b", purpose="p"),
        derived(b"ab", b"", purpose="p"),
        derived(b"b", b"a", purpose="p"),
        derived(b"a", b"b", purpose="q"),
        derived(b"a", purpose="p"),
    }
    assert len(made) == 5


def test_a_share_stays_the_same_until_it_is_destroyed(tmp_path):
    vault, key, other = Vault(tmp_path / "vault.sqlite3"), uuid4(), uuid4()
    share = vault.put(key, on=DAY)
    assert (vault.put(key, on=DAY), vault.get(key), vault.get(other)) == (share, share, None)
    assert vault.destroy([key, other]) == 1
    assert (vault.get(key), vault.destroy([key])) == (None, 0)


def test_a_destroyed_share_is_in_no_file(tmp_path):
    vault = Vault(tmp_path / "vault.sqlite3")
    kept = [uuid4() for _n in range(300)]
    lost = [uuid4() for _n in range(300)]
    shares = {key: vault.put(key, on=DAY) for pair in zip(kept, lost, strict=True) for key in pair}
    vault.destroy(lost)
    bytes_left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [key for key in lost if shares[key] in bytes_left] == []
    assert [key for key in kept if shares[key] not in bytes_left] == []


def test_old_shares_are_listed_in_parts(tmp_path):
    vault = Vault(tmp_path / "vault.sqlite3")
    old = {uuid4() for _n in range(1_100)}
    for key in old:
        vault.put(key, on=DAY)
    vault.put(uuid4(), on=date(2026, 6, 2))
    parts = list(vault.made_before(date(2026, 6, 2)))
    assert [len(part) for part in parts] == [500, 500, 100]
    assert {key for part in parts for key in part} == old


def test_keys_are_numbered_and_changed(settings, tmp_path):
    settings.KEYS = tmp_path
    keys._forget()
    try:
        assert (keys.newest(), keys.versions()) == (1, [1])
        first = keys.key(1, "look-up")
        keys.make(2)
        assert (keys.newest(), keys.versions()) == (2, [2, 1])
        assert (keys.key(1, "look-up"), len({first, keys.key(2, "look-up"), keys.key(1, "other")})) == (
            first,
            3,
        )
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
        keys.remove(1)
        with pytest.raises(KeyError):
            keys.key(1, "look-up")
    finally:
        keys._forget()
