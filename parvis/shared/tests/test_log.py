"""A page that fails leaves a trace, and the trace gives nobody away."""

from __future__ import annotations

import logging
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from parvis.shared.log import Discreet

SECRET, WORDS = "hawk-lantern-river", "Anna’s row"


def failing(request: HttpRequest, token: str) -> HttpResponse:
    try:
        {}[WORDS]
    except KeyError as error:
        raise ValueError(WORDS) from error
    return HttpResponse(token)


urlpatterns = [path("tell/<slug:token>/", failing), path("", include("parvis.config.urls"))]


@pytest.fixture
def written(caplog):
    """What an installation's log says of a page that fails."""
    with override_settings(ROOT_URLCONF=__name__):
        assert Client(raise_request_exception=False).post(f"/tell/{SECRET}/?of={SECRET}").status_code == 500
    (record,) = [one for one in caplog.records if one.levelno >= logging.ERROR]
    return Discreet().format(record)


def test_it_says_which_page_failed_and_where(written):
    assert "ERROR django.request: POST tell/<slug:token>/" in written
    assert written.index("\nKeyError\n") < written.index("\nand then\n") < written.index("\nValueError")
    assert "in failing" in written
    assert "test_log.py" in written


def test_it_keeps_secrets_and_words_to_itself(written):
    assert SECRET not in written
    assert "Anna" not in written


def test_what_another_handler_made_of_it_is_not_taken_over():
    try:
        raise ValueError(WORDS)
    except ValueError:
        record = logging.LogRecord("parvis", logging.ERROR, __file__, 1, "It failed", (), sys.exc_info())
    logging.Formatter().format(record)
    assert WORDS not in Discreet().format(record)


def test_an_address_that_leads_nowhere_is_named_so():
    request = HttpRequest()
    request.method, request.path = "GET", f"/nowhere/{SECRET}/"
    record = logging.makeLogRecord({"msg": "%s", "args": (request.path,), "request": request})
    assert Discreet().format(record).endswith(": GET no page")


def test_an_installation_writes_that_way():
    handlers = settings.LOGGING["root"]["handlers"]
    assert [settings.LOGGING["handlers"][one]["formatter"] for one in handlers] == ["discreet"]
    assert settings.LOGGING["formatters"]["discreet"]["()"] == "parvis.shared.log.Discreet"


def test_the_web_server_writes_through_the_same_log(monkeypatch):
    said = {}
    monkeypatch.setattr("uvicorn.run", lambda _application, **options: said.update(options))
    call_command("serve")
    assert (said["log_config"], said["access_log"]) == (None, False)
