"""The address under which people reach this installation."""

from __future__ import annotations

import pytest

from parvis.shared.address import linked, public_address


@pytest.mark.parametrize(
    ("named", "origins", "hosts", "https", "found"),
    [
        ("", [], ["localhost"], False, ""),
        ("http://localhost:8001/", [], ["localhost"], False, "http://localhost:8001"),
        ("", ["https://one.example", "https://two.example"], ["one.example"], True, "https://one.example"),
        ("https://named.example", ["https://one.example"], [], True, "https://named.example"),
        ("", ["https://*.example"], ["*", ".wide.example", "here.example"], True, "https://here.example"),
        ("", ["https://*.example"], ["*"], True, ""),
        ("", [], ["here.example"], False, ""),
    ],
)
def test_it_is_what_the_settings_say_and_never_guessed_without_https(
    settings, named, origins, hosts, https, found
):
    settings.PUBLIC_ADDRESS, settings.CSRF_TRUSTED_ORIGINS = named, origins
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https
    assert public_address() == found
    assert linked("/c/lyon/") == (f"{found}/c/lyon/" if found else "")
