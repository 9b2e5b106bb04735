"""A kit is begun from a ready one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.agenda.actions.kits import begin_kit
from parvis.agenda.models import KitStep, KitVersion
from parvis.agenda.ready import ReadyKit
from parvis.centres.models import Code, CodeList, Holder


@transaction.atomic
def begin_ready(*, holder: Holder, key: UUID, ready: ReadyKit) -> KitVersion:
    """A new kit whose first draft says what ``ready`` says, in all its languages. The same ``key`` again returns the first.

    Raises ``OfAnother``.
    """
    draft = begin_kit(
        holder=holder,
        key=key,
        title=LazyI18nString(ready.title),
        for_classes=True,
        ready_model=ready.key,
    )
    if draft.state != KitVersion.State.DRAFT or draft.steps.exists():
        return draft  # sent twice
    draft.summary, draft.aim = LazyI18nString(ready.summary), LazyI18nString(ready.aim)
    draft.material, draft.notes = LazyI18nString(ready.material), LazyI18nString(ready.notes)
    draft.level, draft.minutes, draft.people = ready.level, ready.minutes, ready.people
    draft.save()
    own = Code.objects.held_by(holder).filter(list=CodeList.OBJECTIVE, key__in=ready.objectives)
    draft.objectives.set(own)
    KitStep.objects.bulk_create(
        [
            KitStep(
                version=draft,
                position=place,
                minutes=step.minutes,
                title=LazyI18nString(step.title),
                text=LazyI18nString(step.text),
            )
            for place, step in enumerate(ready.steps)
        ]
    )
    return draft
