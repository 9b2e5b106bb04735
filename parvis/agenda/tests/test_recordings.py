"""Recordings: sent in pieces, captioned, published, taken back, deleted with their file; played in stretches."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.agenda import recordings_on_disk as disk
from parvis.agenda import stored
from parvis.agenda.actions import recordings as actions
from parvis.agenda.actions.left_files import forget_left_files
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Event, Recording, Session
from parvis.agenda.tests.films import a_film
from parvis.centres.factories import a_centre, a_person, where_it_is_noon

pytestmark = pytest.mark.django_db
MP4, WEBM = a_film("mp4"), a_film("webm")
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome\n"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"], language="en", time_zone=where_it_is_noon())


@pytest.fixture
def signed_in(client, centre):
    client.force_login(a_person(Role.FACILITATOR, centre=centre, language="en"))
    return client


def a_webinar(centre, title="How to begin", **fields):
    begins = centre.now() - timedelta(days=1)
    return a_session(an_event(centre, title, **fields), begins, link="https://example.org/join")


def a_recording(centre, *, published=True, data=MP4, **event):
    session, key = a_webinar(centre, **event), uuid4()
    disk.add_piece(key, 0, [data])
    kept = actions.keep_recording(session=session, key=key, language="fr", by=None, at=centre.now())
    if published:
        kept = actions.write_beside(recording=kept, language="fr", captions=CAPTIONS, text="")
        kept = actions.publish_recording(recording=kept, at=centre.now())
    return kept


def at(centre, name, *args):
    return reverse(f"agenda:{name}", args=[centre.slug, *args])


def test_pieces_follow_each_other():
    key = uuid4()
    assert disk.add_piece(key, 0, [MP4[:100]]) == 100
    assert disk.add_piece(key, 0, [MP4[:100]]) == 100  # the answer was lost
    with pytest.raises(disk.OutOfStep) as refused:
        disk.add_piece(key, 300, [MP4[300:]])
    assert refused.value.size == 100
    assert disk.add_piece(key, 100, [MP4[100:200], MP4[200:]]) == len(MP4)
    assert disk.draft_of(key).read_bytes() == MP4
    first = disk.clean(key)
    disk.settle(key)
    assert first == disk.clean(key) == ("mp4", disk.path_of(key).stat().st_size)  # said twice
    assert not disk.draft_of(key).exists()


def test_another_file_that_is_chosen_begins_anew():
    key = uuid4()
    disk.add_piece(key, 0, [MP4[:500]])
    assert disk.add_piece(key, 0, [WEBM[:100], WEBM[100:]]) == len(WEBM)
    assert disk.draft_of(key).read_bytes() == WEBM
    with pytest.raises(disk.NotTaken):
        disk.add_piece(key, 0, [b"<html>"])
    assert disk.draft_of(key).read_bytes() == WEBM


def test_only_what_players_play_is_taken(monkeypatch):
    assert [disk.kind_of(one[:64]) for one in (MP4, WEBM)] == ["mp4", "webm"]
    for data in (
        b"",
        b"RIFF0000AVI ",
        b"\x1a\x45\xdf\xa3\x42\x82\x88matroska",
        b"\x00\x00\x00\x18ftypheic",
        b"<html>",
    ):
        with pytest.raises(disk.NotTaken):
            disk.add_piece(uuid4(), 0, [data])
    with pytest.raises(disk.NotTaken):
        disk.clean(uuid4())
    monkeypatch.setattr(disk, "LARGEST", 200)
    key = uuid4()
    disk.add_piece(key, 0, [MP4[:150]])
    with pytest.raises(disk.TooLarge):
        disk.add_piece(key, 150, [MP4[150:190], MP4[190:260]])
    assert disk.draft_of(key).stat().st_size == 150
    monkeypatch.setattr(disk, "LEAVE_FREE", 10**18)
    with pytest.raises(disk.NoRoom):
        disk.add_piece(key, 150, [b"x"])


def test_one_recording_a_session(centre):
    session, key = a_webinar(centre), uuid4()
    said = {"session": session, "language": "en", "by": None, "at": centre.now()}
    disk.add_piece(key, 0, [WEBM])
    first = actions.keep_recording(key=key, **said)
    kept = disk.path_of(key).read_bytes()
    assert (first.kind, first.size) == ("webm", len(kept))
    assert actions.keep_recording(key=key, **said) == first
    other = uuid4()
    disk.add_piece(other, 0, [MP4])
    with pytest.raises(actions.AnotherIsThere):
        actions.keep_recording(key=other, **said)
    disk.add_piece(key, 0, [MP4])
    with pytest.raises(actions.AnotherIsThere):  # a key of another session's recording
        actions.keep_recording(key=key, **said | {"session": a_webinar(centre)})
    assert disk.path_of(key).read_bytes() == kept
    ahead = a_session(an_event(centre))
    with pytest.raises(actions.NotOver):
        actions.keep_recording(key=other, **said | {"session": ahead})


def test_it_is_published_with_captions_only(centre):
    recording = a_recording(centre, published=False)
    with pytest.raises(actions.NoCaptions):
        actions.publish_recording(recording=recording, at=centre.now())
    actions.write_beside(recording=recording, language="en", captions=CAPTIONS, text="")
    first = actions.publish_recording(recording=recording, at=centre.now()).published_at
    assert actions.publish_recording(recording=recording, at=centre.now()).published_at == first
    assert actions.write_beside(recording=recording, language="en", captions="", text="").published_at is None


def test_the_file_goes_with_the_recording(centre, django_capture_on_commit_callbacks):
    recording = a_recording(centre)
    with django_capture_on_commit_callbacks(execute=True):
        for _n in range(2):
            actions.delete_recording(recording=recording)
    assert not disk.path_of(recording.key).exists()
    kept, lone = a_recording(centre), a_recording(centre)
    Session.objects.filter(pk=lone.session_id).delete()
    disk.add_piece(cut := uuid4(), 0, [MP4])
    assert forget_left_files(at=datetime.now(UTC)) == 0
    assert forget_left_files(at=datetime.now(UTC) + timedelta(days=1)) == 2
    assert [one.exists() for one in (disk.path_of(kept.key), disk.path_of(lone.key), disk.draft_of(cut))] == [
        True,
        False,
        False,
    ]
    assert stored.RECORDINGS.path().is_dir()


def test_who_may(client, centre):
    recording = a_recording(centre, published=False)
    addresses = [
        at(centre, "recordings"),
        at(centre, "recording", recording.pk),
        at(centre, "recording_file", recording.pk),
    ]
    for role, status in [(Role.FACILITATOR, 200), (Role.ADVISER, 403)]:
        client.force_login(a_person(role, centre=centre))
        assert [client.get(one).status_code for one in addresses] == [status] * 3
    client.force_login(a_person(Role.FACILITATOR, centre=(other := a_centre())))
    assert client.get(addresses[0]).status_code == 404
    assert client.get(at(other, "recording", recording.pk)).status_code == 404
    assert client.get(at(other, "recording_file", recording.pk)).status_code == 404
    assert client.get(at(other, "new_recording", recording.session_id)).status_code == 404
    assert client.post(at(other, "recording_deed", recording.pk, "delete")).status_code == 404


def test_a_page_sends_it_in_pieces(signed_in, centre):
    session, key = a_webinar(centre), uuid4()
    assert "How to begin" in signed_in.get(at(centre, "recordings")).content.decode()
    assert signed_in.get(at(centre, "new_recording", session.pk)).status_code == 200
    address = at(centre, "recording_piece", session.pk)

    def piece(offset, data):
        sent = {"key": key, "offset": offset, "piece": SimpleUploadedFile("piece", data)}
        response = signed_in.post(address, sent)
        return response.status_code, json.loads(response.content)

    assert piece(0, MP4[:500]) == (200, {"size": 500})
    assert piece(900, MP4[900:]) == (200, {"size": 500})
    assert piece(500, MP4[500:]) == (200, {"size": len(MP4)})
    assert signed_in.post(address, {"key": key}).status_code == 422
    kept = signed_in.post(at(centre, "new_recording", session.pk), {"key": key, "language": "fr"})
    recording = Recording.objects.get()
    assert kept["Location"] == at(centre, "recording", recording.pk)
    assert recording.size == disk.path_of(recording.key).stat().st_size
    key = uuid4()
    status, said = piece(0, b"<html>")
    assert (status, "MP4 or WebM" in said["why"]) == (422, True)


def test_without_a_script_the_form_sends_it_whole(signed_in, centre):
    address = at(centre, "new_recording", a_webinar(centre).pk)
    sent = {"key": uuid4(), "language": "en", "file": SimpleUploadedFile("talk.mov", b"no video")}
    refused = signed_in.post(address, sent)
    assert (refused.status_code, Recording.objects.count()) == (422, 0)
    assert "MP4 or WebM" in refused.content.decode()
    assert signed_in.post(address, {"key": uuid4(), "language": "en"}).status_code == 422
    sent |= {"key": uuid4(), "file": SimpleUploadedFile("talk.mov", WEBM)}
    assert signed_in.post(address, sent).status_code == 302
    assert Recording.objects.get().kind == "webm"


def test_captions_text_and_publication(client, signed_in, centre):
    recording = a_recording(centre, published=False)
    address, deed = (
        at(centre, "recording", recording.pk),
        at(centre, "recording_deed", recording.pk, "publish"),
    )
    assert "Add captions first" in signed_in.post(deed, follow=True).content.decode()
    wrong = signed_in.post(address, {"language": "fr", "captions": "WEBVTT\n\nnothing", "text": ""})
    assert wrong.status_code == 422
    assert "Line 3:" in wrong.content.decode()
    file = SimpleUploadedFile("talk.vtt", CAPTIONS.encode())
    assert (
        signed_in.post(
            address, {"language": "fr", "captions_file": file, "captions": "", "text": ""}
        ).status_code
        == 302
    )
    signed_in.post(deed)
    public = at(centre, "public_recording", recording.pk)
    assert client.get(public).status_code == 200
    signed_in.post(at(centre, "recording_deed", recording.pk, "withdraw"))
    assert client.get(public).status_code == 404
    assert signed_in.post(at(centre, "recording_deed", recording.pk, "sell")).status_code == 404
    signed_in.post(at(centre, "recording_deed", recording.pk, "delete"))
    assert not Recording.objects.exists()


@pytest.mark.parametrize("language", ["en", "ar", "bg", "fi"])
def test_everybody_sees_it_with_captions_and_text(client, centre, language):
    recording = a_recording(centre)
    gallery = client.get(at(centre, "public_recordings"), {"language": language}).content.decode()
    assert "How to begin" in gallery
    shown = client.get(at(centre, "public_recording", recording.pk), {"language": language}).content.decode()
    assert 'kind="captions"' in shown
    assert "<p>Welcome</p>" in shown
    assert "autoplay" not in shown
    captions = client.get(at(centre, "public_captions", recording.pk))
    assert captions["Content-Type"].startswith("text/vtt")
    assert captions.content.decode() == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nWelcome\n"


def test_what_is_not_published_is_not_there(client, centre):
    assert "circle-play" not in client.get(at(centre, "public_recordings")).content.decode()
    hidden = [
        a_recording(centre, published=False),
        a_recording(centre, state=Event.State.WITHDRAWN),
        a_recording(centre, publish_at=centre.now() + timedelta(days=1)),
        a_recording(a_centre()),
    ]
    for one in hidden:
        for name in ("public_recording", "public_video", "public_captions"):
            assert client.get(at(centre, name, one.pk)).status_code == 404
    assert "How to begin" not in client.get(at(centre, "public_recordings")).content.decode()
    assert client.get(reverse("agenda:public_recordings", args=["nowhere"])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "stretch"),
    [
        ("bytes=0-", slice(0, None)),
        ("bytes=0-99", slice(0, 100)),
        ("bytes=100-199", slice(100, 200)),
        ("bytes=-50", slice(-50, None)),
        ("bytes=1000-99999", slice(1000, None)),
    ],
)
def test_a_stretch_is_sent_as_it_is(client, centre, asked, stretch):
    recording = a_recording(centre)
    film = disk.path_of(recording.key).read_bytes()
    response = client.get(
        at(centre, "public_video", recording.pk), headers={"range": asked, "accept-encoding": "gzip"}
    )
    assert response.status_code == 206
    first, end, _step = stretch.indices(len(film))
    assert response["Content-Range"] == f"bytes {first}-{end - 1}/{len(film)}"
    assert response.content == film[stretch]
    assert "Content-Encoding" not in response


def test_the_whole_is_sent_where_no_stretch_makes_sense(client, centre):
    recording = a_recording(centre)
    film = disk.path_of(recording.key).read_bytes()
    address = at(centre, "public_video", recording.pk)
    whole = client.get(address, headers={"accept-encoding": "gzip"})
    assert (whole.status_code, whole["Content-Length"], whole["Accept-Ranges"]) == (
        200,
        str(len(film)),
        "bytes",
    )
    assert b"".join(whole) == film
    for asked in ("bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=x-y"):
        assert client.get(address, headers={"range": asked}).status_code == 200
    for asked in ("bytes=20000-", "bytes=9-5", "bytes=-0"):
        refused = client.get(address, headers={"range": asked})
        assert (refused.status_code, refused["Content-Range"]) == (416, f"bytes */{len(film)}")
    assert client.get(address, headers={"if-none-match": whole["ETag"]}).status_code == 304
    other = client.get(address, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert other.status_code == 200
    same = client.get(address, headers={"range": "bytes=0-9", "if-range": whole["ETag"]})
    assert same.status_code == 206
    head = client.head(address)
    assert (head["Content-Length"], b"".join(head)) == (str(len(film)), b"")


def test_a_stretch_is_never_longer_than_a_page_s_thread_should_work(client, centre, monkeypatch):
    monkeypatch.setattr("parvis.agenda.views.ranges.MOST", 1000)
    recording = a_recording(centre)
    response = client.get(at(centre, "public_video", recording.pk), headers={"range": "bytes=0-"})
    assert response["Content-Range"] == f"bytes 0-999/{recording.size}"


@pytest.mark.parametrize("name", ["recordings", "public_recordings"])
def test_as_many_statements_for_one_row_as_for_three(signed_in, centre, name):
    def statements():
        with CaptureQueriesContext(connection) as found:
            assert signed_in.get(at(centre, name)).status_code == 200
        return len(found)

    def more():
        a_recording(centre)
        a_webinar(centre)

    more()
    first = statements()
    more()
    more()
    assert statements() == first <= 15
