"""What an import of the past needs to know of its centre, and what its pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min

from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.reception.models import Act, Passage, PastImport, PastModel, Profile, Tally
from parvis.reception.models.past import HOLDS_FILE, Stage
from parvis.reception.past.columns import LISTS
from parvis.reception.past.matching import Entry, Matcher
from parvis.reception.past.wording import fold


@dataclass(frozen=True)
class Entries:
    """Everything of a centre that an old wording can mean: its themes and its codes."""

    entries: tuple[Entry, ...]
    keys: dict[str, str]

    def matcher(self, first: date | None = None, last: date | None = None) -> Matcher:
        """A matcher that prefers what was in force between two days."""
        return Matcher.of(self.entries, self.keys, first, last)

    def by_list(self) -> dict[str, list[Entry]]:
        """List → its entries, in the centre's order."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.list, []).append(entry)
        return found

    def targets(self) -> set[str]:
        """Every target that may be chosen."""
        return {entry.target for entry in self.entries}


def entries_of(centre: Centre) -> Entries:
    """Themes and codes of a centre: two SQL queries. Lists that no visit bears are left aside."""
    entries, keys = [], {}
    for theme in Theme.objects.filter(centre=centre).order_by("position", "pk"):
        entry = Entry(
            f"theme:{theme.pk}",
            "theme",
            str(theme.name),
            _wordings(theme.name),
            theme.valid_from,
            theme.valid_to,
        )
        entries.append(entry)
        keys[entry.target] = theme.key
    codes = Code.objects.filter(centre=centre, list__in=LISTS).order_by("list", "position", "pk")
    for code in codes:
        entry = Entry(
            f"code:{code.pk}",
            code.list,
            str(code.label),
            _wordings(code.label),
            code.valid_from,
            code.valid_to,
            code.not_communicated,
        )
        entries.append(entry)
        keys[entry.target] = code.key
    return Entries(tuple(entries), keys)


def _wordings(text: object) -> tuple[str, ...]:
    data = getattr(text, "data", text)
    found = data.values() if isinstance(data, dict) else [str(data)]
    return tuple(dict.fromkeys(word for word in found if word))


def default_channel(entries: Entries) -> str:
    """What a visit's channel is where its file does not say: “not communicated”, else nothing."""
    found = (entry.target for entry in entries.entries if entry.list == CodeList.CHANNEL and entry.unknown)
    return next(found, "")


def known_acts(keys: Iterable[bytes]) -> set[bytes]:
    """Which of these lines are acts already."""
    wanted = [UUID(bytes=key) for key in keys]
    return {key.bytes for key in Act.objects.filter(key__in=wanted).values_list("key", flat=True)}


def known_profiles(keys: Iterable[bytes]) -> set[bytes]:
    """Which of these answers are profiles already."""
    wanted = [UUID(bytes=key) for key in keys]
    return {key.bytes for key in Profile.objects.filter(key__in=wanted).values_list("key", flat=True)}


def known_tallies(centre: Centre, keys: Iterable[bytes]) -> dict[bytes, int]:
    """Which of these cells are tallies already, with their counts."""
    wanted = [key.hex() for key in keys]
    found = Tally.objects.filter(centre=centre, row_key__in=wanted).values_list("row_key", "count")
    return {bytes.fromhex(key): count for key, count in found}


def recorded_days(centre: Centre) -> set[date]:
    """Days on which visitors were received with Parvis itself: a file of the past would count them twice."""
    acts = Act.objects.filter(centre=centre, past_import=None, undone_at=None)
    passages = Passage.objects.filter(centre=centre, undone_at=None)
    return set(acts.values_list("date", flat=True).distinct()) | set(
        passages.values_list("date", flat=True).distinct()
    )


def has_recorded_days(centre: Centre) -> bool:
    """Whether visitors were ever received with Parvis itself."""
    return (
        Act.objects.filter(centre=centre, past_import=None, undone_at=None).exists()
        or Passage.objects.filter(centre=centre, undone_at=None).exists()
    )


@dataclass(frozen=True)
class Overlap:
    """Another file that has already brought in days of this one."""

    file_name: str
    first: date
    last: date


def overlaps(past_import: PastImport, first: date, last: date) -> list[Overlap]:
    """Other files, brought in, whose days lie among ``first`` to ``last``."""
    others = PastImport.objects.filter(
        centre=past_import.centre_id, stage=Stage.DONE, first_day__lte=last, last_day__gte=first
    ).exclude(pk=past_import.pk)
    return [
        Overlap(other.file_name, max(first, other.first_day), min(last, other.last_day))
        for other in others
        if other.first_day and other.last_day
    ]


def imports_of(centre: Centre) -> list[PastImport]:
    """Every file of a centre that was not given up, latest first."""
    return list(
        PastImport.objects.filter(centre=centre)
        .exclude(stage=Stage.DROPPED)
        .defer("layout", "mapping")
        .select_related("started_by")[:200]
    )


def same_file(centre: Centre, fingerprint: str) -> PastImport | None:
    """An import of the very same bytes that is under way or was brought in."""
    alive = [*HOLDS_FILE, Stage.DONE, Stage.UNDOING]
    return PastImport.objects.filter(centre=centre, fingerprint=fingerprint, stage__in=alive).first()


def model_for(centre: Centre, headings: Iterable[str]) -> PastModel | None:
    """The saved choices whose layout is this one's: most headings in common, at least seven in ten."""
    own = {fold(heading) for heading in headings if fold(heading)}
    best: tuple[float, PastModel | None] = (0.69, None)
    for model in PastModel.objects.filter(centre=centre):
        kept = set(model.headers)
        alike = len(own & kept) / max(len(own | kept), 1)
        if alike > best[0]:
            best = (alike, model)
    return best[1]


def brought_in_days(past_import: PastImport) -> tuple[date | None, date | None]:
    """First and last day of what an import brought in."""
    found: list[date] = []
    for rows in (past_import.acts, past_import.tallies, past_import.profiles):
        days = rows.aggregate(first=Min("date"), last=Max("date"))
        found += [day for day in days.values() if day]
    return (min(found), max(found)) if found else (None, None)
