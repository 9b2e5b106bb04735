"""What a centre's own settings must satisfy."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from parvis.centres.time_zones import known_zones


def known_time_zone(value: str) -> None:
    """Raises ``ValidationError`` unless ``value`` names a zone of the IANA database."""
    if value not in known_zones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Example: Europe/Brussels."), params={"zone": value}
        )


def known_languages(value: object) -> None:
    """Raises ``ValidationError`` unless ``value`` is a list of language codes that visitors' pages speak, each once."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(value, list) or not value or len(set(value)) != len(value) or not set(value) <= known:
        raise ValidationError(_("Choose at least one language, each once."))
