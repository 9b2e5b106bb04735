"""Code lists: entries added, reworded, mapped, ordered, closed; removed only while nothing was counted by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.centres.models import Centre, Code, CodeChange, CodeList, Holder, Network
from parvis.centres.queries.references import is_referred_to

Kind = CodeChange.Kind


class CodeInUse(Exception):
    """Something was counted by it, or another entry counts as it: it is closed, not removed."""


class NotCommunicatedStays(Exception):
    """Nobody has to answer: “not communicated” is neither closed nor removed."""


class NotOfTheNetwork(Exception):
    """A local entry counts as one of the same list of its own network, and a network's as nothing."""


@transaction.atomic
def settle_code(*, code: Code, by: User, at: datetime) -> Code:
    """Save a new or changed entry, and what was changed about it. A new one gets a key of its own and comes last.

    Raises :class:`NotCommunicatedStays`, :class:`NotOfTheNetwork`.
    """
    _lock(code.holder)
    if code.not_communicated and code.valid_to is not None:
        raise NotCommunicatedStays
    target = code.network_code
    if target and (
        target.centre_id
        or target.network_id != code.network_id
        or target.list != code.list
        or not code.centre_id
    ):
        raise NotOfTheNetwork
    old = None if code._state.adding else Code.objects.select_related("network_code").get(pk=code.pk)
    if old is None:
        _place_last(code)
    code.save()
    CodeChange.objects.bulk_create(
        CodeChange(code=code, kind=kind, at=at, by=by, before=before, after=after)
        for kind, before, after in _differences(old, code)
    )
    return code


def _lock(holder: Holder) -> None:
    """Two people who change one centre's lists go one after the other."""
    model = Centre if isinstance(holder, Centre) else Network
    model._base_manager.select_for_update(no_key=True).get(pk=holder.pk)


def _place_last(code: Code) -> None:
    same = Code.objects.held_by(code.holder).filter(list=code.list)
    taken = {"new", "order", *same.values_list("key", flat=True)}
    wanted = slugify(code.label.localize("en"))[:50] or "entry"
    code.key = next(key for n in count(1) if (key := wanted if n == 1 else f"{wanted}-{n}") not in taken)
    code.position = (same.aggregate(last=Max("position"))["last"] or 0) + 1


Difference = tuple[str, dict[str, Any], dict[str, Any]]


def _differences(old: Code | None, new: Code) -> list[Difference]:
    """What changed, each with its values before and after."""
    if old is None:
        return [(Kind.ADDED, {}, _words(new))]
    found: list[Difference] = []
    before, after = _words(old), _words(new)
    if changed := [code for code in before | after if before.get(code) != after.get(code)]:
        found.append((Kind.REWORDED, _only(before, changed), _only(after, changed)))
    if old.network_code_id != new.network_code_id:
        found.append((Kind.MAPPED, _target(old), _target(new)))
    if (old.valid_from, old.valid_to) != (new.valid_from, new.valid_to):
        before, after = _dates(old), _dates(new)
        changed = [name for name in before | after if before.get(name) != after.get(name)]
        found.append((Kind.DATED, _only(before, changed), _only(after, changed)))
    return found


def _only(values: dict[str, str], keys: list[str]) -> dict[str, str]:
    return {key: values[key] for key in keys if key in values}


def _words(code: Code) -> dict[str, str]:
    data = code.label.data if isinstance(code.label, LazyI18nString) else code.label
    return {key: text for key, text in data.items() if text} if isinstance(data, dict) else {"": str(data)}


def _target(code: Code) -> dict[str, Any]:
    return {"counts_as": str(code.network_code)} if code.network_code else {}


def _dates(code: Code) -> dict[str, str]:
    return {"from": code.valid_from.isoformat()} | (
        {"to": code.valid_to.isoformat()} if code.valid_to else {}
    )


@transaction.atomic
def order_codes(*, holder: Holder, listed: CodeList, keys: Sequence[str]) -> None:
    """Put the entries of one list in the order of ``keys``; those not named stay behind, in their old order."""
    _lock(holder)
    codes = list(Code.objects.held_by(holder).filter(list=listed).order_by("position", "pk"))
    place = {key: n for n, key in enumerate(keys)}
    codes.sort(key=lambda code: place.get(code.key, len(place)))
    for position, code in enumerate(codes):
        code.position = position
    Code.objects.bulk_update(codes, ["position"])


@transaction.atomic
def remove_code(*, code: Code) -> None:
    """Delete an entry that was made by mistake. Raises :class:`CodeInUse`, :class:`NotCommunicatedStays`."""
    _lock(code.holder)
    if code.not_communicated:
        raise NotCommunicatedStays
    if is_referred_to(code, but_not_by=[CodeChange]):
        raise CodeInUse
    code.delete()
