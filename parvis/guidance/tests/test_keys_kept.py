"""The installation's keys: listed, renewed, retired when nothing needs them; one copy of them, and back from it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.guidance import actions
from parvis.guidance.actions.forgetting import VaultLost, erase_without_share
from parvis.guidance.factories import a_conversation, a_thread
from parvis.guidance.models import Thread
from parvis.guidance.queries.keys import KeyUse, uses_of_keys
from parvis.guidance.queries.threads import opened_by
from parvis.shared.sealing import keys
from parvis.shared.sealing.vault import VAULT, Vault, vault

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = AT.date()


def forgotten_by_the_process():
    keys._forget()
    vault.cache_clear()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Keys of the test's own."""
    settings.KEYS = tmp_path / "keys"
    settings.KEYS.mkdir()
    forgotten_by_the_process()
    yield settings.KEYS
    forgotten_by_the_process()


@pytest.fixture
def copy(tmp_path):
    return tmp_path / "copy"


def said(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


class TestKeys:
    def test_what_needs_which(self):
        centre = a_centre()
        assert uses_of_keys() == [KeyUse(1, True, 0, 0, 0, None)]
        opened, receipt = a_thread(centre, AT)
        until = opened.thread.expires_on
        a_conversation(receipt, centre, a_person(Role.ADVISER, centre=centre), AT)
        said("guidance_keys", "--new")
        a_thread(centre, AT)
        assert uses_of_keys() == [KeyUse(2, True, 1, 0, 0, until), KeyUse(1, True, 1, 1, 0, until)]
        lines = said("guidance_keys").splitlines()
        assert [line.split() for line in lines[1:]] == [
            ["2", "1", "2027-06-01", "0", "0", "newest"],
            ["1", "1", "2027-06-01", "1", "0"],
        ]

    def test_three_queries(self, django_assert_num_queries):
        for count in (1, 2):
            for _n in range(count):
                a_thread(a_centre(), AT)
            with django_assert_num_queries(3):
                uses_of_keys()

    def test_a_new_one_asks_for_a_restart(self):
        assert "Restart both services" in said("guidance_keys", "--new")
        assert keys.versions() == [2, 1]

    def test_one_that_is_needed_stays(self):
        opened, receipt = a_thread(a_centre(), AT)
        said("guidance_keys", "--new")
        wrong = "Key 1 is still needed by 1 threads, 0 open conversations.*expires on 2027-06-01"
        with pytest.raises(CommandError, match=wrong):
            said("guidance_keys", "--retire", "1", "--yes")
        actions.open_thread(
            receipt=receipt, at=AT + timedelta(days=1)
        )  # which finds it with the newest from now on
        assert "Key 1 is gone" in said("guidance_keys", "--retire", "1", "--yes")
        assert keys.versions() == [2]
        assert opened_by(receipt, DAY).key == opened.key

    @pytest.mark.parametrize(("version", "why"), [("1", "is the newest"), ("7", "There is no key 7")])
    def test_neither_the_newest_nor_one_that_is_not_there(self, version, why):
        assert keys.versions() == [1]
        with pytest.raises(CommandError, match=why):
            said("guidance_keys", "--retire", version, "--yes")

    @pytest.mark.parametrize(("answer", "left"), [("yes", [2]), ("no", [2, 1]), ("", [2, 1])])
    def test_it_asks_first(self, monkeypatch, answer, left):
        said("guidance_keys", "--new")
        monkeypatch.setattr("builtins.input", lambda _question: answer)
        if answer == "yes":
            said("guidance_keys", "--retire", "1")
        else:
            with pytest.raises(CommandError, match="Nothing was changed"):
                said("guidance_keys", "--retire", "1")
        assert keys.versions() == left

    def test_one_that_is_needed_and_missing_is_told_and_its_number_not_given_again(self):
        said("guidance_keys", "--new")
        a_thread(a_centre(), AT)
        keys.remove(2)
        assert "MISSING" in said("guidance_keys")
        said("guidance_keys", "--new")
        assert keys.versions() == [3, 1]


class TestCopy:
    def test_keys_and_vault_come_back_from_it(self, folder, copy):
        opened, receipt = a_thread(a_centre(), AT)
        assert "1 key, vault" in said("backup_keys", str(copy))
        assert sorted(path.name for path in copy.iterdir()) == ["key-1", VAULT]
        assert {path.stat().st_mode & 0o777 for path in copy.iterdir()} == {0o600}
        assert copy.stat().st_mode & 0o777 == 0o700
        shutil.rmtree(folder)
        forgotten_by_the_process()
        shutil.copytree(copy, folder)
        assert opened_by(receipt, DAY).key == opened.key

    def test_the_newest_replaces_the_former_of_which_nothing_is_left(self, copy):
        share = vault().put(gone := uuid4(), on=DAY)
        kept = vault().put(stays := uuid4(), on=DAY)
        said("backup_keys", str(copy))
        with (copy / VAULT).open("rb") as former:
            assert share in former.read()
            vault().destroy([gone])
            said("guidance_keys", "--new")
            said("backup_keys", str(copy))
            former.seek(0)
            assert set(former.read()) == {0}  # what stood on the disk is overwritten
        assert sorted(path.name for path in copy.iterdir()) == ["key-1", "key-2", VAULT]
        assert share not in (copy / VAULT).read_bytes()
        assert Vault(copy / VAULT).get(stays) == kept

    def test_a_retired_key_leaves_it(self, copy):
        said("guidance_keys", "--new")
        said("backup_keys", str(copy))
        said("guidance_keys", "--retire", "1", "--yes")
        said("backup_keys", str(copy))
        assert sorted(path.name for path in copy.iterdir()) == ["key-2", VAULT]

    def test_what_a_cut_left_is_no_harm(self, copy):
        vault().put(key := uuid4(), on=DAY)
        copy.mkdir()
        (copy / f"{VAULT}.part").write_text("half a file")
        keys.newest()
        said("backup_keys", str(copy))
        assert sorted(path.name for path in copy.iterdir()) == ["key-1", VAULT]
        assert Vault(copy / VAULT).get(key)

    def test_another_installations_copy_stays(self, copy):
        keys.newest()
        copy.mkdir()
        (copy / "key-1").write_text("00" * 32)
        with pytest.raises(CommandError, match="another installation"):
            said("backup_keys", str(copy))
        assert [(path.name, path.read_text()) for path in copy.iterdir()] == [("key-1", "00" * 32)]

    def test_not_onto_itself(self, folder):
        with pytest.raises(CommandError, match="the keys themselves"):
            said("backup_keys", str(folder))

    def test_a_lost_vault_does_not_overwrite_its_copy(self, folder, copy):
        centre = a_centre()
        receipts = [a_thread(centre, AT)[1] for _n in range(5)]
        said("backup_keys", str(copy))
        before = (copy / VAULT).read_bytes()
        vault().close()
        (folder / VAULT).unlink()
        vault.cache_clear()
        with pytest.raises(CommandError, match="Of 5 threads, 5 lack their share"):
            said("backup_keys", str(copy))
        assert (copy / VAULT).read_bytes() == before
        vault().close()
        shutil.copy(copy / VAULT, folder / VAULT)
        vault.cache_clear()
        assert all(opened_by(receipt, DAY) for receipt in receipts)
        assert "vault" in said("backup_keys", str(copy))

    def test_unless_somebody_says_that_it_is_right(self, copy):
        centre = a_centre()
        opened = [a_thread(centre, AT)[0] for _n in range(5)]
        said("backup_keys", str(copy))
        vault().destroy(one.thread.key for one in opened)
        said("backup_keys", str(copy), "--vault-is-right")
        assert Vault(Path(copy) / VAULT).missing(one.thread.key for one in opened) == {
            one.thread.key for one in opened
        }


class TestLostVault:
    def threads(self, count: int) -> None:
        opened, _receipt = a_thread(a_centre(), AT)
        row = Thread.objects.values().exclude(pk=None).get()
        row.pop("id")
        Thread.objects.bulk_create(
            Thread(**row | {"key": uuid4(), "lookup": f"{n:064x}"}) for n in range(1, count)
        )

    def test_a_few_rows_that_came_back_are_erased(self):
        for _n in range(4):
            kept, _receipt = a_thread(a_centre(), AT)
        vault().destroy([kept.thread.key])
        assert erase_without_share(at=AT) == 1
        assert Thread.objects.count() == 3

    @pytest.mark.parametrize(("count", "all_gone"), [(52, False), (4, True)])
    def test_where_many_or_all_lack_theirs_they_are_kept(self, count, all_gone):
        self.threads(count)
        if all_gone:
            vault().destroy(Thread.objects.values_list("key", flat=True))
        with pytest.raises(VaultLost) as lost:
            erase_without_share(at=AT)
        missing = count if all_gone else count - 1
        assert lost.value.why == {"says": VaultLost.says, "missing": missing, "all": count}
        assert Thread.objects.count() == count
