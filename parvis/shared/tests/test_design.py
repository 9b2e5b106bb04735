"""The living page: public, in both staff languages, and each sample beside its template."""

from __future__ import annotations

import pytest
from django.urls import reverse

from parvis.shared.design.samples import PARTS

ADDRESSES = [
    reverse("shared:design_part", args=[part.slug]) if part.slug else reverse("shared:design")
    for part in PARTS
]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_part_is_shown(client, django_assert_num_queries, address, language):
    with django_assert_num_queries(0):
        response = client.get(address, {"language": language})
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    part = PARTS[ADDRESSES.index(address)]
    assert page.count('class="sample"') == len(part.samples)


@pytest.mark.django_db
def test_the_template_stands_beside_what_it_draws(client):
    page = client.get(reverse("shared:design_part", args=["parts"])).content.decode()
    assert "{% translate &quot;Call the next one&quot; %}" in page


@pytest.mark.django_db
def test_french_is_french(client):
    page = client.get(reverse("shared:design"), {"language": "fr"}).content.decode()
    assert "Le visage de Parvis" in page
    assert "How Parvis looks" not in page


@pytest.mark.django_db
def test_a_part_that_does_not_exist_is_not_found(client):
    assert client.get(reverse("shared:design_part", args=["nowhere"])).status_code == 404


@pytest.mark.django_db
def test_a_field_says_what_is_wrong_beside_itself(client):
    page = client.get(reverse("shared:design_part", args=["forms"]), {"language": "en"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_wrong-seats_error"' in page
    assert 'id="id_wrong-seats_error"' in page
    assert 'value="0"' in page, "what was typed is kept"
