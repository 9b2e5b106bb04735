"""How a centre runs its agenda: its own rules."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from django.db import transaction

from parvis.agenda.models import AgendaSettings
from parvis.centres.models import Centre

Line = dict[str, str | bool]  # "text", and "for_teacher": whether the teacher sees to it


@dataclass(frozen=True)
class Rules:
    """All that a centre says about its agenda; ``checklist`` is what is seen to before each class's visit."""

    second_look: bool
    offer_hours: int
    reminder_hours: int
    option_days: int
    classes_welcome: bool
    class_size: int
    class_notice_days: int
    checklist: list[Line] = field(default_factory=list)


@transaction.atomic
def set_rules(*, centre: Centre, rules: Rules) -> AgendaSettings:
    """From now on the agenda goes by ``rules``. What was promised before stays promised: an offer keeps its own deadline."""
    settings, _made = AgendaSettings.objects.update_or_create(centre=centre, defaults=asdict(rules))
    return settings
