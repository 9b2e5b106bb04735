"""Captions: what is read, what is refused with its line, and that what is written can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.agenda.captions import (
    BACKWARDS,
    BAD_TAG,
    EARLIER,
    NO_HEAD,
    NO_TIME,
    NOTHING,
    Cue,
    NotCaptions,
    read_captions,
    text_of,
    written,
)

HEAD = "WEBVTT\n\n"
GOOD = (
    "\ufeffWEBVTT - a talk\r\nKind: captions\r\n\r\nNOTE said by nobody\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
    "1\r\n00:01.000 --> 00:04.500 align:start line:0\r\n<v Ana>Good &amp; <i>early</i>\r\nmorning\r\n\r\n"
    "00:00:05.000 --> 01:00:00.000\r\nعلى مهل\r\n"
)


def test_what_meeting_programs_write_is_read():
    cues = read_captions(GOOD)
    assert [(one.begins, one.ends, one.plain) for one in cues] == [
        (1000, 4500, "Good & early morning"),
        (5000, 3_600_000, "على مهل"),
    ]
    anew = written(cues)
    assert anew.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.500\n<v Ana>Good")
    assert "NOTE" not in anew
    assert "color" not in anew


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", NO_HEAD, 1),
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\n", NO_HEAD, 1),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nHello", NO_HEAD, 1),
        (HEAD + "00:00:01,000 --> 00:00:02,000\nHello", NO_TIME, 3),
        (HEAD + "00:01.000 --> 00:02.000 colour:red\nHello", NO_TIME, 3),
        (HEAD + "name\nHello", NO_TIME, 4),
        (HEAD + "Hello", NO_TIME, 3),
        (HEAD + "00:61.000 --> 00:62.000\nHello", NO_TIME, 3),
        (HEAD + "00:02.000 --> 00:02.000\nHello", BACKWARDS, 3),
        (HEAD + "00:05.000 --> 00:06.000\nA\n\n00:04.000 --> 00:07.000\nB", EARLIER, 6),
        (HEAD + "00:01.000 --> 00:02.000\n<script>alert(1)</script>", BAD_TAG, 4),
        (HEAD + "00:01.000 --> 00:02.000\nA\n00:03.000 --> 00:04.000\nB", BAD_TAG, 5),
        (HEAD, NOTHING, 3),
        (HEAD + "00:01.000 --> 00:02.000\n<b></b>", NOTHING, 4),
    ],
)
def test_what_is_none_is_refused_with_its_line(text, why, line):
    with pytest.raises(NotCaptions) as refused:
        read_captions(text)
    assert (refused.value.why, refused.value.line) == (why, line)


def test_a_pause_begins_a_paragraph():
    cues = [
        Cue(0, 1000, ("One",)),
        Cue(1500, 2000, ("two.",)),
        Cue(9000, 9500, ("Three.",)),
        Cue(9600, 9700, ()),
    ]
    assert text_of(cues) == "One two.\n\nThree."


words = st.text(
    st.characters(codec="utf-8", exclude_characters="<>&\0", exclude_categories=["Cs", "Zl", "Zp", "Cc"]),
    max_size=40,
)
lines = words.map(str.strip).filter(lambda one: one and "-->" not in one)
stretches = st.lists(
    st.tuples(st.integers(0, 50_000), st.integers(1, 9_000), st.lists(lines, min_size=1, max_size=3)),
    min_size=1,
    max_size=8,
)


@given(stretches)
def test_what_is_written_is_read_the_same(found):
    cues = [Cue(begins, begins + length, tuple(said)) for begins, length, said in sorted(found)]
    assert read_captions(written(cues)) == cues


@given(st.text(max_size=300))
def test_anything_at_all_is_read_or_refused(text):
    for tried in (text, HEAD + text, HEAD + "00:01.000 --> 00:02.000\n" + text):
        try:
            cues = read_captions(tried)
        except NotCaptions:
            continue
        assert [one.plain for one in read_captions(written(cues))] == [one.plain for one in cues]
