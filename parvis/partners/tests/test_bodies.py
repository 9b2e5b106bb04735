"""Bodies, seats and mandates; and their pages."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person
from parvis.partners.actions import bodies as actions
from parvis.partners.actions import bodies_errors as errors
from parvis.partners.actions import change_institution, forgetting
from parvis.partners.actions.institutions import Described
from parvis.partners.factories import an_institution
from parvis.partners.factories_bodies import a_body, a_mandate, a_meeting, an_action, seats
from parvis.partners.models import Body, Institution, Mandate, Relation, Seat
from parvis.partners.queries.bodies import SOON, bodies, body_page

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
NEXT = DAY + timedelta(days=1)
KEY = UUID(int=5)
K = Institution.Kind


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def school(centre):
    return an_institution(centre, "School").institution


@pytest.fixture
def union(centre):
    return an_institution(centre, "Union", kind=K.SOCIAL_PARTNER).institution


def mandates(seat):
    rows = seat.mandates.order_by("valid_from")
    return [(one.institution.name, one.valid_from, one.valid_to) for one in rows]


def said(institution, since=LONG_AGO, **more):
    return actions.MandateSaid(institution=institution, valid_from=since, **more)


def test_a_body_is_opened_once(centre):
    wanted = actions.BodySaid("Steering", Body.Kind.STEERING, LONG_AGO)
    one = actions.open_body(centre=centre, key=KEY, said=wanted)
    assert actions.open_body(centre=centre, key=KEY, said=wanted) == one
    with pytest.raises(errors.OfAnotherCentre):
        actions.open_body(centre=a_centre(), key=KEY, said=wanted)
    assert Body.objects.count() == 1


def test_seats_are_added_once(centre):
    body = a_body(centre)
    wanted = actions.SeatSaid(valid_from=LONG_AGO, kind=K.NGO)
    first = actions.add_seats(body=body, key=KEY, said=wanted, number=3)
    assert actions.add_seats(body=body, key=KEY, said=wanted, number=3) == first
    assert [seat.category for seat in Seat.objects.all()] == ["Non-governmental organisation"] * 3


def test_a_new_mandate_ends_the_one_before(centre, school, union):
    (seat,) = seats(a_body(centre))
    a_mandate(seat, school)
    a_mandate(seat, union, valid_from=DAY)
    assert mandates(seat) == [("School", LONG_AGO, DAY), ("Union", DAY, None)]


def test_a_mandate_is_given_once(centre, school):
    (seat,) = seats(a_body(centre))
    one = actions.give_mandate(seat=seat, key=KEY, said=said(school))
    assert actions.give_mandate(seat=seat, key=KEY, said=said(school)) == one
    assert len(mandates(seat)) == 1


def test_no_mandate_goes_under_a_later_one(centre, school, union):
    (seat,) = seats(a_body(centre))
    a_mandate(seat, school, valid_from=DAY)
    with pytest.raises(errors.SeatTaken):
        a_mandate(seat, union)
    a_mandate(seat, union, valid_to=DAY)
    assert mandates(seat) == [("Union", LONG_AGO, DAY), ("School", DAY, None)]


def test_a_changed_mandate_does_not_run_into_another(centre, school, union):
    (seat,) = seats(a_body(centre))
    first = a_mandate(seat, school, valid_to=DAY)
    a_mandate(seat, union, valid_from=DAY)
    with pytest.raises(errors.SeatTaken):
        actions.change_mandate(mandate=first, said=said(school, valid_to=NEXT))
    actions.change_mandate(mandate=first, said=said(school, valid_to=DAY, deputy="Ana Ribeiro"))
    first.refresh_from_db()
    assert first.deputy == "Ana Ribeiro"


def test_only_who_the_centre_works_with_holds_a_seat(centre):
    (seat,) = seats(a_body(centre))
    stranger = an_institution(a_centre(), "Elsewhere").institution
    late = an_institution(centre, "Late", valid_from=NEXT).institution
    for institution in (stranger, late):
        with pytest.raises(errors.UnknownThen):
            a_mandate(seat, institution, valid_from=DAY)
    assert a_mandate(seat, late, valid_from=NEXT).pk


def test_a_mandate_lies_within_its_seat(centre, school):
    body = a_body(centre)
    (seat,) = seats(body, valid_from=DAY, valid_to=NEXT)
    for since, until in ((LONG_AGO, None), (NEXT, None), (DAY, NEXT + timedelta(days=1))):
        with pytest.raises(errors.OutsideTheBody):
            a_mandate(seat, school, valid_from=since, valid_to=until)
    assert a_mandate(seat, school, valid_from=DAY).valid_to == NEXT


def test_what_is_in_a_closed_body_ends_with_it(centre, school):
    body = a_body(centre)
    kept, coming = seats(body)[0], seats(body, valid_from=NEXT)[0]
    a_mandate(kept, school)
    actions.change_body(body=body, said=actions.BodySaid("B", Body.Kind.OTHER, LONG_AGO, DAY))
    assert mandates(kept) == [("School", LONG_AGO, DAY)]
    assert list(Seat.objects.values_list("pk", "valid_to")) == [(kept.pk, DAY)]
    assert coming.pk not in Seat.objects.values_list("pk", flat=True)


def test_a_closed_institution_leaves_its_seats(centre, school):
    (seat,) = seats(a_body(centre))
    a_mandate(seat, school)
    relation = Relation.objects.get(institution=school)
    wanted = Described("School", K.EDUCATION, Relation.Standing.PARTNER, LONG_AGO, valid_to=DAY)
    change_institution(relation=relation, said=wanted)
    assert mandates(seat) == [("School", LONG_AGO, DAY)]


def test_names_are_forgotten_400_days_after_a_mandate(centre, school):
    (seat,) = seats(a_body(centre))
    one = a_mandate(seat, school, representative="Ana Ribeiro", deputy="Jo Keller", valid_to=DAY)
    at = centre.bounds(DAY + timedelta(days=400))[0] + timedelta(hours=12)
    assert forgetting.forget_representatives(at=at) == 0
    assert forgetting.forget_representatives(at=at + timedelta(days=1)) == 1
    one.refresh_from_db()
    assert (one.representative, one.deputy, one.institution) == ("", "", school)
    assert forgetting.forget_representatives(at=at + timedelta(days=1)) == 0


def test_a_mandate_that_ends_within_90_days_is_shown_unless_somebody_follows(centre, school, union):
    (seat,) = seats(a_body(centre))
    one = a_mandate(seat, school, valid_to=DAY + SOON + timedelta(days=1))
    body = Body.objects.get()
    assert body_page(body, DAY).line.ending == []
    assert [line.mandate for line in body_page(body, NEXT).line.ending] == [one]
    a_mandate(seat, union, valid_from=DAY + SOON + timedelta(days=1))
    assert body_page(body, NEXT).line.ending == []


def test_seats_of_today_are_counted_and_others_not(centre, school):
    body = a_body(centre)
    seat, _vacant = seats(body, number=2)
    seats(body, valid_from=NEXT)
    seats(body, valid_to=DAY)
    a_mandate(seat, school, valid_to=NEXT)
    assert (body_page(body, DAY).line.neutrality.filled, body_page(body, DAY).line.vacant) == (1, 1)
    assert (body_page(body, NEXT).line.neutrality.filled, body_page(body, NEXT).line.vacant) == (0, 3)


def test_bodies_tell_what_is_overdue_and_when_they_meet(centre, school):
    body = a_body(centre)
    last, coming = a_meeting(body, DAY), a_meeting(body, NEXT)
    an_action(last, "Look for a room", school, due=DAY)
    (line,) = bodies(centre, NEXT).here
    assert (line.last, line.next, line.overdue) == (last, coming, 1)
    assert bodies(centre, DAY).here[0].overdue == 0


# --- pages


@pytest.fixture
def manager(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def at(centre, name, *args):
    return reverse(f"partners:{name}", args=[centre.slug, *args])


def test_the_first_step_is_taught(centre, manager, client):
    assert "Begin with the steering committee" in client.get(at(centre, "bodies")).content.decode()


def test_a_body_is_made_furnished_and_filled_on_its_pages(centre, manager, school, client):
    key = {"key": KEY, "valid_from": "2026-01-01"}
    form = key | {"kind": "steering", "name": "Steering committee", "purpose": "Decides on the year"}
    assert client.post(at(centre, "new_body"), form).status_code == 302
    body = Body.objects.get()
    assert client.post(at(centre, "new_body"), form).status_code == 302
    assert Body.objects.count() == 1
    own = key | {"category": "own", "label": "Founding members", "number": "2"}
    assert client.post(at(centre, "new_seats", body.pk), own).status_code == 302
    seat = Seat.objects.order_by("pk")[0]
    mandate = key | {"institution": school.pk, "representative": "Ana Ribeiro"}
    assert client.post(at(centre, "new_mandate", seat.pk), mandate).status_code == 302
    page = client.get(at(centre, "body", body.pk)).content.decode()
    for words in ("Founding members", "School", "Ana Ribeiro", "vacant", "One seat is filled"):
        assert words in page
    assert "1 vacant" in client.get(at(centre, "bodies")).content.decode()
    one = Mandate.objects.get()
    for name, pk in (("seat", seat.pk), ("mandate", one.pk), ("change_body", body.pk)):
        assert client.get(at(centre, name, pk)).status_code == 200
    ended = mandate | {"valid_to": "2026-02-01"}
    assert client.post(at(centre, "mandate", one.pk), ended).status_code == 302
    one.refresh_from_db()
    assert one.valid_to == date(2026, 2, 1)


def test_what_is_wrong_stands_beside_its_field(centre, manager, client):
    body = a_body(centre)
    wrong = {"key": KEY, "category": "own", "valid_from": "2026-02-01", "valid_to": "2026-01-01", "number": 1}
    page = client.post(at(centre, "new_seats", body.pk), wrong)
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["label", "valid_to"])
    early = {"key": KEY, "category": "ngo", "number": "1", "valid_from": "2000-01-01"}
    page = client.post(at(centre, "new_seats", body.pk), early)
    assert page.context["form"].non_field_errors() == [str(errors.OutsideTheBody())]


def test_bodies_of_another_centre_are_not_there(centre, manager, client):
    other = a_centre(network=centre.network)
    body = a_body(other)
    (seat,) = seats(body)
    for name, pk in (
        ("body", body.pk),
        ("change_body", body.pk),
        ("seat", seat.pk),
        ("new_mandate", seat.pk),
    ):
        assert client.get(at(centre, name, pk)).status_code == 404


def test_advisers_may_not_look_after_bodies(centre, client):
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(at(centre, "bodies")).status_code == 403
    assert client.get(at(centre, "structure_models")).status_code == 200


def test_the_pages_ask_the_same_for_one_and_for_three(centre, manager, client, django_assert_max_num_queries):
    body = a_body(centre)

    def another(name):
        institution = an_institution(centre, name).institution
        a_mandate(seats(body)[0], institution)
        a_mandate(seats(a_body(centre, name))[0], institution)
        a_meeting(body, DAY)

    def asked():
        found = []
        for address in (at(centre, "bodies"), at(centre, "body", body.pk)):
            with django_assert_max_num_queries(40) as queries:
                client.get(address)
            found.append(len(queries))
        return found

    another("A")
    client.get(at(centre, "bodies"))
    one = asked()
    another("B"), another("C")
    assert asked() == one
