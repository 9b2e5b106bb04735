"""A room's tabs: who sees which, which one is current, when they are gathered and folded."""

from __future__ import annotations

import pytest

from parvis.shared import tabs
from parvis.shared.tabs import Group, Tab

DESK, PLAN = frozenset({"desk"}), frozenset({"plan"})


@pytest.fixture(autouse=True)
def room():
    tabs.register(
        "sample",
        "Sample",
        [
            Group("Day", (Tab("rota:this_week", "Week"), Tab("rota:duty_today", "Held", DESK))),
            Group("Mine", (Tab("rota:mine", "Mine", also=r"/exchange/\d+/$", unless=PLAN),)),
            Group("Plans", (Tab("rota:plans", "Plans", PLAN), Tab("rota:needs", "Needs", PLAN))),
        ],
    )
    yield
    tabs._ROOMS.pop("sample")


def said(path, held):
    found = tabs.tabs("sample", f"/c/x/rota/{path}", "x", held)
    return [(str(group.label), [(tab.label, tab.current) for tab in group.tabs]) for group in found.groups]


def test_each_sees_what_they_may_and_a_group_of_one_goes_by_its_tab():
    assert said("", set()) == [("Week", [("Week", "page")]), ("Mine", [("Mine", "")])]
    assert [group for group, _tabs in said("", PLAN | DESK)] == ["Day", "Plans"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("", ("Week", "page")),
        ("weeks/2026-03-02/", ("Week", "true")),
        ("mine/", ("Mine", "page")),
        ("exchange/7/", ("Mine", "true")),
        ("held/days/2026-03-02/", ("Held", "true")),
    ],
)
def test_the_nearest_tab_above_a_page_is_current(path, current):
    shown = [tab for _group, group in said(path, DESK) for tab in group if tab[1]]
    assert shown == [current]


def test_a_page_of_elsewhere_has_no_tab():
    found = tabs.tabs("sample", "/c/x/partners/", "x", DESK)
    assert (found.here, found.tab) == (None, None)


def test_many_are_gathered_and_fold_on_a_phone():
    few = tabs.tabs("rota", "/c/x/rota/", "x", frozenset({"enter"}))
    assert ([str(tab.label) for tab in few.all], few.grouped, few.folds) == (
        ["Who is on duty", "My duties", "When I can come", "Asked of me"], False, False,
    )  # fmt: skip
    planner = frozenset({"enter", "plan_rota", "manage_partners", "see_figures"})
    many = tabs.tabs("rota", "/c/x/rota/calls/3/", "x", planner)
    assert (len(many.all), many.grouped, many.folds) == (14, True, True)
    assert many.here
    assert [str(tab.label) for tab in many.here.tabs] == [
        "Plans",
        "Look ahead",
        "Roster calls",
        "Who is needed",
        "Team",
    ]


def test_a_coordinator_finds_the_ledger_of_their_own_institution():
    held = frozenset({"enter", "speak_for_own"})
    found = tabs.tabs("rota", "/c/x/rota/ledger/partners/5/", "x", held)
    assert found.tab
    assert (str(found.tab.label), found.tab.address, found.tab.current) == (
        "Pledged and held",
        "/c/x/rota/ledger/own/",
        "true",
    )
    manages = tabs.tabs("rota", "/c/x/rota/", "x", held | {"manage_partners"})
    assert [tab.address for tab in manages.all if tab.label == "Pledged and held"] == ["/c/x/rota/ledger/"]
