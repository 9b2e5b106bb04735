"""A prepared queryset gives what the queryset gives, each time, and refuses what it cannot keep."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from parvis.centres.factories import a_ready_centre
from parvis.centres.models import Centre, Theme
from parvis.reception.factories import a_ticket
from parvis.reception.models import Day, Period, State, Ticket
from parvis.shared.prepared import NotPrepared, Prepared, PreparedUpdate, insert, together, update

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

BY_SLUG = Prepared(lambda slug: Centre.objects.filter(slug=slug).select_related("network"))
BY_LANGUAGE = Prepared(
    lambda centre, day, languages: Ticket.objects.filter(
        centre=centre, date=day, language__in=languages, state=State.WAITING
    ).order_by("number")
)
SINCE = Prepared(
    lambda centre, at: Ticket.objects.filter(centre=centre, taken_at__gte=at).values_list(
        "number", "taken_at"
    )
)
MARK = PreparedUpdate(
    lambda ticket, at: (Period.objects.filter(ticket=ticket, ended_at=None), {"ended_at": at})
)


@pytest.fixture
def centre() -> Centre:
    return a_ready_centre(languages=("fr", "en"))


@pytest.fixture
def theme(centre: Centre) -> Theme:
    return Theme.objects.filter(centre=centre).earliest("position")


def test_it_gives_the_same_as_the_queryset(centre, theme, django_assert_num_queries):
    tickets = [a_ticket(theme, AT, language=language) for language in ("fr", "en", "fr")]
    day = centre.local_day(AT)
    for languages in [("fr",), ("en",), ("fr", "en"), ("nl", "en")]:
        expected = [ticket for ticket in tickets if ticket.language in languages]
        with django_assert_num_queries(1):
            found = BY_LANGUAGE.all(centre.pk, day, languages)
        assert found == expected
        assert [vars(one).keys() for one in found] == [
            vars(Ticket.objects.get(pk=one.pk)).keys() for one in expected
        ]
    assert BY_LANGUAGE.all(centre.pk, date(2020, 1, 1), ("fr",)) == []
    assert SINCE.all(centre.pk, AT) == [(ticket.number, AT) for ticket in tickets]


def test_related_rows_come_along(centre, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = BY_SLUG.get(centre.slug)
        assert (found, found.network) == (centre, centre.network)
    assert BY_SLUG.first("nowhere") is None
    with pytest.raises(ObjectDoesNotExist):
        BY_SLUG.get("nowhere")


def test_annotations_come_along(centre):
    named = Prepared(lambda pk: Centre.objects.filter(pk=pk).annotate(called=F("network__name")))
    assert named.get(centre.pk).called == centre.network.name  # type: ignore[attr-defined]


def test_no_value_can_change_the_statement(centre):
    for slug in ["' OR 1=1 --", "%s", "%(slug)s", "?", "\\", "é", ""]:
        assert BY_SLUG.first(slug) is None


def test_what_cannot_be_left_open_is_refused(centre):
    with pytest.raises(NotPrepared):
        BY_SLUG.first(None)  # other SQL: IS NULL
    used = Prepared(lambda pk, extra: Centre.objects.filter(pk=pk))
    with pytest.raises(NotPrepared):
        used.first(centre.pk, 7)  # a value that is nowhere in the statement
    changed = Prepared(lambda pk: Centre.objects.filter(pk=pk + 1))
    with pytest.raises(NotPrepared):
        changed.first(centre.pk)  # not the value that was given


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_within_a_transaction_only(centre):
    lock = Prepared(lambda pk: Centre.objects.select_for_update().filter(pk=pk))
    with pytest.raises(transaction.TransactionManagementError):
        lock.first(centre.pk)
    with transaction.atomic():
        assert lock.first(centre.pk) == centre


def test_rows_are_written_as_django_writes_them(centre):
    ours, theirs = Day(centre=centre, date=date(2026, 1, 1)), Day(centre=centre, date=date(2026, 1, 2))
    ours.figures = theirs.figures = {"a": ["é", 1]}
    insert(ours)
    theirs.save()
    assert [type(ours.pk), ours._state.adding, ours._state.db] == [type(theirs.pk), False, "default"]
    assert Day.objects.get(pk=ours.pk).figures == Day.objects.get(pk=theirs.pk).figures
    ours.last_number, ours.remark = 12, "not written"
    update(ours, "last_number")
    ours.refresh_from_db()
    assert (ours.last_number, ours.remark) == (12, "")


def test_an_update_touches_its_rows_only(theme):
    ticket, other = a_ticket(theme, AT), a_ticket(theme, AT)
    MARK(ticket.pk, AT)
    assert Period.objects.get(ticket=ticket).ended_at == AT
    assert Period.objects.get(ticket=other).ended_at is None
    MARK(10**12, AT)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_of_the_database_is_told_by_the_end_of_the_block(theme):
    ticket = a_ticket(theme, AT)
    with pytest.raises(IntegrityError), transaction.atomic(), together():  # noqa: PT012  either may tell
        insert(
            Period(ticket=ticket, state=State.WAITING, theme=theme, started_at=AT), key=False
        )  # a second open one
        MARK(ticket.pk, AT)
    assert list(Period.objects.filter(ticket=ticket).values_list("ended_at")) == [(None,)]
    with transaction.atomic(), together():  # and the connection goes on
        MARK(ticket.pk, AT)
        insert(Period(ticket=ticket, state=State.CALLED, theme=theme, started_at=AT), key=False)
    assert Period.objects.filter(ticket=ticket).count() == 2
    assert connection.get_autocommit()


def test_a_key_is_a_uuid_on_both_databases(theme):
    by_key = Prepared(lambda key: Ticket.objects.filter(key=key))
    ticket = a_ticket(theme, AT)
    assert by_key.first(ticket.key) == ticket
    assert by_key.first(uuid4()) is None
