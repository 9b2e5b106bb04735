"""Agreements and contributions as tables for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from parvis.partners.models import Contribution, Pledge
from parvis.partners.queries.agreements import AgreementLine, State
from parvis.shared.sheets import Cell


def agreements_heading(*, remarks: bool) -> list[str]:
    """The names of the columns; what the centre remarked is for the centre."""
    return [
        *(
            _("Institution"),
            pgettext("kind of agreement", "Kind"),
            _("Title"),
            pgettext("of an agreement", "State"),
        ),
        *(
            _("In force from"),
            _("Last day"),
            _("Tacitly renewed by, in months"),
            _("Notice by"),
            _("Signed on"),
        ),
        *(_("Charter signed on"), _("Theme"), _("Pledged"), pgettext("of what was pledged", "Unit")),
        *(pgettext("of what was pledged", "Each"), _("Money"), _("Currency"), pgettext("of money", "Each")),
        *(_("In kind"), *([_("Remark")] if remarks else [])),
    ]


def agreements_rows(lines: Iterable[AgreementLine], *, remarks: bool) -> Iterator[list[Cell]]:
    """A line for each pledge of each agreement; money and what is in kind stand on the first, so that sums are right."""
    for line in lines:
        pledges: list[Pledge | None] = list(line.agreement.pledges.all()) or [None]
        for n, pledge in enumerate(pledges):
            yield _agreement(line) + _pledge(pledge) + _given(line, first=n == 0, remarks=remarks)


def _agreement(line: AgreementLine) -> list[Cell]:
    one = line.agreement
    return [
        line.relation.institution.name,
        str(one.get_kind_display()),
        one.title,
        _state(line.state),
        one.starts_on,
        line.end,
        one.renewal_months,
        line.notice_by,
        one.signed_on,
        one.charter_signed_on,
    ]


def _state(state: State) -> str:
    return {
        State.IN_FORCE: _("in force"),
        State.COMING: _("begins later"),
        State.OVER: _("over"),
        State.REPLACED: _("replaced"),
        State.WITHDRAWN: _("withdrawn"),
    }[state]


def _pledge(pledge: Pledge | None) -> list[Cell]:
    if pledge is None:
        return ["", None, "", ""]
    theme = str(pledge.theme.name) if pledge.theme else _("any theme")
    return [theme, float(pledge.amount), str(pledge.get_unit_display()), str(pledge.get_per_display())]


def _given(line: AgreementLine, *, first: bool, remarks: bool) -> list[Cell]:
    one = line.agreement
    said: list[Cell] = ["", "", "", "", *([""] if remarks else [])]
    if first:
        money = float(one.money) if one.money is not None else None
        each = str(one.get_money_per_display()) if one.money_per else ""
        said = [money, one.currency, each, one.in_kind, *([one.remark] if remarks else [])]
    return said


def contributions_heading() -> list[str]:
    """The names of the columns."""
    kind, came = _("Kind of contribution"), _("Where it comes from")
    return [_("Day"), _("Institution"), kind, _("What it was"), _("Theme"), _("Minutes"), came]


def contributions_rows(found: Iterable[Contribution]) -> Iterator[list[Cell]]:
    """A line for each."""
    for one in found:
        theme = str(one.theme.name) if one.theme else ""
        kind = str(one.get_kind_display())
        came = _("from the agenda") if one.counted_from else _("noted by hand")
        yield [one.day, one.relation.institution.name, kind, one.words, theme, one.minutes, came]
