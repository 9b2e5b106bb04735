"""A kit's version: written as a draft, put into use; and the next one, begun from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Sum
from i18nfield.strings import LazyI18nString

from parvis.agenda import stored
from parvis.agenda.actions.kits import copy_into
from parvis.agenda.models import Kit, KitVersion
from parvis.centres.models import Code
from parvis.surveys.models import Questionnaire


class VersionIsFixed(Exception):
    """It is or was in use: it does not change any more."""


class NothingInIt(Exception):
    """It has no aim, or no sequence."""


class TooLong(Exception):
    """Its parts last longer than the whole: ``minutes`` longer."""

    def __init__(self, minutes: int) -> None:
        super().__init__(str(minutes))
        self.minutes = minutes


class PlannedFrom(Exception):
    """Something was planned from it."""


@dataclass(frozen=True)
class KitSaid:
    """What a version says, besides its sequence and its files."""

    summary: LazyI18nString
    aim: LazyI18nString
    material: LazyI18nString
    notes: LazyI18nString
    level: KitVersion.Level = KitVersion.Level.ANY
    minutes: int = 60
    people: int | None = None
    evaluation: Questionnaire | None = None
    objectives: Sequence[Code] = field(default_factory=list)


def locked_draft(version: KitVersion) -> KitVersion:
    """The version as it is now, locked for a change. Raises ``VersionIsFixed``, also where somebody threw it away meanwhile."""
    found = KitVersion.objects.select_for_update(no_key=True, of=("self",)).select_related("kit")
    now = found.filter(pk=version.pk).first()
    if now is None or now.state != KitVersion.State.DRAFT:
        raise VersionIsFixed
    return now


@transaction.atomic
def write_version(*, version: KitVersion, said: KitSaid) -> KitVersion:
    """Write a draft. Raises ``VersionIsFixed``."""
    now = locked_draft(version)
    now.summary, now.aim, now.material, now.notes = said.summary, said.aim, said.material, said.notes
    now.level, now.minutes, now.people = said.level, said.minutes, said.people
    now.evaluation = said.evaluation
    now.save()
    now.objectives.set(said.objectives)
    return now


@transaction.atomic
def put_into_use(*, version: KitVersion, on: date, changes: str = "") -> KitVersion:
    """From now on sessions are planned from it, and it never changes; the one before it is replaced.

    In use already, nothing happens. Raises ``VersionIsFixed``, ``NothingInIt``, ``TooLong``.
    """
    kit = Kit.objects.select_for_update(no_key=True, of=("self",)).get(pk=version.kit_id)
    before = kit.versions.filter(state=KitVersion.State.IN_USE).first()
    if before and before.pk == version.pk:
        return before
    now = locked_draft(version)
    total = now.steps.aggregate(sum=Sum("minutes"))["sum"]
    if total is None or not str(now.aim):
        raise NothingInIt
    if total > now.minutes:
        raise TooLong(total - now.minutes)
    if before:
        before.state = KitVersion.State.REPLACED
        before.save(update_fields=["state"])
    now.state, now.in_use_since = KitVersion.State.IN_USE, on
    now.title, now.changes = kit.title, changes
    now.save()
    return now


@transaction.atomic
def next_version(*, kit: Kit) -> KitVersion:
    """A draft that says what the last version says, to be changed; the one that is there, if there is one."""
    kit = Kit.objects.select_for_update(no_key=True, of=("self",)).get(pk=kit.pk)
    last = kit.versions.order_by("-number")[0]
    if last.state == KitVersion.State.DRAFT:
        return last
    draft = KitVersion.objects.create(kit=kit, number=last.number + 1)
    copy_into(draft, last)
    return draft


@transaction.atomic
def delete_draft(*, version: KitVersion) -> bool:
    """A draft goes, with its files; the kit too where it has no other version. Returns whether the kit went.

    Gone already, nothing happens. Raises ``VersionIsFixed``, ``PlannedFrom``.
    """
    if not KitVersion.objects.filter(pk=version.pk).exists():
        return not Kit.objects.filter(pk=version.kit_id).exists()
    now = locked_draft(version)
    if now.events.exists():
        raise PlannedFrom
    kit = now.kit
    keys = list(now.files.values_list("key", flat=True))
    now.delete()
    transaction.on_commit(partial(stored.KITS.remove, keys))
    if kit.versions.exists():
        return False
    kit.delete()
    return True
