import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from parvis.accounts.roles import Role
from parvis.centres.actions import codes
from parvis.centres.factories import a_centre, a_code, a_network, a_person, a_ready_centre
from parvis.centres.models import Code, CodeChange, CodeList

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def centre():
    return a_ready_centre(languages=("fr", "en", "ar"))


@pytest.fixture
def documentalist(client, centre):
    person = a_person(Role.DOCUMENTALIST, centre=centre)
    client.force_login(person)
    return person


def at(name, holder, *args):
    return reverse(f"centres:{name}", args=[holder.slug, *args])


def sent(**changes):
    entry = {"label_0": "En reconversion", "label_1": "Retraining", "label_2": ""}
    return entry | {"network_code": "", "valid_from": "2026-03-02", "valid_to": ""} | changes


def pages(holder, prefix=""):
    return [
        at(f"{prefix}codes", holder),
        at(f"{prefix}mapping", holder),
        at(f"{prefix}code_list", holder, "status"),
        at(f"{prefix}new_code", holder, "status"),
        at(f"{prefix}code", holder, "status", "retired"),
        at(f"{prefix}export_codes", holder, "csv"),
        at(f"{prefix}export_codes", holder, "xlsx"),
    ]


def test_who_may_open_a_centre_s_lists(client, centre):
    people = [
        (a_person(Role.DOCUMENTALIST, centre=centre), 200),
        (a_person(Role.NETWORK_COORDINATOR, centre=centre), 200),
        (a_person(Role.ADVISER, centre=centre), 403),
        (a_person(Role.DIRECTOR, centre=a_ready_centre()), 404),
    ]
    for person, expected in people:
        client.force_login(person)
        assert [client.get(page).status_code for page in pages(centre)] == [expected] * 7


def test_only_its_coordinators_open_a_network_s_lists(client, centre):
    for person, expected in [
        (a_person(Role.NETWORK_COORDINATOR, centre=centre), 200),
        (a_person(Role.DIRECTOR, centre=centre), 404),
        (a_person(Role.NETWORK_COORDINATOR, centre=a_ready_centre()), 404),
    ]:
        client.force_login(person)
        assert [client.get(page).status_code for page in pages(centre.network, "network_")] == [expected] * 7


def test_themes_are_a_list_of_the_network_alone(client, centre, documentalist):
    assert client.get(at("code_list", centre, "theme")).status_code == 404
    assert client.get(at("code_list", centre, "nonsense")).status_code == 404
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    assert client.get(at("network_code_list", centre.network, "theme")).status_code == 200


def test_an_entry_is_added_with_its_history(client, centre, documentalist):
    network_code = centre.network.codes.get(centre=None, list="status", key="trainee")
    answer = client.post(at("new_code", centre, "status"), sent(network_code=str(network_code.pk)))
    assert answer.url == at("code_list", centre, "status")
    code = centre.codes.get(key="retraining")
    assert (code.label.data, code.network_code) == (
        {"fr": "En reconversion", "en": "Retraining"},
        network_code,
    )
    listed = list(centre.codes.filter(list="status").open_on(date(2026, 3, 2)))
    assert listed[-2:] == [code, centre.codes.get(list="status", key="not_communicated")]
    assert [(c.kind, c.by) for c in code.changes.all()] == [(CodeChange.Kind.ADDED, documentalist)]
    assert "missing: العربيّة" in client.get(at("code_list", centre, "status")).content.decode()


def test_rewording_mapping_and_dates_are_each_kept(client, centre, documentalist):
    code = centre.codes.get(list="status", key="retired")
    client.post(
        at("code", centre, "status", "retired"),
        sent(
            label_0="Retraité",
            label_1="Retired",
            label_2="متقاعد",
            valid_from="2015-01-01",
            valid_to="2026-06-01",
        ),
    )
    kinds = CodeChange.Kind
    found = {change.kind: (change.before, change.after) for change in code.changes.all()}
    assert found[kinds.DATED] == ({}, {"to": "2026-06-01"})
    assert found[kinds.MAPPED] == ({"counts_as": "Retired"}, {})
    assert found[kinds.REWORDED][1] == {"fr": "Retraité", "ar": "متقاعد"}
    shown = client.get(at("code", centre, "status", "retired")).content.decode()
    assert "Its old wording was dropped in:" in shown
    assert "Suomi" in shown
    assert documentalist.name in shown


def test_a_closed_entry_leaves_the_list_on_that_day(client, centre, documentalist):
    code = centre.codes.get(list="status", key="retired")
    code.valid_to = date(2026, 6, 1)
    codes.settle_code(code=code, by=documentalist, at=AT)
    status = centre.codes.filter(list="status")
    assert code in status.open_on(date(2026, 5, 31))
    assert code not in status.open_on(date(2026, 6, 1))
    code.valid_to = None
    codes.settle_code(code=code, by=documentalist, at=AT)
    assert code in status.open_on(date(2026, 6, 1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"label_0": " "}, "Write it in Français at least."),
        ({"label_0": "x" * 121}, "At most 120 characters."),
        ({"valid_to": "2026-03-02"}, "It closes before it starts."),
        ({"valid_from": ""}, "This field is required."),
        ({"network_code": "0"}, "Select a valid choice."),
    ],
)
def test_a_wrong_entry_is_named_and_the_rest_kept(client, centre, documentalist, changes, message):
    answer = client.post(at("new_code", centre, "status"), sent(**changes))
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "Retraining" in answer.content.decode()


def test_an_entry_counts_only_as_one_of_its_own_network_and_list(centre, documentalist):
    code = centre.codes.get(list="status", key="retired")
    strangers = [
        a_ready_centre().network.codes.filter(centre=None, list="status")[0],
        centre.network.codes.filter(centre=None, list="gender")[0],
        centre.codes.get(list="status", key="pupil"),
    ]
    for stranger in strangers:
        code.network_code = stranger
        with pytest.raises(codes.NotOfTheNetwork):
            codes.settle_code(code=code, by=documentalist, at=AT)


def test_not_communicated_is_reworded_but_never_closed_or_removed(client, centre, documentalist):
    code = centre.codes.get(list="status", key="not_communicated")
    client.post(at("code", centre, "status", code.key), sent(label_0="Sans réponse", valid_to="2026-06-01"))
    code.refresh_from_db()
    assert (code.label.data["fr"], code.valid_to) == ("Sans réponse", None)
    client.post(at("remove_code", centre, "status", code.key))
    assert Code.objects.filter(pk=code.pk).exists()
    code.valid_to = date(2030, 1, 1)
    with pytest.raises(codes.NotCommunicatedStays):
        codes.settle_code(code=code, by=documentalist, at=AT)


def test_an_unused_entry_can_be_removed(client, centre, documentalist):
    client.post(at("new_code", centre, "status"), sent())
    assert client.post(at("remove_code", centre, "status", "retraining")).url == at(
        "code_list", centre, "status"
    )
    assert not centre.codes.filter(key="retraining").exists()


def test_a_network_entry_that_a_centre_counts_by_is_not_removed(client, centre):
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    answer = client.post(at("network_remove_code", centre.network, "status", "retired"), follow=True)
    assert "Give it a closing date instead." in answer.content.decode()
    assert centre.network.codes.filter(centre=None, key="retired").exists()


def test_entries_take_another_order(client, centre, documentalist):
    client.post(at("order_codes", centre, "gender"), {"order": ["other", "man"]})
    keys = [code.key for code in centre.codes.filter(list="gender").open_on(date(2026, 3, 2))]
    assert keys == ["other", "man", "woman", "not_communicated"]


def test_two_entries_of_one_wording_get_two_keys(client, centre, documentalist):
    for _ in range(2):
        client.post(at("new_code", centre, "status"), sent(label_1="New"))
    assert {"new-2", "new-3"} <= set(centre.codes.values_list("key", flat=True))  # “new” is an address


def test_a_network_entry_is_worded_in_what_its_centres_speak(client, centre):
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    shown = client.get(at("network_new_code", centre.network, "status")).content.decode()
    assert 'lang="ar"' in shown
    assert 'lang="fi"' not in shown
    assert "Counts as" not in shown


def test_the_lists_as_csv_and_xlsx_hold_every_entry(client, centre, documentalist):
    a_code(centre, CodeList.NEED, "danger", label=LazyI18nString({"fr": "=1+1"}))
    answer = client.get(at("export_codes", centre, "csv"))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:5] == ["List", "Key", "Français", "English", "العربيّة"]
    assert len(rows) == 1 + centre.codes.count()
    assert ["need", "danger", "'=1+1"] in [row[:3] for row in rows]
    book = openpyxl.load_workbook(io.BytesIO(client.get(at("export_codes", centre, "xlsx")).content))
    sheet = book.worksheets[0]
    assert sheet.max_row == len(rows)
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert client.get(at("export_codes", centre, "pdf")).status_code == 404


@pytest.mark.parametrize("name", ["codes", "code_list", "mapping"])
def test_pages_cost_the_same_with_one_and_three_rows(client, name):
    counts = []
    for rows in (1, 3):
        centre = a_centre()
        client.force_login(a_person(Role.DIRECTOR, centre=centre))
        for n in range(rows):
            target = Code.objects.create(
                network=centre.network, list="need", key=f"n-{n}", label="N", valid_from=date(2015, 1, 1)
            )
            a_code(centre, CodeList.NEED, f"a-{n}", network_code=target)
            a_code(centre, CodeList.NEED, f"b-{n}")
        address = at(name, centre, *(["need"] if name == "code_list" else []))
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_an_empty_list_teaches_the_first_step(client):
    centre = a_centre(network=a_network())
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    assert "Add the first one." in client.get(at("code_list", centre, "need")).content.decode()
