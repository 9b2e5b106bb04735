"""Kits: begun, copied, named, offered to the network, put away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.agenda import stored
from parvis.agenda.models import Kit, KitFile, KitStep, KitVersion
from parvis.centres.models import Centre, Code, CodeList, Holder


class OfAnother(Exception):
    """The key was used for something else."""


class NeverInUse(Exception):
    """No version of it is in use: there is nothing to share yet."""


@transaction.atomic
def begin_kit(
    *,
    holder: Holder,
    key: UUID,
    title: LazyI18nString,
    for_classes: bool = False,
    source: KitVersion | None = None,
    ready_model: str = "",
) -> KitVersion:
    """A new kit with a first draft: empty, or saying what ``source`` says. The same ``key`` again returns the first.

    Raises ``OfAnother``.
    """
    if before := Kit.objects.filter(key=key).first():
        if before.holder != holder:
            raise OfAnother
        return before.versions.get(number=1)
    kit = Kit.objects.create(
        key=key,
        network=holder.network if isinstance(holder, Centre) else holder,
        centre=holder if isinstance(holder, Centre) else None,
        title=title,
        for_classes=for_classes,
        begun_from=source.kit if source else None,
        ready_model=ready_model,
    )
    draft = KitVersion.objects.create(kit=kit, number=1)
    if source:
        copy_into(draft, source)
    return draft


SAME = ("summary", "aim", "level", "minutes", "people", "material", "notes")


def copy_into(draft: KitVersion, source: KitVersion) -> None:
    """Write all that ``source`` says into an empty draft: texts, sequence, files, objectives as the draft's holder lists them."""
    holder = draft.kit.holder
    for name in SAME:
        setattr(draft, name, getattr(source, name))
    if holder == source.kit.holder:
        draft.evaluation = source.evaluation
    draft.save()
    draft.objectives.set(objectives_at(holder, source.objectives.select_related("network_code")))
    KitStep.objects.bulk_create(
        [
            KitStep(version=draft, position=place, minutes=step.minutes, title=step.title, text=step.text)
            for place, step in enumerate(source.steps.all())
        ]
    )
    for file in source.files.all():
        key = uuid4()
        stored.KITS.write(key, stored.KITS.read(file.key))  # of the two, only a file may be left over
        KitFile.objects.create(
            key=key,
            version=draft,
            title=file.title,
            kind=file.kind,
            size=file.size,
            added_by=file.added_by,
            added_at=file.added_at,
        )


def objectives_at(holder: Holder, codes: Iterable[Code]) -> list[Code]:
    """The same objectives in a holder's own list: what counts as the same in the network's, else what has the same key."""
    wanted = [(code.pk, code.network_code_id or code.pk, code.key) for code in codes]
    if not wanted:
        return []
    own = Code.objects.held_by(holder).filter(list=CodeList.OBJECTIVE)
    found: list[Code] = []
    for one in own.order_by("position", "pk"):
        same = {one.pk, one.network_code_id}
        if any(pk in same or counts_as in same or key == one.key for pk, counts_as, key in wanted):
            found.append(one)
    return found


@transaction.atomic
def name_kit(*, kit: Kit, title: LazyI18nString, for_classes: bool) -> Kit:
    """Another title, and whether teachers may choose it. Versions in use keep the title that they had."""
    now = _locked(kit)
    now.title, now.for_classes = title, for_classes
    now.save(update_fields=["title", "for_classes"])
    return now


@transaction.atomic
def offer_kit(*, kit: Kit, offered: bool) -> None:
    """The network's centres may use and copy it, or no longer. Raises ``NeverInUse``."""
    now = _locked(kit)
    if offered and not now.versions.filter(state=KitVersion.State.IN_USE).exists():
        raise NeverInUse
    now.offered = offered
    now.save(update_fields=["offered"])


@transaction.atomic
def archive_kit(*, kit: Kit, on: date) -> None:
    """It is put away: nobody plans from it, what was planned stays. Put away already, nothing happens."""
    Kit.objects.filter(pk=kit.pk, archived_on=None).update(archived_on=on, offered=False)


@transaction.atomic
def take_back_archiving(*, kit: Kit) -> None:
    """It is with the others again."""
    Kit.objects.filter(pk=kit.pk).update(archived_on=None)


def _locked(kit: Kit) -> Kit:
    return Kit.objects.select_for_update(no_key=True, of=("self",)).get(pk=kit.pk)
