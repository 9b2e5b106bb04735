"""How far a class's visit is prepared: what is seen to, files, and what the class expects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from parvis.agenda.models import ChecklistItem, ClassVisit, VisitFile
from parvis.shared.disclosure import THRESHOLD
from parvis.surveys.models import ClassRound, Collection, Version
from parvis.surveys.queries.classes import Screen, Total, class_totals, screen_of
from parvis.surveys.queries.results import Results, results


@dataclass(frozen=True)
class Preparation:
    """What there is to prepare. ``too_few``: of so small a class nothing could be shown, so it is not asked."""

    visit: ClassVisit
    items: list[ChecklistItem]
    files: list[VisitFile]
    screen: Screen | None
    totals: list[Total]
    found: Results | None
    too_few: bool

    @property
    def left(self) -> int:
        """How many things are still to be seen to."""
        return sum(item.done_at is None for item in self.items)

    @property
    def teachers(self) -> list[ChecklistItem]:
        """What the teacher sees to."""
        return [item for item in self.items if item.for_teacher]

    @property
    def asked(self) -> Collection | None:
        """The survey of the class."""
        return self.screen.row.collection if self.screen else None


def preparation_of(visit: ClassVisit, at: datetime) -> Preparation:
    """A fixed number of queries; totals only once the class's screen is closed."""
    row = None
    if visit.expectations_id:
        rows = ClassRound.objects.select_related("collection__centre", "collection__network")
        row = rows.select_related("collection__version__questionnaire").get(pk=visit.expectations_id)
    screen = screen_of(row, at) if row else None
    found = None
    if row and row.state == ClassRound.State.OVER:
        row.collection.version = Version.objects.whole().get(pk=row.collection.version_id)
        found = results(row.collection, visit.centre.local_day(at))
    return Preparation(
        visit=visit,
        items=list(visit.checklist.all()),
        files=list(visit.files.all()),
        screen=screen,
        totals=class_totals(found) if found else [],
        found=found,
        too_few=visit.pupils < THRESHOLD,
    )
