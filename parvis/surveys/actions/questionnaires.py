"""Questionnaires: begun, worded, offered to the network, put away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre, Holder
from parvis.surveys.actions.versions import copy_into
from parvis.surveys.models import Audience, Purpose, Questionnaire, Section, Version


class OfAnother(Exception):
    """The key was used for something else."""


class AnsweredAlready(Exception):
    """A version of it was opened, so it stays; it can be put away."""


@dataclass(frozen=True)
class Said:
    """What a questionnaire is."""

    title: LazyI18nString
    purpose: Purpose
    audience: Audience
    anonymous: bool = True


@transaction.atomic
def begin_questionnaire(
    *,
    holder: Holder,
    key: UUID,
    said: Said,
    language: str,
    source: Version | None = None,
    ready_model: str = "",
) -> Version:
    """A new questionnaire with a first draft: empty, or saying what ``source`` says. The same ``key`` again returns the first.

    Raises ``OfAnother``.
    """
    if before := Questionnaire.objects.filter(key=key).first():
        if before.holder != holder:
            raise OfAnother
        return before.versions.get(number=1)
    centre = holder if isinstance(holder, Centre) else None
    questionnaire = Questionnaire.objects.create(
        key=key,
        network=holder.network if isinstance(holder, Centre) else holder,
        centre=centre,
        title=said.title,
        purpose=said.purpose,
        audience=said.audience,
        anonymous=said.anonymous,
        ready_model=ready_model,
    )
    draft = Version.objects.create(questionnaire=questionnaire, number=1, language=language)
    if source:
        copy_into(draft, Version.objects.whole().get(pk=source.pk))
    elif not ready_model:
        Section.objects.create(version=draft)
    return draft


@transaction.atomic
def change_questionnaire(*, questionnaire: Questionnaire, said: Said) -> Questionnaire:
    """Another title, or another purpose. Who answers, and whether it is anonymous, stay once a version was opened.

    Raises ``AnsweredAlready``.
    """
    now = Questionnaire.objects.select_for_update(no_key=True, of=("self",)).get(pk=questionnaire.pk)
    promised = (now.anonymous, now.audience) != (said.anonymous, said.audience)
    if promised and now.versions.exclude(state=Version.State.DRAFT).exists():
        raise AnsweredAlready
    now.title, now.purpose = said.title, said.purpose
    now.audience, now.anonymous = said.audience, said.anonymous
    now.save()
    return now


@transaction.atomic
def offer_as_model(*, questionnaire: Questionnaire, offered: bool) -> None:
    """The network's centres may start from it, or no longer."""
    Questionnaire.objects.filter(pk=questionnaire.pk).update(offered=offered)


@transaction.atomic
def archive(*, questionnaire: Questionnaire, on: date) -> None:
    """It is put away: its open version is closed, nobody starts from it, its answers stay. Archived already, nothing happens."""
    Version.objects.filter(questionnaire=questionnaire, state=Version.State.OPENED).update(
        state=Version.State.CLOSED, closed_on=on
    )
    Questionnaire.objects.filter(pk=questionnaire.pk, archived_on=None).update(archived_on=on, offered=False)


@transaction.atomic
def take_back_archiving(*, questionnaire: Questionnaire) -> None:
    """It is with the others again; its versions stay closed."""
    Questionnaire.objects.filter(pk=questionnaire.pk).update(archived_on=None)


@transaction.atomic
def delete_draft(*, version: Version) -> bool:
    """A draft goes, with what it says; the questionnaire too where it has no other version. Returns whether it went. Gone already, nothing happens.

    Raises ``VersionIsFixed``.
    """
    found = Version.objects.select_for_update(no_key=True, of=("self",)).filter(pk=version.pk).first()
    if found is None:
        return False
    questionnaire = found.questionnaire
    found.refuse_if_fixed()
    found.delete()
    if questionnaire.versions.exists():
        return False
    questionnaire.delete()
    return True
