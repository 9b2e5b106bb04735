"""What a teacher who asks for a visit can choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from parvis.agenda.models import Kit, KitVersion, School
from parvis.agenda.queries.half_days import rules_of
from parvis.centres.models import Centre, Code, CodeList
from parvis.shared.speaking import ALL_LANGUAGES, language_names

MOST_SCHOOLS = 600  # in the list beside the field; more, and the page grows heavy: the words that are typed are looked up


@dataclass(frozen=True)
class Workshop:
    """A kit that a teacher may choose, as its version in use says it."""

    kit: Kit
    summary: str
    minutes: int


@dataclass(frozen=True)
class Choices:
    """Everything that the form offers."""

    centre: Centre
    schools: list[School]
    levels: list[Code]
    streams: list[Code]
    objectives: list[Code]
    workshops: list[Workshop]
    languages: list[tuple[str, str]]

    @property
    def listed(self) -> list[str]:
        """The schools that are offered while one types; none where they are too many."""
        return [label_of(one) for one in self.schools] if len(self.schools) <= MOST_SCHOOLS else []


def label_of(school: School) -> str:
    """A school as it is offered and recognised."""
    return f"{school.name}, {school.place}" if school.place else school.name


def welcoming(slug: str) -> Centre | None:
    """The centre of that address, if teachers may ask it for a visit: two queries."""
    centre = Centre.objects.select_related("network", "agenda_settings").filter(slug=slug).first()
    if centre is None:
        return None
    rules = rules_of(centre)
    return centre if rules.classes_welcome else None


def welcomes_classes(centre: Centre) -> bool:
    """Whether teachers may ask, and there is a workshop that they can choose: two queries."""
    return rules_of(centre).classes_welcome and bool(_workshops(centre))


def choices(centre: Centre, day: date) -> Choices:
    """What is offered on ``day``: four queries."""
    lists = (CodeList.SCHOOL_LEVEL, CodeList.STREAM, CodeList.OBJECTIVE)
    codes = list(Code.objects.filter(centre=centre, list__in=lists, not_communicated=False).open_on(day))
    levels, streams, objectives = ([one for one in codes if one.list == name] for name in lists)
    schools = School.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day), centre=centre, opened_on__lte=day
    )
    return Choices(
        centre,
        list(schools.only("pk", "name", "place", "centre")),
        levels,
        streams,
        objectives,
        workshops=_workshops(centre),
        languages=language_names(dict.fromkeys([*centre.languages, *ALL_LANGUAGES])),
    )


def _workshops(centre: Centre) -> list[Workshop]:
    """The centre's own kits for classes, and those that its network has."""
    kits = Kit.objects.usable_at(centre).filter(Q(centre=centre) | Q(centre=None), for_classes=True)
    versions = KitVersion.objects.filter(kit__in=kits, state=KitVersion.State.IN_USE)
    found = [Workshop(one.kit, str(one.summary), one.minutes) for one in versions.select_related("kit")]
    return sorted(found, key=lambda one: str(one.kit.title).casefold())
