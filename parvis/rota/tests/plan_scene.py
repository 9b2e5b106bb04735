"""A small centre whose rota can be planned: two themes, six advisers of three institutions, two half-days a day."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.partners.factories import an_institution
from parvis.rota.actions.plans import Wanted, start_plan
from parvis.rota.factories import a_half_day, a_need, a_pattern, comes_from, terms_for
from parvis.rota.models import Part, Plan, PlannedSlot

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
MONDAY = date(2026, 3, 9)
SUNDAY = MONDAY + timedelta(days=6)


class Scene:
    """The centre, and what one needs of it."""

    def __init__(self, days: int = 3, people: int = 6, seats: int = 2, monday: date = MONDAY) -> None:
        self.monday = monday
        self.centre = a_centre()
        self.themes = [a_theme(self.centre, "training"), a_theme(self.centre, "work")]
        self.director = a_person(Role.DIRECTOR, centre=self.centre, language="en", name="Dina")
        self.institutions = [
            an_institution(self.centre, name).institution for name in ("School", "Union", "Chamber")
        ]
        self.people = [self.adviser(n) for n in range(people)]
        self.half_days = [
            a_half_day(self.centre, monday + timedelta(days=day), starts, institutions_aim=2)
            for day in range(days)
            for starts in (time(9), time(13, 30))
        ]
        for half_day in self.half_days:
            for theme in self.themes:
                a_need(half_day, theme, seats=seats)

    def adviser(self, n: int):
        person = a_person(Role.ADVISER, centre=self.centre, name=f"Adviser {n}", language="en")
        terms_for(person, self.centre, *self.themes)
        comes_from(person, self.centre, self.institutions[n % 3])
        for weekday in range(5):
            for part in (Part.MORNING, Part.AFTERNOON):
                a_pattern(person, self.centre, weekday, part)
        return person

    def wanted(self, **fields) -> Wanted:
        days = {"first": self.monday, "last": self.monday + timedelta(days=6)}
        return Wanted(**{"name": "Spring", "seconds": 10} | days | fields)

    def plan(self, **fields) -> Plan:
        return start_plan(
            centre=self.centre, wanted=self.wanted(**fields), key=uuid4(), by=self.director, at=AT
        )

    def ready(self, *places, **fields) -> Plan:
        """A draft with these in it: half-day, person, theme."""
        plan = self.plan(**fields)
        Plan.objects.filter(pk=plan.pk).update(stage=Plan.Stage.READY, beat_at=None)
        PlannedSlot.objects.bulk_create(
            PlannedSlot(plan=plan, half_day=half_day, person=person, duty="advice", theme=theme)
            for half_day, person, theme in places
        )
        plan.refresh_from_db()
        return plan
