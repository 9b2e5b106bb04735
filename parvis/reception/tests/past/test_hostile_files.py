"""Files that are made to hurt, and work that is killed half-way."""

import io
import zipfile

import openpyxl
import pytest

from parvis.reception.actions import past
from parvis.reception.actions.past import bringing
from parvis.reception.actions.past.tasks import TASKS
from parvis.reception.models import Act, PastImport, Profile
from parvis.reception.models.past import Stage
from parvis.reception.tests.past import samples
from parvis.reception.tests.past.house import a_preset_centre, checked, sent, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return a_preset_centre()


def a_bomb() -> bytes:
    """A workbook of about 200 kB whose sheet opens to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    return out.getvalue()


def a_far_cell() -> bytes:
    """Two cells: a reader that keeps the rectangle between them asks for 500 GB."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Date", 1
    return samples.saved(book)


def test_a_workbook_that_swells_is_refused(centre):
    data = a_bomb()
    assert len(data) < 250_000
    one = sent(centre, data)
    assert (one.stage, one.problem) == (Stage.FAILED, "bomb")


def test_a_cell_at_the_end_of_the_world_is_refused(centre):
    one = sent(centre, a_far_cell())
    assert (one.stage, one.problem) == (Stage.FAILED, "bomb")


def test_a_damaged_workbook_is_refused(centre):
    one = sent(centre, samples.french_months()[:3000])
    assert (one.stage, one.problem) == (Stage.FAILED, "broken")


def test_too_many_bytes_are_refused_while_they_arrive(centre, monkeypatch):
    monkeypatch.setattr("parvis.reception.actions.past.send.MOST_BYTES", 100)
    with pytest.raises(past.TooLarge):
        sent(centre, b"x" * 200)
    assert not PastImport.objects.exists()


def test_a_formula_is_never_worked_out(centre):
    book = openpyxl.Workbook()
    book.active.append(["Date", "Theme"])
    for day in (1, 2, 3):
        book.active.append([f"0{day}/03/2019", '=CMD("calc")'])
    one = sent(centre, samples.saved(book))
    assert "CMD" not in str(one.mapping)


class Killed(BaseException):
    """The process is gone."""


def ended_by(error, lot, centre, monkeypatch):
    """An import of lots of seven visits, and the error that ended it in one of them."""
    monkeypatch.setattr(bringing, "LOT", 7)
    one = past.bring_in(past_import=checked(sent(centre, samples.visits_cp1252(days=8), "visites.csv")))
    write, lots = bringing.write_profiles, []

    def ends(past_import, visits):
        lots.append(1)
        if len(lots) == lot:
            raise error
        write(past_import, visits)

    monkeypatch.setattr(bringing, "write_profiles", ends)
    with pytest.raises(error):
        TASKS[Stage.RUNNING].call(one.pk)
    one.refresh_from_db()
    return one


def test_a_killed_import_goes_on_and_counts_nothing_twice(centre, monkeypatch):
    one = ended_by(Killed, 3, centre, monkeypatch)
    assert (one.stage, one.rows_done, Act.objects.count(), Profile.objects.count()) == (
        Stage.RUNNING,
        14,
        14,
        14,
    )
    assert Act.objects.counted().count() == 0

    done = worked(past.resume(past_import=one))
    assert (done.stage, done.report["brought"]) == (Stage.DONE, {"acts": 40, "profiles": 40, "tallies": 0})


def test_an_import_stopped_half_way_can_be_taken_back(centre, monkeypatch):
    one = ended_by(RuntimeError, 2, centre, monkeypatch)
    assert (one.stage, one.failed_in, Act.objects.count()) == (Stage.FAILED, Stage.RUNNING, 7)
    other = checked(sent(centre, samples.french_months(), "mois.xlsx"))
    with pytest.raises(past.AnotherIsRunning):
        past.bring_in(past_import=other)
    assert worked(past.undo(past_import=one)).stage == Stage.UNDONE
    assert Act.objects.count() == 0


def test_a_second_worker_does_nothing(centre):
    one = past.check(past_import=sent(centre, samples.visits_xlsx()))
    one.worker = "somebody"
    one.save()
    TASKS[Stage.CHECKING].call(one.pk)
    one.refresh_from_db()
    assert (one.stage, one.worker) == (Stage.CHECKING, "somebody")


def test_answers_do_not_stand_in_the_order_of_acts(centre):
    one = past.bring_in(past_import=checked(sent(centre, samples.visits_cp1252(days=40), "visites.csv")))
    worked(one)
    acts = list(Act.objects.order_by("pk").values_list("date", flat=True))
    answers = list(Profile.objects.order_by("pk").values_list("date", flat=True))
    assert sorted(acts) == sorted(answers)
    assert acts != answers
