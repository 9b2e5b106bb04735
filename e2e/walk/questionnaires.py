"""Questionnaires for the walk: one that is open and has a next draft, one begun from a ready model, one of the network."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from parvis.centres.models import Centre
from parvis.surveys.actions.questionnaires import offer_as_model
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import next_version, open_version
from parvis.surveys.models import Condition, Version
from parvis.surveys.ready import ready_model


def some_questionnaires(centre: Centre, day: date) -> dict[str, int]:
    """Rows by name: those of the centre, and those of its network."""
    ready = ready_model("visitor_satisfaction")
    opened = begin_ready(holder=centre, key=uuid4(), model=ready, language="fr")
    opened = open_version(version=opened, languages=["fr", "en", "ar"], on=day)
    offer_as_model(questionnaire=opened.questionnaire, offered=True)
    draft = next_version(version=opened)
    begin_ready(holder=centre, key=uuid4(), model=ready_model("cooperation"), language="fr")
    own = begin_ready(
        holder=centre.network, key=uuid4(), model=ready_model("impact_three_months"), language="en"
    )
    return {"questionnaire opened": opened.questionnaire_id, "version opened": opened.pk} | {
        f"{whose} {name}": pk
        for whose, one in (("centre’s", draft), ("network’s", own))
        for name, pk in _parts(one)
    }


def _parts(draft: Version) -> list[tuple[str, int]]:
    section = draft.sections.all()[0]
    conditional = Condition.objects.filter(question__version=draft)[0].question
    return [
        ("questionnaire", draft.questionnaire_id),
        ("version", draft.pk),
        ("section", section.pk),
        ("question", conditional.pk),
    ]
