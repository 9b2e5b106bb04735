"""What one of the team does on duty, and within which limits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from parvis.accounts.models import User
from parvis.centres.models import Assignment, Centre, Theme
from parvis.partners.actions import NotInTeam
from parvis.rota.models import Terms


@dataclass(frozen=True)
class Agreed:
    """All that a person’s terms say."""

    themes: Collection[Theme]
    learning: Collection[Theme]
    languages: list[str]
    receives: bool
    facilitates: bool
    per_week: int | None
    per_day: int
    days_in_a_row: int | None
    rest_hours: int
    since: date
    until: date | None = None


@transaction.atomic
def set_terms(*, centre: Centre, person: User, said: Agreed) -> Terms:
    """From now on ``person`` does exactly this on duty; said twice, it is so once. Raises ``NotInTeam``."""
    if not Assignment.objects.filter(centre=centre, person=person).exists():
        raise NotInTeam
    plain = {name: value for name, value in said.__dict__.items() if name not in ("themes", "learning")}
    terms, _new = Terms.objects.update_or_create(centre=centre, person=person, defaults=plain)
    terms.themes.set(said.themes)
    terms.learning.set(said.learning)
    return terms
