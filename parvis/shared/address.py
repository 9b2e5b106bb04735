"""Under which address people reach this installation: for mails, which are written where no request tells it."""

from __future__ import annotations

from django.conf import settings


def public_address() -> str:
    """“https://parvis.example.org”, as far as the settings say it, else nothing; never a request's Host, which anybody may write."""
    named = [settings.PUBLIC_ADDRESS, *settings.CSRF_TRUSTED_ORIGINS]
    if origin := next((one for one in named if one and "*" not in one), ""):
        return str(origin).rstrip("/")
    host = next((one for one in settings.ALLOWED_HOSTS if not one.startswith((".", "*"))), "")
    return f"https://{host}" if settings.HTTPS and host else ""


def linked(path: str) -> str:
    """A link to a page of this installation, or nothing where its address is not known: a mail says in words then where it is."""
    origin = public_address()
    return f"{origin}{path}" if origin else ""
