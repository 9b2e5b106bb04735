"""E-mail addresses for messages about one session: sealed, read only to send, destroyed when they have served."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from parvis.agenda.models import Address, Coming
from parvis.shared.sealing.cipher import Unreadable, derived, seal_json, unseal_json
from parvis.shared.sealing.vault import vault

PURPOSE = "address of a registration"


def keep_address(*, coming: Coming, email: str, at: datetime) -> Address:
    """Keep ``email`` for messages about the session of ``coming``, instead of one that it had."""
    share_key = uuid4()
    sealed = _sealed(
        share_key, email, at.date()
    )  # outside the transaction: it writes to the vault's own file
    with transaction.atomic():
        forget_addresses_of(comings=[coming])
        return Address.objects.create(coming=coming, sealed=sealed, share_key=share_key, agreed_at=at)


def _sealed(share_key: UUID, email: str, on: date) -> bytes:
    share = vault().put(share_key, on=on)
    return seal_json(derived(share, purpose=PURPOSE), email, about=f"address {share_key}")


def read_address(address: Address) -> str:
    """The e-mail address; nothing where its share was destroyed."""
    share = vault().get(address.share_key)
    if share is None:
        return ""
    try:
        return str(
            unseal_json(derived(share, purpose=PURPOSE), address.sealed, about=f"address {address.share_key}")
        )
    except Unreadable:
        return ""


@transaction.atomic
def forget_addresses_of(*, comings: Iterable[Coming]) -> int:
    """Nothing is sent to these any more: their addresses go, and what opens them. Returns how many there were."""
    found = Address.objects.filter(coming__in=[one.pk for one in comings])
    shares = list(found.values_list("share_key", flat=True))
    found.delete()
    transaction.on_commit(partial(vault().destroy, shares))
    return len(shares)


def forget_addresses(*, at: datetime) -> int:
    """Addresses of sessions that are over; returns how many."""
    over = Coming.objects.filter(address__isnull=False, session__ends_at__lt=at)
    return forget_addresses_of(comings=list(over))


def needed_shares(keys: Collection[UUID]) -> set[UUID]:
    """Those among some hundred keys that an address is opened with."""
    return set(Address.objects.filter(share_key__in=keys).values_list("share_key", flat=True))
