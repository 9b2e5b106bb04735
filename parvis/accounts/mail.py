"""Mail to the people who work here. A mail server that does not answer is never the reader's problem."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

log = logging.getLogger(__name__)
UNREACHABLE = (smtplib.SMTPException, OSError)


def goes_out() -> bool:
    """Whether this installation has a mail server; without one, mails are only written to its log."""
    return not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))


def send(
    template: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, object],
    attached: Sequence[tuple[str, bytes, str]] = (),
) -> bool:
    """Sends one mail from ``template``, whose first line is the subject. Returns whether it left for ``to``.

    ``attached``: files, each with its name and kind.
    """
    with translation.override(language):
        subject, text = render_to_string(template, dict(context)).strip().split("\n", 1)
    message = EmailMessage(subject.strip(), text.strip() + "\n", to=[to])
    for name, body, kind in attached:
        message.attach(name, body, kind)
    try:
        message.send()
    except UNREACHABLE as error:
        # Its kind only: what a server answers mostly quotes the address.
        log.warning("The mail %s could not be sent: %s", template, type(error).__name__)
        return False
    return goes_out()
