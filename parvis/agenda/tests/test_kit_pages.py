"""The pages about kits: who may, what they show, what wrong input does."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from parvis.accounts.roles import Role
from parvis.agenda.actions import kit_steps, kits
from parvis.agenda.actions import kit_versions as versions
from parvis.agenda.actions.kit_ready import begin_ready
from parvis.agenda.factories import a_class_visit, a_session, an_event
from parvis.agenda.kit_addresses import address_of
from parvis.agenda.models import Event, Kit, KitFile, KitStep, KitVersion, Session, Station
from parvis.agenda.queries.kits import used_by_classes, used_elsewhere
from parvis.agenda.ready import KEYS, ready_kit
from parvis.centres.factories import a_centre, a_code, a_person, words
from parvis.centres.models import CodeList
from parvis.surveys.fingerprints import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr", "ar"], language="en")


@pytest.fixture
def signed_in(client, centre):
    client.force_login(a_person(Role.FACILITATOR, centre=centre, language="en"))
    return client


def a_draft(holder, key="explorama"):
    return begin_ready(holder=holder, key=uuid4(), ready=ready_kit(key))


def a_kit_in_use(holder, key="explorama"):
    day = holder.local_day(holder.now()) if hasattr(holder, "zone") else None
    return versions.put_into_use(version=a_draft(holder, key), on=day)


def page(client, holder, name, *args, more=""):
    return client.get(address_of(holder, name, *args) + more).content.decode()


def a_picture():
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return SimpleUploadedFile("IMG_0001 from my phone.png", out.getvalue())


def test_everybody_of_the_team_reads_and_who_plans_events_writes(client, centre):
    version = a_kit_in_use(centre)
    read, write = address_of(centre, "kit", version.kit_id), address_of(centre, "new_kit")
    for role, statuses in [
        (Role.FACILITATOR, (200, 200)),
        (Role.DIRECTOR, (200, 200)),
        (Role.ADVISER, (200, 403)),
        (Role.RECEPTIONIST, (200, 403)),
    ]:
        client.force_login(a_person(role, centre=centre))
        assert (client.get(read).status_code, client.get(write).status_code) == statuses
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(read).status_code == 404
    client.force_login(a_person(Role.ADVISER, centre=centre, language="en"))
    assert "Write a new version" not in page(client, centre, "kit", version.kit_id)


def test_kits_of_another_holder_are_not_there(signed_in, centre):
    for holder in (a_centre(), centre.network, a_centre(network=centre.network)):
        draft = a_draft(holder)
        step = draft.steps.all()[0]
        for name, args in [
            ("kit", [draft.kit_id]),
            ("kit_about", [draft.kit_id]),
            ("kit_paper", [draft.kit_id, 1, "en"]),
            ("kit_draft", [draft.pk]),
            ("kit_words", [draft.pk]),
            ("kit_translation", [draft.pk, "fr"]),
            ("new_kit_step", [draft.pk]),
            ("new_kit_file", [draft.pk]),
            ("kit_step", [step.pk]),
        ]:
            assert signed_in.get(address_of(centre, name, *args)).status_code == 404, name
        for name, args in [
            ("delete_kit_draft", [draft.pk]),
            ("remove_kit_step", [step.pk]),
            ("kit_deed", [draft.kit_id, "archive"]),
            ("kit_deed", [draft.kit_id, "copy"]),
        ]:
            assert signed_in.post(address_of(centre, name, *args)).status_code == 404, name
        assert KitStep.objects.filter(pk=step.pk).exists()


def test_a_ready_kit_is_taken_with_one_click_and_used(signed_in, centre):
    shown = page(signed_in, centre, "new_kit")
    assert all(ready_kit(key).title["en"] in shown for key in KEYS)
    posted = {"key": uuid4(), "source": "explorama"}
    address = address_of(centre, "new_kit")
    first, second = signed_in.post(address, posted), signed_in.post(address, posted)
    assert (first["Location"], Kit.objects.count()) == (second["Location"], 1)
    draft = signed_in.get(first["Location"]).content.decode()
    assert "Sort the cards" in draft
    assert "90 of 90 minutes" in draft
    made = KitVersion.objects.get()
    signed_in.post(address_of(centre, "kit_into_use", made.pk), {"changes": ""})
    assert "In use" in page(signed_in, centre, "kit", made.kit_id)


def test_a_kit_is_written_from_nothing(signed_in, centre):
    objective = a_code(centre, CodeList.OBJECTIVE, "education")
    posted = {"key": uuid4(), "title_0": "Meet a trade", "for_classes": "on"}
    to = signed_in.post(address_of(centre, "new_kit"), posted)["Location"]
    draft = KitVersion.objects.get()
    assert to == address_of(centre, "kit_draft", draft.pk)
    refused = signed_in.post(address_of(centre, "kit_into_use", draft.pk), {"changes": ""}, follow=True)
    assert "Write its aim" in refused.content.decode()
    said = {"summary": "One trade", "aim": "Know one\r\ntrade", "level": "any", "minutes": 30}
    said |= {"people": "", "material": "", "notes": "", "objectives": [objective.pk]}
    assert signed_in.post(address_of(centre, "kit_words", draft.pk), said).status_code == 302
    step = {"title": "Look", "minutes": 40, "text": "", "again": "1"}
    to = signed_in.post(address_of(centre, "new_kit_step", draft.pk), step)["Location"]
    assert to == address_of(centre, "new_kit_step", draft.pk)
    late = signed_in.post(address_of(centre, "kit_into_use", draft.pk), {"changes": ""}, follow=True)
    assert "10 minutes longer" in late.content.decode()
    one = KitStep.objects.get()
    step = {"title": "Look", "minutes": 30, "text": "At it"}
    signed_in.post(address_of(centre, "kit_step", one.pk), step)
    signed_in.post(address_of(centre, "kit_into_use", draft.pk), {"changes": ""})
    draft.refresh_from_db()
    assert (draft.state, words_of(draft.aim)) == ("in_use", {"en": "Know one\ntrade"})
    assert list(draft.objectives.all()) == [objective]


def test_parts_are_moved_taken_out_and_brought_back(signed_in, centre):
    draft = a_draft(centre)
    keys = list(draft.steps.values_list("pk", flat=True))
    order = address_of(centre, "order_kit_steps", draft.pk)
    signed_in.post(order, {"order": [keys[1], keys[0], *keys[2:]]})
    assert list(draft.steps.values_list("pk", flat=True))[:2] == [keys[1], keys[0]]
    assert signed_in.post(order, {"order": "x"}).status_code == 404
    shown = signed_in.post(address_of(centre, "remove_kit_step", keys[1]), follow=True).content.decode()
    assert "“Sort the cards” was taken out." in shown
    assert "65 of 90 minutes" in shown
    back = address_of(centre, "restore_kit_step", draft.pk)
    assert "Bring it back" not in signed_in.post(back, follow=True).content.decode()
    assert str(draft.steps.all()[0].title) == "Sort the cards"
    assert signed_in.post(back).status_code == 302  # nothing is left to bring back
    assert draft.steps.count() == 5


def test_words_in_another_language(signed_in, centre):
    draft = a_draft(centre)
    address = address_of(centre, "kit_translation", draft.pk, "ar")
    assert signed_in.get(address_of(centre, "kit_translation", draft.pk, "en")).status_code == 404
    name = f"step-{draft.steps.all()[0].pk}-title"
    assert f'name="{name}"' in signed_in.get(address).content.decode()
    signed_in.post(address, {name: "أهلا"})
    assert words_of(draft.steps.all()[0].title)["ar"] == "أهلا"


def test_a_file_is_cleaned_kept_and_only_downloaded(signed_in, centre):
    draft = a_draft(centre)
    address = address_of(centre, "new_kit_file", draft.pk)
    wrong = signed_in.post(
        address, {"key": uuid4(), "title": "Cards", "file": SimpleUploadedFile("a.pdf", b"no")}
    )
    assert (wrong.status_code, KitFile.objects.count()) == (422, 0)
    assert "Only PDF files and pictures" in wrong.content.decode()
    assert signed_in.post(address, {"key": uuid4(), "title": "Cards", "file": a_picture()}).status_code == 302
    file = KitFile.objects.get()
    response = signed_in.get(address_of(centre, "kit_file", file.pk))
    assert response["Content-Disposition"].startswith('attachment; filename="cards.png"')
    assert response.content.startswith(b"\x89PNG")
    assert signed_in.post(address_of(centre, "remove_kit_file", file.pk)).status_code == 302
    assert signed_in.get(address_of(centre, "kit_file", file.pk)).status_code == 404


def test_what_another_centre_shares_is_read_and_copied_but_not_its_drafts(signed_in, centre):
    other = a_centre(network=centre.network, name="House of trades")
    version = a_kit_in_use(other)
    kits.offer_kit(kit=version.kit, offered=True)
    draft = versions.next_version(kit=version.kit)
    kit_steps.add_step(
        version=draft, said=kit_steps.StepSaid(words("Not yet", "Pas encore"), words("", ""), 5)
    )
    listed = page(signed_in, centre, "kits", more="?whose=shared")
    assert "House of trades" in listed
    shown = page(signed_in, centre, "kit", version.kit_id, more="?version=2")
    assert "Shared by House of trades" in shown
    assert "Not yet" not in shown
    assert signed_in.get(address_of(centre, "kit_about", version.kit_id)).status_code == 404
    posted = {"key": uuid4(), "source": "copy"}
    to = signed_in.post(address_of(centre, "kit_deed", version.kit_id, "copy"), posted)["Location"]
    copy = Kit.objects.get(centre=centre)
    assert (copy.begun_from, to) == (version.kit, address_of(centre, "kit_draft", copy.versions.get().pk))


def test_where_it_was_used_names_no_other_centre(signed_in, centre):
    version = a_kit_in_use(centre)
    kits.offer_kit(kit=version.kit, offered=True)
    event = an_event(centre, "Discover trades", kit_version=version)
    for days in (1, 8):
        a_session(event, centre.now() + timedelta(days=days))
    a_session(event, centre.now() + timedelta(days=9), state=Session.State.CANCELLED)
    for name in ("Far house", "Near house"):
        other = a_centre(network=centre.network, name=name)
        an_event(other, "Theirs", kit_version=version)
    shown = page(signed_in, centre, "kit", version.kit_id)
    assert "Discover trades" in shown
    assert "2 sessions" in shown
    assert "2 other centres" in shown
    assert not any(word in shown for word in ("Far house", "Near house", "Theirs"))


def test_drafts_of_events_are_seen_by_who_plans_them(client, centre):
    version = a_kit_in_use(centre)
    an_event(centre, "Not told yet", kit_version=version, state=Event.State.DRAFT, publish_at=None)
    for role, sees in [(Role.FACILITATOR, True), (Role.ADVISER, False)]:
        client.force_login(a_person(role, centre=centre, language="en"))
        shown = page(client, centre, "kit", version.kit_id)
        assert ("Not told yet" in shown) is sees
        assert (f"?kit={version.pk}" in shown) is sees


def test_searching_and_the_list_as_a_file(signed_in, centre):
    objective = a_code(centre, CodeList.OBJECTIVE, "education")
    a_kit_in_use(centre)
    a_draft(centre, "higher_education")
    assert "Explorama" not in page(signed_in, centre, "kits", more="?words=KEYS+higher")
    assert "Keys of higher education" in page(signed_in, centre, "kits", more="?words=enseignement")
    found = page(signed_in, centre, "kits", more=f"?objective={objective.pk}&for_classes=on")
    assert "Keys of higher education" in found
    assert 'kit-card-title"><a href' in found
    assert "Explorama" not in found
    assert "No kit is like that" in page(signed_in, centre, "kits", more="?words=nothing+like+it")
    assert "Nobody shares a kit yet" in page(signed_in, centre, "kits", more="?whose=shared")
    made = signed_in.get(address_of(centre, "kits_file", "csv") + "?words=keys")
    lines = made.content.decode("utf-8-sig").splitlines()
    assert (len(lines), lines[1].split(",")[0]) == (2, "Keys of higher education")
    assert signed_in.get(address_of(centre, "kits_file", "xlsx")).content.startswith(b"PK")
    assert signed_in.get(address_of(centre, "kits_file", "pdf")).status_code == 404


def test_sharing_and_putting_away(signed_in, centre):
    version = a_kit_in_use(centre)

    def deed(name):
        signed_in.post(address_of(centre, "kit_deed", version.kit_id, name))
        kit = Kit.objects.get()
        return kit.offered, kit.archived_on is not None

    assert deed("offer") == (True, False)
    assert deed("withdraw") == (False, False)
    assert deed("archive") == (False, True)
    assert "Explorama" in page(signed_in, centre, "kits", more="?whose=away")
    assert "No kit yet" in page(signed_in, centre, "kits")
    assert deed("return") == (False, False)
    assert signed_in.post(address_of(centre, "kit_deed", version.kit_id, "sell")).status_code == 404


def test_on_paper_in_each_language_that_is_whole(signed_in, centre):
    version = a_kit_in_use(centre)
    for language in ("en", "fr"):
        made = signed_in.get(address_of(centre, "kit_paper", version.kit_id, 1, language))
        assert made.content.startswith(b"%PDF-")
    for number, language in ((1, "ar"), (2, "en")):
        address = address_of(centre, "kit_paper", version.kit_id, number, language)
        assert signed_in.get(address).status_code == 404


def test_a_coordinator_writes_the_networks_own(client, centre):
    network = centre.network
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    posted = {"key": uuid4(), "source": "inforizon"}
    assert client.post(address_of(network, "new_kit"), posted).status_code == 302
    kit = Kit.objects.get()
    assert (kit.centre, kit.network) == (None, network)
    for name, args in [("kits", []), ("kit", [kit.pk]), ("kit_draft", [kit.versions.get().pk])]:
        assert client.get(address_of(network, name, *args)).status_code == 200
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert client.get(address_of(network, "kits")).status_code == 404


@pytest.mark.parametrize("name", ["kits", "kit", "new_kit"])
def test_as_many_statements_for_one_row_as_for_three(signed_in, centre, name):
    def statements():
        args = [Kit.objects.earliest("pk").pk] if name == "kit" else []
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert signed_in.get(address_of(centre, name, *args)).status_code == 200
        return len(found)

    def more(key):
        own = a_kit_in_use(centre, key)
        a_session(an_event(centre, kit_version=own))
        a_session(an_event(centre, kit_version=Kit.objects.earliest("pk").versions.all()[0]))
        other = a_kit_in_use(a_centre(network=centre.network), key)
        kits.offer_kit(kit=other.kit, offered=True)

    more(KEYS[0])
    first = statements()
    more(KEYS[1])
    more(KEYS[2])
    assert statements() == first <= 15


def test_every_page_speaks_french(client, centre):
    client.force_login(a_person(Role.FACILITATOR, centre=centre, language="fr"))
    version = a_kit_in_use(centre)
    draft = versions.next_version(kit=version.kit)
    assert "Où elle a servi" in page(client, centre, "kit", version.kit_id)
    assert "90 minutes sur 90" in page(client, centre, "kit_draft", draft.pk)


def test_classes_that_come_for_a_kit_are_where_it_was_used(signed_in, centre):
    version = a_kit_in_use(centre)
    kit, day = version.kit, centre.now() + timedelta(days=30)
    when = {"begins_at": day, "ends_at": day + timedelta(hours=2)}
    a_class_visit(centre).kits.add(kit)  # only asked for
    a_class_visit(centre, state="cancelled", **when).kits.add(kit)
    assert "Nothing was planned from it here yet." in page(signed_in, centre, "kit", kit.pk)
    both = a_class_visit(centre, state="confirmed", **when)
    both.kits.add(kit)
    Station.objects.create(visit=both, kit_version=version)
    Station.objects.create(visit=a_class_visit(centre, state="prepared", **when), kit_version=version)
    found = page(signed_in, centre, "kit", kit.pk)
    assert ("2 classes" in found, f"/c/{centre.slug}/agenda/visits/" in found) == (True, True)
    assert "Nothing was planned from it here yet." not in found
    other = a_centre(network=centre.network)
    assert used_by_classes(kit, other) is None
    a_class_visit(other, state="confirmed", **when).kits.add(kit)
    assert used_elsewhere(kit, centre).centres == 1
    signed_in.force_login(a_person(Role.RECEPTIONIST, centre=centre, language="en"))
    found = page(signed_in, centre, "kit", kit.pk)
    assert ("2 classes" in found, f'href="/c/{centre.slug}/agenda/visits/"' in found) == (True, False)
