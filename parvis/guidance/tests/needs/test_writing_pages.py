"""The forms: wrong input keeps the rest, names are refused, two who change the same lose nothing."""

import json
from uuid import uuid4

import pytest
from django.utils.html import escape

from parvis.guidance.actions import needs as actions
from parvis.guidance.models import Need, Proposal, Remark

from .house import AT, TODAY, a_house, moved, noted, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def entry(house, **fields):
    usual = {"text": "Nothing in the evening", "theme": house.training.pk, "voiced": 2}
    return {"key": str(uuid4()), "day": TODAY.isoformat(), **usual, **fields}


def idea(house, **fields):
    usual = {"title": "A workshop", "kind": "workshop", "themes": [house.training.pk], "owner": "", "due": ""}
    return {"key": str(uuid4()), "plan": "", "version": "1", **usual, **fields}


def base_of(answer):
    return answer.context["form"]["base"].value()


def test_a_need_is_noted_from_the_page_and_sending_twice_makes_one(house):
    data = entry(house)
    for _twice in range(2):
        assert house.post("need_new", data)["Location"] == house.address("needs")
    assert Need.objects.get().text == "Nothing in the evening"


@pytest.mark.parametrize(
    "text", ["Madame Dupont cherche un stage", "06 12 34 56 78 rappeler", "jean@example.org"]
)
def test_names_numbers_and_addresses_are_refused_and_the_rest_is_kept(house, text):
    answer = house.post("need_new", entry(house, text=text, voiced=7))
    assert (answer.status_code, Need.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert escape(text) in page
    assert 'value="7"' in page
    assert "please take it out" in page
    made = proposed(house)
    for name, data in (
        ("proposal_change", idea(house, title=text)),
        ("proposal_change", idea(house, plan=text)),
        ("proposal_remark", {"key": str(uuid4()), "text": text}),
        ("proposal_step", {"key": str(uuid4()), "to": "dropped", "version": 1, "outcome": text}),
    ):
        assert house.post(name, data, pk=made.pk).status_code == 422
    assert Proposal.objects.get().version == 1
    assert not Remark.objects.exists()


def test_a_day_to_come_is_said_beside_its_field(house):
    answer = house.post("need_new", entry(house, day="2026-03-19"))
    assert answer.context["form"].errors == {"day": ["That day has not come yet."]}


def test_two_correct_one_entry_the_second_reads_theirs_above_and_keeps_their_own(house):
    need = noted(house)
    house.post("need", entry(house, text="Theirs", version=1), pk=need.pk)
    second = house.post("need", entry(house, text="Mine", version=1), pk=need.pk)
    page = second.content.decode()
    assert second.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    assert Need.objects.get().text == "Theirs"
    again = second.context["form"]["version"].value()
    house.post("need", entry(house, text="Mine", version=again), pk=need.pk)
    assert Need.objects.get().text == "Mine"


def test_an_entry_is_taken_back_and_put_back_from_the_list(house):
    need = noted(house)
    house.post("need_withdraw", pk=need.pk)
    assert (
        "1 entry taken back" in house.open("needs").content.decode()
        or "first need" in house.open("needs").content.decode()
    )
    assert "This entry was taken back" in house.open("need", pk=need.pk).content.decode()
    house.post("need_restore", pk=need.pk)
    assert Need.objects.kept().get() == need


def test_a_proposal_is_made_from_the_page(house):
    need = noted(house)
    data = idea(house, owner=house.director.pk, due="2026-06-01", needs=[need.pk], codes=[house.funding.pk])
    answer = house.post("proposal_new", data)
    made = Proposal.objects.get()
    assert answer["Location"] == house.address("proposal", pk=made.pk)
    assert (made.owner, list(made.needs.all()), list(made.codes.all())) == (
        house.director,
        [need],
        [house.funding],
    )
    page = house.open("proposal", pk=made.pk).content.decode()
    for said in (house.director.name, need.text, "No_funding", "1 June 2026", "Idea"):
        assert said in page


def test_needs_that_were_ticked_bring_their_themes_along(house):
    need = noted(house, theme=house.jobs)
    form = house.open("proposal_new", more=f"?need={need.pk}&need=999999&code=x").context["form"]
    assert (form["themes"].value(), form["needs"].value()[0]) == ([str(house.jobs.pk)], str(need.pk))


def test_what_only_a_colleague_changed_is_taken_over_and_both_are_kept(house):
    made = proposed(house, "A workshop")
    base = base_of(house.open("proposal_change", pk=made.pk))
    house.post("proposal_change", idea(house, due="2026-09-01"), pk=made.pk, by=house.director)
    mine = idea(house, title="An evening workshop", base=base)
    second = house.post("proposal_change", mine, pk=made.pk)
    form = second.context["form"]
    assert second.status_code == 409
    assert (form["title"].value(), form["due"].value()) == ("An evening workshop", "2026-09-01")
    assert "What they changed: Due." in second.content.decode()
    assert Proposal.objects.get().title == "A workshop"
    again = mine | {"due": "2026-09-01", "version": form["version"].value(), "base": form["base"].value()}
    assert house.post("proposal_change", again, pk=made.pk).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.due.isoformat()) == ("An evening workshop", "2026-09-01")


def test_where_both_changed_the_same_mine_stays_in_its_field_and_theirs_is_shown(house):
    made = proposed(house, "A workshop")
    base = base_of(house.open("proposal_change", pk=made.pk))
    theirs = idea(house, title="Their title", themes=[house.jobs.pk])
    house.post("proposal_change", theirs, pk=made.pk, by=house.director)
    both = [house.training.pk, house.jobs.pk]
    second = house.post("proposal_change", idea(house, title="My title", themes=both, base=base), pk=made.pk)
    form = second.context["form"]
    assert form["title"].value() == "My title"
    assert form.now_says == {"Title": "Their title", "Themes": "Find jobs"}
    assert "Their title" in second.content.decode()


@pytest.mark.parametrize("base", ["", "[]", "{", json.dumps({"title": ["x"], "themes": 3})])
def test_a_broken_base_loses_nothing(house, base):
    made = proposed(house, "A workshop")
    house.post("proposal_change", idea(house, title="Theirs"), pk=made.pk, by=house.director)
    second = house.post("proposal_change", idea(house, title="Mine", base=base), pk=made.pk)
    assert second.status_code == 409
    form = second.context["form"]
    assert (form["title"].value(), form.now_says) == ("Mine", {"Title": "Theirs"})


def test_it_is_moved_on_from_its_page_and_its_end_wants_words(house):
    made = proposed(house)
    step = {"key": str(uuid4()), "to": "agreed", "version": 1}
    for _twice in range(2):
        house.post("proposal_step", step, pk=made.pk)
    made = Proposal.objects.get()
    assert (made.state, made.version) == ("agreed", 2)
    silent = house.post("proposal_step", {"key": str(uuid4()), "to": "dropped", "version": 2}, pk=made.pk)
    assert silent.status_code == 422
    assert "Say in a few words" in silent.content.decode()
    late = house.post("proposal_step", {"key": str(uuid4()), "to": "under_way", "version": 1}, pk=made.pk)
    assert late.status_code == 409
    assert "A colleague has changed" in late.content.decode()


def test_a_stale_step_that_is_sent_once_more_works(house):
    made = proposed(house)
    actions.gather(proposal=made, needs=[noted(house)])
    late = house.post("proposal_step", {"key": str(uuid4()), "to": "agreed", "version": 1}, pk=made.pk)
    assert late.status_code == 409
    again = {"key": late.context["step_form"]["key"].value(), "to": "agreed"}
    house.post("proposal_step", again | {"version": late.context["proposal"].version}, pk=made.pk)
    assert Proposal.objects.get().state == "agreed"


def test_nobody_is_asked_until_somebody_takes_it_on(house):
    made = proposed(house)
    assert "looking for somebody" in house.open("proposal", pk=made.pk).content.decode()
    house.post("proposal_take", pk=made.pk, by=house.receptionist)
    page = house.open("proposal", pk=made.pk).content.decode()
    assert house.receptionist.name in page
    assert "looking for somebody" not in page


def test_a_remark_is_signed_and_deleted_by_its_author_or_the_director(house):
    made = proposed(house)
    data = {"key": str(uuid4()), "text": "Two partners would join."}
    for _twice in range(2):
        house.post("proposal_remark", data, pk=made.pk)
    remark = Remark.objects.get()
    page = house.open("proposal", pk=made.pk, by=house.receptionist).content.decode()
    assert "Two partners would join." in page
    assert house.adviser.name in page
    refused = house.post("remark_delete", pk=made.pk, remark=remark.pk, by=house.receptionist)
    assert (refused.status_code, Remark.objects.count()) == (403, 1)
    house.post("remark_delete", pk=made.pk, remark=remark.pk, by=house.director)
    assert house.post("remark_delete", pk=made.pk, remark=remark.pk).status_code == 302
    assert not Remark.objects.exists()


def test_the_words_of_what_is_over_can_be_changed(house):
    made = moved(house, proposed(house), "dropped", outcome="Too dear.")
    data = idea(house, title=made.title, version=made.version)
    assert house.post("proposal_change", data | {"outcome": ""}, pk=made.pk).status_code == 422
    house.post("proposal_change", data | {"outcome": "Too far."}, pk=made.pk)
    assert Proposal.objects.get().outcome == "Too far."


def test_another_centre_s_proposal_is_not_there(house):
    foreign = proposed(a_house())
    for name in ("proposal", "proposal_change"):
        assert house.open(name, pk=foreign.pk).status_code == 404
    for name in ("proposal_step", "proposal_take", "proposal_remark"):
        assert house.post(name, pk=foreign.pk).status_code == 404
    assert house.open("proposal", pk=foreign.pk, by=house.administrator).status_code == 403
    remark = actions.add_remark(proposal=foreign, key=uuid4(), text="Ours", by=house.stranger, at=AT)
    assert house.post("remark_delete", pk=foreign.pk, remark=remark.pk).status_code == 404


def test_a_colleague_who_ends_it_meanwhile_takes_no_words_away(house):
    made = proposed(house, "A workshop")
    mine = idea(house, title="Mine", base=base_of(house.open("proposal_change", pk=made.pk)))
    moved(house, made, "dropped", outcome="Too dear.")
    second = house.post("proposal_change", mine, pk=made.pk)
    assert second.status_code == 409
    assert "What they changed: State." in second.content.decode()
    again = mine | {name: second.context["form"][name].value() for name in ("version", "base")}
    assert house.post("proposal_change", again, pk=made.pk).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.state, made.outcome) == ("Mine", "dropped", "Too dear.")


def test_a_colleague_who_takes_it_up_again_meanwhile_takes_no_words_away(house):
    made = moved(house, proposed(house, "A workshop"), "dropped", outcome="Too dear.")
    base = base_of(house.open("proposal_change", pk=made.pk))
    moved(house, made, "idea")
    mine = idea(house, version=2, base=base) | {"outcome": "Too far."}
    second = house.post("proposal_change", mine, pk=made.pk)
    assert (second.status_code, second.context["form"]["outcome"].value()) == (409, "Too far.")


def test_what_was_typed_into_an_entry_that_was_taken_back_is_still_there(house):
    need = noted(house)
    actions.withdraw_need(need=need, at=AT)
    answer = house.post("need", entry(house, text="Better words", version=1), pk=need.pk)
    assert answer.status_code == 422
    assert "Better words" in answer.content.decode()


def test_the_second_of_two_who_end_it_reads_their_own_words_again(house):
    made = moved(house, proposed(house), "agreed", "under_way")
    mine = {"key": str(uuid4()), "to": "done", "version": made.version, "outcome": "My words"}
    moved(house, made, "done", outcome="Theirs")
    late = house.post("proposal_step", mine, pk=made.pk)
    assert late.status_code == 409
    assert "<q>My words</q>" in late.content.decode()
    made.refresh_from_db()
    assert made.outcome == "Theirs"
