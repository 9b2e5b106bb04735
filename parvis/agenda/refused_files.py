"""What staff read when a file is not taken."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.shared.attachments import Refused, Why

MESSAGES: dict[Why, str | Promise] = {
    Why.EMPTY: _("This file is empty. Choose another one."),
    Why.TOO_LARGE: _("It is larger than 5 MB."),
    Why.OTHER_KIND: _("Only PDF files and pictures (JPEG, PNG, WebP) are kept. Save it as PDF."),
    Why.HEIC: _("This picture is in a format that cannot be read here (HEIC). Save it as JPEG."),
    Why.BROKEN: _("This file cannot be read: it may be damaged or incomplete. Save it again."),
    Why.TOO_MANY_PIXELS: _("This picture is too large to be opened here. Save a smaller one."),
    Why.TOO_MANY_PAGES: _("This file has more than 60 pages. Keep those that matter."),
    Why.LOCKED: _("This PDF is protected by a password. Save a copy without the password."),
    Why.TOO_MUCH_WORK: _("This file takes too much work to open. Save it as a plainer PDF."),
    Why.BUSY: _("Many files are being opened at the moment. Try again in a minute."),
}


def message(refused: Refused) -> str:
    """Why the file was refused, and what to do."""
    return str(MESSAGES[refused.why])
