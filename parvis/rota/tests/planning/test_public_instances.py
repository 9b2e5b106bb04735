"""The text format of the public instances is read to the letter, and refused with the line where it is not followed."""

import pytest

from parvis.rota.planning.public_instances import Cover, Instance, Member, NotAnInstance, Request, Shift, read

from .public_sample import PUBLIC, SAMPLE


def test_reads_the_sample():
    assert read(SAMPLE) == Instance(
        days=8,
        shifts={"E": Shift("E", 240, frozenset()), "L": Shift("L", 480, frozenset({"E"}))},
        staff={
            "Ada": Member("Ada", {"E": 8, "L": 8}, 2400, 960, 3, 2, 2, 1, frozenset({0})),
            "Bo": Member("Bo", {"E": 8, "L": 1}, 1680, 0, 3, 2, 1, 0, frozenset({3, 4})),
            "Cy": Member("Cy", {"E": 0, "L": 8}, 2400, 960, 2, 1, 2, 1, frozenset()),
        },
        requests=(
            Request("Ada", 1, "L", 2, wanted=True),
            Request("Bo", 1, "E", 4, wanted=False),
            Request("Cy", 7, "L", 3, wanted=True),
        ),
        cover=(
            Cover(0, "E", 1, 10, 1),
            Cover(1, "E", 1, 10, 1),
            Cover(1, "L", 1, 10, 2),
            Cover(2, "L", 1, 10, 1),
            Cover(4, "L", 1, 10, 1),
            Cover(5, "L", 1, 10, 1),
            Cover(6, "E", 1, 7, 1),
            Cover(7, "L", 2, 10, 1),
        ),
    )


def test_a_windows_file_with_a_mark_at_its_beginning_reads_the_same():
    assert read("\ufeff" + SAMPLE.replace("\n", "\r\n")) == read(SAMPLE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SECTION_HORIZON", "SECTION_WEEKS", "line 2: there is no section “SECTION_WEEKS” in this format"),
        ("# days\n8\n", "8\n9\n", "line 4: the horizon is given twice"),
        ("# days\n8\n", "0\n", "line 3: the horizon has no day"),
        ("# days\n8\n", "", "line 2: SECTION_HORIZON is empty"),
        ("# days\n8\n", "-8\n", "line 3: field 1 is “-8”, not a whole number from 0 to 800"),
        ("L,480,E", "L,480,N", "line 9: there is no shift “N”"),
        ("L,480,E", "E,480,E", "line 9: the shift “E” stands here a second time"),
        ("L,480,E", "L,4 80,E", "line 9: field 2 is “4 80”, not a whole number from 0 to 1440"),
        ("Ada,E=8|L=8", "Ada,E=8|E=8", "line 13: “E=8|E=8” is not a list like E=28|L=0"),
        ("Ada,E=8|L=8", "Ada,E|L=8", "line 13: “E|L=8” is not a list like E=28|L=0"),
        ("Ada,E=8|L=8", ",E=8|L=8", "line 13: field 1 is empty"),
        ("Bo,E=8|L=1,1680", "Ada,E=8|L=1,1680", "line 14: “Ada” stands here a second time"),
        ("2400,960,3", "940,960,3", "line 13: at least 960 minutes and at most 940"),
        ("Bo,3,4", "Bo,3,8", "line 20: field 3 is “8”, not a whole number from 0 to 7"),
        ("Bo,3,4", "Ada,3,4", "line 20: the days off of “Ada” stand here a second time"),
        ("Bo,1,E,4", "Di,1,E,4", "line 29: there is nobody called “Di”"),
        ("Cy,7,L,3", "Ada,1,L,3", "line 25: the same request stands here a second time"),
        ("1,L,1,10,2", "1,E,1,10,2", "line 35: the cover of this day and shift stands here a second time"),
        ("1,L,1,10,2", "1,L,1,10,2,9", "line 35: 6 fields where 5 belong"),
        ("# Two kinds", "Two kinds", "line 1: there is text before the first section"),
        ("SECTION_STAFF", "SECTION_SHIFTS", "line 11: SECTION_SHIFTS stands here a second time"),
    ],
)
def test_what_is_not_in_the_format_is_refused_with_its_line(old, new, said):
    assert old in SAMPLE
    with pytest.raises(NotAnInstance) as refused:
        read(SAMPLE.replace(old, new, 1))
    assert str(refused.value) == said


def test_a_missing_section_is_named():
    with pytest.raises(NotAnInstance) as refused:
        read(SAMPLE[: SAMPLE.index("SECTION_COVER")])
    assert str(refused.value) == "SECTION_COVER is missing"


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public instances are not here")
@pytest.mark.parametrize(
    ("number", "days", "staff", "shifts"), [(1, 14, 8, 1), (2, 14, 14, 2), (3, 14, 20, 3), (4, 28, 10, 2)]
)
def test_reads_the_public_ones(number, days, staff, shifts):
    instance = read((PUBLIC / f"Instance{number}.txt").read_text())
    assert (instance.days, len(instance.staff), len(instance.shifts)) == (days, staff, shifts)
    assert len(instance.cover) == days * shifts
