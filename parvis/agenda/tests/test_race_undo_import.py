"""An import is undone while teachers ask for its schools and colleagues undo it as well: nothing is lost, nothing is half gone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from parvis.agenda.actions.school_files import bring_schools, commit_schools
from parvis.agenda.actions.school_imports import undo_import
from parvis.agenda.actions.visits import Asking, ask
from parvis.agenda.models import AgendaSettings, ClassVisit, School, SchoolImport
from parvis.centres.factories import a_centre

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_school_that_a_teacher_asks_for_stays_or_is_only_its_name():
    centre = a_centre()
    AgendaSettings.objects.create(centre=centre, classes_welcome=True)
    at, text = centre.now(), "Number,Name\n" + "".join(f"{n},School {n}\n" for n in range(6))
    file = bring_schools(centre=centre, key=uuid4(), data=text.encode(), at=at)
    commit_schools(file=file, at=at)
    past, schools = SchoolImport.objects.get(centre=centre), list(School.objects.order_by("reference"))
    ready = Barrier(len(schools) + 2)

    def one(school):
        try:
            ready.wait()
            if school is None:
                return undo_import(past=past, at=at)
            asking = Asking(
                "", pupils=20, language="en", name="Camille", email="c@example.org", school=school
            )
            return ask(centre=centre, key=uuid4(), asking=asking, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(schools) + 2) as pool:
        undone, again, *_visits = pool.map(one, [None, None, *schools])
    assert undone.stayed == again.stayed
    left = set(School.objects.all())
    assert {str(one.pk) for one in left} == set(undone.stayed)
    visits = ClassVisit.objects.select_related("school")
    assert {one.school for one in visits if one.school} == left
    assert {one.school_name for one in visits} == {one.name for one in schools}
