"""The pages of meetings, decisions and actions."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person
from parvis.partners.actions import meetings
from parvis.partners.factories import an_institution
from parvis.partners.factories_bodies import (
    a_body,
    a_decision,
    a_mandate,
    a_meeting,
    a_point_of,
    an_action,
    seats,
)
from parvis.partners.models import AgendaItem, Meeting
from parvis.partners.queries.meetings import meeting_page

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
NEXT = DAY + timedelta(days=28)
KEY = UUID(int=5)


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


@pytest.fixture
def body(centre):
    return a_body(centre)


@pytest.fixture
def meeting(body):
    return a_meeting(body, DAY)


@pytest.fixture
def manager(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def at(centre, name, *args):
    return reverse(f"partners:{name}", args=[centre.slug, *args])


def test_a_meeting_from_its_plan_to_its_minutes(centre, body, school, manager, client):
    (seat,) = seats(body)
    a_mandate(seat, school, representative="Ana Ribeiro")
    made = {"key": KEY, "day": "2026-03-03", "begins": "14:00", "place": "Town hall", "carry": "on"}
    assert client.post(at(centre, "new_meeting", body.pk), made).status_code == 302
    meeting = Meeting.objects.get()
    item = {"key": uuid4(), "title": "Opening hours", "brought_by": school.pk}
    assert client.post(at(centre, "new_item", meeting.pk), item).status_code == 302
    text = client.get(at(centre, "agenda", meeting.pk)).content.decode()
    assert "1. Opening hours (School)" in text
    point = AgendaItem.objects.get()
    minuted = item | {"minutes": "The school asks for evenings."}
    assert client.post(at(centre, "item", point.pk), minuted).status_code == 302
    so = {"key": uuid4(), "wording": "Open until eight.", "result": "adopted", "item": point.pk}
    wrong = client.post(at(centre, "new_decision", meeting.pk), so | {"votes_for": "3"})
    assert (wrong.status_code, [*wrong.context["form"].errors]) == (422, ["votes_against"])
    counts = {"votes_for": "3", "votes_against": "0", "abstentions": "1"}
    assert client.post(at(centre, "new_decision", meeting.pk), so | counts).status_code == 302
    todo = {"key": uuid4(), "what": "Ask the town", "institution": school.pk, "due": "2026-03-10"}
    assert client.post(at(centre, "new_point", meeting.pk), todo).status_code == 302
    assert (
        client.post(at(centre, "attendance", meeting.pk), {f"seat-{seat.pk}": "present"}).status_code == 302
    )
    page = client.get(at(centre, "meeting", meeting.pk)).content.decode()
    for words in (
        "The school asks",
        "2026-1",
        "for: 3, against: 0, abstentions: 1",
        "Ask the town",
        "Ana Ribeiro",
    ):
        assert words in page
    paper = client.get(at(centre, "minutes", meeting.pk))
    assert (paper.content[:5], paper["Content-Type"]) == (b"%PDF-", "application/pdf")


def test_an_action_without_an_owner_and_names_in_minutes_are_refused(centre, meeting, manager, client):
    page = client.post(at(centre, "new_point", meeting.pk), {"key": KEY, "what": "Ask the town"})
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["institution"])
    named = {"key": KEY, "title": "One", "minutes": "Mme Durand opens, 06 12 34 56 78."}
    page = client.post(at(centre, "new_item", meeting.pk), named)
    assert (page.status_code, [*page.context["form"].errors]) == (422, ["minutes"])
    assert 'value="One"' in page.content.decode()


def test_the_second_of_two_who_write_at_one_point_is_told_and_loses_no_word(
    centre, meeting, school, manager, client
):
    item = a_point_of(meeting, "Opening hours")
    page, other = at(centre, "item", item.pk), {"title": "Opening hours", "brought_by": "", "key": str(KEY)}
    seen = client.get(page).context["form"]["seen"].value()
    first = other | {"minutes": "Open on Saturdays.", "seen": seen}
    assert client.post(page, first).status_code == 302
    assert client.post(page, first).status_code == 302  # sent twice: nothing is lost by it
    second = other | {"minutes": "Closed on Mondays.", "seen": seen, "brought_by": str(school.pk)}
    answer = client.post(page, second)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "A colleague has changed this point meanwhile" in told
    assert "Open on Saturdays." in told
    assert "Closed on Mondays." in told
    item.refresh_from_db()
    assert item.minutes == "Open on Saturdays."
    again = second | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(page, again).status_code == 302
    item.refresh_from_db()
    assert (item.minutes, item.brought_by) == ("Closed on Mondays.", school)


def test_minutes_are_approved_and_corrected_on_their_page(centre, body, meeting, school, manager, client):
    point = an_action(meeting, "Ask the town", school)
    page = client.get(at(centre, "correct_minutes", meeting.pk))
    assert page.status_code == 302
    later = a_meeting(body, NEXT)
    assert client.post(at(centre, "approve_minutes", meeting.pk), {"at_meeting": later.pk}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.approved_in == later
    words = {"key": KEY, "text": "Six seats.", "reason": "A slip"}
    assert client.post(at(centre, "correct_minutes", meeting.pk), words).status_code == 302
    handed = {"key": uuid4(), "person": manager.pk, "reason": "The school has nobody"}
    assert client.post(at(centre, "point", point.pk), handed).status_code == 302
    page = client.get(at(centre, "meeting", meeting.pk)).content.decode()
    assert "Six seats." in page
    assert "“Ask the town”: School → the team" in page
    assert at(centre, "new_item", meeting.pk) not in page


def test_an_action_is_ticked_off_and_taken_away_as_a_file(centre, meeting, school, manager, client):
    point = an_action(meeting, "Ask the town", school, due=DAY)
    a_decision(meeting, "Open until eight.")
    back = {"done": "1", "back": "https://elsewhere.example/"}
    response = client.post(at(centre, "settle_point", point.pk), back)
    assert response["Location"] == at(centre, "points")
    point.refresh_from_db()
    assert point.done_on == centre.local_day(centre.now())
    assert "No action fits" in client.get(at(centre, "points")).content.decode()
    assert "Ask the town" in client.get(at(centre, "points") + "?state=all").content.decode()
    file = client.get(at(centre, "points_file", "csv") + "?state=all").content.decode()
    assert "Ask the town,School" in file
    assert "Open until eight." in client.get(at(centre, "decisions_file", "csv")).content.decode()
    for name in ("points_file", "decisions_file"):
        assert client.get(at(centre, name, "xlsx")).content[:2] == b"PK"
        assert client.get(at(centre, name, "pdf")).status_code == 404


def test_meetings_of_another_centre_are_not_there(centre, manager, client):
    other = a_centre(network=centre.network)
    meeting = a_meeting(a_body(other), DAY)
    item, so = a_point_of(meeting, "One"), a_decision(meeting, "So.")
    for name, pk in (
        ("meeting", meeting.pk),
        ("minutes", meeting.pk),
        ("item", item.pk),
        ("decision", so.pk),
    ):
        assert client.get(at(centre, name, pk)).status_code == 404


def test_the_pages_ask_the_same_for_one_and_for_three(
    centre, body, meeting, school, manager, client, django_assert_max_num_queries
):
    def another():
        item = a_point_of(meeting, "One", brought_by=school)
        a_decision(meeting, "So.", item=item)
        an_action(meeting, "Left", school, manager, item=item)
        a_mandate(seats(body)[0], school)
        an_action(a_meeting(body, DAY - timedelta(days=7)), "Old", school, manager)
        meetings.carry_over(meeting=meeting)

    def asked():
        found = []
        for address in (at(centre, "meeting", meeting.pk), at(centre, "points"), at(centre, "decisions")):
            with django_assert_max_num_queries(45) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    another()
    client.get(at(centre, "points"))
    one = asked()
    another(), another()
    assert asked() == one


def test_the_page_of_a_meeting_lists_what_waits_for_approval(body, meeting):
    later = a_meeting(body, NEXT)
    assert meeting_page(later, NEXT).to_approve == [meeting]
    assert meeting_page(meeting, NEXT).later == [later]
    assert meeting_page(meeting, DAY).later == []
