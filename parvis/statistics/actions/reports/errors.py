"""What can keep a report’s action from happening. Each carries the sentence that staff read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReportError(Exception):
    """Nothing was changed; ``str()`` says why and what to do, in the active language."""

    sentence: ClassVar[str | Promise] = _("That is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)


class NoDraft(ReportError):
    """It was published: what it says stays."""

    sentence = _("This report was published: it stays as it is. What is wrong in it can be corrected.")


class NotPublished(ReportError):
    """Only what was published can be corrected or sent."""

    sentence = _("This report is not published.")


class ForTheTeamOnly(ReportError):
    """True figures stay in the centre."""

    sentence = _("This report is for the team: it is not sent. Make one for partners, or for everybody.")


class StillRunning(ReportError):
    """The period has not ended."""

    sentence = _("The period is not over: a report is published when its figures no longer grow.")


class ChangedMeanwhile(ReportError):
    """A colleague wrote into the same block."""

    sentence = _(
        "A colleague changed this block meanwhile. Yours is kept below: look at theirs, then save again."
    )


class CorrectedAlready(ReportError):
    """One correction at a time."""

    sentence = _("This report is being corrected, or was: go on there.")


class NameTaken(ReportError):
    """Another model of the centre has it."""

    sentence = _("Another model of your centre has this name.")


class ScheduledAlready(ReportError):
    """The same model in the same language."""

    sentence = _("This model is already made by itself in this language.")


class AuditFailed(ReportError):
    """Somebody outside could compute what is hidden, or nothing proves that they can not."""

    sentence = _("Not published: somebody who reads it could compute a figure that is hidden.")

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__()
        self.reasons = list(reasons)
