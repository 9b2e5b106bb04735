"""Class visits at each of their moments, for their teachers' pages and the team's."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from parvis.accounts.models import User
from parvis.agenda.actions import visits
from parvis.agenda.actions.school_files import bring_schools, commit_schools
from parvis.agenda.actions.visits import Asking, Doing, Kept
from parvis.agenda.factories import a_kit, a_school
from parvis.agenda.models import AgendaSettings, ClassVisit, SchoolImport
from parvis.centres.models import Centre, CodeList

LIST = b"Number,Name,Place,Pupils\n17,School of the square,Lakeside,many\n,,Hillside,\n"


def some_classes(centre: Centre, people: dict[str, User], at: datetime) -> dict[str, int | str]:
    """Rows by name: a visit that is asked for, one with a date, one that is sure, one that is cancelled; two schools."""
    AgendaSettings.objects.get_or_create(centre=centre, defaults={"class_size": 60})
    level = centre.codes.filter(list=CodeList.SCHOOL_LEVEL).first()
    near = a_school(centre, "School by the river", place="Lakeside", pupils=640)
    far = a_school(centre, "School on the hill", place="Hillside", specialised=True)
    kit = a_kit(centre, "Explore trades").kit
    asked, option, sure, gone = (
        _asked(centre, at, kits=[kit], level=level, school=near if n else None) for n in range(4)
    )
    visits.say(visit=asked, doing=_doing(at, by_teacher=True, words="Is there a place for our coats?"))
    for number, one in enumerate((option, sure, gone)):
        _keep(one, people["staff"], at, 20 + number)
    visits.confirm(visit=sure, doing=_doing(at, by_teacher=True))
    visits.say(
        visit=sure, doing=_doing(at, by=people["staff"], words="There is a cloakroom on the ground floor.")
    )
    visits.cancel(visit=gone, doing=_doing(at, by_teacher=True, words="The trip is put off."))
    ClassVisit.objects.filter(pk=sure.pk).update(arrival="Come in by the garden; the bus may stop there.")
    file, kept = (bring_schools(centre=centre, key=uuid4(), data=LIST, at=at) for _n in range(2))
    commit_schools(file=kept, at=at)
    return {
        "school file": file.pk,
        "school file kept": kept.pk,
        "school import": SchoolImport.objects.get(centre=centre).pk,
        "visit asked": asked.pk,
        "visit asked, address": asked.token,
        "visit option": option.pk,
        "visit option, address": option.token,
        "visit sure": sure.pk,
        "visit sure, address": sure.token,
        "visit cancelled": gone.pk,
        "visit cancelled, address": gone.token,
        "school": near.pk,
        "school on the hill": far.pk,
    }


def _doing(at: datetime, **more: object) -> Doing:
    return Doing(key=uuid4(), at=at, **more)  # type: ignore[arg-type]


def _asked(centre: Centre, at: datetime, **more: object) -> ClassVisit:
    day = centre.local_day(at) + timedelta(days=20)
    asking = Asking(
        school_name="École du port",
        pupils=24,
        adults=2,
        language="en",
        name="Camille Teacher",
        email="teacher@example.org",
        languages=["fr", "ar"],
        needs="Two pupils use a wheelchair",
        interviews=True,
        dates=[(day, "morning"), (day + timedelta(days=1), "afternoon")],
        **more,  # type: ignore[arg-type]
    )
    return visits.ask(centre=centre, key=uuid4(), asking=asking, at=at)


def _keep(visit: ClassVisit, by: User, at: datetime, days: int) -> None:
    begins = at + timedelta(days=days)
    until = visit.centre.local_day(at) + timedelta(days=10)
    kept = Kept(begins, begins + timedelta(hours=3), until=until)
    visits.keep_date(visit=visit, kept=kept, doing=_doing(at, by=by, words="We look forward to your class."))
