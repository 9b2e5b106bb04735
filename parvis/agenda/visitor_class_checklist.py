"""What is seen to before a class comes, where the centre has no list of its own; the teacher's part is in their language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.agenda.models import AgendaSettings, ClassVisit


@dataclass(frozen=True)
class Item:
    """One thing to see to."""

    text: str
    for_teacher: bool = False


def items_for(visit: ClassVisit) -> list[Item]:
    """The centre's list: words, or words with whether the teacher sees to it; else what most centres ask."""
    rules = AgendaSettings.objects.filter(centre=visit.centre).first()
    own = [_read(one) for one in (rules.checklist if rules else [])]
    return [one for one in own if one.text] or _usual(visit)


def _read(said: object) -> Item:
    if isinstance(said, dict):
        return Item(str(said.get("text", ""))[:160].strip(), bool(said.get("for_teacher")))
    return Item(str(said)[:160].strip())


def _usual(visit: ClassVisit) -> list[Item]:
    with override(visit.language):
        teacher = [
            _("The way there is arranged: bus, train or on foot"),
            _("The parents know of the visit"),
            _("Each pupil has something to write, and coats and bags can stay with us"),
            _("You have told us who needs a lift, a quiet place or another language"),
        ]
    with override(visit.centre.language):
        staff = [_("Rooms, badges and material are ready"), _("Somebody is at the door when the class comes")]
    return [*(Item(text, for_teacher=True) for text in teacher), *(Item(text) for text in staff)]
