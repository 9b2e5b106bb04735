from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from parvis.accounts.roles import Role
from parvis.agenda.actions import preparing
from parvis.agenda.actions.day import DayHeld, Done, hold_class
from parvis.agenda.actions.forgetting_classes import forget_teachers
from parvis.agenda.actions.left_files import forget_left_files
from parvis.agenda.actions.visit_steps import Doing
from parvis.agenda.models import AgendaSettings, ChecklistItem, ClassVisit, VisitFile
from parvis.agenda.queries.preparation import preparation_of
from parvis.agenda.stored import CLASS_VISITS
from parvis.agenda.tests.class_days import a_dated_visit, a_planned_visit
from parvis.centres.factories import a_centre, a_code, a_person, words
from parvis.centres.models import Centre, CodeList
from parvis.shared.attachments import clean
from parvis.surveys.actions.classes import TooFewPupils, close_round, open_round
from parvis.surveys.actions.ready import begin_ready
from parvis.surveys.actions.versions import open_version
from parvis.surveys.models import Collection, Questionnaire, Response
from parvis.surveys.ready import ready_model

pytestmark = pytest.mark.django_db
S = ClassVisit.State


@pytest.fixture
def house():
    centre = a_centre()
    return centre, a_dated_visit(centre, begins=centre.now() + timedelta(days=10), language="en")


def held(visit, **more):
    """The class was here an hour ago."""
    begins = visit.centre.now() - timedelta(hours=1)
    ClassVisit.objects.filter(pk=visit.pk).update(begins_at=begins, ends_at=begins + timedelta(minutes=30))
    doing = Doing(key=uuid4(), at=visit.centre.now())
    return hold_class(visit=visit, held=DayHeld(24, 2, **more), doing=doing)


def a_picture():
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def teachers(visit, name="teacher_day", **more):
    return reverse(f"agenda:{name}", kwargs={"token": visit.token} | more)


def staffs(visit, name="visit_preparation", **more):
    return reverse(f"agenda:{name}", kwargs={"centre": visit.centre.slug, "pk": visit.pk} | more)


# what is seen to


def test_the_usual_list_is_there_once_the_teacher_in_their_language(house):
    centre, visit = house
    ClassVisit.objects.filter(pk=visit.pk).update(language="fr")
    for _click in range(2):
        items = preparing.begin_checklist(visit=visit)
    assert len(items) == 6
    assert sum(item.for_teacher for item in items) == 4


def test_a_centre_has_a_list_of_its_own(house):
    centre, visit = house
    own = ["Keys of the hall", {"text": "Bus booked", "for_teacher": True}, ""]
    AgendaSettings.objects.create(centre=centre, checklist=own)
    items = preparing.begin_checklist(visit=visit)
    assert [(item.text, item.for_teacher) for item in items] == [
        ("Keys of the hall", False),
        ("Bus booked", True),
    ]


def test_the_teacher_ticks_what_is_theirs_only(client, house):
    _centre, visit = house
    items = preparing.begin_checklist(visit=visit)
    mine = next(item for item in items if item.for_teacher)
    theirs = next(item for item in items if not item.for_teacher)
    page = client.get(teachers(visit))
    assert mine.text in page.text
    assert theirs.text not in page.text
    client.post(teachers(visit, "teacher_deed", deed="tick"), {"item": mine.pk, "done": "1"})
    mine.refresh_from_db()
    assert mine.done_at is not None
    answer = client.post(teachers(visit, "teacher_deed", deed="tick"), {"item": theirs.pk, "done": "1"})
    assert answer.status_code == 404
    client.post(teachers(visit, "teacher_deed", deed="tick"), {"item": mine.pk, "done": "0"})
    mine.refresh_from_db()
    assert mine.done_at is None


def test_staff_prepare_until_everything_is_ready(client, house):
    centre, visit = house
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    client.post(staffs(visit, "visit_preparing", deed="begin"))
    client.post(staffs(visit, "visit_preparing", deed="add"), {"text": "Projector in the blue room"})
    item = ChecklistItem.objects.get(text="Projector in the blue room")
    client.post(staffs(visit, "visit_preparing", deed="tick"), {"item": item.pk, "done": "1"})
    page = client.get(staffs(visit))
    assert "6 things are still to be seen to." in page.text
    client.post(staffs(visit, "visit_preparing", deed="remove"), {"item": item.pk})
    assert not ChecklistItem.objects.filter(pk=item.pk).exists()
    client.post(staffs(visit, "visit_preparing", deed="ready"))
    visit.refresh_from_db()
    assert visit.state == S.PREPARED


@pytest.mark.parametrize("text", ["Emma Martin, Lucas Petit, Hugo Moreau", "Badge for Emma Martin"])
def test_no_pupils_name_gets_on_the_list(client, house, text):
    centre, visit = house
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    assert client.post(staffs(visit, "visit_preparing", deed="add"), {"text": text}).status_code == 422
    assert not ChecklistItem.objects.exists()


# files


def test_files_go_both_ways_and_are_written_anew(client, house):
    centre, visit = house
    file = SimpleUploadedFile("Emma.png", a_picture(), "image/png")
    sent = {"key": uuid4(), "title": "Plan of the station", "file": file}
    assert client.post(teachers(visit, "teacher_deed", deed="file"), sent).status_code == 302
    kept = VisitFile.objects.get()
    assert (kept.by_teacher, kept.title) == (True, "Plan of the station")
    client.force_login(a_person(Role.ADVISER, centre=centre))
    answer = client.get(staffs(visit, "visit_file", file=kept.pk))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="plan-of-the-station.png"')
    assert "Emma" not in answer.headers["Content-Disposition"]
    assert client.get(teachers(visit, "teacher_file", file=kept.pk)).status_code == 200
    client.post(teachers(visit, "teacher_deed", deed="file_gone"), {"file": kept.pk})
    assert not VisitFile.objects.exists()


@pytest.mark.parametrize(
    ("title", "data"),
    [("Programme", b"MZ\x90 not a picture"), ("List of Emma Martin", None), ("", None), ("Programme", b"")],
)
def test_what_is_no_file_to_share_is_refused(client, house, title, data):
    _centre, visit = house
    file = SimpleUploadedFile("x.png", a_picture() if data is None else data)
    sent = {"key": uuid4(), "title": title, "file": file}
    assert client.post(teachers(visit, "teacher_deed", deed="file"), sent).status_code == 422
    assert not VisitFile.objects.exists()


def test_a_teacher_shares_five_files_at_most(client, house):
    _centre, visit = house
    for number in range(6):
        sent = {"key": uuid4(), "title": f"Plan {number}", "file": SimpleUploadedFile("x.png", a_picture())}
        answer = client.post(teachers(visit, "teacher_deed", deed="file"), sent)
    assert answer.status_code == 422
    assert VisitFile.objects.count() == 5


def test_a_file_that_a_cut_left_without_its_row_is_forgotten(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    centre, visit = house
    preparing.share_file(
        visit=visit, key=(kept := uuid4()), title="Plan", clean=a_clean(), by_teacher=True, at=centre.now()
    )
    CLASS_VISITS.write(left := uuid4(), b"left")
    assert forget_left_files(at=datetime.now(UTC)) == 0
    assert forget_left_files(at=datetime.now(UTC) + timedelta(days=1)) == 1
    assert [CLASS_VISITS.path(one.hex).exists() for one in (kept, left)] == [True, False]


def test_files_go_with_the_teachers_name(house, django_capture_on_commit_callbacks):
    centre, visit = house
    preparing.share_file(
        visit=visit, key=uuid4(), title="Plan", clean=a_clean(), by_teacher=True, at=centre.now()
    )
    (file,) = VisitFile.objects.all()
    assert CLASS_VISITS.path(file.key.hex).exists()
    with django_capture_on_commit_callbacks(execute=True):
        forget_teachers(at=centre.now() + timedelta(days=110))
    assert not VisitFile.objects.exists()
    assert not CLASS_VISITS.path(file.key.hex).exists()


def a_clean():
    return clean(a_picture())


# the class's questions


def test_the_class_is_asked_once_and_totals_are_read_by_both(client, house):
    centre, visit = house
    screen = preparing.ask_class(visit=visit, at=centre.now())
    assert preparing.ask_class(visit=visit, at=centre.now()) == screen
    assert Questionnaire.objects.filter(ready_model="class_expectations").count() == 1
    assert set(screen.collection.languages) == {code for code, _name in settings.LANGUAGES}
    open_round(screen=screen, at=centre.now())
    for _pupil in range(24):
        Response.objects.create(
            collection=screen.collection,
            day=centre.local_day(centre.now()),
            language="en",
            answers={"idea": "no"},
        )
    visit.refresh_from_db()
    assert preparation_of(visit, centre.now()).totals == []  # while they answer nobody watches
    close_round(screen=screen, at=centre.now())
    page = client.get(teachers(visit))
    assert "Do you know what you would like to do later?" in page.text
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    assert "24 answers came." in client.get(staffs(visit)).text


def test_of_fewer_than_ten_nothing_is_asked(client, house):
    centre, visit = house
    ClassVisit.objects.filter(pk=visit.pk).update(pupils=9)
    visit.refresh_from_db()
    with pytest.raises(TooFewPupils):
        preparing.ask_class(visit=visit, at=centre.now())
    assert "fewer than ten pupils" in client.get(teachers(visit)).text
    assert client.post(teachers(visit, "teacher_deed", deed="ask")).status_code == 422


# afterwards


def test_the_teacher_answers_with_all_the_years_teachers(client, house):
    centre, visit = house
    other = a_dated_visit(centre)
    held(visit)
    held(other)
    answer = client.post(teachers(visit, "teacher_deed", deed="evaluate"))
    client.post(teachers(other, "teacher_deed", deed="evaluate"))
    survey = Collection.objects.get()
    assert answer.headers["Location"].startswith(f"/s/{survey.token}/")
    assert survey.languages == [code for code, _name in settings.LANGUAGES]
    visit.refresh_from_db()
    assert (visit.state, visit.evaluation) == (S.HELD, survey)
    client.post(teachers(visit, "teacher_deed", deed="told"))
    visit.refresh_from_db()
    assert visit.state == S.EVALUATED
    assert "You have told us. Thank you." in client.get(teachers(visit)).text


@pytest.mark.parametrize(("country", "name", "month"), [("FR", "2025–2026", 8), ("FI", "2026–2027", 7)])
def test_teachers_of_one_school_year_answer_together(house, country, name, month):
    """Mid-August is the end of a year in France, and the beginning of the next one in Finland."""
    centre, visit = house
    Centre.objects.update(country=country)
    held(visit)
    survey = preparing.ask_teacher(visit=visit, at=datetime(2026, 8, 17, 12, tzinfo=UTC))
    assert (survey.name, survey.closes_on) == (name, date(int(name[5:]), month, 31))


def test_what_a_centre_asks_its_teachers_stays_in_its_own_words_and_languages(house):
    centre, visit = house
    model = ready_model("teacher_satisfaction")
    draft = begin_ready(holder=centre, key=uuid4(), model=model, language="en")
    draft.sections.first().questions.update(
        text=words("Did the letter arrive?", "La lettre est-elle arrivée ?")
    )
    mine = open_version(version=draft, languages=["en", "fr"], on=centre.local_day(centre.now()))
    held(visit)
    survey = preparing.ask_teacher(visit=visit, at=centre.now())
    assert (survey.version, survey.languages) == (mine, ["en", "fr"])


def test_the_certificate_is_there_afterwards_only(client, house):
    centre, visit = house
    where = teachers(visit, "teacher_paper", kind="certificate")
    assert client.get(where).status_code == 404
    code = a_code(centre, CodeList.OBJECTIVE, "self", label={"en": "Know oneself"})
    held(visit, done={code: Done("worked")})
    (page,) = PdfReader(BytesIO(client.get(where).content)).pages
    text = " ".join(page.extract_text().split())
    assert "not a diploma" in text
    assert "School by the river" in text
    assert "Camille" not in text


def test_the_programme_is_printed_by_the_teacher(client):
    centre = a_centre()
    visit = a_planned_visit(centre, language="en")
    (page,) = PdfReader(BytesIO(client.get(teachers(visit, "teacher_paper", kind="programme")).content)).pages
    assert "Group 3" in page.extract_text()
    assert "09:15–09:45" in client.get(teachers(visit)).text


def test_before_it_is_sure_there_is_nothing_to_prepare(client, house):
    _centre, visit = house
    ClassVisit.objects.filter(pk=visit.pk).update(state=S.OPTION)
    assert client.get(teachers(visit)).status_code == 302
    assert client.post(teachers(visit, "teacher_deed", deed="ask")).status_code == 404
    assert client.get("/visit/nothing/day/").status_code == 404


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_pupils_and_teachers_read_their_language(client, house, language):
    centre, visit = house
    preparing.begin_checklist(visit=visit)
    for where in (teachers(visit), reverse("agenda:pupil_statement", kwargs={"centre": centre.slug})):
        page = client.get(where, {"language": language})
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text
    held(visit)
    assert client.get(teachers(visit), {"language": language}).status_code == 200


def test_who_may(client, house):
    centre, visit = house
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(staffs(visit)).status_code == 200
    assert client.post(staffs(visit, "visit_preparing", deed="begin")).status_code == 403
    client.force_login(a_person(Role.FACILITATOR, centre=a_centre()))
    assert client.get(staffs(visit)).status_code == 404
    assert client.post(staffs(visit, "visit_preparing", deed="begin")).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_pages_take_the_same_queries(client, house, many, django_assert_max_num_queries):
    centre, visit = house
    for number in range(many):
        preparing.add_item(visit=visit, text=f"Thing {number}", for_teacher=True)
    with django_assert_max_num_queries(13):
        client.get(teachers(visit))
    client.force_login(a_person(Role.FACILITATOR, centre=centre))
    with django_assert_max_num_queries(15):
        client.get(staffs(visit))
