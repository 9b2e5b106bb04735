"""What the pages about kits show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from i18nfield.strings import LazyI18nString

from parvis.agenda.kit_words import missing_in, texts_of, written_in
from parvis.agenda.models import ClassVisit, Event, Kit, KitStep, KitVersion, Session
from parvis.centres.models import Centre, Code, CodeList, Holder
from parvis.surveys.fingerprints import words_of

State = KitVersion.State


@dataclass(frozen=True)
class Wanted:
    """Which kits are listed."""

    words: str = ""
    whose: str = "own"  # own, shared or away
    for_classes: bool = False
    objective: int | None = None


@dataclass(frozen=True)
class KitLine:
    """A kit in the list: the version that is shown, a draft beside it, and how many sessions the holder planned from it."""

    kit: Kit
    version: KitVersion
    draft: KitVersion | None
    sessions: int

    @property
    def objectives(self) -> list[str]:
        """What it is for, in the reader's language."""
        return [str(one) for one in self.version.objectives.all()]


@dataclass(frozen=True)
class TimedStep:
    """A part of the sequence with the minute at which it begins."""

    step: KitStep
    begins: int

    @property
    def ends(self) -> int:
        """The minute at which the next begins."""
        return self.begins + self.step.minutes


@dataclass(frozen=True)
class Sequence:
    """The parts of a version one after the other, and what is left of its time, or too much."""

    steps: list[TimedStep]
    minutes: int  # of the whole, as the version says

    @property
    def used(self) -> int:
        """Minutes of all parts."""
        return sum(one.step.minutes for one in self.steps)

    @property
    def left(self) -> int:
        """Minutes without a part; below zero where the parts last longer than the whole."""
        return self.minutes - self.used

    @property
    def whole(self) -> int:
        """How long a picture of it is: the time there is, or more where the parts need more."""
        return max(self.minutes, self.used)

    @property
    def over(self) -> int:
        """Minutes too many."""
        return max(0, -self.left)


@dataclass(frozen=True)
class Use:
    """An event of the holder's own that was planned from a kit."""

    event: Event
    sessions: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class ClassUse:
    """In how many visits of classes it was chosen, from which to which."""

    visits: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class UsedElsewhere:
    """By how many other centres a kit was planned or copied. Never which: it is no league table."""

    centres: int


@dataclass(frozen=True)
class LanguageLine:
    """A language of a version: how much is worded in it."""

    code: str
    missing: int
    first: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return self.missing == 0


@dataclass(frozen=True)
class Changed:
    """What a version changed against the one before it."""

    before: int
    minutes: tuple[int, int] | None = None
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    texts: bool = False  # aim, material or notes

    @property
    def nothing(self) -> bool:
        """Whether it says the same."""
        return not (self.minutes or self.added or self.removed or self.reworded or self.texts)


def seen_by(holder: Holder) -> Q:
    """Kits that a holder sees: its own, and those that are offered in the network. On ``Kit``."""
    network = holder.network_id if isinstance(holder, Centre) else holder.pk
    own = Q(centre=holder) if isinstance(holder, Centre) else Q(network=holder, centre=None)
    return own | Q(network=network, offered=True, archived_on=None)


def kits(holder: Holder, wanted: Wanted) -> list[KitLine]:
    """Those that are asked for, by their title in the reader's language: four statements."""
    versions = KitVersion.objects.order_by("-number").prefetch_related("objectives")
    found = _asked(holder, wanted).select_related("centre", "network").order_by("pk")
    planned = _sessions_of(holder)
    lines = []
    for kit in found.prefetch_related(Prefetch("versions", versions, to_attr="in_order")):
        in_order: list[KitVersion] = kit.in_order  # put there by the prefetch
        own = kit.holder == holder
        in_use = next((one for one in in_order if one.state == State.IN_USE), None)
        draft = next((one for one in in_order if one.state == State.DRAFT), None) if own else None
        shown = in_use or (in_order[0] if own else None)
        if shown is None or not _fits(kit, shown, wanted):
            continue
        lines.append(KitLine(kit, shown, draft if draft != shown else None, planned.get(kit.pk, 0)))
    return sorted(lines, key=lambda line: str(line.kit.title).casefold())


def _asked(holder: Holder, wanted: Wanted) -> QuerySet[Kit]:
    own = Kit.objects.held_by(holder)
    if wanted.whose == "away":
        found = own.exclude(archived_on=None)
    elif wanted.whose == "shared":
        found = Kit.objects.filter(seen_by(holder)).exclude(pk__in=own.values("pk"))
    else:
        found = own.filter(archived_on=None)
    return found.filter(for_classes=True) if wanted.for_classes else found


def _fits(kit: Kit, version: KitVersion, wanted: Wanted) -> bool:
    """Kits are dozens: words and objectives are compared here, in every language, without the database."""
    if wanted.objective and not any(
        wanted.objective in (one.pk, one.network_code_id) for one in version.objectives.all()
    ):
        return False
    said = " ".join(
        wording for text in (kit.title, version.summary, version.aim) for wording in words_of(text).values()
    ).casefold()
    return all(word in said for word in wanted.words.casefold().split())


def _sessions_of(holder: Holder) -> dict[int, int]:
    """Kit -> how many sessions were planned from it and not cancelled: at the centre, or anywhere in the network."""
    where = Q(centre=holder) if isinstance(holder, Centre) else Q(centre__network=holder)
    found = Session.objects.filter(where, event__kit_version__isnull=False)
    found = found.exclude(state=Session.State.CANCELLED)
    counted = found.values_list("event__kit_version__kit").annotate(n=Count("pk")).order_by()
    return {kit: n for kit, n in counted if kit is not None}


def how_many(holder: Holder) -> dict[str, int]:
    """How many kits there are by whose they are: one statement."""
    own = Q(centre=holder) if isinstance(holder, Centre) else Q(network=holder, centre=None)
    return Kit.objects.filter(seen_by(holder)).aggregate(
        own=Count("pk", filter=own & Q(archived_on=None)),
        shared=Count("pk", filter=~own),
        away=Count("pk", filter=own & Q(archived_on__isnull=False)),
    )


def offered(holder: Holder) -> list[KitVersion]:
    """The versions in use of kits that others offer to a holder: one statement."""
    others = Kit.objects.filter(seen_by(holder)).exclude(pk__in=Kit.objects.held_by(holder).values("pk"))
    found = KitVersion.objects.filter(kit__in=others, state=State.IN_USE)
    return list(found.select_related("kit__centre", "kit__network").order_by("kit_id"))


def objectives_of(holder: Holder, day: date, chosen: KitVersion | None = None) -> list[Code]:
    """The objectives that may be chosen on ``day``, and those that a version has: one statement, with it two."""
    kept = {code.pk for code in chosen.objectives.all()} if chosen else set()
    own = Code.objects.held_by(holder).filter(list=CodeList.OBJECTIVE).order_by("position", "pk")
    return [
        code for code in own if code.pk in kept or (code.valid_from <= day and not code.is_closed_on(day))
    ]


def shown_version(kit: Kit, holder: Holder, number: str = "") -> KitVersion | None:
    """The version that a page shows: the one in use, else the newest; any that ``number`` names, of one's own. Whole."""
    found = kit.versions.select_related("evaluation").prefetch_related("steps", "files", "objectives")
    if kit.holder != holder:
        return found.filter(state=State.IN_USE).first()
    if number.isdecimal() and len(number) < 5:
        return found.filter(number=int(number)).first()
    return found.filter(state=State.IN_USE).first() or found.first()


def sequence(version: KitVersion) -> Sequence:
    """The parts of a version with their times; no statement where they were fetched before."""
    found, at = [], 0
    for step in version.steps.all():
        found.append(TimedStep(step, at))
        at += step.minutes
    return Sequence(found, version.minutes)


def used_at(kit: Kit, holder: Holder, seen: Q) -> list[Use]:
    """The events planned from it, of those that are ``seen``: a centre's own, the newest first. A network puts nothing on: one statement or none."""
    if not isinstance(holder, Centre):
        return []
    found = Event.objects.filter(seen, centre=holder, kit_version__kit=kit).annotate(
        n=Count("sessions", filter=~Q(sessions__state=Session.State.CANCELLED)),
        first=Min("sessions__begins_at"),
        last=Max("sessions__begins_at"),
    )
    return [
        Use(event, event.n, event.first, event.last)  # type: ignore[attr-defined]  # annotated
        for event in found.order_by("-last", "-pk")
    ]


def used_by_classes(kit: Kit, holder: Holder) -> ClassUse | None:
    """Visits of classes that come or came for it, those that were only asked for or are cancelled left out: one statement or none."""
    if not isinstance(holder, Centre):
        return None
    rows = _visits_with(kit).filter(centre=holder)
    found = rows.aggregate(visits=Count("pk"), first=Min("begins_at"), last=Max("begins_at"))
    return ClassUse(**found) if found["visits"] else None


def _visits_with(kit: Kit) -> QuerySet[ClassVisit]:
    chosen = Q(kits=kit) | Q(stations__kit_version__kit=kit)
    unsure = (ClassVisit.State.ASKED, ClassVisit.State.CANCELLED)
    return ClassVisit.objects.filter(pk__in=ClassVisit.objects.filter(chosen).values("pk")).exclude(
        state__in=unsure
    )


def used_elsewhere(kit: Kit, holder: Holder) -> UsedElsewhere:
    """How many other centres planned from it, for classes too, or begun theirs from it: three statements."""
    planned = set(Event.objects.filter(kit_version__kit=kit).values_list("centre_id", flat=True))
    planned |= set(_visits_with(kit).order_by().values_list("centre_id", flat=True))
    copied = set(kit.begun.exclude(centre=None).values_list("centre_id", flat=True))
    own = {holder.pk} if isinstance(holder, Centre) else set()
    return UsedElsewhere(len((planned | copied) - own))


def languages_of_version(version: KitVersion, offered: list[str]) -> list[LanguageLine]:
    """The language in which it is written first, then ``offered`` and those in which something is worded; no statement."""
    first = written_in(version)
    spoken = {code for text in texts_of(version) for code in text.words}
    codes = [first, *(code for code in offered if code != first)]
    codes += sorted(spoken - {*codes, ""})
    return [LanguageLine(code, len(missing_in(version, code)), code == first) for code in codes]


def changed_since_before(version: KitVersion) -> Changed | None:
    """What a version changed; nothing where it is the first: two statements."""
    earlier = version.kit.versions.filter(number__lt=version.number).order_by("-number")
    before = earlier.prefetch_related("steps").first()
    if before is None:
        return None
    old, new = _steps(before), _steps(version)
    return Changed(
        before.number,
        minutes=(before.minutes, version.minutes) if before.minutes != version.minutes else None,
        added=[title for title in new if title not in old],
        removed=[title for title in old if title not in new],
        reworded=[title for title in new if title in old and new[title] != old[title]],
        texts=any(
            words_of(getattr(before, name)) != words_of(getattr(version, name))
            for name in ("aim", "material", "notes")
        ),
    )


def _steps(version: KitVersion) -> dict[str, tuple[int, LazyI18nString | dict[str, str]]]:
    return {str(step.title): (step.minutes, words_of(step.text)) for step in version.steps.all()}
