"""An import of schools is undone: what it added goes, what it changed is as it was, and nothing that somebody did since is lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda.actions.school_files import bring_schools, commit_schools
from parvis.agenda.actions.school_imports import REMEMBERED, NotTheLast, forget_imports, undo_import
from parvis.agenda.actions.schools import About, change_school, close_school, match_typed
from parvis.agenda.actions.visits import Asking, ask
from parvis.agenda.factories import a_class_visit, a_school
from parvis.agenda.models import AgendaSettings, School, SchoolImport
from parvis.agenda.school_sheets.values import values_of
from parvis.centres.factories import a_centre, a_code, a_person, where_it_is_noon
from parvis.centres.models import CodeList

pytestmark = pytest.mark.django_db
LIST = """Number,Name,Place,Network,Levels,Streams,Specialised,Pupils
1,Port,Lakeside,public,lower,general,yes,640
2,Hill,Hillside,public,lower/upper,,,
3,Quay,Lakeside,,,,,90
"""


@pytest.fixture
def centre(client):
    centre = a_centre(slug="river", time_zone=where_it_is_noon())
    for name, keys in (
        (CodeList.SCHOOL_NETWORK, ("public", "free")),
        (CodeList.SCHOOL_LEVEL, ("lower", "upper")),
        (CodeList.STREAM, ("general",)),
    ):
        for key in keys:
            a_code(centre, name, key)
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    return centre


def kept(centre, text=LIST, at=None):
    at = at or centre.now()
    file = bring_schools(centre=centre, key=uuid4(), data=text.encode(), at=at)
    return commit_schools(file=file, at=at)


def the_last(centre):
    return SchoolImport.objects.select_related("centre").get(centre=centre)


def undone(centre):
    return undo_import(past=the_last(centre), at=centre.now())


def known(centre):
    """Everything that is known of the centre's schools."""
    rows = School.objects.filter(centre=centre).prefetch_related("levels", "streams")
    return {one.reference: values_of(one) for one in rows}


def page_of(past):
    return reverse("agenda:undo_import", args=[past.centre.slug, past.pk])


def test_what_was_added_goes_and_what_was_changed_is_as_it_was(centre):
    port = a_school(centre, "Old port", reference="1", place="Harbour", pupils=12, counted_on="2020-01-02")
    port.school_network = centre.codes.get(list=CodeList.SCHOOL_NETWORK, key="free")
    port.save()
    port.levels.set(centre.codes.filter(list=CodeList.SCHOOL_LEVEL, key="upper"))
    a_school(centre, "Mill", reference="9")
    before = known(centre)
    kept(centre)
    assert len(known(centre)) == 4
    assert known(centre)["1"] != before["1"]
    past = undone(centre)
    assert (known(centre), past.stayed) == (before, {})
    assert undone(centre).undone_at == past.undone_at  # said twice, nothing happens


def test_undone_twice_it_takes_nothing_that_came_later(centre):
    kept(centre)
    undone(centre)
    again = a_school(centre, "Port", reference="1", place="Lakeside")
    undone(centre)
    assert School.objects.get() == again


def test_schools_with_visits_stay_and_the_page_says_which(centre, client):
    kept(centre)
    port, hill = (School.objects.get(reference=one) for one in "12")
    a_class_visit(centre, school=port)
    a_class_visit(centre, school_name="On the hill")
    match_typed(centre=centre, typed="On the hill", school=hill)
    page = client.get(page_of(the_last(centre))).text
    assert "1 school that the list added is gone from your schools." in page
    assert page.count("a class of it came or asked") == 2
    page = client.post(page_of(the_last(centre)), follow=True).text
    assert set(School.objects.all()) == {port, hill}
    assert "except for the schools below" in page
    for name in ("Port", "Hill"):
        assert f">{name}</a>" in page
    assert page.count("a class of it came or asked") == 2
    assert "Undo this import" not in client.get(reverse("agenda:schools", args=["river"])).text


def test_a_changed_school_gets_its_earlier_values_back_though_classes_came(centre):
    port = a_school(centre, "Old port", reference="1")
    a_class_visit(centre, school=port)
    kept(centre)
    undone(centre)
    port.refresh_from_db()
    assert (port.name, port.pupils, port.visits.count()) == ("Old port", None, 1)


def test_what_somebody_did_since_stays(centre):
    mill = a_school(centre, "Old mill", reference="3", pupils=10)
    kept(centre)
    port, hill = (School.objects.get(reference=one) for one in "12")
    close_school(school=port, on=centre.local_day(centre.now()))
    change_school(school=hill, about=About("Hill", place="Hilltop", reference="2"))
    School.objects.filter(pk=mill.pk).update(name="Quay of the mill")
    past = undone(centre)
    assert past.stayed == {str(one.pk): "changed" for one in (port, hill, mill)}
    mill.refresh_from_db()
    assert (mill.name, mill.pupils, mill.place) == ("Quay of the mill", 10, "")
    hill.refresh_from_db()
    assert hill.place == "Hilltop"


def test_only_the_last_list_can_be_undone(centre, client):
    kept(centre)
    first = SchoolImport.objects.get()
    kept(centre, "Number,Name\n1,New port\n7,Tower\n")
    with pytest.raises(NotTheLast):
        undo_import(past=first, at=centre.now())
    assert client.post(page_of(first)).status_code == 404
    undone(centre)
    assert sorted(known(centre)) == ["1", "2", "3"]
    assert known(centre)["1"]["name"] == "Port"


def test_a_list_that_does_nothing_leaves_the_last_one_to_be_undone(centre):
    file = kept(centre)
    kept(centre)
    assert SchoolImport.objects.get().key == file.key


def test_an_entry_of_a_list_that_is_gone_is_left_out(centre):
    port = a_school(centre, "Port", reference="1")
    port.levels.set(centre.codes.filter(key="upper"))
    kept(centre)
    School.objects.get(reference="2").levels.clear()
    centre.codes.filter(key="upper", list=CodeList.SCHOOL_LEVEL).delete()
    undone(centre)
    assert list(port.levels.all()) == []


def test_a_teacher_who_asks_while_it_is_undone_keeps_what_they_typed(centre):
    AgendaSettings.objects.create(centre=centre, classes_welcome=True)
    kept(centre)
    port = School.objects.get(reference="1")
    undone(centre)
    asking = Asking("", pupils=20, language="en", name="Camille", email="c@example.org", school=port)
    visit = ask(centre=centre, key=uuid4(), asking=asking, at=centre.now())
    assert (visit.school, visit.school_name) == (None, "Port")
    assert match_typed(centre=centre, typed="Port", school=port) == 0


def test_who_brings_lists_undoes_them_and_nobody_else(centre, client):
    kept(centre)
    past = the_last(centre)
    assert client.get(page_of(past)).status_code == 200
    for role, place, status in ((Role.ADVISER, centre, 403), (Role.FACILITATOR, a_centre(), 404)):
        client.force_login(a_person(role, centre=place))
        assert {client.get(page_of(past)).status_code, client.post(page_of(past)).status_code} == {status}
    other = place
    answer = client.post(reverse("agenda:undo_import", args=[other.slug, past.pk]))
    assert (answer.status_code, School.objects.count()) == (404, 3)


def test_the_pages_lead_there_and_say_when_it_was_undone(centre, client):
    a_school(centre, "Mill", reference="9")
    schools = reverse("agenda:schools", args=["river"])
    assert "Undo this import" not in client.get(schools).text
    file = kept(centre)
    assert page_of(the_last(centre)) in client.get(schools).text
    of_file = reverse("agenda:school_file", args=["river", file.pk])
    assert page_of(the_last(centre)) in client.get(of_file).text
    page = client.get(page_of(the_last(centre))).text
    assert "3 schools that the list added are gone from your schools." in page
    for _twice in range(2):
        page = client.post(page_of(the_last(centre)), follow=True).text
        assert "Everything is as it was before the list." in page
    assert "kept, and then undone" in client.get(of_file).text
    assert [one.name for one in School.objects.all()] == ["Mill"]


def test_where_nothing_can_be_undone_the_page_says_so(centre, client):
    kept(centre, "Number,Name\n1,Port\n")
    a_class_visit(centre, school=School.objects.get())
    page = client.get(page_of(the_last(centre))).text
    assert "Nothing of it can be undone any more" in page
    assert 'method="post" class="form-actions"' not in page


def test_it_is_forgotten_after_a_month(centre, client):
    kept(centre)
    past = the_last(centre)
    assert forget_imports(at=past.kept_at + REMEMBERED) == 0
    assert forget_imports(at=past.kept_at + REMEMBERED + timedelta(minutes=1)) == 1
    assert client.get(page_of(past)).status_code == 404
    assert School.objects.count() == 3


def test_the_same_queries_for_one_school_and_for_three(centre, client, django_assert_max_num_queries):
    for lines in (2, 4):
        kept(centre, "\n".join(LIST.splitlines()[:lines]))
        client.get(page_of(the_last(centre)))
        with django_assert_max_num_queries(12):
            client.get(page_of(the_last(centre)))
        undone(centre)
