"""What an export holds, and what it must not."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.centres.models import CodeList
from parvis.reception import actions
from parvis.reception.actions import exports
from parvis.reception.actions.exports.files import folder_of, root
from parvis.reception.actions.exports.writing import Superseded, Writing
from parvis.reception.factories import a_coding, a_seat, a_ticket, an_act, coded_centre, codes_of
from parvis.reception.models import Act, Correction, Day, Export, Passage, Profile
from parvis.reception.models.past import SILENT_AFTER

from .house import asked, exported, files_in, tables_in, wanted

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return coded_centre(language="en")


def a_day(centre):
    """A ticket that was received and coded, a group, a non-contact, answers, passages, a signed and corrected day."""
    theme = centre.themes.get()
    adviser = a_person(Role.ADVISER, centre=centre, name="Ines Example")
    seat = a_seat([theme], AT - timedelta(minutes=30), person=adviser)
    ticket = a_ticket(theme, AT - timedelta(minutes=20))
    actions.call_next(seat=seat, at=AT - timedelta(minutes=12))
    ticket.refresh_from_db()
    actions.start_interview(ticket=ticket, seat=seat, at=AT - timedelta(minutes=10))
    actions.finish_interview(ticket=ticket, seat=seat, at=AT)
    need = codes_of(centre, CodeList.NEED, "find_training", "application")
    coding = a_coding(centre, codes=need, minutes=10, note="=A leaflet about transport")
    actions.record_act(centre=centre, key=uuid4(), coding=coding, at=AT, ticket=ticket, seat=seat)
    young, older = codes_of(centre, CodeList.AGE_BAND, "15_17", "18_24")
    an_act(centre, AT, kind=Act.Kind.GROUP, size=12, codes=need[:1], totals={young: 8, older: 4})
    an_act(
        centre,
        AT,
        kind=Act.Kind.NON_CONTACT,
        themes=[],
        codes=codes_of(centre, CodeList.NON_CONTACT, "hang_up"),
    )
    profile = Profile.objects.create(key=uuid4(), centre=centre, date=DAY, method=Profile.Method.ASKED)
    profile.answers.set(codes_of(centre, CodeList.GENDER, "woman"))
    site = centre.sites.get()
    for source, count in [("clicker", 3), ("sensor", 4)]:
        Passage.objects.create(
            key=uuid4(),
            centre=centre,
            site=site,
            date=DAY,
            hour=10,
            count=count,
            source=source,
            counted_at=AT,
        )
    day = Day.objects.get(centre=centre, date=DAY)
    day.door_count, day.remark, day.signed_at, day.signed_by = 9, "A class came late", AT, adviser
    day.figures = {"passages": 9, "contacts": 1, "acts": 2}
    day.save()
    Correction.objects.create(
        day=day, subject="acts", before=2, after=3, reason="One more", made_by=adviser, made_at=AT
    )


def test_everything_is_in_it(centre):
    a_day(centre)
    tables = tables_in(exported(centre, DAY, DAY, AT))
    assert set(tables) == {
        *("acts", "groups", "profile-answers", "tickets", "periods", "passages", "days", "corrections"),
        *("tallies", "code-lists", "themes", "hours", "exceptions"),
    }
    one, group, nobody = tables["acts"]
    assert {name: text for name, text in one.items() if text} == {
        "Date": "2026-03-02",
        "Time": "10:30",
        "Kind": "Individual",
        "Themes": "Find training [training]",
        "Channel": "Desk [desk]",
        "Number of people": "1",
        "Minutes": "10",
        "Need": "Find_training [find_training]; Application [application]",
        "Short note": "'=A leaflet about transport",
        "Ticket": "1",
        "Recorded": "in Parvis",
    }
    assert (group["Kind"], group["Number of people"], group["Need"]) == (
        "Group",
        "12",
        "Find_training [find_training] ×12",
    )
    assert (nobody["Kind"], nobody["Non-contact"], nobody["Themes"]) == (
        "Non-contact",
        "Hang_up [hang_up]",
        "",
    )
    assert [(row["List"], row["Entry"], row["Count"]) for row in tables["groups"]] == [
        ("Age band", "15_17 [15_17]", "8"),
        ("Age band", "18_24 [18_24]", "4"),
    ]
    (ticket,) = tables["tickets"]
    assert (ticket["State"], ticket["Arrived at"], ticket["Seconds waiting"]) == (
        "Done",
        "2026-03-02T10:10:00",
        "480",
    )
    assert (ticket["Seconds on the way to the desk"], ticket["Seconds in interview"]) == ("120", "600")
    assert [row["State"] for row in tables["periods"]] == ["Waiting", "Called", "In interview", "Done"]
    (answers,) = tables["profile-answers"]
    assert (answers["Gender"], answers["Asked"]) == ("Woman [woman]", "Asked aloud")
    (hour,) = tables["passages"]
    assert (hour["Passages"], hour["How they were counted"]) == ("7", "Clicker, Door sensor")
    (day,) = tables["days"]
    assert (day["Passages"], day["Acts"], day["Door count"], day["Remark"]) == (
        "9",
        "3",
        "9",
        "A class came late",
    )
    assert [(row["Figure"], row["Before"], row["After"]) for row in tables["corrections"]] == [
        ("Acts", "2", "3")
    ]
    assert len(tables["code-lists"]) == centre.codes.count()
    assert [row["Key"] for row in tables["themes"]] == ["training"]


def test_nothing_in_it_says_who_or_at_whose_desk(centre):
    a_day(centre)
    export = exported(centre, DAY, DAY, AT)
    everything = b"\n".join(files_in(export).values()).decode().casefold()
    for ticket in centre.tickets.all():
        assert ticket.token not in everything
        assert str(ticket.key) not in everything
    assert "ines" not in everything.replace("lines", "")
    assert "example.org" not in everything
    headings = {heading for rows in tables_in(export).values() for row in rows for heading in row}
    assert not headings & {
        "Adviser",
        "Desk",
        "Seat",
        "Person",
        "Signed by",
        "Corrected by",
        "Key of the ticket",
    }


def test_answers_have_no_time_and_no_order_that_leads_back(centre):
    keys = sorted(uuid4() for _ in range(6))
    woman, man = codes_of(centre, CodeList.GENDER, "woman", "man")
    for n in (3, 1, 5, 0, 2, 4):  # as they were answered
        made = Profile.objects.create(key=keys[n], centre=centre, date=DAY, method=Profile.Method.ASKED)
        made.answers.set([woman if n < 3 else man])
    rows = tables_in(exported(centre, DAY, DAY, AT))["profile-answers"]
    assert [row["Gender"] for row in rows] == ["Woman [woman]"] * 3 + ["Man [man]"] * 3
    assert {"Time", "Ticket", "Hour"} & set(rows[0]) == set()


def test_undone_acts_and_other_centres_are_not_in_it(centre):
    undone = an_act(centre, AT)
    actions.undo_act(act=undone, at=AT)
    an_act(coded_centre(), AT)
    assert tables_in(exported(centre, DAY, DAY, AT))["acts"] == []


def test_only_the_days_that_were_asked_for(centre):
    for days in (0, 1, 2):
        an_act(centre, AT - timedelta(days=days))
    rows = tables_in(exported(centre, date(2026, 3, 1), date(2026, 3, 1), AT))["acts"]
    assert [row["Date"] for row in rows] == ["2026-03-01"]


def test_a_workbook_has_a_sheet_each_in_the_person_s_language(centre):
    an_act(centre, AT)
    export = exported(centre, DAY, DAY, AT, format=Export.Format.XLSX, language="fr")
    book = openpyxl.load_workbook(exports.file_of(export))
    assert book.sheetnames[0] == "Actes"
    assert len(book.sheetnames) == 13
    assert (export.stage, export.rows_done > 0, export.percent > 0) == (Export.Stage.DONE, True, True)


def test_as_many_queries_for_one_row_as_for_many(centre):
    spent = []
    for count in (1, 20):
        for _ in range(count):
            an_act(centre, AT, codes=codes_of(centre, CodeList.NEED, "application"))
        export = asked(centre, DAY, DAY, AT)
        with CaptureQueriesContext(connection) as queries:
            exports.write_export.call(export.pk)
        spent.append(len(queries))
    assert spent[0] == spent[1] < 100


def test_a_second_click_is_the_same_export(centre):
    key, person = uuid4(), a_person(Role.DIRECTOR, centre=centre)
    ask = {"centre": centre, "person": person, "key": key, "wanted": wanted(DAY, DAY), "at": AT}
    assert exports.start_export(**ask) == exports.start_export(**ask)
    with pytest.raises(exports.AnotherIsWritten):
        exports.start_export(**ask | {"key": uuid4()})
    with pytest.raises(actions.NotOfThisCentre):
        exports.start_export(**ask | {"centre": a_centre()})
    assert Export.objects.count() == 1


def test_a_task_that_comes_twice_writes_once(centre):
    export = exported(centre, DAY, DAY, AT)
    before = exports.file_of(export).stat().st_mtime_ns
    exports.write_export.call(export.pk)
    assert exports.file_of(export).stat().st_mtime_ns == before


def test_a_killed_worker_s_export_is_written_by_the_next_one(centre):
    export = asked(centre, DAY, DAY, AT)
    killed = Writing.claim(export.pk)
    folder_of(killed.export).mkdir(parents=True)
    assert Writing.claim(export.pk) is None, "somebody alive is at it"
    assert exports.revive_export(export=export).worker == ""

    Export.objects.update(beat_at=timezone.now() - SILENT_AFTER - timedelta(seconds=1))
    export.refresh_from_db()
    exports.revive_export(export=export)
    exports.write_export.call(export.pk)
    export.refresh_from_db()
    assert (export.stage, exports.file_of(export).exists()) == (Export.Stage.DONE, True)
    assert not folder_of(killed.export).exists()
    with pytest.raises(Superseded):
        killed.finish(Export.Stage.DONE)


def test_one_that_was_deleted_meanwhile_leaves_nothing(centre):
    export = asked(centre, DAY, DAY, AT)
    work = Writing.claim(export.pk)
    exports.delete_export(export=export)
    exports.delete_export(export=export)
    with pytest.raises(Superseded):
        work.write()


@pytest.mark.parametrize(
    ("after", "kept"), [(timedelta(hours=23, minutes=59), True), (timedelta(days=1), False)]
)
def test_it_is_deleted_after_a_day(centre, after, kept, django_capture_on_commit_callbacks):
    export = exported(centre, DAY, DAY, AT)
    assert exports.forget_old_exports(at=AT + after) == (0 if kept else 1)
    assert exports.file_of(export).exists() is kept
    assert exports.forget_old_exports(at=AT + after) == 0


def test_deleting_removes_the_file(centre, django_capture_on_commit_callbacks):
    export = exported(centre, DAY, DAY, AT)
    with django_capture_on_commit_callbacks(execute=True):
        exports.delete_export(export=export)
    assert list(root().iterdir()) == []


def test_a_centre_without_anything(centre):
    tables = tables_in(exported(centre, DAY, DAY, AT))
    assert (tables["acts"], tables["tickets"], tables["days"]) == ([], [], [])
