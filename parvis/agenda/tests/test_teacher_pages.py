from datetime import timedelta
from uuid import uuid4

import pytest
from icalendar import Calendar

from parvis.agenda.actions import visits
from parvis.agenda.actions.visits import Doing, Kept
from parvis.agenda.factories import a_class_visit, a_kit
from parvis.agenda.models import ClassVisit
from parvis.agenda.visitor_class_limits import limiter
from parvis.centres.factories import a_centre, a_code
from parvis.centres.models import CodeList

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    limiter().storage.reset()
    return a_class_visit(a_centre(name="Centre by the river"), language="en")


def keep(visit):
    begins = visit.centre.now() + timedelta(days=20)
    until = visit.centre.local_day(visit.centre.now()) + timedelta(days=9)
    kept = Kept(begins, begins + timedelta(hours=3), until=until)
    return visits.keep_date(visit=visit, kept=kept, doing=Doing(key=uuid4(), at=visit.centre.now()))


def test_the_page_says_where_the_visit_is_and_what_comes_next(visit, client):
    page = client.get(f"/visit/{visit.token}/").content.decode()
    assert "We have your request" in page
    assert "School by the river" in page
    assert "Yes, we come" not in page
    assert client.get(f"/visit/{visit.token}/?language=ar").content.decode().count('dir="rtl"') == 1
    gone = client.get("/visit/nothing/")
    assert (gone.status_code, "There is no visit at this address" in gone.content.decode()) == (404, True)


def test_the_languages_of_the_class_are_among_what_was_asked_for(visit, client):
    assert "Languages that the class speaks" not in client.get(f"/visit/{visit.token}/").content.decode()
    ClassVisit.objects.update(languages=["uk", "fi"])
    page = client.get(f"/visit/{visit.token}/?language=en").content.decode()
    assert ("Українська" in page, "Suomi" in page) == (True, True)


def test_no_other_page_hears_of_the_address(visit, client):
    page = client.get(f"/visit/{visit.token}/")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_the_teacher_says_yes_to_a_date(visit, client):
    keep(visit)
    page = client.get(f"/visit/{visit.token}/").content.decode()
    assert "Yes, we come" in page
    said = {"key": str(uuid4()), "version": visits_version(visit)}
    for _twice in range(2):
        answer = client.post(f"/visit/{visit.token}/yes/?language=en", said)
        assert (answer.status_code, answer.url) == (302, f"/visit/{visit.token}/?language=en")
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert "Your class comes" in client.get(f"/visit/{visit.token}/").content.decode()


def visits_version(visit):
    return ClassVisit.objects.get(pk=visit.pk).version


def test_a_yes_to_a_date_that_was_changed_meanwhile_is_refused(visit, client):
    keep(visit)
    said = {"key": str(uuid4()), "version": visits_version(visit)}
    keep(visit)
    answer = client.post(f"/visit/{visit.token}/yes/?language=en", said)
    assert (answer.status_code, "has changed since" in answer.content.decode()) == (409, True)
    assert ClassVisit.objects.get().state == "option"


def test_a_word_is_kept_and_a_list_of_pupils_refused_with_what_was_typed(visit, client):
    address = f"/visit/{visit.token}/words/?language=en"
    client.post(address, {"key": str(uuid4()), "words": "Is there a lift?"})
    names = "Emma Dupont\nLucas Martin\nManon Bernard"
    answer = client.post(address, {"key": str(uuid4()), "words": names})
    page = answer.content.decode()
    assert (answer.status_code, "looks like a list of names" in page, "Emma Dupont" in page) == (
        422,
        True,
        True,
    )
    assert [one.words for one in visit.steps.all()] == ["Is there a lift?"]


def test_the_numbers_change_until_the_visit_is_sure(visit, client):
    def change(pupils):
        said = {"key": str(uuid4()), "version": visits_version(visit), "pupils": pupils, "adults": 2}
        return client.post(f"/visit/{visit.token}/numbers/?language=en", said).status_code

    assert [change(0), change(301), change(26)] == [422, 422, 302]
    visit.refresh_from_db()
    assert visit.pupils == 26
    keep(visit)
    assert change(61) == 409  # the centre takes sixty at a time
    visits.confirm(visit=visit, doing=Doing(key=uuid4(), at=visit.centre.now()))
    assert change(20) == 409


def test_the_teacher_withdraws_after_one_more_question(visit, client):
    assert "Cancel the visit?" in client.get(f"/visit/{visit.token}/withdraw/").content.decode()
    said = {"key": str(uuid4()), "version": visit.version, "words": "The bus is broken"}
    assert client.post(f"/visit/{visit.token}/withdraw/", said).status_code == 302
    page = client.get(f"/visit/{visit.token}/").content.decode()
    assert ("The visit is cancelled" in page, "The bus is broken" in page) == (True, True)
    assert client.get(f"/visit/{visit.token}/withdraw/").status_code == 302


def test_the_date_goes_into_a_calendar_and_out_again(visit, client):
    assert client.get(f"/visit/{visit.token}/calendar/").status_code == 404
    keep(visit)

    def entry():
        body = client.get(f"/visit/{visit.token}/calendar/").content
        (found,) = Calendar.from_ical(body).walk("VEVENT")
        return found

    option = entry()
    visits.cancel(visit=visit, doing=Doing(key=uuid4(), at=visit.centre.now()))
    cancelled = entry()
    assert [str(one["status"]) for one in (option, cancelled)] == ["TENTATIVE", "CANCELLED"]
    assert option["uid"] == cancelled["uid"]
    assert cancelled["sequence"] > option["sequence"]


def test_too_many_messages_from_one_network_wait(visit, client):
    for number in range(31):
        said = {"key": str(uuid4()), "words": f"Message {number}"}
        answer = client.post(f"/visit/{visit.token}/words/?language=en", said)
    assert (answer.status_code, visit.steps.count()) == (429, 30)


def test_the_same_queries_with_one_word_and_with_many(visit, client, django_assert_num_queries):
    centre = visit.centre
    for number in range(3):
        visit.kits.add(a_kit(centre, f"Kit {number}").kit)
        visit.objectives.add(a_code(centre, CodeList.OBJECTIVE, f"aim{number}"))
        said = Doing(key=uuid4(), at=centre.now(), by_teacher=True, words=f"Word {number}")
        visits.say(visit=visit, doing=said)
        with django_assert_num_queries(6):
            assert client.get(f"/visit/{visit.token}/").status_code == 200
