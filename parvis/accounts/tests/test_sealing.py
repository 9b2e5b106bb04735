"""Secrets of authenticator apps are sealed with the signing key, and outlive its change."""

import pytest
from cryptography.fernet import InvalidToken

from parvis.accounts.adapter import SecondFactor


def test_what_is_sealed_is_not_readable_and_comes_back():
    sealed = SecondFactor().encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert SecondFactor().decrypt(sealed) == "JBSWY3DPEHPK3PXP"


def test_a_former_signing_key_still_opens(settings):
    settings.SECRET_KEY = "the former one"
    sealed = SecondFactor().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the former one"]
    assert SecondFactor().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SecondFactor().decrypt(sealed)
