"""Events and classes, as the agenda holds them: how many were held, who came as a total, what classes worked on, which schools were met."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from parvis.agenda.models import ClassVisit, ObjectiveDone, Session
from parvis.agenda.queries.reach import CAME, Part, reach
from parvis.centres.models import Centre, Code, CodeList
from parvis.statistics.cube.facts import Unit
from parvis.statistics.queries.reports.blocks.asked import Asked
from parvis.statistics.queries.reports.blocks.crossed import cross
from parvis.statistics.queries.reports.blocks.typed import typed
from parvis.statistics.queries.reports.content import Content, Number, Sentence, Table, figure_place
from parvis.statistics.shown import Figure, Line

OWN_WORK = "own work"  # no table's hidden base is told by a sentence about it


def events(asked: Asked) -> Content:
    """Events held and who came, each in its own unit. Where the agenda knows of none, what was typed in."""
    kinds: Counter[int | None] = Counter()
    participants = 0
    begins, ends = _bounds(asked)
    rows = Session.objects.filter(
        centre=asked.centre, state=Session.State.HELD, begins_at__gte=begins, begins_at__lt=ends
    )
    for kind, room, online in rows.values_list("event__kind", "participants", "online_participants"):
        kinds[kind] += 1
        participants += (room or 0) + (online or 0)
    if not kinds:
        return typed(asked)
    text = _("Events held: %(n)s.") % {"n": figure_place(0)}
    came = _("Participants at these events: %(n)s.") % {"n": figure_place(0)}
    table = asked.table(
        _("Events held by kind"),
        _("Events held"),
        _("Kind of event"),
        [_("Events held")],
        _coded(asked.centre, CodeList.EVENT_KIND, kinds),
        total=kinds.total(),
        method=_("Each session counted once it was held; several days that belong together are one."),
    )
    who = _people(asked, Unit.PARTICIPANTS, "event_kind")
    return Content(
        [
            Sentence(text, [Number(_("Events held"), kinds.total())], of=OWN_WORK),
            Sentence(
                came,
                [Number(_("Participants at these events"), participants, Unit.PARTICIPANTS.value)],
                of=_name(who),
            ),
        ],
        [Table("events-held", table, "bars"), *who],
        note=_("From the agenda. Heads are counted at each event: whoever comes to two is counted twice."),
    )


def classes(asked: Asked) -> Content:
    """Classes received, their pupils, what was done for each objective, and the territory's schools that were met."""
    visits = _visits(asked)
    if not visits:
        return typed(asked)
    pupils = sum(visit.came or 0 for visit in visits)
    text = _("Classes received: %(n)s.") % {"n": figure_place(0)}
    came = _("Pupils in these classes: %(n)s.") % {"n": figure_place(0)}
    who = _people(asked, Unit.PUPILS, "school_level")
    return Content(
        [
            Sentence(text, [Number(_("Classes received"), len(visits))], of=OWN_WORK),
            Sentence(came, [Number(_("Pupils in these classes"), pupils, Unit.PUPILS.value)], of=_name(who)),
        ],
        [
            *_levels(asked, visits),
            *who,
            *_objectives(asked, visits),
            *_reach(asked),
            *_people(asked, Unit.PUPILS, "school_net"),
        ],
        note=_(
            "From the agenda. A class is a number: nobody in it is counted as a person, and one who comes twice counts twice."
        ),
    )


def _bounds(asked: Asked) -> tuple[datetime, datetime]:
    return asked.centre.bounds(asked.first)[0], asked.centre.bounds(asked.last)[1]


def _visits(asked: Asked) -> list[ClassVisit]:
    begins, ends = _bounds(asked)
    came = ClassVisit.objects.filter(
        centre=asked.centre, state__in=CAME, begins_at__gte=begins, begins_at__lt=ends
    )
    return list(came.order_by("pk"))


def _people(asked: Asked, unit: Unit, rows: str) -> list[Table]:
    """A table of heads from the facts: protected before it leaves, like every other about people."""
    told = cross(replace(asked, settings={"unit": unit.value, "rows": rows, "chart": "bars"}))
    return list(told.tables)


def _name(tables: list[Table]) -> str:
    """Whose base a sentence about all of them tells."""
    return tables[0].name if tables else OWN_WORK


def _coded(centre: Centre, listed: CodeList, counts: Counter[int | None]) -> list[Line]:
    """A line for each entry of a list with anything, in its order; what was not said last."""
    codes = Code.objects.filter(centre=centre, list=listed, pk__in=[pk for pk in counts if pk])
    lines = [Line(str(one.label), [counts[one.pk]]) for one in codes.order_by("position", "pk")]
    return [*lines, *([Line(_("Not said"), [counts[None]])] if counts[None] else [])]


def _levels(asked: Asked, visits: list[ClassVisit]) -> list[Table]:
    counts = Counter(visit.level_id for visit in visits)
    table = asked.table(
        _("Classes by school level"),
        _("Classes received"),
        _("School level"),
        [_("Classes received")],
        _coded(asked.centre, CodeList.SCHOOL_LEVEL, counts),
        total=len(visits),
        method=_("Visits of classes that were held."),
    )
    return [Table("classes-level", table, "bars")]


def _objectives(asked: Asked, visits: list[ClassVisit]) -> list[Table]:
    """In how many visits something was done for each objective: one query, and one for the words."""
    done = ObjectiveDone.objects.filter(visit__in=visits).exclude(depth=ObjectiveDone.Depth.NOT)
    found: dict[str, Counter[int | None]] = defaultdict(Counter)
    for objective, depth in done.values_list("objective", "depth"):
        found[depth][objective] += 1
    worked, touched = found[ObjectiveDone.Depth.WORKED], found[ObjectiveDone.Depth.TOUCHED]
    if not worked and not touched:
        return []
    codes = Code.objects.filter(pk__in={*worked, *touched}).order_by("position", "pk")
    table = asked.table(
        _("Objectives of classes"),
        _("Classes received"),
        _("Objective"),
        [_("Worked on"), _("Touched on")],
        [Line(str(one.label), [worked[one.pk], touched[one.pk]]) for one in codes],
        method=_(
            "What was done in the visits, as it was noted on the day; one visit may count in several lines."
        ),
    )
    return [Table("objectives", table)]


def _reach(asked: Asked) -> list[Table]:
    """Schools met against those of the territory, by network of schools. Pupils who came stand in a table of their own."""
    found = reach(asked.centre, asked.first, asked.last + timedelta(days=1))
    if not found.whole.schools:
        return []
    lines = [Line(one.label or _("Not said"), _met(one)) for one in found.networks]
    if len(lines) > 1:
        lines.append(Line(_("Together"), _met(found.whole)))
    table = asked.table(
        _("Reach: schools of the territory"),
        _("schools"),
        _("Network of schools"),
        [_("Schools met"), _("Schools there are"), _("Pupils these schools have")],
        lines,
        method=_("The centre’s list of schools in this period; pupils as far as the list says how many."),
    )
    return [Table("reach", table)]


def _met(part: Part) -> list[Figure]:
    return [part.reached, part.schools, part.pupils]


def regularity(centre: Centre, first: date, last: date) -> tuple[int, int, int]:
    """Events held, different months in which any was, different sectors that they showed: two queries."""
    begins, ends = centre.bounds(first)[0], centre.bounds(last)[1]
    held = Session.objects.filter(
        centre=centre, state=Session.State.HELD, begins_at__gte=begins, begins_at__lt=ends
    )
    days = [centre.local_day(at) for at in held.values_list("begins_at", flat=True)]
    shown = Code.objects.filter(list=CodeList.SECTOR, events__sessions__in=held)
    sectors = shown.order_by().values("pk").distinct().count()
    return len(days), len({day.replace(day=1) for day in days}), sectors
