"""What can keep a step of an import from happening."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from parvis.reception.actions.errors import ReceptionError
from parvis.reception.models import PastImport


class PastError(ReceptionError):
    """A step of an import was refused; nothing changed."""


class TooLarge(PastError):
    """More bytes than a file of the past may have."""

    sentence = _("This file is too large: 120 MB at most. Send it in parts, for example one year at a time.")


class AlreadyBroughtIn(PastError):
    """The very same file is here already; ``earlier`` is its import."""

    def __init__(self, earlier: PastImport) -> None:
        super().__init__()
        self.earlier = earlier

    sentence = _(
        "This very file has already been brought in. Undo that import first if you want to bring it in differently."
    )


class AnotherIsRunning(PastError):
    """One file at a time is brought in or undone at a centre."""

    sentence = _(
        "Another file is just being brought in or undone, or was stopped half-way. Finish or undo that one first."
    )


class NotPossibleNow(PastError):
    """The import has moved on since the page was shown."""

    sentence = _("This file has moved on meanwhile. Here is where it stands now.")


class Incomplete(PastError):
    """A choice is missing; ``field`` names it."""

    SENTENCES = {
        "date": _("Say which column holds the date, or give the year and month."),
        "year": _("The dates do not say their year. Give the year."),
        "count": _("Choose at least one column of counts."),
        "channel": _("Choose the channel of visits whose line does not say it."),
        "refused": _("This column could tell who somebody is. It cannot be read."),
        "lists": _("A count can bear one theme and one list. Leave the other columns out."),
        "target": _("This choice does not belong to the centre, or is closed."),
        "overlap": _("Please confirm that these days may be brought in from a second file."),
        "nothing": _("There is nothing to bring in: every line is left out or already here."),
    }

    def __init__(self, field: str, column: int | None = None) -> None:
        super().__init__(field)
        self.field, self.column = field, column

    def __str__(self) -> str:
        return str(self.SENTENCES[self.field])
