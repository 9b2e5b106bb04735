"""Kits: begun, written, put into use, copied, put away."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from i18nfield.strings import LazyI18nString
from PIL import Image

from parvis.agenda import stored
from parvis.agenda.actions import kit_files, kit_steps, kits
from parvis.agenda.actions import kit_versions as versions
from parvis.agenda.actions.kit_ready import begin_ready
from parvis.agenda.actions.left_files import forget_left_files
from parvis.agenda.factories import an_event
from parvis.agenda.kit_words import texts_of, written_in
from parvis.agenda.models import Kit, KitFile, KitStep, KitVersion
from parvis.agenda.queries.kits import changed_since_before, sequence
from parvis.agenda.ready import ready_kit
from parvis.centres.factories import a_centre, a_code, a_network, words
from parvis.centres.models import CodeList
from parvis.shared.attachments import Clean, Kind
from parvis.surveys.factories import a_draft as a_questionnaire
from parvis.surveys.fingerprints import words_of

pytestmark = pytest.mark.django_db
State = KitVersion.State
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre():
    return a_centre(language="en", languages=["en", "fr", "ar"])


def begun(holder, title="Explore", **more):
    return kits.begin_kit(holder=holder, key=uuid4(), title=words(title, title), **more)


def written(holder, *minutes, whole=60):
    """A draft with an aim and parts that last so long."""
    draft = begun(holder)
    said = versions.KitSaid(*(words("Know", "Savoir") for _n in range(4)), minutes=whole)
    versions.write_version(version=draft, said=said)
    for n, length in enumerate(minutes):
        step(draft, f"Part {n + 1}", length)
    return draft


def step(draft, title, minutes=10):
    said = kit_steps.StepSaid(words(title, title), words("Talk", "Parler"), minutes)
    return kit_steps.add_step(version=draft, said=said)


def in_use(holder):
    return versions.put_into_use(version=written(holder, 20, 30), on=DAY)


def a_clean_file():
    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return Clean(Kind.PNG, out.getvalue(), "picture.png", 1, (2, 2))


def titles(version):
    return [str(one.title) for one in KitStep.objects.filter(version=version)]


def test_the_same_key_begins_one_kit(centre):
    key = uuid4()
    first, second = (kits.begin_kit(holder=centre, key=key, title=words("A", "A")) for _n in range(2))
    assert (first, Kit.objects.count()) == (second, 1)
    with pytest.raises(kits.OfAnother):
        kits.begin_kit(holder=a_centre(), key=key, title=words("A", "A"))


def test_a_kit_of_a_network_belongs_to_no_centre(centre):
    draft = begun(centre.network)
    assert (draft.kit.centre, draft.kit.holder) == (None, centre.network)


def test_it_needs_an_aim_and_a_sequence_that_fits(centre):
    draft = begun(centre)
    with pytest.raises(versions.NothingInIt):
        versions.put_into_use(version=draft, on=DAY)
    draft = written(centre, 40, 30, whole=60)
    with pytest.raises(versions.TooLong) as refused:
        versions.put_into_use(version=draft, on=DAY)
    assert refused.value.minutes == 10
    fits = written(centre, 40, 20, whole=60)
    assert versions.put_into_use(version=fits, on=DAY).state == State.IN_USE


def test_a_version_in_use_is_replaced_by_the_next_and_never_changes(centre):
    first = in_use(centre)
    assert versions.put_into_use(version=first, on=DAY + timedelta(9)).in_use_since == DAY  # said twice
    second = versions.next_version(kit=first.kit)
    assert versions.next_version(kit=first.kit) == second
    assert (second.number, titles(second)) == (2, titles(first))
    step(second, "Farewell", 5)
    changed = changed_since_before(second)
    assert (changed.before, changed.added, changed.removed, changed.minutes) == (1, ["Farewell"], [], None)
    second = versions.put_into_use(version=second, on=DAY + timedelta(9), changes="An end")
    first.refresh_from_db()
    assert (first.state, second.state, second.changes) == (State.REPLACED, State.IN_USE, "An end")
    for version in (first, second):
        with pytest.raises(versions.VersionIsFixed):
            step(version, "More")
        with pytest.raises(versions.VersionIsFixed):
            versions.delete_draft(version=version)


def test_a_title_that_changes_later_leaves_the_version_its_own(centre):
    version = in_use(centre)
    kits.name_kit(kit=version.kit, title=words("Other", "Autre"), for_classes=True)
    version.refresh_from_db()
    version.kit.refresh_from_db()
    assert (str(version.title), str(version.kit.title)) == ("Explore", "Other")


def test_parts_are_added_moved_taken_out_and_brought_back(centre):
    draft = begun(centre)
    made = [step(draft, title) for title in ("A", "B", "C")]
    assert step(draft, "C") == made[2]  # sent twice
    kit_steps.put_in_order(version=draft, steps=[made[2].pk, made[0].pk, 999])
    assert titles(draft) == ["C", "A", "B"]
    middle = KitStep.objects.get(title__contains="A")
    said = kit_steps.remove_step(step=middle)
    assert titles(draft) == ["C", "B"]
    for _n in range(2):
        kit_steps.restore_step(version=draft, said=said)
    assert titles(draft) == ["C", "A", "B"]


def test_the_sequence_adds_up(centre):
    found = sequence(written(centre, 20, 30, whole=60))
    assert [(one.begins, one.ends) for one in found.steps] == [(0, 20), (20, 50)]
    assert (found.used, found.left, found.over, found.whole) == (50, 10, 0, 60)
    over = sequence(written(centre, 50, 30, whole=60))
    assert (over.left, over.over, over.whole) == (-20, 20, 80)


def test_a_copy_says_the_same_with_files_of_its_own(centre):
    draft = written(centre, 20)
    file = kit_files.add_file(version=draft, key=uuid4(), title="Cards", clean=a_clean_file(), by=None, at=AT)
    asked = a_questionnaire(centre).questionnaire
    KitVersion.objects.filter(pk=draft.pk).update(evaluation=asked)
    source = versions.put_into_use(version=draft, on=DAY)
    other = a_centre(network=centre.network)
    copy = kits.begin_kit(holder=other, key=uuid4(), title=source.kit.title, source=source)
    assert (copy.kit.begun_from, copy.kit.centre, titles(copy)) == (source.kit, other, titles(source))
    assert copy.evaluation is None  # the other centre's questionnaire is not ours
    kept = copy.files.get()
    assert kept.key != file.key
    assert stored.KITS.read(kept.key) == stored.KITS.read(file.key)


def test_objectives_follow_what_they_count_as(centre):
    network = centre.network
    common = a_code(centre, CodeList.OBJECTIVE, "common")
    common.centre = None
    common.save()
    own = a_code(centre, CodeList.OBJECTIVE, "ours", network_code=common)
    other = a_centre(network=network)
    theirs = a_code(other, CodeList.OBJECTIVE, "theirs", network_code=common)
    same_key = a_code(other, CodeList.OBJECTIVE, "same")
    lone = a_code(centre, CodeList.OBJECTIVE, "same")
    assert kits.objectives_at(other, [own]) == [theirs]
    assert kits.objectives_at(network, [own]) == [common]
    assert kits.objectives_at(other, [common]) == [theirs]
    assert kits.objectives_at(other, [lone]) == [same_key]
    assert kits.objectives_at(other, []) == []


def test_what_was_never_in_use_is_not_shared(centre):
    draft = begun(centre)
    with pytest.raises(kits.NeverInUse):
        kits.offer_kit(kit=draft.kit, offered=True)
    version = in_use(centre)
    kits.offer_kit(kit=version.kit, offered=True)
    other, far = a_centre(network=centre.network), a_centre(network=a_network())
    assert list(Kit.objects.usable_at(other)) == [version.kit]
    assert list(Kit.objects.usable_at(far)) == []
    kits.archive_kit(kit=version.kit, on=DAY)
    assert (
        list(Kit.objects.usable_at(other))
        == list(Kit.objects.usable_at(centre).exclude(pk=draft.kit_id))
        == []
    )
    kits.take_back_archiving(kit=version.kit)
    version.kit.refresh_from_db()
    assert (version.kit.archived_on, version.kit.offered) == (None, False)


def test_throwing_a_draft_away(centre, django_capture_on_commit_callbacks):
    draft = begun(centre)
    file = kit_files.add_file(version=draft, key=uuid4(), title="Cards", clean=a_clean_file(), by=None, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        assert versions.delete_draft(version=draft) is True
    assert not Kit.objects.exists()
    with pytest.raises(OSError, match="No such file"):
        stored.KITS.read(file.key)
    assert versions.delete_draft(version=draft) is True  # said twice
    version = in_use(centre)
    assert versions.delete_draft(version=versions.next_version(kit=version.kit)) is False
    assert Kit.objects.get() == version.kit


def test_a_draft_from_which_something_was_planned_stays(centre):
    draft = begun(centre)
    an_event(centre, kit_version=draft)
    with pytest.raises(versions.PlannedFrom):
        versions.delete_draft(version=draft)


def test_files_are_kept_once_and_not_without_end(centre, monkeypatch):
    draft, key = begun(centre), uuid4()
    said = {"version": draft, "title": "Cards", "clean": a_clean_file(), "by": None, "at": AT}
    assert kit_files.add_file(key=key, **said) == kit_files.add_file(key=key, **said)
    monkeypatch.setattr(kit_files, "MOST", 1)
    with pytest.raises(kit_files.EnoughFiles):
        kit_files.add_file(key=uuid4(), **said)
    assert KitFile.objects.count() == 1


def test_files_that_a_cut_left_are_forgotten(centre):
    draft = begun(centre)
    kept = kit_files.add_file(version=draft, key=uuid4(), title="Cards", clean=a_clean_file(), by=None, at=AT)
    stored.KITS.write(left := uuid4(), b"left")
    later = datetime.now(UTC) + timedelta(days=1)
    assert forget_left_files(at=datetime.now(UTC)) == 0
    assert forget_left_files(at=later) == 1
    assert stored.KITS.read(kept.key)
    with pytest.raises(OSError, match="No such file"):
        stored.KITS.read(left)


def test_words_in_another_language_stand_beside_the_first(centre):
    draft = written(centre, 20)
    names = {text.column: text.name for text in texts_of(KitVersion.objects.get(pk=draft.pk))}
    said = {names["aim"]: "معرفة", "step-0-title": "nothing like it"}
    assert kit_steps.translate(version=draft, language="ar", words=said) == 1
    draft.refresh_from_db()
    assert words_of(draft.aim) == {"en": "Know", "fr": "Savoir", "ar": "معرفة"}
    assert kit_steps.translate(version=draft, language="en", words={names["aim"]: "Other"}) == 0
    assert kit_steps.translate(version=draft, language="ar", words={names["aim"]: ""}) == 1
    draft.refresh_from_db()
    assert words_of(draft.aim) == {"en": "Know", "fr": "Savoir"}


def test_a_ready_kit_is_there_whole_and_once():
    centre = a_centre(language="it", languages=["it", "en"])
    objective = a_code(centre, CodeList.OBJECTIVE, "know_oneself")
    key, ready = uuid4(), ready_kit("explorama")
    first, second = (begin_ready(holder=centre, key=key, ready=ready) for _n in range(2))
    assert first == second
    assert (first.kit.ready_model, first.kit.for_classes) == ("explorama", True)
    assert list(first.objectives.all()) == [objective]
    assert first.steps.count() == len(ready.steps)
    assert sequence(first).left == 0
    assert written_in(first) == "it"
    assert versions.put_into_use(version=first, on=DAY).state == State.IN_USE


def test_written_in_what_there_is(centre):
    draft = begun(a_centre(language="fi", languages=["fi"]))
    assert written_in(draft) == "en"
    draft.kit.title = LazyI18nString({"de": "Nur so"})
    assert written_in(draft) == "de"
