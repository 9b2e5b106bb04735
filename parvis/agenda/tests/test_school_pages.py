from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_class_visit, a_school
from parvis.agenda.models import ClassVisit, School, SchoolFile
from parvis.agenda.views import schools
from parvis.centres.factories import LONG_AGO, a_centre, a_code, a_person, where_it_is_noon
from parvis.centres.models import Centre, CodeList

pytestmark = pytest.mark.django_db
HERE = "/c/river/agenda/schools/"
KEY = "4a5c9a0e-6d6c-4a2c-9b9e-5b0f3f3c9f11"
LIST = b"Number,Name,Place\n1,Port,Lakeside\n2,Hill,Hillside\n,,\n"


@pytest.fixture
def centre(client):
    centre = a_centre(slug="river", time_zone=where_it_is_noon())
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    return centre


def test_who_plans_events_keeps_schools_and_nobody_else(centre, client):
    school = a_school(centre)
    below = ["", f"{school.pk}/", "new/", "bring/", "reach/", "file/csv/", "reach/file/csv/"]
    for role, status in ((Role.FACILITATOR, 200), (Role.ADVISER, 403)):
        client.force_login(a_person(role, centre=centre))
        assert {client.get(HERE + one).status_code for one in below} == {status}
    other = a_centre()
    client.force_login(a_person(Role.FACILITATOR, centre=other))
    assert {client.get(HERE + one).status_code for one in below} == {404}
    assert client.get(f"/c/{other.slug}/agenda/schools/{school.pk}/").status_code == 404


def test_a_school_is_added_changed_closed_and_opened_again(centre, client):
    level = a_code(centre, CodeList.SCHOOL_LEVEL, "lower")
    said = {"key": str(uuid4()), "name": "Port", "place": "Lakeside", "levels": [level.pk], "pupils": "640"}
    for _twice in range(2):
        assert client.post(f"{HERE}new/", said).status_code == 302
    school = School.objects.get()
    assert (school.pupils, [one.key for one in school.levels.all()]) == (640, ["lower"])
    assert client.post(f"{HERE}{school.pk}/", said | {"name": ""}).status_code == 422
    assert client.post(f"{HERE}{school.pk}/", said | {"name": "Quay", "reference": "7"}).status_code == 302
    other = a_school(centre, "Hill")
    answer = client.post(f"{HERE}{other.pk}/", said | {"reference": "7"})
    assert (answer.status_code, "Another school has this number" in answer.content.decode()) == (422, True)
    School.objects.update(opened_on=LONG_AGO)
    client.post(f"{HERE}{school.pk}/close/")
    assert "Quay" not in client.get(HERE).content.decode()
    assert "Quay" in client.get(f"{HERE}?closed=1").content.decode()
    client.post(f"{HERE}{school.pk}/close/")
    assert "Quay" in client.get(HERE).content.decode()


@pytest.mark.parametrize(("below", "sent"), [("", {"name": "Port", "key": KEY}), ("close/", {})])
def test_a_school_that_goes_meanwhile_is_said_to_be_gone(centre, client, monkeypatch, below, sent):
    row = a_school(centre, "Port")
    found = schools.school_of

    def then_somebody_undoes_the_import(request, pk):
        one = found(request, pk)
        School.objects.filter(pk=pk).delete()
        return one

    monkeypatch.setattr(schools, "school_of", then_somebody_undoes_the_import)
    answer = client.post(f"{HERE}{row.pk}/{below}", sent, follow=True)
    assert answer.redirect_chain == [(HERE, 302)]
    assert "This school is no longer there" in answer.text


def test_the_list_is_narrowed(centre, client):
    level = a_code(centre, CodeList.SCHOOL_LEVEL, "lower")
    port = a_school(centre, "Port", place="Lakeside")
    a_school(centre, "Hill", specialised=True)
    port.levels.add(level)
    at = centre.now()
    a_class_visit(
        centre, school=port, state="held", came=20, begins_at=at, ends_at=at.replace(microsecond=999999)
    )

    def names(query):
        return [one.school.name for one in client.get(f"{HERE}?{query}").context["found"].lines]

    assert names("") == ["Hill", "Port"]
    assert (
        names("q=lakeside")
        == names("level=lower")
        == names("place=Lakeside")
        == names("came=yes")
        == ["Port"]
    )
    assert names("specialised=1") == names("came=no") == ["Hill"]
    assert names("q=nothing") == []
    assert "Hill" not in client.get(f"{HERE}file/csv/?came=yes").content.decode()


def test_of_a_long_list_the_first_are_shown_and_the_file_has_all(centre, client, monkeypatch):
    monkeypatch.setattr(schools, "SHOWN", 2)
    for name in ("Hill", "Mill", "Port"):
        a_school(centre, name)
    page = client.get(HERE)
    assert [one.school.name for one in page.context["found"].lines] == ["Hill", "Mill"]
    assert ("3 schools" in page.text, "The first 2 are shown" in page.text) == (True, True)
    assert "Port" in client.get(f"{HERE}file/csv/").text
    page = client.get(f"{HERE}?q=mill").text
    assert ("1 school" in page, "are shown" in page) == (True, False)


def test_without_a_school_one_is_led_to_bringing_a_list(centre, client):
    assert client.get(HERE).text.count(f'href="{HERE}bring/"') == 2
    a_school(centre)
    assert client.get(HERE).text.count(f'href="{HERE}bring/"') == 1


def test_where_no_heading_tells_the_names_the_columns_are_asked_for(centre, client):
    file = SimpleUploadedFile("list.csv", b"What,Where\nPort,Lakeside\n")
    page = client.post(f"{HERE}bring/", {"key": str(uuid4()), "file": file}, follow=True)
    assert "cannot be told from the headings" in page.text
    assert '<details class="card" open>' in page.text
    page = client.post(page.request["PATH_INFO"], {"name": "0", "place": "1"}, follow=True)
    assert "cannot be told" not in page.text
    assert "Keep what is new and changed" in page.text


def test_a_list_is_brought_looked_at_and_kept(centre, client):
    key = str(uuid4())
    answer = client.post(f"{HERE}bring/", {"key": key, "file": SimpleUploadedFile("list.csv", LIST)})
    file = SchoolFile.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{HERE}bring/{file.pk}/")
    page = client.get(answer.url).content.decode()
    assert ("Port" in page, "Keep what is new and changed" in page) == (True, True)
    assert not School.objects.exists()
    client.post(answer.url, {"name": "2", "place": "1"})
    assert "Lakeside" in client.get(answer.url).content.decode()
    client.post(answer.url, {"reference": "0", "name": "1", "place": "2"})
    assert client.post(f"{answer.url}commit/").status_code == 302
    assert sorted(School.objects.values_list("name", "place")) == [("Hill", "Hillside"), ("Port", "Lakeside")]
    assert "This list is kept" in client.get(answer.url).content.decode()
    other = a_centre()
    client.force_login(a_person(Role.FACILITATOR, centre=other))
    assert client.get(f"/c/{other.slug}/agenda/schools/bring/{file.pk}/").status_code == 404


def test_a_file_that_is_none_is_refused_beside_its_field(centre, client):
    file = SimpleUploadedFile("list.xlsx", b"PK\x03\x04 broken")
    answer = client.post(f"{HERE}bring/", {"key": str(uuid4()), "file": file})
    assert (answer.status_code, "cannot be read" in answer.content.decode()) == (422, True)


def test_reach_is_told_and_a_typed_school_is_matched(centre, client):
    port, at = a_school(centre, "Port", place="Lakeside"), centre.now()
    a_school(centre, "Hill")
    ends = at.replace(microsecond=999999)
    a_class_visit(centre, school_name="At the port", state="held", came=20, begins_at=at, ends_at=ends)
    page = client.get(f"{HERE}reach/").content.decode()
    assert ("At the port" in page, "Schools that have not come yet" in page) == (True, True)
    client.post(f"{HERE}match/", {"typed": "At the port", "school": "Port"})
    assert ClassVisit.objects.get().school is None
    client.post(f"{HERE}match/", {"typed": "At the port", "school": "Port, Lakeside"})
    assert ClassVisit.objects.get().school == port
    found = client.get(f"{HERE}reach/").context["found"]
    assert (found.whole.reached, [one.name for one in found.not_reached]) == (1, ["Hill"])
    assert client.get(f"{HERE}reach/?period=y-1999").context["found"].whole.classes == 0
    assert client.get(f"{HERE}reach/?period=nonsense").status_code == 200
    assert (
        "Port"
        not in client.get(f"{HERE}reach/file/csv/").content.decode().split("School that has not come")[-1]
    )


def test_the_same_queries_for_one_school_and_for_three(centre, client, django_assert_num_queries):
    level = a_code(centre, CodeList.SCHOOL_LEVEL, "lower")
    client.get(HERE)
    counts = {"": 12, "reach/": 10}
    for number in range(3):
        a_school(centre, f"School {number}", place=f"Place {number}").levels.add(level)
        for below, most in counts.items():
            with django_assert_num_queries(most, exact=False):
                client.get(HERE + below)


@pytest.mark.parametrize(("country", "month"), [("FR", 9), ("FI", 8)])
def test_lists_reach_and_objectives_mean_the_same_school_year(centre, client, country, month):
    Centre.objects.update(country=country)
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    first = date(2024, month, 1)
    reached = client.get("/c/river/agenda/schools/reach/?period=s-2024").context["found"]
    done = client.get("/c/river/agenda/objectives/?year=2024").context["found"]
    listed = client.get("/c/river/agenda/visits/?year=2024").context["asked"].year
    assert {reached.first, done.begins, listed.bounds[0]} == {first}
    assert {reached.until, done.ends, listed.bounds[1]} == {date(2025, month, 1)}
