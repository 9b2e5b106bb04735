"""Acts with every code, what groups were made of, and the voluntary answers apart from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from parvis.centres.models import Centre, CodeList
from parvis.reception.models import Act, ActCode, Profile
from parvis.reception.past.headings import ACT_LISTS, PROFILE_LISTS
from parvis.reception.queries.export.entries import EntryNames, Lot, by_row, lots, rows_in
from parvis.shared.books import Table
from parvis.shared.sheets import Cell

CODED = [name for name in ACT_LISTS if name not in ("channel", "service")]  # those stand on the act itself
FIELDS = ("pk", "date", "at", "kind", "channel", "service", "language", "size", "minutes", "note")


def visits_tables(centre: Centre, first: date, last: date, names: EntryNames) -> Iterator[Table]:
    """Acts, the composition of groups, and profile answers."""
    acts = Act.objects.counted().filter(centre=centre, date__range=(first, last))
    found = lots(acts)
    count = sum(lot.rows for lot in found)
    yield Table("acts", _("Acts"), _acts_heading(), _acts(centre, acts, found, names), count)
    heading = [_("Date"), _("Time"), _("Number of people"), _("List"), _("Entry"), _("Count")]
    groups = acts.filter(kind=Act.Kind.GROUP)
    yield Table(
        "groups",
        _("Make-up of groups"),
        heading,
        _groups(centre, lots(groups), groups, names),
        groups.count(),
    )
    profiles = Profile.objects.counted().filter(centre=centre, date__range=(first, last))
    found = lots(profiles)
    count = sum(lot.rows for lot in found)
    heading = [_("Date"), _("Asked"), *(str(CodeList(name).label) for name in PROFILE_LISTS)]
    heading += [_("Start of the postcode"), _("Recorded")]
    yield Table("profile-answers", _("Profile answers"), heading, _profiles(profiles, found, names), count)


def _acts_heading() -> list[str]:
    return [
        _("Date"),
        _("Time"),
        _("Kind"),
        _("Themes"),
        str(CodeList.CHANNEL.label),
        str(CodeList.SERVICE.label),
        _("Language"),
        _("Number of people"),
        _("Minutes"),
        *(str(CodeList(name).label) for name in CODED),
        _("Short note"),
        _("Ticket"),
        _("Recorded"),
    ]


def _acts(
    centre: Centre, acts: QuerySet[Act], found: list[Lot], names: EntryNames
) -> Iterator[Sequence[Cell]]:
    kinds = {kind.value: str(kind.label) for kind in Act.Kind}
    zone, here = centre.zone, _origins()
    for lot in found:
        days = (lot.first, lot.last)
        of_lot = acts.filter(date__range=days)
        wanted = of_lot.order_by("date", "pk").values_list(*FIELDS, "ticket__number", "past_import")
        themes = by_row(
            Act.themes.through.objects.filter(act__centre=centre, act__date__range=days)
            .order_by("act", "theme__position", "theme")
            .values_list("act", "theme")
        )
        codes = _codes(centre, days)
        for pk, day, at, kind, channel, service, language, size, minutes, note, ticket, past in wanted:
            lists = _by_list(codes.get(pk, ()), names, size if kind == Act.Kind.GROUP else 0)
            yield [
                day,
                at.astimezone(zone).strftime("%H:%M") if at else None,
                kinds[kind],
                names.joined(names.themes[theme] for theme in themes.get(pk, ())),
                names.codes.get(channel),
                names.codes.get(service),
                language,
                size,
                minutes,
                *(names.joined(lists[name]) if name in lists else None for name in CODED),
                note,
                ticket,
                here[past is not None],
            ]


def _codes(centre: Centre, days: tuple[date, date]) -> dict[int, list[tuple[int, int]]]:
    rows = (
        ActCode.objects.filter(act__centre=centre, act__date__range=days)
        .order_by("act", "code__position", "code")
        .values_list("act", "code", "count")
    )
    return by_row((act, (code, count)) for act, code, count in rows)


def _by_list(codes: Iterable[tuple[int, int]], names: EntryNames, group: int) -> dict[str, list[str]]:
    """List → entries; those of a group with how many of its members each stands for."""
    found: dict[str, list[str]] = {}
    for code, count in codes:
        text = f"{names.codes[code]} ×{count}" if group else names.codes[code]
        found.setdefault(names.lists[code], []).append(text)
    return found


def _groups(
    centre: Centre, found: list[Lot], groups: QuerySet[Act], names: EntryNames
) -> Iterator[Sequence[Cell]]:
    """What is told of the members of groups: totals, each list by itself."""
    for of_lot in rows_in(groups, found):
        rows: Any = (
            ActCode.objects.filter(act__in=of_lot)
            .exclude(code__list__in=CODED)
            .order_by("act__date", "act", "code__list", "code__position")
            .values_list("act__date", "act__at", "act__size", "code", "count")
        )
        for day, at, size, code, count in rows:
            clock = at.astimezone(centre.zone).strftime("%H:%M") if at else None
            yield [day, clock, size, str(CodeList(names.lists[code]).label), names.codes[code], count]


def _profiles(profiles: QuerySet[Profile], found: list[Lot], names: EntryNames) -> Iterator[Sequence[Cell]]:
    """By day and random key: the order in which they were answered could tell whose they are."""
    methods = {method.value: str(method.label) for method in Profile.Method}
    here = _origins()
    for lot in found:
        of_lot = profiles.filter(date__range=(lot.first, lot.last))
        answers = by_row(
            Profile.answers.through.objects.filter(profile__in=of_lot)
            .order_by("code__position", "code")
            .values_list("profile", "code")
        )
        wanted: Any = of_lot.order_by("date", "key").values_list(
            "pk", "date", "method", "commune_prefix", "past_import"
        )
        for pk, day, method, commune, past in wanted:
            lists = _by_list(((code, 1) for code in answers.get(pk, ())), names, 0)
            told = (names.joined(lists[name]) if name in lists else None for name in PROFILE_LISTS)
            yield [day, methods[method], *told, commune, here[past is not None]]


def _origins() -> tuple[str, str]:
    return _("in Parvis"), _("before Parvis")
