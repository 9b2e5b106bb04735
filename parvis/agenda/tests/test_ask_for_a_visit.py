from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.agenda.factories import a_kit, a_school
from parvis.agenda.models import AgendaSettings, ClassVisit, Teacher
from parvis.agenda.visitor_class_limits import limiter
from parvis.centres.factories import a_centre, a_code, where_it_is_noon
from parvis.centres.models import CodeList

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    limiter().storage.reset()
    return a_centre(slug="river", time_zone=where_it_is_noon(), languages=["fr", "en"])


@pytest.fixture
def said(centre):
    """Everything that a teacher types in the three steps."""
    level = a_code(centre, CodeList.SCHOOL_LEVEL, "lower")
    aim = a_code(centre, CodeList.OBJECTIVE, "oneself")
    kit = a_kit(centre, "Explore trades").kit
    day = centre.local_day(centre.now()) + timedelta(days=30)
    return {
        "school": "School by the river",
        "level": str(level.pk),
        "pupils": "24",
        "adults": "2",
        "languages": ["fr", "ar"],
        "needs": "Two pupils use a wheelchair",
        "kits": [str(kit.pk)],
        "objectives": [str(aim.pk)],
        "day_1": day.isoformat(),
        "part_1": "afternoon",
        "name": "Camille Teacher",
        "email": "camille@example.org",
        "key": str(uuid4()),
    }


def send(client, said, at=3, language="en", **more):
    return client.post(f"/classes/river/?language={language}", said | {"at": str(at)} | more)


def test_a_class_is_asked_for_in_three_steps(centre, said, client):
    page = client.get("/classes/river/?language=en").content.decode()
    assert "Step 1 of 3" in page
    second = send(client, said, 1).content.decode()
    assert ("Step 2 of 3" in second, "Explore trades" in second) == (True, True)
    assert 'name="pupils" value="24"' in second  # carried along, hidden
    assert "Step 3 of 3" in send(client, said, 2).content.decode()
    assert not ClassVisit.objects.exists()
    answer = send(client, said, 3, language="nl")
    visit = ClassVisit.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/visit/{visit.token}/?language=nl&asked=1")
    assert (visit.pupils, visit.adults, visit.language, visit.languages) == (24, 2, "nl", ["fr", "ar"])
    assert (visit.level.key, visit.school, visit.state) == ("lower", None, "asked")
    assert [str(one.title) for one in visit.kits.all()] == ["Explore trades"]
    assert [one.key for one in visit.objectives.all()] == ["oneself"]
    assert [(one.day.isoformat(), one.part) for one in visit.dates.all()] == [(said["day_1"], "afternoon")]
    assert Teacher.objects.get().email == "camille@example.org"


def test_the_last_step_sent_twice_asks_once(centre, said, client):
    assert send(client, said).url == send(client, said).url
    assert ClassVisit.objects.count() == 1


def test_one_goes_back_and_finds_what_was_typed(centre, said, client):
    page = send(client, said, 2, go="back").content.decode()
    assert "Step 1 of 3" in page
    assert 'value="School by the river"' in page
    assert "Two pupils use a wheelchair" in page


@pytest.mark.parametrize(
    ("field", "value", "at"),
    [
        ("pupils", "0", 1),
        ("pupils", "301", 1),
        ("school", "", 1),
        ("kits", [], 2),
        ("email", "nobody", 3),
        ("name", "", 3),
        ("day_1", "2020-01-01", 3),
        ("day_1", "", 3),
    ],
)
def test_what_is_missing_is_said_at_its_step(centre, said, client, field, value, at):
    answer = send(client, said | {field: value})
    assert (answer.status_code, f"Step {at} of 3" in answer.content.decode()) == (422, True)
    assert not ClassVisit.objects.exists()


@pytest.mark.parametrize("field", ["needs", "school", "name"])
def test_a_list_of_pupils_is_refused_wherever_it_is_pasted(centre, said, client, field):
    names = "Emma Dupont, Lucas Martin, Manon Bernard"
    answer = send(client, said | {field: names})
    page = answer.content.decode()
    assert (answer.status_code, "looks like a list of names" in page) == (422, True)
    assert not ClassVisit.objects.exists()


def test_a_school_of_the_territory_is_known_by_its_name(centre, said, client):
    school = a_school(centre, "École du port", place="Lakeside")
    assert 'value="École du port, Lakeside"' in client.get("/classes/river/").content.decode()
    send(client, said | {"school": "ecole du port, lakeside"})
    assert ClassVisit.objects.get().school == school


def test_a_school_that_is_half_typed_is_offered_and_none_of_them_fits_too(centre, said, client):
    near = a_school(centre, "Collège du port", place="Lakeside")
    a_school(centre, "Lycée du port", place="Lakeside")
    a_school(centre, "School on the hill")
    page = send(client, said | {"school": "port"}, 1)
    text = page.content.decode()
    assert (page.status_code, "Is it one of these?" in text, "None of these" in text) == (422, True, True)
    assert 'School on the hill"' in text.split("</datalist>")[0]
    assert "School on the hill" not in text.split("</datalist>")[1]
    send(client, said | {"school": "port", "school_pick": str(near.pk)})
    send(client, said | {"school": "port", "school_pick": "typed", "key": str(uuid4())})
    assert [(one.school, one.school_name) for one in ClassVisit.objects.order_by("pk")] == [
        (near, "Collège du port"),
        (None, "port"),
    ]


def test_schools_and_kits_of_another_centre_are_not_offered(centre, said, client):
    other = a_centre(network=centre.network)
    a_school(other, "School elsewhere")
    kit = a_kit(other, "Other workshop").kit
    assert "School elsewhere" not in client.get("/classes/river/").content.decode()
    assert send(client, said | {"kits": [str(kit.pk)]}).status_code == 422


def test_a_centre_that_takes_none_says_so(centre, client):
    AgendaSettings.objects.create(centre=centre, classes_welcome=False)
    page = client.get("/classes/river/?language=en")
    assert (page.status_code, "No visits of classes can be asked for here" in page.content.decode()) == (
        404,
        True,
    )
    assert client.get("/classes/nowhere/").status_code == 404


def test_too_many_requests_from_one_network_wait_and_lose_nothing(centre, said, client):
    for _again in range(13):
        answer = send(client, said | {"key": str(uuid4())})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")
    assert 'name="school" value="School by the river"' in answer.content.decode()
    assert ClassVisit.objects.count() == 12


def test_the_same_queries_for_one_school_and_for_many(centre, client, django_assert_max_num_queries):
    for number in range(3):
        a_school(centre, f"School {number}")
        a_kit(centre, f"Kit {number}")
        with django_assert_max_num_queries(7):
            client.get("/classes/river/")
