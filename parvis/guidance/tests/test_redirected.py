"""Figures of redirections: by theme and institution, small ones protected, never by adviser."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance.models import Redirection
from parvis.guidance.queries.needs.periods import Span, period_of
from parvis.guidance.queries.redirected import redirected, told_share, told_shares
from parvis.partners.factories import an_institution

MARCH = date(2026, 3, 1)


class House:
    """A centre with two themes and three institutions."""

    def __init__(self):
        self.centre = a_centre(language="en", languages=["en", "fr"])
        self.jobs, self.training = a_theme(self.centre, "jobs"), a_theme(self.centre, "training")
        self.own, self.school, self.clinic = (
            an_institution(self.centre, name).institution for name in ("Own", "School", "Clinic")
        )

    def sent(self, n, to, theme=None, on=MARCH, by="own", **more):
        usual = {"kind": "cold", "theme": theme or self.jobs, "date": on, "to_institution": to}
        usual["from_institution"] = self.own if by else None
        Redirection.objects.bulk_create(
            Redirection(key=uuid4(), centre=self.centre, **usual | more) for _n in range(n)
        )

    def page(self, person=None, name="redirected", **query):
        client = Client()
        client.force_login(person or a_person(Role.DIRECTOR, centre=self.centre))
        return client.get(reverse(f"guidance:{name}", args=[self.centre.slug]), query)


@pytest.fixture
def house(db):
    return House()


WARM = {"kind": "warm", "agreed": True, "due_on": MARCH}


def test_counts_by_theme_and_institution(house):
    house.sent(8, house.school)
    house.sent(4, house.own)
    house.sent(2, house.clinic, house.training, by="")
    house.sent(3, house.school, house.training, **WARM, follow_up="met", settled_on=MARCH)
    house.sent(1, house.school, house.training, **WARM, follow_up="open")
    house.sent(1, house.school, undone_at=house.centre.now())
    house.sent(5, house.school, on=MARCH - timedelta(days=1))
    found = redirected(house.centre, period_of(Span.MONTH, MARCH))
    assert (found.n, found.known, found.asked) == (18, 16, 3)
    assert (found.total["warm"], found.total["cold"], found.total["met"]) == (4, 14, 3)
    assert found.to == [("School", 12), ("Own", 4), ("Clinic", 2)]
    assert [(line.theme, line.n, line.known) for line in found.by_theme] == [
        (house.jobs, 12, 12),
        (house.training, 6, 4),
    ]
    assert (found.share, found.before["n"], found.share_before) == (25, 5, None)


def test_the_share_of_few_is_not_told_and_no_total_gives_it_back(house):
    house.sent(9, house.own)
    house.sent(20, house.school, house.training)
    found = redirected(house.centre, period_of(Span.MONTH, MARCH))
    assert found.share == 30
    assert [line.share for line in found.by_theme] == [None, None]


@pytest.mark.parametrize(("own", "other", "share"), [(9, 0, None), (10, 0, 100), (0, 10, 0), (3, 10, 25)])
def test_a_share_is_rounded_to_five(own, other, share):
    assert told_share(own, other) == share


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8))
def test_never_exactly_one_line_is_left_out_while_others_are_told(counts):
    shares = told_shares(counts)
    hidden = [n for n, share in enumerate(shares) if share is None and sum(counts[n])]
    assert len(hidden) != 1 or all(share is None for share in shares)
    assert all(share is None for share, pair in zip(shares, counts, strict=True) if sum(pair) < 10)


def test_another_centres_are_not_counted(house):
    other = House()
    other.sent(3, other.school)
    assert redirected(house.centre, period_of(Span.MONTH, MARCH)).n == 0


def test_the_page_and_its_periods(house):
    house.sent(12, house.school)
    page = house.page(span="month", on="2026-03-09")
    text = page.content.decode()
    assert "School" in text
    assert "About <strong>0 %</strong>" in text
    assert page.context["found"].stretch.first == MARCH
    assert house.page(span="year", on="2026-03-09").context["found"].n == 12
    assert house.page(span="nothing", on="nothing").status_code == 200
    assert "in this period" in house.page(span="month", on="2025-03-09").content.decode()


def test_before_the_first_the_page_says_how_it_begins(house):
    assert "Nobody was sent on yet" in house.page().content.decode()


def test_files_protect_to_whom_visitors_were_sent(house):
    house.sent(12, house.school)
    house.sent(3, house.clinic)
    asked = {"span": "month", "on": "2026-03-09"}
    text = house.page(name="redirected_csv", **asked).content.decode()
    assert "To whom,School,Redirections" not in text  # it would give the hidden one back
    assert text.count("–") == 2
    book = load_workbook(BytesIO(house.page(name="redirected_xlsx", **asked).content))
    assert book.sheetnames == ["Redirections by theme", "To whom"]
    assert house.page(name="redirected_xlsx", on="2020-01-01").status_code == 200


def test_a_coordinator_reads_to_whom_protected(house):
    house.sent(12, house.school)
    house.sent(3, house.clinic)
    house.sent(14, house.own)
    coordinator = a_person(Role.NETWORK_COORDINATOR, centre=house.centre)
    asked = {"span": "month", "on": "2026-03-09"}
    rows = house.page(coordinator, **asked).context["to_whom"].rows
    assert [(row.label, row.value) for row in rows] == [("Own", 15), ("Clinic", None), ("School", None)]
    rows = house.page(**asked).context["to_whom"].rows
    assert [(row.label, row.value) for row in rows] == [("Own", 14), ("School", 12), ("Clinic", 3)]


def test_advisers_have_no_figures_and_strangers_no_centre(house):
    assert house.page(a_person(Role.ADVISER, centre=house.centre)).status_code == 403
    assert house.page(a_person(Role.DIRECTOR, centre=a_centre())).status_code == 404


def test_no_figure_names_an_adviser(house):
    person = a_person(Role.ADVISER, centre=house.centre, name="Zebulon Quxley")
    house.sent(12, house.school)
    for name in ("redirected", "redirected_csv"):
        assert person.name not in house.page(name=name, on="2026-03-09").content.decode()


def test_the_figures_ask_the_same_for_one_theme_and_for_three(house, django_assert_max_num_queries):
    director = a_person(Role.DIRECTOR, centre=house.centre)

    def asked():
        with django_assert_max_num_queries(30) as found:
            house.page(director, on="2026-03-09")
        return len(found)

    house.sent(1, house.school)
    house.page(director, on="2026-03-09")
    one = asked()
    house.sent(2, house.clinic, house.training)
    house.sent(2, house.own, a_theme(house.centre, "health"))
    assert asked() == one
