"""A centre made from a service model, and the steps of an import run one after the other."""

from __future__ import annotations

from datetime import UTC, date, datetime

from parvis.accounts.models import User
from parvis.centres.actions import Plan, create_centre
from parvis.centres.factories import a_network
from parvis.centres.models import Centre, ServiceModel
from parvis.reception.actions import past
from parvis.reception.actions.past.tasks import TASKS
from parvis.reception.models import PastImport

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_preset_centre(
    model: ServiceModel = ServiceModel.CITE_DES_METIERS, name: str = "Cité des métiers de Test"
) -> Centre:
    """A ready centre whose lists hold since 2010."""
    plan = Plan(languages=("fr", "en"), open_since=date(2010, 1, 1))
    return create_centre(network=a_network(), service_model=model, name=name, at=NOW, plan=plan)


def sent(
    centre: Centre, data: bytes, name: str = "statistiques.xlsx", person: User | None = None
) -> PastImport:
    """A file, sent and read."""
    person = person or User.objects.get_or_create(email="director@example.org", defaults={"name": "D"})[0]
    past_import = past.send_file(centre=centre, person=person, file_name=name, chunks=[data], at=NOW)
    return worked(past_import)


def worked(past_import: PastImport) -> PastImport:
    """The background task of the stage it is in, done."""
    past_import.refresh_from_db()
    if past_import.is_working:
        TASKS[past_import.stage].call(past_import.pk)
    past_import.refresh_from_db()
    return past_import


def checked(past_import: PastImport) -> PastImport:
    """Rehearsed as proposed."""
    return worked(past.check(past_import=past_import))


def brought_in(centre: Centre, data: bytes, name: str = "statistiques.xlsx", **more: bool) -> PastImport:
    """Sent, read, checked and brought in as proposed."""
    return worked(past.bring_in(past_import=checked(sent(centre, data, name)), **more))
