"""The page on which a director asks for everything of the centre."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception.actions import exports
from parvis.reception.factories import an_act, coded_centre
from parvis.reception.models import Export

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return coded_centre(language="en")


def signed_in(centre, role=Role.DIRECTOR):
    client = Client()
    client.force_login(a_person(role, centre=centre, language="en"))
    return client


def address(centre, name="exports", **parts):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug} | parts)


def said(**more):
    today = timezone.now().date()
    return {"key": str(uuid4()), "first_day": "2026-01-01", "last_day": str(today), "format": "csv"} | more


def written(client, centre, **more):
    assert client.post(address(centre), said(**more)).status_code == 302
    export = Export.objects.filter(centre=centre).latest("pk")
    exports.write_export.call(export.pk)
    return export


def test_from_the_question_to_the_file(centre):
    client = signed_in(centre)
    an_act(centre, timezone.now())
    page = client.get(address(centre)).content.decode()
    assert "No file yet" in page
    assert client.post(address(centre), said()).url == address(centre)
    page = client.get(address(centre)).content.decode()
    assert "Being written" in page
    assert "Stop and delete" in page
    export = Export.objects.get()
    exports.write_export.call(export.pk)
    fragment = client.get(address(centre, "export_progress", pk=export.pk)).content.decode()
    assert "Fetch the file" in fragment
    assert "hx-get" not in fragment
    response = client.get(address(centre, "export_file", pk=export.pk))
    name = f"{centre.slug}--2026-01-01--{export.last_day}.zip"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"".join(response.streaming_content).startswith(b"PK")
    response.close()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_packed_is_not_packed_again_and_tells_how_long_it_is(centre, kind):
    client = signed_in(centre)
    export = written(client, centre, format=kind)
    packs = {"Accept-Encoding": "gzip"}
    assert client.get(address(centre), headers=packs)["Content-Encoding"] == "gzip"
    response = client.get(address(centre, "export_file", pk=export.pk), headers=packs)
    told = (response.get("Content-Encoding"), response.get("Content-Length"))
    assert told == (None, str(len(b"".join(response.streaming_content))))
    response.close()


def test_the_first_day_proposed_is_the_first_with_anything(centre):
    an_act(centre, timezone.now() - timedelta(days=400))
    form = signed_in(centre).get(address(centre)).context["form"]
    assert form["first_day"].value() == centre.local_day(centre.now() - timedelta(days=400))


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"last_day": "2025-12-31"}, "last_day", "The last day is before the first one."),
        ({"last_day": "2999-01-01"}, "last_day", "This day is still to come."),
        ({"first_day": "0026-01-01"}, "first_day", "Choose a year from 1985 on."),
        ({"first_day": "soon"}, "first_day", "Enter a valid date."),
        ({"format": "pdf"}, "format", "Select a valid choice."),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_the_rest_kept(centre, more, field, words):
    response = signed_in(centre).post(address(centre), said(**more))
    assert response.status_code == 422
    assert words in response.context["form"].errors[field][0]
    assert response.context["form"]["key"].value()
    assert Export.objects.count() == 0


def test_a_double_click_and_a_second_wish(centre):
    client, once = signed_in(centre), said()
    assert [client.post(address(centre), once).status_code for _ in range(2)] == [302, 302]
    other = client.post(address(centre), said())
    assert other.status_code == 422
    assert "Another export is just being written" in other.content.decode()
    assert Export.objects.count() == 1


def test_it_can_be_deleted_by_hand(centre):
    client = signed_in(centre)
    export = written(client, centre)
    assert client.post(address(centre, "export_delete", pk=export.pk)).url == address(centre)
    assert Export.objects.count() == 0
    assert client.get(address(centre, "export_file", pk=export.pk)).status_code == 404


def test_after_a_day_it_is_gone_before_the_night_comes(centre):
    client = signed_in(centre)
    export = written(client, centre)
    Export.objects.update(created_at=timezone.now() - timedelta(days=1))
    assert client.get(address(centre, "export_file", pk=export.pk)).status_code == 404
    assert "No file yet" in client.get(address(centre)).content.decode()


@pytest.mark.parametrize("name", ["export_file", "export_progress"])
def test_who_may_fetch_it(centre, name):
    export = written(signed_in(centre), centre)
    elsewhere = coded_centre()
    answers = {
        "director": signed_in(centre).get(address(centre, name, pk=export.pk)),
        "administrator": signed_in(centre, Role.ADMINISTRATOR).get(address(centre, name, pk=export.pk)),
        "coordinator": signed_in(centre, Role.NETWORK_COORDINATOR).get(address(centre, name, pk=export.pk)),
        "receptionist": signed_in(centre, Role.RECEPTIONIST).get(address(centre, name, pk=export.pk)),
        "stranger": signed_in(elsewhere).get(address(centre, name, pk=export.pk)),
        "their own address": signed_in(elsewhere).get(address(elsewhere, name, pk=export.pk)),
        "nobody": Client().get(address(centre, name, pk=export.pk)),
    }
    for response in answers.values():
        response.close()
    assert {who: response.status_code for who, response in answers.items()} == {
        "director": 200,
        "administrator": 200,
        "coordinator": 403,
        "receptionist": 403,
        "stranger": 404,
        "their own address": 404,
        "nobody": 302,
    }


def test_an_unfinished_file_cannot_be_fetched(centre):
    client = signed_in(centre)
    client.post(address(centre), said())
    assert client.get(address(centre, "export_file", pk=Export.objects.get().pk)).status_code == 404


def test_a_failure_is_told(centre):
    client = signed_in(centre)
    export = written(client, centre)
    Export.objects.update(stage=Export.Stage.FAILED)
    assert (
        "could not be written"
        in client.get(address(centre, "export_progress", pk=export.pk)).content.decode()
    )


def test_as_many_queries_for_one_file_as_for_three(centre):
    client = signed_in(centre)
    spent = []
    for more in (1, 2):
        for _ in range(more):
            written(client, centre)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(centre))
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_dates_far_back_are_fine(centre):
    export = written(signed_in(centre), centre, first_day="1990-01-01")
    assert export.first_day == date(1990, 1, 1)
