"""The pages of reports: the list, one report as it reads, one that others may read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from parvis.centres.models import Centre
from parvis.partners.models import PARTNERS, Contact
from parvis.shared.charts import Bars, Row
from parvis.statistics.models import Audience, LateChange, Part, PartKind, Refresh, Report, Schedule, Sending
from parvis.statistics.queries.explorer import late
from parvis.statistics.queries.reports.blocks import FROM_SURVEYS
from parvis.statistics.queries.reports.content import Change, Content, Table, changes, from_json, in_words
from parvis.statistics.queries.reports.spans import name_of
from parvis.statistics.shown import Figure, Hidden, Line

BESIDE = "beside"  # a table of this period and the year before
MOST = 60  # reports on a page
UNSAID = frozenset(
    {PartKind.NARRATIVE, *FROM_SURVEYS}
)  # blocks that readers are spared where there is nothing in them


@dataclass(frozen=True)
class ReportsPage:
    """Every report of a centre that the reader may see."""

    drafts: list[Report]
    published: list[Report]
    replaced: list[Report]

    @property
    def is_empty(self) -> bool:
        return not (self.drafts or self.published or self.replaced)


def seen_by(centre: Centre, *, outside: bool) -> QuerySet[Report]:
    """The reports of ``centre`` that somebody reads: from outside only what left it."""
    rows = Report.objects.filter(centre=centre).select_related("centre", "published_by", "drafted_by")
    if outside:
        rows = rows.exclude(state=Report.State.DRAFT).exclude(audience=Audience.TEAM)
    return rows


def reports_page(centre: Centre, *, outside: bool) -> ReportsPage:
    """The latest first, each with whether figures of its days changed since they were taken: one query."""
    changes_late = LateChange.objects.filter(
        centre=OuterRef("centre"),
        date__range=(OuterRef("first"), OuterRef("last")),
        noticed_at__gt=OuterRef("refreshed_at"),
    )
    rows: list[Report] = [
        *seen_by(centre, outside=outside).annotate(changed_since=Exists(changes_late))[:MOST]
    ]
    return ReportsPage(*([row for row in rows if row.state == state] for state in Report.State))


@dataclass(frozen=True)
class ShownLine:
    """One line of a table as it is read: figures in words, each with why it is hidden, if it is."""

    line: Line
    cells: list[tuple[str, bool]]
    total: str
    share: str
    bounds: tuple[str, str]  # between which the share of everybody lies, where a sample says so
    width: int  # of its bar, in percent of the longest; 0 without

    @property
    def label(self) -> str:
        return str(self.line.label)


@dataclass(frozen=True)
class ShownTable:
    """One table as a page or a sheet of paper has it, in the language of the report."""

    table: Table

    @cached_property
    def lines(self) -> list[ShownLine]:
        return [self._line(line) for line in self.table.table.lines]

    @property
    def has_totals(self) -> bool:
        """Whether lines have totals of their own."""
        return any(line.total is not None for line in self.table.table.lines)

    @property
    def has_shares(self) -> bool:
        return any(line.share is not None for line in self.table.table.lines)

    @property
    def has_bounds(self) -> bool:
        """Whether a sample says how sure its percentages are."""
        return any(line.low is not None for line in self.table.table.lines)

    @property
    def hides(self) -> bool:
        """Whether anything in it is hidden."""
        table = self.table.table
        return any(isinstance(one, Hidden) for line in table.lines for one in (*line.figures, line.total))

    @property
    def n(self) -> str:
        return in_words(self.table.table.n)

    @cached_property
    def totals(self) -> list[Figure]:
        """The line below all others: of each column, then of all of them. Nothing where none is told."""
        table = self.table.table
        of_all = [table.total] if table.total is not None else []
        if table.column_totals:
            return [*table.column_totals, *([table.total] if self.has_totals else [])]
        return list(of_all) if len(table.columns) == 1 else []

    @property
    def totals_said(self) -> list[str]:
        return [in_words(one) for one in self.totals]

    @cached_property
    def chart(self) -> Bars | None:
        """A picture, where the block asks for one and the table has one column, or a second that it stands beside: the same figures."""
        table = self.table.table
        if self.table.chart == BESIDE:
            return self._beside
        if self.table.chart != "bars" or len(table.columns) != 1:
            return None
        rows = [
            Row(
                str(line.label),
                _drawn(line.figures[0]),
                line.tint or "petrol",
                line.shape,
                share_in_words(line),
            )
            for line in table.lines
        ]
        return Bars(table.title, table.unit, rows)

    @property
    def _beside(self) -> Bars:
        """A bar for this period, and in words what it was a year before."""
        table = self.table.table
        rows = [
            Row(
                str(line.label),
                _drawn(line.figures[0]),
                line.tint or "petrol",
                line.shape,
                _("a year before: %(n)s") % {"n": in_words(then)}
                if (then := line.figures[1]) is not None
                else "",
            )
            for line in table.lines
        ]
        return Bars(table.title, table.unit, rows)

    def _line(self, line: Line) -> ShownLine:
        cells = [(in_words(one), isinstance(one, Hidden)) for one in line.figures]
        bounds = (in_words(line.low), in_words(line.high))
        return ShownLine(line, cells, in_words(line.total), in_words(line.share), bounds, self._width(line))

    def _width(self, line: Line) -> int:
        table = self.table.table
        if len(table.columns) != 1:
            return 0
        drawn = [_drawn(one.figures[0]) or 0 for one in table.lines]
        return round(100 * (_drawn(line.figures[0]) or 0) / (max(drawn, default=0) or 1))


def share_in_words(line: Line) -> str:
    """“62 %”, or of a sample “62 % (55 to 69)”; nothing where there is none to tell."""
    if line.share is None or isinstance(line.share, Hidden):
        return ""
    said = {"n": in_words(line.share), "low": in_words(line.low), "high": in_words(line.high)}
    return _("%(n)s %%") % said if line.low is None else _("%(n)s %% (%(low)s to %(high)s)") % said


def _drawn(figure: Figure) -> float | int | None:
    return None if isinstance(figure, Hidden) else figure


@dataclass(frozen=True)
class ShownPart:
    """One block as it reads."""

    part: Part
    content: Content
    tables: list[ShownTable]


@dataclass(frozen=True)
class ReportPage:
    """One report: as it stands where it is a draft, as it was shown where it was published."""

    report: Report
    parts: list[ShownPart]
    refreshes: list[Refresh]
    latest: list[Change]  # what the last refresh changed
    replaced_by: Report | None
    corrections: list[Change]  # what a correction changed against what was said
    sendings: list[Sending]

    @property
    def period(self) -> str:
        return name_of(self.report.first, self.report.last)

    @property
    def hides(self) -> bool:
        return any(table.hides for part in self.parts for table in part.tables)


def shown_parts(parts: list[Part], contents: list[Content], *, to_readers: bool) -> list[ShownPart]:
    """Blocks as they are read, in the active language. ``to_readers``: without those in which nobody wrote anything."""
    return [
        ShownPart(part, content, [ShownTable(table) for table in content.tables])
        for part, content in zip(parts, contents, strict=True)
        if content or not to_readers or part.kind not in UNSAID
    ]


def contents_of(report: Report, parts: list[Part]) -> list[Content]:
    """What each block tells: what was shown, or, in a draft, what was counted."""
    return [
        from_json(part.figures if report.is_draft or part.shown is None else part.shown) for part in parts
    ]


def report_page(report: Report, contents: list[Content] | None = None) -> ReportPage:
    """One report: five queries. ``contents``: instead of what it holds, as its readers would see it."""
    parts = list(report.parts.all())
    refreshes = list(report.refreshes.all()[:20])
    with translation.override(report.language):
        to_readers = contents is not None or not report.is_draft
        shown = shown_parts(parts, contents or contents_of(report, parts), to_readers=to_readers)
    return ReportPage(
        report,
        shown,
        refreshes,
        [Change.read(one) for one in refreshes[0].changes] if refreshes else [],
        Report.objects.filter(corrects=report).first(),
        _corrected(report, shown),
        list(report.sendings.select_related("contact__relation__institution")),
    )


def changed_since(report: Report, *, exact: bool) -> list[str]:
    """What of its days was noticed to be another figure after they were taken: one query. Of what was replaced nothing more is told."""
    if report.state == Report.State.REPLACED:
        return []
    return late.said(
        late.changed([report.centre], report.first, report.last, since=report.refreshed_at), exact=exact
    )


def _corrected(report: Report, shown: list[ShownPart]) -> list[Change]:
    """Figures that are other ones than in the report which this one corrects, by the blocks' headings."""
    if report.corrects is None:
        return []
    before = {part.title: from_json(part.shown or {}) for part in report.corrects.parts.all()}
    return [
        change
        for one in shown
        if one.part.title in before
        for change in changes(one.part.title, before[one.part.title], one.content)
    ]


def since_the_last(report: Report) -> list[Change]:
    """What is another figure than in the last report of the same model, language and length: three queries."""
    rows = Report.objects.filter(centre=report.centre, model=report.model, language=report.language)
    before = rows.filter(last__lt=report.first).order_by("-last", "-pk").first()
    if before is None:
        return []
    then = list(before.parts.all())
    told = {part.title: one for part, one in zip(then, contents_of(before, then), strict=True)}
    now = list(report.parts.all())
    return [
        change
        for part, one in zip(now, contents_of(report, now), strict=True)
        if part.title in told and one.sentences
        for change in changes(part.title, Content(told[part.title].sentences), Content(one.sentences))
    ]


def schedules_of(centre: Centre) -> list[Schedule]:
    """What is made by itself: one query."""
    return list(Schedule.objects.filter(centre=centre, stopped_at=None).order_by("model", "pk"))


def contacts_of(report: Report) -> list[Contact]:
    """People with an address at the centre’s partners who have not had this report: one query."""
    rows = Contact.objects.filter(relation__centre=report.centre, relation__stage__in=PARTNERS)
    rows = rows.exclude(email="").exclude(pk__in=report.sendings.values("contact"))
    return list(
        rows.select_related("relation__institution").order_by("relation__institution__name", "name", "pk")
    )


def public_reports(centre: Centre) -> list[Report]:
    """What everybody may read of a centre, the latest first: one query. What was replaced is reached from its correction."""
    rows = Report.objects.filter(centre=centre, audience=Audience.PUBLIC, state=Report.State.PUBLISHED)
    return list(rows.select_related("centre"))


def public_report(slug: str, token: str) -> Report | None:
    """A report that everybody may read, published or replaced."""
    rows = Report.objects.filter(centre__slug=slug, token=token, audience=Audience.PUBLIC)
    return rows.exclude(state=Report.State.DRAFT).select_related("centre", "corrects").first()
