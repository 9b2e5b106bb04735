"""The sentences behind the short keys of an import: roles, reasons, problems."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import CodeList
from parvis.reception.models import Tally
from parvis.reception.past.headings import Why
from parvis.reception.past.outcome import Reason, Verdict
from parvis.reception.past.problems import Problem

WHY: dict[str, str | Promise] = {
    Why.NAME: _("Looks like people’s names. It is not read and never kept."),
    Why.PHONE: _("Looks like phone numbers. It is not read and never kept."),
    Why.EMAIL: _("Looks like e-mail addresses. It is not read and never kept."),
    Why.BIRTH: _("Looks like dates of birth. It is not read and never kept; an age or an age band may be."),
    Why.IDENTITY: _("Looks like identity or file numbers. It is not read and never kept."),
    Why.ADDRESS: _(
        "Looks like street addresses. It is not read and never kept; the start of a postcode may be."
    ),
    Why.ADVISER: _(
        "Says who of the staff it was. It is not read: no figure is about a person who works here."
    ),
    Why.FREE_TEXT: _("Free words. They are not read: names slip in too easily."),
    Why.RUNNING_NUMBER: _("A running number. It says nothing about the visit."),
    Why.RATE: _("An average, a share or a target. It is nothing to count."),
    Why.EMPTY: _("Empty."),
    Why.NOT_RECOGNISED: _("Not recognised. Choose what it is for, or leave it out."),
}

REASONS: dict[str, str | Promise] = {
    Reason.NO_DATE: _("There is no date on the line."),
    Reason.BAD_DATE: _("The date cannot be read"),
    Reason.NOT_A_DAY: _("The date is a week, month or year; a visit needs its day."),
    Reason.FUTURE: _("The date lies in the future"),
    Reason.HEADING_AGAIN: _("The heading once more."),
    Reason.NOT_A_ROW: _("A remark, not a line of the table."),
    Reason.TOTAL: _("A total: compared, not counted."),
    Reason.AVERAGE: _("An average or a share: not counted."),
    Reason.TOTAL_DIFFERS: _("A total that is not the sum of its lines"),
    Reason.ROW_TOTAL_DIFFERS: _("The line’s own total is not the sum of its columns"),
    Reason.NO_COUNT: _("Nothing is counted on this line."),
    Reason.CLOSED: _("Closed on that day"),
    Reason.NOT_KNOWN: _("“Not known” instead of a number"),
    Reason.NOT_A_NUMBER: _("Not a number"),
    Reason.NOT_WHOLE: _("Not a whole number"),
    Reason.NEGATIVE: _("A number below zero"),
    Reason.TOO_BIG: _("A number too big to be true"),
    Reason.LEFT_OUT: _("A wording that you left out"),
    Reason.BAD_UNIT: _("The unit is not one of passages, contacts, acts, participants."),
    Reason.BAD_HOUR: _("The time cannot be read"),
    Reason.BAD_SIZE: _("The number of people cannot be read"),
    Reason.BAD_MINUTES: _("The minutes cannot be read"),
    Reason.ALREADY: _("Already here."),
    Reason.CHANGED: _("Brought in before with another figure, which was kept"),
    Reason.RECORDED_HERE: _("On this day visitors were already recorded in Parvis"),
}

VERDICTS: dict[str, str | Promise] = {
    Verdict.NEW: _("New"),
    Verdict.ODD: _("New, with something odd"),
    Verdict.ALREADY: _("Already here"),
    Verdict.IGNORED: _("Left out"),
}

PROBLEMS: dict[str, str | Promise] = {
    Problem.EMPTY: _("The file is empty."),
    Problem.UNKNOWN_KIND: _("This is not a spreadsheet. Send a CSV, XLSX or ODS file."),
    Problem.TOO_LARGE: _("The file is too large. Send it in parts, for example one year at a time."),
    Problem.BOMB: _(
        "The file unpacks to far more than a spreadsheet of its size can hold, so it was not opened. Delete empty"
        " rows and columns at its end, or save it as CSV, and send it again."
    ),
    Problem.BROKEN: _(
        "The file is damaged. Open it in your spreadsheet program, save it again, and send that."
    ),
    Problem.PASSWORD: _("The file is locked with a password. Save it without one and send it again."),
    Problem.TOO_MANY_ROWS: _(
        "The file has more than 1,100,000 lines. Send it in parts, for example one year at a time."
    ),
    Problem.TOO_WIDE: _("The file has more than 300 columns. Leave out those that are not needed."),
    Problem.NO_TABLE: _("No table was found: at least a heading and one line with a date are needed."),
    Problem.UNREADABLE: _("The file could not be read. Save it as CSV or XLSX and send it again."),
    Problem.INTERRUPTED: _(
        "The work stopped because of an error on our side. What was there before is unchanged."
    ),
}

LISTS: dict[str, str | Promise] = {name.value: name.label for name in CodeList}
UNITS: dict[str, str | Promise] = {unit.value: unit.label for unit in Tally.Unit}
SHEET_WHY: dict[str, str | Promise] = {
    "empty": _("empty"),
    "summary": _("looks like a summary of the others"),
    "other_layout": _("has other columns"),
    "not_chosen": _("not chosen"),
}


def reason_sentence(reason: str, detail: str) -> str:
    """A remark on a line, with the cell or figure it is about."""
    said = str(REASONS.get(reason, reason))
    if not detail or said.endswith("."):
        return said
    return gettext("%(what)s: %(detail)s") % {"what": said, "detail": detail}
