"""What the pages of agreements show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from parvis.centres.models import Centre
from parvis.partners.models import FTE_HOURS, Agreement, PartnerSettings, Relation
from parvis.shared.plain import plain


class State(StrEnum):
    """Where an agreement is on a day."""

    IN_FORCE = "in_force"
    COMING = "coming"
    OVER = "over"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class AgreementLine:
    """An agreement, where it is on a day, and the days that matter next."""

    agreement: Agreement
    state: State
    end: date | None  # its last day, renewals, notice and a later agreement counted; none while it goes on
    replaced_by: Agreement | None
    term_end: date | None  # of the term that runs
    notice_by: date | None  # the last day for preventing its renewal

    @property
    def relation(self) -> Relation:
        return self.agreement.relation

    @property
    def counts(self) -> bool:
        """Whether it is in force, or will be."""
        return self.state in (State.IN_FORCE, State.COMING)


def line_of(agreement: Agreement, day: date, replaced_by: Agreement | None) -> AgreementLine:
    """An agreement on ``day``: no query."""
    end = agreement.own_last_day
    if replaced_by:
        last = replaced_by.starts_on - timedelta(days=1)
        end = min(end, last) if end else last
    if agreement.withdrawn_at:
        state = State.WITHDRAWN
    elif end and end < day:
        state = State.REPLACED if replaced_by else State.OVER
    else:
        state = State.COMING if agreement.starts_on > day else State.IN_FORCE
    alive = state in (State.IN_FORCE, State.COMING) and not replaced_by
    first = max(day, agreement.starts_on)
    return AgreementLine(
        agreement,
        state,
        end,
        replaced_by,
        term_end=agreement.term_end(first) if alive else None,
        notice_by=agreement.notice_by(first) if alive else None,
    )


def lines_of(agreements: Iterable[Agreement], day: date) -> list[AgreementLine]:
    """All of them, as far as they are of whole relations; those that count first, then the newest: no query but theirs."""
    found = list(agreements)
    later = {one.replaces_id: one for one in found if one.replaces_id and not one.withdrawn_at}
    lines = [line_of(one, day, later.get(one.pk)) for one in found]
    order = [State.IN_FORCE, State.COMING, State.REPLACED, State.OVER, State.WITHDRAWN]
    lines.sort(
        key=lambda line: (order.index(line.state), -line.agreement.starts_on.toordinal(), -line.agreement.pk)
    )
    return lines


def whole() -> QuerySet[Agreement]:
    """Agreements with everything that a page says of them: four queries."""
    return Agreement.objects.select_related(
        "relation__institution", "relation__centre", "replaces", "entered_by", "withdrawn_by"
    ).prefetch_related("pledges__theme", "documents__added_by")


def agreements_of(relation: Relation, day: date) -> list[AgreementLine]:
    """Every agreement with one institution: at most four queries."""
    return lines_of(whole().filter(relation=relation), day)


def agreements(centre: Centre, day: date) -> list[AgreementLine]:
    """Every agreement of a centre that was not withdrawn, by institution: at most four queries."""
    lines = lines_of(whole().filter(relation__centre=centre, withdrawn_at=None), day)
    return sorted(lines, key=lambda line: plain(line.relation.institution.name))


def fte_hours(centre: Centre) -> int:
    """The hours of a full-time year for agreements that are put down from now on: one query."""
    found = PartnerSettings.objects.filter(centre=centre).values_list("fte_hours", flat=True).first()
    return found or FTE_HOURS
