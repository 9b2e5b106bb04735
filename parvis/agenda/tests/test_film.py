"""What a camera wrote into a film stays outside: place, author, device, day; pictures, sound and length stay as they were."""

from io import BytesIO
from uuid import uuid4

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.agenda import film, stored
from parvis.agenda import recordings_on_disk as disk
from parvis.agenda.actions import recordings as actions
from parvis.agenda.models import Recording
from parvis.agenda.tests.films import PERSON, RATE, SIZE, WRITTEN, a_film
from parvis.agenda.tests.test_recordings import CAPTIONS, a_recording, a_webinar, at
from parvis.agenda.tests.test_recordings import _files as _files  # noqa: PLC0414  fixtures
from parvis.agenda.tests.test_recordings import centre as centre  # noqa: PLC0414
from parvis.agenda.tests.test_recordings import signed_in as signed_in  # noqa: PLC0414

pytestmark = pytest.mark.django_db
PLAIN = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]  # how an MP4 says that its pictures stand upright
TURNED = [0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000]  # and that they lie


def words_in(data):
    """All that a player reads beside pictures and sound."""
    with av.open(BytesIO(data)) as found:
        said = [found.metadata, *(stream.metadata for stream in found.streams)]
        return " ".join(f"{name}={value}" for one in said for name, value in one.items())


def bytes_of(numbers):
    return b"".join(number.to_bytes(4, "big") for number in numbers)


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_what_everybody_downloads_tells_nothing(client, signed_in, centre, kind):
    session, sent = a_webinar(centre), a_film(kind)
    assert all(word in words_in(sent) for word in WRITTEN)
    form = {"key": uuid4(), "language": "fr", "file": SimpleUploadedFile("evening", sent)}
    assert signed_in.post(at(centre, "new_recording", session.pk), form).status_code == 302
    recording = Recording.objects.get()
    actions.write_beside(recording=recording, language="fr", captions=CAPTIONS, text="")
    actions.publish_recording(recording=recording, at=centre.now())
    client.logout()
    got = b"".join(client.get(at(centre, "public_video", recording.pk)))
    assert [path.name for path in stored.RECORDINGS.path().iterdir()] == [recording.key.hex]
    told = words_in(got)
    assert [word for word in WRITTEN if word in told or word.encode() in got] == []
    with av.open(BytesIO(sent)) as before, av.open(BytesIO(got)) as after:
        assert after.duration == before.duration
        assert after.format.name == before.format.name
        assert [one.type for one in after.streams] == ["video", "audio"]
        frames = list(after.decode(video=0))
    assert (len(frames), frames[0].width, frames[0].height) == (RATE, *SIZE)


def test_notes_within_the_pictures_stay_behind():
    sent = a_film("mp4")
    assert b"x264 - core" in sent
    assert b"x264 - core" not in anew("mp4", sent)


def anew(kind, data):
    """The film as it is kept."""
    disk.add_piece(key := uuid4(), 0, [data])
    disk.clean(key)
    disk.settle(key)
    return disk.path_of(key).read_bytes()


def test_a_telephone_that_was_held_upright_is_still_shown_upright():
    sent = a_film("mp4")
    start = sent.index(bytes_of(PLAIN), sent.index(b"tkhd"))
    lying = sent[:start] + bytes_of(TURNED) + sent[start + 36 :]
    for data in (lying, anew("mp4", lying)):
        with av.open(BytesIO(data)) as shown:
            assert abs(next(shown.decode(video=0)).rotation) == 90


def test_the_index_stands_first():
    """A player asks once, not for the end before the beginning."""
    kept = anew("mp4", a_film("mp4"))
    assert kept.index(b"moov") < kept.index(b"mdat")
    kept = anew("webm", a_film("webm"))
    assert kept.index(b"\x1c\x53\xbb\x6b", 200) < kept.index(b"\x1f\x43\xb6\x75")  # cues, first cluster


def test_tracks_that_no_player_shows_stay_behind():
    file = BytesIO()
    with av.open(BytesIO(a_film("mp4"))) as source, av.open(file, "w", format="mp4") as made:
        into = [made.add_stream_from_template(one, opaque=True) for one in source.streams]
        more = made.add_stream_from_template(source.streams.audio[0], opaque=True)
        more.metadata["handler_name"] = PERSON
        for packet in source.demux():
            if packet.size:
                packet.stream = (
                    more if packet.stream.type == "audio" and packet.pts else into[packet.stream.index]
                )
                made.mux(packet)
    with av.open(BytesIO(file.getvalue())) as made:
        assert len(made.streams) == 3
    kept = anew("mp4", file.getvalue())
    assert PERSON.encode() not in kept
    with av.open(BytesIO(kept)) as shown:
        assert [one.type for one in shown.streams] == ["video", "audio"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (a_film("mp4")[:2000], "This file is damaged"),
        (a_film("mp4")[:28] + bytes(3000), "This file is damaged"),
        (a_film("webm")[:150], "This file is damaged"),
        (a_film("webm")[:50] + b"x" * 3000, "This file is damaged"),
    ],
)
def test_a_damaged_file_is_refused_beside_the_field(signed_in, centre, data, said):
    address, key = at(centre, "new_recording", a_webinar(centre).pk), uuid4()
    form = {"key": key, "language": "fr", "file": SimpleUploadedFile("evening", data)}
    refused = signed_in.post(address, form)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert said in refused.context["form"].errors["file"][0]
    assert not list(stored.RECORDINGS.path().iterdir())
    form["file"] = SimpleUploadedFile("evening", a_film("mp4"))  # the same page goes on with a whole one
    assert signed_in.post(address, form).status_code == 302


def test_pictures_that_no_webm_holds_are_refused():
    file = BytesIO()
    with av.open(BytesIO(a_film("mp4"))) as source, av.open(file, "w", format="matroska") as made:
        into = made.add_stream_from_template(source.streams.video[0], opaque=True)
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = into
                made.mux(packet)
    data = file.getvalue().replace(b"\x42\x82\x88matroska", b"\x42\x82\x84webm\xec\x82xx", 1)
    disk.add_piece(key := uuid4(), 0, [data])
    with pytest.raises(disk.NotTaken):
        disk.clean(key)


def test_what_takes_too_long_is_given_up_and_kept(monkeypatch):
    disk.add_piece(key := uuid4(), 0, [a_film("mp4")])
    with monkeypatch.context() as hurried:
        hurried.setattr(disk, "PATIENCE", 0.001)
        with pytest.raises(disk.Busy):
            disk.clean(key)
    assert disk.clean(key)[0] == "mp4"


def test_one_recording_is_read_at_a_time(signed_in, centre, monkeypatch):
    monkeypatch.setattr(disk, "QUEUE", 0.01)
    address, key = at(centre, "new_recording", a_webinar(centre).pk), uuid4()
    form = {"key": key, "language": "fr", "file": SimpleUploadedFile("evening", a_film("webm"))}
    with disk._turns:
        refused = signed_in.post(address, form)
    assert (refused.status_code, refused.context["form"].errors["file"]) == (
        422,
        ["The server is too busy to read it now. What you sent is kept: try again in a minute."],
    )
    del form["file"]
    assert signed_in.post(address, form).status_code == 302


def test_a_cut_before_the_row_loses_nothing(centre):
    disk.add_piece(key := uuid4(), 0, [a_film("webm")])
    disk.clean(key)
    disk.settle(key)
    said = {"session": a_webinar(centre), "language": "en", "by": None, "at": centre.now()}
    assert actions.keep_recording(key=key, **said).size == disk.path_of(key).stat().st_size


def test_the_program_says_why(tmp_path, capsys):
    (tmp_path / "film").write_bytes(a_film("mp4")[:1000])
    assert film.main("mp4", str(tmp_path / "film"), str(tmp_path / "new")) == film.REFUSED
    assert capsys.readouterr().out == "damaged"


def test_a_recording_of_a_test_is_a_real_film(centre):
    with av.open(str(disk.path_of(a_recording(centre).key))) as found:
        assert next(found.decode(video=0)).width == SIZE[0]
