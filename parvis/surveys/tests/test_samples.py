"""Hours are drawn for a sample, and what was answered in them is said of everybody who came."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_code, a_person
from parvis.centres.models import Code, CodeList, OpeningHours
from parvis.surveys import counted
from parvis.surveys.actions.answering import count_refusal
from parvis.surveys.actions.collections import Put
from parvis.surveys.actions.sampling import (
    HasBegun,
    NeedsALastDay,
    NothingToDraw,
    Wish,
    draw_again,
    frame_of,
    open_sample,
)
from parvis.surveys.actions.versions import open_version
from parvis.surveys.factories import (
    LONG_AGO,
    a_collection,
    a_draft,
    a_question_in,
    an_open_version,
    answered,
    asked_in,
)
from parvis.surveys.models import DrawnSlot, QuestionKind, Refusals, Sample, Way
from parvis.surveys.queries.results import results
from parvis.surveys.queries.samples import is_asked_now, sampled
from parvis.surveys.sampling import Method, Part, TooFewDays, Unit, draw

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)
LAST = MONDAY + timedelta(days=25)  # four weeks of five days


@pytest.fixture
def centre():
    made = a_centre(name="Lyon", languages=["fr", "en"], country="")
    site = made.sites.get()
    for weekday in range(5):
        OpeningHours.objects.create(site=site, weekday=weekday, opens=time(10), closes=time(18))
    return made


def begun(centre, number=8, **wish):
    put = Put(way=Way.KIOSK, opens_on=MONDAY, closes_on=LAST, languages=["fr", "en"])
    said = {"site": centre.sites.get(), "unit": Unit.HALF_DAY, "method": Method.STRATIFIED} | wish
    version = an_open_version(centre)
    return open_sample(version=version, centre=centre, key=uuid4(), put=put, wish=Wish(number=number, **said))


def test_what_was_drawn_can_be_drawn_again_from_what_is_kept(centre):
    collection = begun(centre)
    sample = collection.sample
    frame = frame_of(centre.sites.get(), MONDAY, LAST, Unit.HALF_DAY)
    again = draw(frame, 8, method=Method.STRATIFIED, seed=sample.seed)
    kept = [(one.day, one.opens.hour, one.part) for one in sample.slots.all()]
    assert kept == [(slot.day, slot.opens // 60, slot.part.value) for slot in again.slots]
    assert sample.frame == {"morning": 20, "afternoon": 20}
    assert len({day for day, _hour, _part in kept}) == 8


def test_the_same_key_draws_once(centre):
    version, key = an_open_version(centre), uuid4()
    put = Put(way=Way.KIOSK, opens_on=MONDAY, closes_on=LAST, languages=["fr"])
    wish = Wish(centre.sites.get(), Unit.DAY, Method.SYSTEMATIC, 4)
    one, other = (
        open_sample(version=version, centre=centre, key=key, put=put, wish=wish) for _twice in range(2)
    )
    assert one == other
    assert (Sample.objects.count(), DrawnSlot.objects.count()) == (1, 4)


def test_what_cannot_be_drawn(centre):
    version, site = an_open_version(centre), centre.sites.get()

    def tried(number, closes_on=LAST, opens_on=MONDAY):
        put = Put(way=Way.KIOSK, opens_on=opens_on, closes_on=closes_on, languages=["fr"])
        wish = Wish(site, Unit.HOUR, Method.STRATIFIED, number)
        open_sample(version=version, centre=centre, key=uuid4(), put=put, wish=wish)

    with pytest.raises(TooFewDays):
        tried(21)
    with pytest.raises(NeedsALastDay):
        tried(4, closes_on=None)
    saturday = MONDAY + timedelta(days=5)
    with pytest.raises(NothingToDraw):
        tried(1, opens_on=saturday, closes_on=saturday)
    assert Sample.objects.count() == 0


def test_it_is_drawn_again_only_before_its_first_day(centre):
    sample = begun(centre).sample
    first = sample.seed
    again = draw_again(sample=sample, on=MONDAY - timedelta(days=1))
    assert (again.seed != first, again.draws, again.slots.count()) == (True, 2, 8)
    with pytest.raises(HasBegun):
        draw_again(sample=again, on=MONDAY)


def test_the_screen_asks_in_drawn_hours_and_a_little_later(centre):
    collection = begun(centre)
    slot = collection.sample.slots.first()
    ends = datetime.combine(slot.day, slot.closes, centre.zone)
    begins = datetime.combine(slot.day, slot.opens, centre.zone)
    asked = [begins, ends - timedelta(minutes=1), ends + timedelta(minutes=29)]
    not_asked = [begins - timedelta(minutes=1), ends + timedelta(minutes=30), ends + timedelta(days=40)]
    assert [is_asked_now(collection, at) for at in asked + not_asked] == [True] * 3 + [False] * 3
    assert is_asked_now(asked_in(centre), begins)


@pytest.fixture
def contacts():
    """Contacts told by hand, as another room tells them."""
    told: list[tuple[date, time]] = []
    before = list(counted._TELLERS)
    counted.register(lambda centre, first, last: [one for one in told if first <= one[0] <= last])
    yield told
    counted._TELLERS[:] = before


def test_shares_are_weighed_to_the_contacts_that_were_counted(centre, contacts):
    collection = begun(centre, number=6)
    slots = list(collection.sample.slots.all())
    for slot in slots:
        morning = slot.part == Part.MORNING
        contacts += [(slot.day, slot.opens)] * (6 if morning else 3)
        for n in range(4 if morning else 2):
            said = "yes" if (n == 0) == morning else "no"
            answered(collection, {"again": said}, slot.day)
        count_refusal(collection=collection, key=uuid4(), kind=Refusals.Kind.DECLINED, day=slot.day)
    found = results(collection, LAST)
    assert (found.answered, found.declined, found.sampled.asked) == (18, 6, 27)
    lines = found.found[0].blocks[0].lines
    # Mornings: 18 contacts, one in four; afternoons: 9 contacts, one in two.
    assert lines[0].share == pytest.approx(100 * (18 * 0.25 + 9 * 0.5) / 27)
    assert lines[0].low < lines[0].share < lines[0].high
    assert "6" in found.method
    assert "40" in found.method


def test_hours_that_are_still_to_come_make_nothing_surer(centre, contacts):
    collection = begun(centre, number=12)
    slots = list(collection.sample.slots.all())
    for n, slot in enumerate(slots[:6]):
        for m in range(4):
            answered(collection, {"again": "yes" if (n + m) % 3 else "no"}, slot.day)
    half = results(collection, slots[5].day)
    assert len(half.sampled.held) == 6
    assert sum(len(stratum.drawn) for stratum in half.sampled.strata({})) == 6
    assert "6" in half.method
    assert results(collection, LAST).sampled.drawn == 12


def test_below_ten_answers_nothing_is_broken_down(centre):
    collection = asked_in(centre)
    for _n in range(9):
        answered(collection, {"again": "yes", "more": "Chairs"}, MONDAY)
    few = results(collection, MONDAY)
    assert (few.is_shown, few.found[0].blocks[0].lines, few.found[-1].texts) == (False, [], [])
    answered(collection, {"again": "no"}, MONDAY)
    assert results(collection, MONDAY).found[0].blocks[0].lines[0].n == 9


def test_each_list_says_how_many_did_not_say(centre):
    collection = asked_in(centre)
    for n in range(24):
        answered(collection, {"again": "yes"} if n < 20 else {"themes": ["job"]}, MONDAY)
    again, themes = (results(collection, MONDAY).found[place].blocks[0] for place in (0, 2))
    assert [(line.label, line.n, round(line.share)) for line in again.lines] == [
        ("Yes", 20, 83),
        ("No", 0, 0),
        ("Not communicated", 4, 17),
    ]
    assert (themes.base, themes.answered, themes.lines) == (24, 4, [])


def page(client, centre, role, name="surveys"):
    client.force_login(a_person(role, centre=centre))
    return client.get(f"/c/{centre.slug}/surveys/")


def test_who_may_put_questionnaires_to_people(client, centre):
    assert page(client, centre, Role.DIRECTOR).status_code == 200
    assert page(client, centre, Role.ADVISER).status_code == 403
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    collection = asked_in(centre)
    addresses = [f"/c/{centre.slug}/surveys/", f"/c/{centre.slug}/surveys/{collection.pk}/"]
    assert [client.get(one).status_code for one in addresses] == [404, 404]


def test_the_list_reads_as_many_rows_as_there_are_at_once(client, centre, django_assert_num_queries):
    asked_in(centre)
    page(client, centre, Role.DIRECTOR)
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as one:
        client.get(f"/c/{centre.slug}/surveys/")
    asked_in(centre)
    asked_in(centre)
    with django_assert_num_queries(len(one)):
        assert client.get(f"/c/{centre.slug}/surveys/").text.count("surveys-line") == 3


def test_a_director_begins_a_sample_and_sees_its_calendar(client, centre):
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    version, today = an_open_version(centre), centre.local_day(centre.now())
    first = today + timedelta(days=3)
    said = {
        "key": str(uuid4()),
        "version": version.pk,
        "way": "kiosk",
        "opens_on": first.isoformat(),
        "closes_on": (first + timedelta(days=27)).isoformat(),
        "draws": "on",
        "unit": "half_day",
        "method": "stratified",
        "site": centre.sites.get().pk,
    }
    address = f"/c/{centre.slug}/surveys/new/"
    refused = client.post(address, said)
    assert (refused.status_code, Sample.objects.count()) == (422, 0)
    refused = client.post(address, said | {"points": "5"})  # nobody was counted before
    assert (refused.status_code, Sample.objects.count()) == (422, 0)
    refused = client.post(address, said | {"number": "60"})
    assert (refused.status_code, Sample.objects.count()) == (422, 0)
    made = client.post(address, said | {"number": "8"}, follow=True)
    assert made.status_code == 200
    assert made.text.count('<th scope="row">') == 8
    collection = Sample.objects.get().collection
    own = f"/c/{centre.slug}/surveys/{collection.pk}/"
    seed = collection.sample.seed
    client.post(f"{own}draw/")
    assert Sample.objects.get().seed != seed
    assert "survey-sheet" in client.get(f"{own}poster/").text
    assert client.post(f"{own}nothing/").status_code == 404
    client.post(f"{own}close/")
    collection.refresh_from_db()
    assert collection.closes_on == first
    assert client.get(f"/s/{collection.token}/").status_code == 410


def test_words_are_read_by_the_team_and_results_have_a_page_of_their_own(client, centre):
    collection = asked_in(centre)
    for n in range(24):
        answered(collection, {"again": "yes" if n < 13 else "no", "more": "Chairs by the window"}, MONDAY)
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    own = f"/c/{centre.slug}/surveys/{collection.pk}/"
    shown = client.get(own).text
    assert "Chairs by the window" in shown
    assert f"/c/{centre.slug}/results/{collection.pk}/" in shown
    client.force_login(a_person(Role.NETWORK_COORDINATOR, centre=centre))
    assert "Chairs by the window" not in client.get(own).text


def test_somebody_who_declines_at_the_desk_is_one_more(client, centre):
    today = centre.local_day(centre.now())
    collection = asked_in(centre, opens_on=today - timedelta(days=1))
    client.force_login(a_person(Role.DIRECTOR, centre=centre))
    own = f"/c/{centre.slug}/surveys/{collection.pk}/"
    for _n in range(2):
        page = client.get(own).text
        key = re.search(r'name="key" value="([^"]+)"', page)[1]
        for _click in range(2):  # a double click, or an answer that was lost
            client.post(f"{own}declined/", {"key": key})
    assert client.post(f"{own}declined/").status_code == 404
    assert Refusals.objects.get().number == 2
    assert sampled(collection, today) is None


def test_a_list_with_a_word_for_silence_says_it_once(centre):
    """Who chose “not communicated” and who chose nothing stand in one line."""
    code = a_code(centre, CodeList.GENDER, "hidden", label="Not communicated")
    Code.objects.filter(pk=code.pk).update(not_communicated=True)
    a_code(centre, CodeList.GENDER, "woman", label="Woman")
    draft = a_draft(centre)
    a_question_in(draft, "gender", QuestionKind.CHOICE, code_list=CodeList.GENDER)
    a_question_in(draft, "again", QuestionKind.YES_NO)
    collection = a_collection(open_version(version=draft, languages=["en"], on=LONG_AGO), centre)
    for n in range(20):
        said = {"gender": "woman"} if n < 12 else {"gender": "hidden"} if n < 17 else {"again": "yes"}
        answered(collection, said, MONDAY)
    block = results(collection, MONDAY).found[0].blocks[0]
    assert (block.base, block.answered) == (20, 12)
    assert [(line.label, line.n) for line in block.lines] == [("Woman", 12), ("Not communicated", 8)]
