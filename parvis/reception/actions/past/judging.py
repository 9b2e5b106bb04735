"""What becomes of each line once the centre's own rows are looked at: new, odd, already here, or left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from parvis.centres.models import Centre
from parvis.reception.past import dates
from parvis.reception.past.columns import LISTS
from parvis.reception.past.matching import Matcher
from parvis.reception.past.outcome import Count, Line, Note, Reason, Verdict
from parvis.reception.past.plan import VISITS, Plan
from parvis.reception.past.reader import Reader
from parvis.reception.past.store import StoredFile
from parvis.reception.past.tallies import TallyReader
from parvis.reception.past.visits import VisitReader
from parvis.reception.queries.past import known_acts, known_profiles, known_tallies, recorded_days

_LONG = {dates.WEEK: 7, dates.MONTH: 31, dates.QUARTER: 92, dates.YEAR: 366}


def reader_for(file: StoredFile, plan: Plan, matcher: Matcher, centre: Centre, today: date) -> Reader:
    """The reader of the plan's shape."""
    kind = VisitReader if plan.shape == VISITS else TallyReader
    return kind(file, plan, matcher, f"centre {centre.pk}", today)


def not_yet_made(plan: Plan) -> Plan:
    """The plan with entries that do not exist yet standing in for themselves, so that a check counts them too."""
    return plan.resolved(
        lambda name, _wording: "theme:-1" if name == "theme" else f"code:-{LISTS.index(name) + 1}"
    )


def list_of_code(code: int, lists: dict[str, str]) -> str:
    """The list of a code, or of one that is still to be made."""
    return LISTS[-code - 1] if code < 0 else lists.get(f"code:{code}", "")


def batches(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Lines in lots of ``size``."""
    source = iter(lines)
    while lot := list(islice(source, size)):
        yield lot


@dataclass
class Judge:
    """Compares lines with what the centre has: three SQL queries a lot, whatever its size."""

    centre: Centre
    plan: Plan
    recorded: list[date] = field(init=False)

    def __post_init__(self) -> None:
        self.recorded = [] if self.plan.recorded_days else sorted(recorded_days(self.centre))

    def judge(self, lines: list[Line]) -> list[tuple[Line, Verdict]]:
        """Each line with what happens to it. What is not to be brought in is taken out of the line."""
        acts = known_acts(line.visit.key for line in lines if line.visit)
        asked = [line.visit.profile_key for line in lines if line.visit and line.visit.profile_key]
        profiles = known_profiles(asked) if asked else set()
        counted = [count.key for line in lines for count in line.counts]
        tallies = known_tallies(self.centre, counted) if counted else {}
        judged = []
        for line in lines:
            if line.visit is not None:
                judged.append((line, self._visit(line, acts, profiles)))
            elif line.counts:
                judged.append((line, self._counts(line, tallies)))
            else:
                judged.append((line, Verdict.IGNORED))
        return judged

    def _visit(self, line: Line, acts: set[bytes], profiles: set[bytes]) -> Verdict:
        visit = line.visit
        if visit is None:
            return Verdict.IGNORED
        if visit.key in acts:
            line.visit = None
            return Verdict.ALREADY
        if self._is_recorded(visit.day, dates.DAY):
            line.visit = None
            line.notes.append(Note(Reason.RECORDED_HERE, visit.day.isoformat()))
            return Verdict.IGNORED
        if visit.profile_key in profiles:
            line.visit = visit._replace(profile_key=None)
        return line.verdict

    def _counts(self, line: Line, known: dict[bytes, int]) -> Verdict:
        kept: list[Count] = []
        already = False
        for count in line.counts:
            before = known.get(count.key)
            if before == count.number:
                already = True
            elif before is not None:
                line.notes.append(Note(Reason.CHANGED, f"{before} → {count.number}"))
            elif self._is_recorded(count.day, count.span):
                line.notes.append(Note(Reason.RECORDED_HERE, count.day.isoformat()))
                line.counts = []
                return Verdict.IGNORED
            else:
                kept.append(count)
        line.counts = kept
        if not kept and already and not line.notes:
            return Verdict.ALREADY
        return line.verdict

    def _is_recorded(self, day: date, span: str) -> bool:
        if not self.recorded:
            return False
        place = bisect_left(self.recorded, day)
        until = day + timedelta(days=_LONG.get(span, 1))
        return place < len(self.recorded) and self.recorded[place] < until
