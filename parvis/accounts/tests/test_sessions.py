"""A session brings its person, and nothing it brings is believed without the signed words in it."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.models import Session, User

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:account")


@pytest.fixture
def ana():
    return User.objects.create_user("ana@example.org", "a wide open square", name="Ana")


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def is_in(client):
    return client.get(PAGE).status_code == 200


def test_the_person_is_kept_beside_the_session(signed_in, ana):
    assert Session.objects.get().person == ana
    assert signed_in.get(PAGE).wsgi_request.user == ana


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_whoever_is_closed_out_is_out_at_the_next_page(signed_in, ana, change):
    assert is_in(signed_in)
    User.objects.filter(pk=ana.pk).update(**change)
    assert not is_in(signed_in)


def test_somebody_who_is_gone_takes_the_session_along(signed_in, ana):
    ana.delete()
    assert not Session.objects.exists()
    assert not is_in(signed_in)


def test_an_ended_session_opens_nothing(signed_in):
    Session.objects.update(expire_date=timezone.now())
    assert not is_in(signed_in)


def test_the_signed_words_decide_not_the_row_beside_them(signed_in, ana):
    other = User.objects.create_user("bo@example.org", "another open square", name="Bo")
    for person in (other, None):
        Session.objects.update(person=person)
        assert signed_in.get(PAGE).wsgi_request.user == ana


def test_a_backend_that_is_not_ours_is_not_believed(signed_in):
    session = signed_in.session
    session["_auth_user_backend"] = "somewhere.Else"
    session.save()
    assert not is_in(signed_in)


def test_a_former_signing_key_still_opens(signed_in, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one, long enough to be no joke at all: 0123456789"
    assert is_in(signed_in)
    assert is_in(signed_in)  # with the session that was signed anew


def test_signing_out_leaves_no_row_of_the_person(signed_in):
    signed_in.post(reverse("account_logout"))
    assert not Session.objects.filter(person__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_the_former_table_of_sessions_goes():
    drop_former = import_module("parvis.accounts.migrations.0003_session").drop_former
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE django_session (session_key varchar(40) PRIMARY KEY)")
    for _again in range(2):
        with connection.schema_editor(atomic=False) as editor:
            drop_former(None, editor)
        assert "django_session" not in connection.introspection.table_names()
