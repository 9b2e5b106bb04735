"""Recording what was done for visitors: one, a group, or nobody after all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from parvis.centres.models import Centre, Code, CodeList, Theme
from parvis.reception.actions.errors import (
    AlreadyCoded,
    DoesNotAddUp,
    NotCoded,
    NotOfThisCentre,
    RecordedOtherwise,
    TakenBack,
    TooLate,
    WrongCoding,
)
from parvis.reception.actions.periods import queue_changed
from parvis.reception.models import Act, ActCode, Seat, State, Ticket

# Lists that say who a group's members are: every member counts once in each list that is filled in.
PARTITIONS = (CodeList.AGE_BAND, CodeList.GENDER, CodeList.STATUS, CodeList.EDUCATION, CodeList.AUDIENCE)
# Lists of which an act has one entry at most.
SINGLE = (CodeList.OUTCOME, CodeList.NON_CONTACT)
ACT_LISTS = (
    CodeList.NEED,
    CodeList.RESOURCE,
    CodeList.REDIRECTION,
    CodeList.OUTCOME,
    CodeList.UNMET_NEED,
    CodeList.NON_CONTACT,
)


@dataclass(frozen=True)
class Coding:
    """What was chosen. ``totals`` only for a group: how many of its members each code stands for."""

    kind: Act.Kind
    channel: Code
    themes: Sequence[Theme] = ()
    codes: Sequence[Code] = ()
    totals: Mapping[Code, int] = field(default_factory=dict)
    service: Code | None = None
    size: int = 1
    minutes: int | None = None
    language: str = ""
    note: str = ""


@transaction.atomic
def record_act(
    *,
    centre: Centre,
    key: UUID,
    coding: Coding,
    at: datetime,
    ticket: Ticket | None = None,
    seat: Seat | None = None,
) -> Act:
    """Record one act, for a ``ticket`` received at ``seat`` or without any. The same ``key`` again returns the first.

    Raises ``NotCoded`` if the ticket was not received there, ``AlreadyCoded``, ``RecordedOtherwise``,
    ``TakenBack``, ``NotOfThisCentre``, ``DoesNotAddUp``, ``WrongCoding``.
    """
    if before := Act.objects.filter(key=key).first():
        return _same(before, centre, coding)
    if ticket:
        ticket = Ticket.objects.select_for_update(no_key=True, of=("self",)).get(pk=ticket.pk)
        _check_received(centre, ticket, seat)
    day = ticket.date if ticket else centre.local_day(at)
    _check(centre, coding, day)
    act = Act(centre=centre, key=key, date=day, ticket=ticket, seat=seat)
    act.at = at if centre.local_day(at) == day or ticket is None else ticket.state_since
    try:
        with transaction.atomic():
            _fill(act, coding)
    except IntegrityError as twice:  # one_act_per_interview, or the same key a moment ago
        if before := Act.objects.filter(key=key).first():
            return _same(before, centre, coding)
        raise AlreadyCoded from twice
    queue_changed(centre.pk)
    return act


@transaction.atomic
def correct_act(*, act: Act, coding: Coding, at: datetime) -> Act:
    """Change an act of today: everything chosen is replaced. Raises as ``record_act``, and ``TooLate``."""
    act = _todays(act, at)
    _check(act.centre, coding, act.date)
    act.codes.all().delete()
    _fill(act, coding)
    queue_changed(act.centre_id)
    return act


@transaction.atomic
def undo_act(*, act: Act, at: datetime) -> Act:
    """Take an act of today back; it stays on record as undone and counts nowhere. Twice changes nothing."""
    act = _todays(act, at)
    if act.undone_at is None:
        act.undone_at = at
        act.save(update_fields=["undone_at"])
        queue_changed(act.centre_id)
    return act


def _todays(act: Act, at: datetime) -> Act:
    act = Act.objects.select_for_update(no_key=True, of=("self",)).select_related("centre").get(pk=act.pk)
    if act.past_import_id or act.at is None or act.date != act.centre.local_day(at):
        raise TooLate
    return act


def _same(act: Act, centre: Centre, coding: Coding) -> Act:
    """What the same page recorded before, with the same in it."""
    if act.centre_id != centre.pk:
        raise NotOfThisCentre
    if act.undone_at is not None:
        raise TakenBack
    if _kept(act) != _chosen(coding):
        raise RecordedOtherwise
    return act


def _kept(act: Act) -> tuple[object, ...]:
    themes = set(act.themes.values_list("pk", flat=True))
    codes = dict(act.codes.values_list("code", "count"))
    plain = (act.kind, act.channel_id, act.service_id, act.size, act.minutes, act.language, act.note)
    return *plain, themes, codes


def _chosen(coding: Coding) -> tuple[object, ...]:
    themes = {theme.pk for theme in coding.themes}
    codes = {code.pk: count for code, count in _counted(coding).items()}
    service = coding.service.pk if coding.service else None
    plain = (
        coding.kind,
        coding.channel.pk,
        service,
        coding.size,
        coding.minutes,
        coding.language,
        coding.note,
    )
    return *plain, themes, codes


def _counted(coding: Coding) -> dict[Code, int]:
    """How many people each code stands for: all of them, or the part of a group that was given."""
    counted = {code: coding.size for code in coding.codes} | dict(coding.totals)
    return {code: count for code, count in counted.items() if count}


def _fill(act: Act, coding: Coding) -> None:
    act.kind, act.channel, act.service = coding.kind, coding.channel, coding.service
    act.size, act.minutes = coding.size, coding.minutes
    act.language, act.note = coding.language, coding.note
    act.save()
    act.themes.set(coding.themes)
    ActCode.objects.bulk_create(
        ActCode(act=act, code=code, count=count) for code, count in _counted(coding).items()
    )


def _check_received(centre: Centre, ticket: Ticket, seat: Seat | None) -> None:
    if ticket.centre_id != centre.pk:
        raise NotOfThisCentre
    if not ticket.periods.filter(state=State.INTERVIEW, seat=seat, undone_at=None).exists():
        raise NotCoded


def _check(centre: Centre, coding: Coding, day: date) -> None:
    chosen = [coding.channel, *coding.codes, *coding.totals, *([coding.service] if coding.service else [])]
    entries: list[Code | Theme] = [*chosen, *coding.themes]
    if not all(_open(entry, centre, day) for entry in entries):
        raise NotOfThisCentre
    lists = Counter(code.list for code in coding.codes)
    fits = coding.channel.list == CodeList.CHANNEL and set(lists) <= set(ACT_LISTS)
    fits = fits and (coding.service is None or coding.service.list == CodeList.SERVICE)
    fits = fits and all(lists[single] <= 1 for single in SINGLE)
    fits = fits and (not coding.language or coding.language in centre.languages)
    non_contact = coding.kind == Act.Kind.NON_CONTACT
    fits = fits and bool(coding.themes) != non_contact and bool(lists[CodeList.NON_CONTACT]) == non_contact
    group = coding.kind == Act.Kind.GROUP
    fits = fits and ((group and coding.size >= 2) or (not group and coding.size == 1 and not coding.totals))
    if not fits or (non_contact and len(coding.codes) != 1):
        raise WrongCoding
    _check_totals(coding)


def _check_totals(coding: Coding) -> None:
    """Each list that is begun must account for every member: whoever is not known is “not communicated”."""
    sums: Counter[str] = Counter()
    for code, count in coding.totals.items():
        if code.list not in PARTITIONS or count < 0:
            raise WrongCoding
        sums[code.list] += count
    for code_list, counted in sums.items():
        if counted not in (0, coding.size):
            raise DoesNotAddUp(code_list, counted, coding.size)


def _open(entry: Code | Theme, centre: Centre, day: date) -> bool:
    return (
        entry.centre_id == centre.pk
        and entry.valid_from <= day
        and (entry.valid_to is None or day < entry.valid_to)
    )
