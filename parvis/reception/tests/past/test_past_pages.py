from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.reception.actions.past.files import folder_of
from parvis.reception.models import Act, PastImport, PastModel, Tally
from parvis.reception.models.past import SILENT_AFTER, Stage
from parvis.reception.tests.past import samples
from parvis.reception.tests.past.house import a_preset_centre, brought_in, checked, sent, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return a_preset_centre()


@pytest.fixture
def director(centre):
    client = Client()
    client.force_login(a_person(Role.DIRECTOR, centre=centre, language="en"))
    return client


def address(centre, name="past", **parts):
    return reverse(f"reception:{name}", kwargs={"centre": centre.slug} | parts)


def upload(client, centre, data=b"Date;Theme\n12/03/2019;Emploi\n", name="a.csv"):
    return client.post(address(centre), {"file": SimpleUploadedFile(name, data)})


PAGES = ["past_file", "past_progress", "past_columns", "past_codes", "past_preview", "past_lines"]


@pytest.mark.parametrize("name", PAGES)
def test_who_may_see_a_file_of_the_past(centre, name):
    one = checked(sent(centre, samples.visits_xlsx()))
    for role, of, status in [
        (Role.ADMINISTRATOR, centre, {200, 302}),
        (Role.RECEPTIONIST, centre, {403}),
        (Role.DIRECTOR, a_preset_centre(name="Elsewhere"), {404}),
    ]:
        client = Client()
        client.force_login(a_person(role, centre=of))
        assert client.get(address(centre, name, pk=one.pk)).status_code in status
    assert Client().get(address(centre, name, pk=one.pk)).status_code == 302


def test_a_file_of_another_centre_is_not_found(centre, director):
    elsewhere = sent(a_preset_centre(name="Elsewhere"), samples.visits_xlsx())
    assert director.get(address(centre, "past_file", pk=elsewhere.pk)).status_code == 404
    assert director.post(address(centre, "past_drop", pk=elsewhere.pk)).status_code == 404


def test_from_the_first_click_to_the_report(centre, director):
    response = upload(director, centre, samples.visits_cp1252(), "visites.csv")
    one = PastImport.objects.get()
    assert response.url == address(centre, "past_file", pk=one.pk)
    assert "Being read" in director.get(response.url).content.decode()

    worked(one)
    page = director.get(response.url, follow=True).content.decode()
    assert "Mode de contact" in page
    assert "Looks like phone numbers. It is not read and never kept." in page
    assert "Durand" not in page
    assert "06 12 34 56 78" not in page

    form = director.get(address(centre, "past_columns", pk=one.pk)).context["form"]
    said = {field.name: field.value() for field in form if field.value() not in (None, False)}
    assert director.post(address(centre, "past_columns", pk=one.pk), said).url == address(
        centre, "past_codes", pk=one.pk
    )
    codes = director.get(address(centre, "past_codes", pk=one.pk)).context["form"]
    said = {field.name: field.value() for field in codes}
    assert director.post(address(centre, "past_codes", pk=one.pk), said).status_code == 302
    worked(one)
    page = director.get(address(centre, "past_preview", pk=one.pk)).content.decode()
    assert "Bring in 20 lines" in page
    assert director.post(address(centre, "past_preview", pk=one.pk)).status_code == 302
    assert "Nothing of it counts" in director.get(response.url).content.decode()
    worked(one)
    page = director.get(response.url).content.decode()
    assert "<strong>20</strong> visits are in." in page
    assert Act.objects.counted().count() == 20


def test_a_wrong_choice_is_told_beside_the_column_and_the_rest_is_kept(centre, director):
    one = sent(centre, samples.visits_cp1252(), "visites.csv")
    form = director.get(address(centre, "past_columns", pk=one.pk)).context["form"]
    said = {field.name: field.value() for field in form if field.value() not in (None, False)}
    dates = next(c.index for c in form.plan.columns if c.role == "date")
    response = director.post(
        address(centre, "past_columns", pk=one.pk), said | {f"column_{dates}": "ignore", "channel": ""}
    )
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()
    response = director.post(address(centre, "past_columns", pk=one.pk), said | {f"column_{dates}": "ignore"})
    assert response.status_code == 422
    assert "Say which column holds the date" in response.content.decode()


def test_a_refused_column_cannot_be_chosen(centre, director):
    one = sent(centre, samples.visits_cp1252(), "visites.csv")
    form = director.get(address(centre, "past_columns", pk=one.pk)).context["form"]
    refused = [column.index for column in form.plan.columns if column.role == "refused"]
    assert [f"column_{index}" in form.fields for index in refused] == [False] * len(refused)


def test_a_file_that_is_no_spreadsheet_says_so(centre, director):
    upload(director, centre, b"%PDF-1.4 " + bytes(200), "a.pdf")
    one = worked(PastImport.objects.get())
    page = director.get(address(centre, "past_file", pk=one.pk)).content.decode()
    assert (one.stage, "This is not a spreadsheet" in page) == (Stage.FAILED, True)


def test_an_empty_upload_is_refused_beside_the_field(centre, director):
    response = upload(director, centre, b"")
    assert response.status_code == 422
    assert "The file is empty." in response.content.decode()
    assert not PastImport.objects.exists()


def test_the_same_file_again_says_that_it_is_here(centre, director):
    data = samples.visits_cp1252()
    brought_in(centre, data, "visites.csv")
    response = upload(director, centre, data)
    assert response.status_code == 422
    assert "already been brought in" in response.content.decode()


def test_the_same_upload_twice_is_one_import(centre, director):
    assert upload(director, centre).url == upload(director, centre).url
    assert PastImport.objects.count() == 1


def test_giving_up_deletes_the_file(centre, director):
    one = sent(centre, samples.visits_xlsx())
    with_file = folder_of(one).exists()
    response = director.post(address(centre, "past_drop", pk=one.pk))
    one.refresh_from_db()
    assert (with_file, response.url, one.stage) == (True, address(centre), Stage.DROPPED)
    assert (one.mapping, one.layout, one.report) == ({}, {}, {})


def test_undo_from_the_report(centre, director):
    one = brought_in(centre, samples.french_months())
    assert "Undo this import" in director.get(address(centre, "past_file", pk=one.pk)).content.decode()
    director.post(address(centre, "past_undo", pk=one.pk))
    assert "Being undone" in director.get(address(centre, "past_file", pk=one.pk)).content.decode()
    worked(one)
    assert "is gone again" in director.get(address(centre, "past_file", pk=one.pk)).content.decode()
    assert not Tally.objects.exists()


def test_progress_starts_work_again_that_was_killed(centre, director):
    one = sent(centre, samples.visits_xlsx())
    long_ago = timezone.now() - SILENT_AFTER - timedelta(seconds=5)
    PastImport.objects.filter(pk=one.pk).update(stage=Stage.CHECKING, worker="dead", beat_at=long_ago)
    director.get(address(centre, "past_progress", pk=one.pk))
    one.refresh_from_db()
    assert (one.stage, one.worker) == (Stage.CHECKING, "")
    assert worked(one).stage == Stage.CHECKED


def test_progress_moves_on_when_the_work_is_done(centre, director):
    one = sent(centre, samples.visits_xlsx())
    response = director.get(address(centre, "past_progress", pk=one.pk) + "?stage=reading")
    assert response.headers["HX-Redirect"] == address(centre, "past_file", pk=one.pk)


def test_kept_choices_are_taken_over_for_the_next_file(centre, director):
    first = sent(centre, b"Date;Theme;Besoin\n12/03/2019;Emploi;Divers\n13/03/2019;Emploi;Divers\n", "a.csv")
    column = {f"column_{i}": value for i, value in enumerate(("date", "theme", "code:outcome"))}
    channel = first.mapping["channel"]
    director.post(address(centre, "past_columns", pk=first.pk), column | {"channel": channel, "order": "dmy"})
    director.post(address(centre, "past_model", pk=first.pk), {"name": "Accueil"})
    second = sent(centre, b"Date;Theme;Besoin\n12/03/2020;Emploi;Divers\n14/03/2020;Formation;CV\n", "b.csv")
    assert [c["code_list"] for c in second.mapping["columns"]] == ["", "", "outcome"]
    page = director.get(address(centre, "past_columns", pk=second.pk)).content.decode()
    assert "Your choices “Accueil” were taken over." in page
    director.post(address(centre, "past_model_forget", pk=PastModel.objects.get().pk))
    assert not PastModel.objects.exists()


def test_reading_again_with_another_heading_row(centre, director):
    data = b"Statistiques;\nDate;Theme\n12/03/2019;Emploi\n13/03/2019;Emploi\n14/03/2019;Emploi\n"
    one = sent(centre, data, "a.csv")
    said = {"r-shape": "visits", "r-top": 3}
    director.post(address(centre, "past_reading", pk=one.pk), said)
    one = worked(one)
    assert [c["heading"] for c in one.mapping["columns"]] == ["12/03/2019", "Emploi"]


@pytest.mark.parametrize("name", ["past_preview", "past_lines"])
def test_lines_can_be_asked_for_by_reason(centre, director, name):
    one = checked(sent(centre, samples.french_months()))
    page = director.get(address(centre, name, pk=one.pk) + "?reason=closed").content.decode()
    assert "vendredi 8 · fermé" in page
    assert "hors vacances" not in page
    assert director.get(address(centre, name, pk=one.pk) + "?page=x&verdict=new").status_code == 200


def test_the_list_costs_the_same_for_one_and_three_files(centre, director):
    counts = []
    for number in (1, 3):
        while PastImport.objects.count() < number:
            day = PastImport.objects.count() + 1
            sent(centre, f"Date;Theme\n{day}/03/2019;Emploi\n{day}/04/2019;Emploi\n".encode(), "a.csv")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert director.get(address(centre)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
