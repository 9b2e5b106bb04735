import io
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from parvis.agenda.actions.school_files import (
    KEPT,
    bring_schools,
    choose_columns,
    commit_schools,
    forget_files,
)
from parvis.agenda.factories import a_school
from parvis.agenda.models import School, SchoolFile
from parvis.agenda.queries.schools import Asked, schools
from parvis.agenda.school_files import heading, rows
from parvis.agenda.school_sheets.columns import guess
from parvis.agenda.school_sheets.comparing import Comparison, Kind
from parvis.agenda.school_sheets.reading import Problem, UnreadableFile, read
from parvis.centres.factories import a_centre, a_code
from parvis.centres.models import CodeList
from parvis.shared.sheets import csv_lines, xlsx

pytestmark = pytest.mark.django_db
FRENCH = (
    "Écoles du territoire;;;;\n"
    "Code UAI;Nom de l’établissement;Commune;Niveau;Nombre d’élèves\n"
    "0690001A;Collège du Port;Lyon;Lower;642\n"
    "0690002B;Lycée de la Colline;Bron;Upper / Lower;1 203\n"
    "0690003C;École du Quai;Lyon;Unheard-of;beaucoup\n"
    ";;Lyon;;\n"
    "0690001A;Collège du Port;Lyon;;\n"
)


@pytest.fixture
def centre():
    centre = a_centre()
    for key in ("lower", "upper"):
        a_code(centre, CodeList.SCHOOL_LEVEL, key)
    return centre


def brought(centre, data):
    return bring_schools(centre=centre, key=uuid4(), data=data, at=centre.now())


def compared(file):
    found = Comparison(file.centre, file.rows, file.columns)
    return {kind.value: [one.name for one in found.of(kind)] for kind in Kind if found.of(kind)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_as_any_program_writes_it(centre, encoding):
    file = brought(centre, FRENCH.encode(encoding))
    assert file.rows[0][1] == "Nom de l’établissement"
    assert file.columns == {"reference": 0, "name": 1, "place": 2, "levels": 3, "pupils": 4}


def test_what_is_new_and_left_out_and_why_before_anything_is_kept(centre):
    file = brought(centre, FRENCH.encode())
    assert compared(file) == {
        "new": ["Collège du Port", "Lycée de la Colline", "École du Quai"],
        "left_out": ["", "Collège du Port"],
    }
    found = Comparison(centre, file.rows, file.columns)
    assert [
        (one.number, [(str(why), words) for why, words in one.remarks]) for one in found.lines if one.remarks
    ] == [
        (4, [("no_number", "beaucoup"), ("not_listed", "Unheard-of")]),
        (5, [("no_name", "")]),
        (6, [("twice", "")]),
    ]
    assert not School.objects.exists()


def test_a_list_that_is_kept_twice_is_kept_once(centre):
    file = brought(centre, FRENCH.encode())
    for _twice in range(2):
        commit_schools(file=file, at=centre.now())
    hill = School.objects.get(reference="0690002B")
    assert (School.objects.count(), hill.pupils, hill.place) == (3, 1203, "Bron")
    assert sorted(one.key for one in hill.levels.all()) == ["lower", "upper"]
    again = brought(centre, FRENCH.encode())
    assert set(compared(again)) == {"same", "left_out"}
    commit_schools(file=again, at=centre.now())
    assert School.objects.count() == 3


def test_a_later_list_changes_what_it_says_and_nothing_else(centre):
    commit_schools(file=brought(centre, FRENCH.encode()), at=centre.now())
    School.objects.update(specialised=True)
    later = "Code UAI;Nom;Nombre d’élèves\n0690001A;Collège du Vieux Port;650\n"
    file = brought(centre, later.encode())
    assert compared(file) == {"changed": ["Collège du Vieux Port"]}
    commit_schools(file=file, at=centre.now())
    port = School.objects.get(reference="0690001A")
    assert (port.name, port.place, port.pupils, port.specialised) == (
        "Collège du Vieux Port",
        "Lyon",
        650,
        True,
    )
    assert School.objects.count() == 3


def test_schools_without_a_number_are_known_by_name_and_place(centre):
    known = a_school(centre, "School by the river", place="Lakeside")
    file = brought(centre, b"Name,Place,Pupils\nschool by the RIVER,lakeside,300\nOther,Lakeside,20\n")
    assert compared(file) == {"changed": ["school by the RIVER"], "new": ["Other"]}
    commit_schools(file=file, at=centre.now())
    known.refresh_from_db()
    assert (known.pupils, School.objects.count()) == (300, 2)
    assert compared(brought(centre, b"Name,Place\nOther,Lakeside\n")) == {"same": ["Other"]}


def test_a_person_says_what_a_column_is(centre):
    file = brought(centre, b"What,Where\nPort,Lakeside\nHill,Hillside\n")
    assert compared(file) == {"left_out": ["", ""]}
    choose_columns(file=file, columns={"name": 0, "place": 1})
    assert compared(file) == {"new": ["Port", "Hill"]}


def test_a_workbook_is_read_and_a_broken_one_refused(centre):
    book = Workbook()
    book.active.append(["Number", "School name", "Town", "Pupils"])
    book.active.append([1234, "Port", "Lakeside", 640.0])
    out = io.BytesIO()
    book.save(out)
    commit_schools(file=brought(centre, out.getvalue()), at=centre.now())
    port = School.objects.get()
    assert (port.reference, port.name, port.pupils) == ("1234", "Port", 640)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"one line\n", Problem.EMPTY),
        (b"PK\x03\x04 and no zip", Problem.BROKEN),
        (b"x" * 4_000_001, Problem.TOO_LARGE),
        (b"Name,Place\n" + b"School,There\n" * 6100, Problem.TOO_MANY),
    ],
)
def test_what_is_no_list_is_refused(data, problem):
    with pytest.raises(UnreadableFile) as refused:
        read(data)
    assert refused.value.problem == problem


@pytest.mark.parametrize("language", ["en", "fr"])
def test_our_own_file_is_read_again_and_changes_nothing(centre, language):
    commit_schools(file=brought(centre, FRENCH.encode()), at=centre.now())
    with translation.override(language):
        lines = schools(centre, centre.local_day(centre.now()), Asked()).lines
        table = heading(), list(rows(lines))
    for data in ("".join(csv_lines(*table)).encode(), xlsx({"Schools": table})):
        assert set(compared(brought(centre, data))) == {"same"}


def test_another_centres_schools_stay_theirs(centre):
    other = a_centre()
    a_school(other, "Port", reference="0690001A")
    commit_schools(file=brought(centre, FRENCH.encode()), at=centre.now())
    assert School.objects.get(centre=other).place == ""
    assert School.objects.filter(centre=centre).count() == 3


def test_a_list_is_deleted_after_a_week(centre):
    file = brought(centre, FRENCH.encode())
    assert forget_files(at=centre.now()) == 0
    assert forget_files(at=file.brought_at + KEPT * 2) == 1
    assert not SchoolFile.objects.exists()


@given(st.binary(max_size=2000))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(data):
    try:
        found = read(data)
    except UnreadableFile:
        return
    assert len({len(row) for row in found}) == 1
    assert guess(found[0]).keys() <= {
        "reference",
        "name",
        "place",
        "network",
        "levels",
        "streams",
        "specialised",
        "pupils",
    }
