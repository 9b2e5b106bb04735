"""One's own name and language, and the table of who may do what."""

from pathlib import Path

import pytest
from django.conf import settings

from parvis.accounts import queries
from parvis.accounts.models import User
from parvis.accounts.roles import GRANTS, Permission, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    person = User.objects.create_user("ana@example.org", name="Ana")
    client.force_login(person)
    return person


def test_name_and_language_are_ones_own(client, ana):
    response = client.post("/account/", {"name": "Ana B.", "language": "fr"}, follow=True)
    ana.refresh_from_db()
    assert (ana.name, ana.language) == ("Ana B.", "fr")
    assert "nregistr" in str(next(iter(response.context["messages"])))


def test_wrong_input_is_kept_and_explained(client, ana):
    response = client.post("/account/", {"name": "", "language": "xx"})
    assert response.status_code == 422
    assert {"name", "language"} == set(response.context["form"].errors)
    ana.refresh_from_db()
    assert ana.name == "Ana"


def test_the_language_is_changed_from_any_page_and_leads_back(client, ana):
    response = client.post("/account/language/", {"language": "fr", "next": "/account/roles/"})
    assert response["Location"] == "/account/roles/"
    assert 'lang="fr"' in client.get("/account/roles/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_way_back_leads_to_no_other_host(client, ana, back):
    assert client.post("/account/language/", {"language": "en", "next": back})["Location"] == "/account/"


def test_an_unknown_language_is_refused(client, ana):
    assert client.post("/account/language/", {"language": "ar"}).status_code == 400


def test_the_page_shows_every_permission_and_role(client, ana, django_assert_num_queries):
    with django_assert_num_queries(1):  # session with person
        page = client.get("/account/roles/").content.decode()
    assert all(str(label) in page.replace("&#x27;", "'") for label in [*Role.labels, *Permission.labels])


def test_the_table_says_what_the_code_does():
    table = {(right.permission, role) for right in queries.rights() for role in right.roles}
    assert table == {(permission, role) for role, granted in GRANTS.items() for permission in granted}


def test_every_role_may_enter_and_every_permission_has_a_role():
    assert all(Permission.ENTER in granted for granted in GRANTS.values())
    assert set(GRANTS) == set(Role)
    assert all(right.roles for right in queries.rights())


def test_the_document_holds_the_same_table():
    document = (Path(settings.BASE) / "docs" / "roles.md").read_text()
    table = queries.rights_as_markdown()
    assert table in document, f"docs/roles.md is out of date. Its table should be:\n\n{table}\n"
