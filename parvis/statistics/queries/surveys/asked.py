"""What somebody asks of a survey, and why it is not answered outside the centre's team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from parvis.centres.models import Centre
from parvis.rota.periods import Period
from parvis.surveys.models import Collection
from parvis.surveys.queries.batches import told_until
from parvis.surveys.queries.of_period import is_sample

LONG = 62  # days: a survey that lasts longer can be read by month
MOST_MONTHS = 24


class Shown(StrEnum):
    """What stands in the cells where one question is crossed by another."""

    NUMBER = "number"
    PERCENT = "percent"
    DOUBT = "doubt"


class Stays(StrEnum):
    """Why results do not leave the centre."""

    RUNNING = "running"
    FEW = "few"


WHY: dict[Stays, str | Promise] = {
    Stays.RUNNING: _(
        "It goes on: two looks at it would differ by what somebody answered in between. Results leave once it is over, or by month, once the month is."
    ),
    Stays.FEW: _("Fewer than ten answered: what they said would be somebody’s."),
}


@dataclass(frozen=True)
class Part:
    """Some days of a survey that one may ask about. ``key``: as addresses say it; "" is the whole survey."""

    key: str
    label: str
    first: date
    last: date
    over: bool

    def until(self, told: date | None) -> date:
        """The last day of it that is told; the day before its first where none is."""
        return min(self.last, told) if told else self.first - timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """One question about a survey."""

    part: Part
    rows: str = ""
    columns: str = ""
    shown: Shown = Shown.NUMBER
    other: Collection | None = None  # the wave to compare with


def parts_of(survey: Collection, today: date) -> list[Part]:
    """The whole survey first, then its months, where it is no sample and lasts long: the latest first."""
    last = survey.closes_on or today
    whole = Part("", "", survey.opens_on, last, survey.closes_on is not None and survey.closes_on < today)
    if is_sample(survey) or (last - survey.opens_on).days < LONG:
        return [whole]
    months: list[Part] = []
    month = Period(min(last, today).replace(day=1), 1)
    while month.last >= survey.opens_on and len(months) < MOST_MONTHS:
        name = capfirst(date_format(month.first, "F Y"))
        months.append(Part(month.key, name, month.first, month.last, month.last < today))
        month = month.before
    return [whole, *months]


def told_of(survey: Collection, part: Part, today: date) -> date:
    """The last day of a part that is told: one query."""
    return part.last if part.over else part.until(told_until(survey, today))


def waves_before(survey: Collection, today: date) -> QuerySet[Collection]:
    """Other puttings of the same questionnaire in the same centre that began earlier and are over, the latest first."""
    rows = Collection.objects.filter(centre=survey.centre, opens_on__lt=survey.opens_on, closes_on__lt=today)
    rows = rows.filter(version__questionnaire=survey.version.questionnaire_id, institution=None)
    return rows.select_related("version__questionnaire", "centre__network", "network", "sample").order_by(
        "-opens_on", "-pk"
    )


def surveys_told(centre: Centre) -> QuerySet[Collection]:
    """A centre's surveys whose results are read by question."""
    rows = Collection.objects.filter(centre=centre)
    return rows.select_related("version__questionnaire", "centre__network", "network", "sample")
