"""What a visitor reads when a file is not taken."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.shared.attachments import Refused, Why

MESSAGES: dict[Why, str | Promise] = {
    Why.EMPTY: _("This file is empty. Choose another one; your message is kept."),
    Why.TOO_LARGE: _(
        "This file is larger than 5 MB. Send a smaller one, or a photo of the page that matters."
    ),
    Why.OTHER_KIND: _("Only PDF files and pictures (JPEG, PNG, WebP) can be sent. Your message is kept."),
    Why.HEIC: _(
        "This picture is in a format that cannot be read here (HEIC). Send it as JPEG, or take a screenshot of it and"
        " send that."
    ),
    Why.BROKEN: _(
        "This file cannot be read: it may be damaged or incomplete. Save it again, or send a photo of it."
    ),
    Why.TOO_MANY_PIXELS: _(
        "This picture is too large to be opened here. Send a smaller one, such as a screenshot."
    ),
    Why.TOO_MANY_PAGES: _("This file has too many pages. Send only those that matter."),
    Why.LOCKED: _(
        "This PDF is protected by a password. Save a copy without the password, or send a photo of the page that matters."
    ),
    Why.TOO_MUCH_WORK: _("This file takes too much work to open. Send a photo of the page that matters."),
    Why.BUSY: _("Many files are being opened at the moment. Try again in a minute; your message is kept."),
}


def message(refused: Refused) -> str:
    """Why the file was refused, and what to do, in the page's language."""
    return str(MESSAGES[refused.why])
