"""The board, steps, next actions, what needs a decision, contacts, places, logos, the list's filters and files."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from parvis.accounts.roles import Role
from parvis.centres.factories import LONG_AGO, a_centre, a_person, a_theme
from parvis.partners import actions
from parvis.partners.actions.forgetting import forget_contacts
from parvis.partners.factories import a_prospect, an_agreement, an_institution, step
from parvis.partners.models import Contact, Place, Relation, Stage
from parvis.partners.queries.matters import What, matters
from parvis.partners.queries.pipeline import board

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return a_centre(languages=["en", "fr"])


@pytest.fixture
def today(centre):
    return centre.local_day(centre.now())


@pytest.fixture
def manager(centre, client):
    person = a_person(Role.PARTNERSHIP_MANAGER, centre=centre, language="en")
    client.force_login(person)
    return person


def at(centre, name, *parts):
    return reverse(f"partners:{name}", args=[centre.slug, *parts])


def test_the_board_has_a_column_for_each_stage(centre, today):
    an_institution(centre, "School")
    an_institution(centre, "Closed", valid_to=today)
    an_institution(centre, "Clinic", standing="outside")
    later, sooner = a_prospect(centre, "A later one"), a_prospect(centre, "Sooner")
    actions.plan_next(relation=later, action="Call", by_day=today + timedelta(days=9))
    actions.plan_next(relation=sooner, action="Call", by_day=today - timedelta(days=1))
    found = {column.stage: [str(card.relation) for card in column.cards] for column in board(centre, today)}
    assert found == {
        "prospect": ["Sooner", "A later one"],
        "negotiating": [],
        "active": ["School"],
        "suspended": [],
        "ended": ["Closed"],
    }


def test_a_step_is_taken_on_its_page(centre, today, manager, client):
    relation = an_institution(centre, "School")
    address = at(centre, "step", relation.pk)
    assert client.post(address, {"stage": "suspended", "since": today, "reason": ""}).status_code == 422
    assert client.post(address, {"stage": "prospect", "since": today, "reason": ""}).status_code == 422
    late = {"stage": "suspended", "since": today + timedelta(days=1), "reason": "No staff"}
    assert client.post(address, late).status_code == 422
    assert client.post(address, late | {"since": today}).status_code == 302
    page = client.get(at(centre, "institution", relation.pk)).content.decode()
    assert "No staff" in page
    assert manager.name in page
    assert "School" in client.get(at(centre, "pipeline")).content.decode()


def test_what_comes_next_is_planned(centre, today, manager, client):
    relation = a_prospect(centre, "School")
    address = at(centre, "next_action", relation.pk)
    assert client.post(address, {"action": "", "by_day": today}).status_code == 422
    assert client.post(address, {"action": "Ask for Marie Dupont", "by_day": today}).status_code == 422
    assert client.post(address, {"action": "Send the charter", "by_day": today}).status_code == 302
    assert "Send the charter" in client.get(at(centre, "pipeline")).content.decode()


def test_what_needs_a_decision_comes_by_urgency(centre, manager, client):
    day = date(2026, 3, 3)
    ends = an_institution(centre, "Ends")
    an_agreement(ends, last_day=day + timedelta(days=50))
    renewed = an_institution(centre, "Renewed")
    an_agreement(renewed, last_day=date(2026, 6, 30), renewal_months=12, notice_months=3)
    over = an_institution(centre, "Over")
    an_agreement(over, last_day=day - timedelta(days=10))
    replaced = an_institution(centre, "Replaced")
    an_agreement(
        replaced,
        replaces=an_agreement(replaced, last_day=day + timedelta(days=9)),
        starts_on=day + timedelta(days=5),
    )
    an_institution(centre, "Nothing signed")
    waits = a_prospect(centre, "Waits")
    actions.plan_next(relation=waits, action="Call", by_day=day - timedelta(days=20))
    a_prospect(centre, "Forgotten")
    rests = an_institution(centre, "Rests")
    an_agreement(rests)
    step(rests, Stage.SUSPENDED, day - timedelta(days=100))
    found = [(str(one.relation), one.what, one.by) for one in matters(centre, day)]
    assert found == [
        ("Waits", What.NEXT, day - timedelta(days=20)),
        ("Over", What.OVER, day - timedelta(days=10)),
        ("Rests", What.RESTS, day - timedelta(days=10)),
        ("Forgotten", What.NO_NEXT, day),
        ("Nothing signed", What.NONE, day),
        ("Renewed", What.NOTICE, date(2026, 3, 31)),
        ("Ends", What.EXPIRY, day + timedelta(days=50)),
    ]
    assert "Forgotten" in client.get(at(centre, "matters")).content.decode()


def test_contacts_and_places_are_kept_changed_and_taken_away(centre, manager, client):
    relation = an_institution(centre, "School")
    new = at(centre, "new_contact", relation.pk)
    assert client.post(new, {"name": "Ana"}).status_code == 422
    for _ in range(2):
        assert client.post(new, {"name": "Ana", "phone": "02"}).status_code == 302
    contact = Contact.objects.get()
    assert (
        client.post(
            at(centre, "contact", relation.pk, contact.pk), {"name": "Ana", "phone": "03"}
        ).status_code
        == 302
    )
    client.post(at(centre, "new_place", relation.pk), {"name": "North", "address": "1, rue Haute"})
    page = client.get(at(centre, "institution", relation.pk)).content.decode()
    assert "03" in page
    assert "1, rue Haute" in page
    client.post(at(centre, "forget_contact", relation.pk, contact.pk))
    client.post(at(centre, "remove_place", relation.pk, Place.objects.get().pk))
    assert (Contact.objects.count(), Place.objects.count()) == (0, 0)


def test_whom_one_called_is_forgotten_half_a_year_after_the_end(centre):
    now = centre.now()
    day = centre.local_day(now)
    kept, ended, closed = (an_institution(centre, name) for name in ("Kept", "Ended", "Closed"))
    outside = an_institution(centre, "Outside", standing="outside")
    for relation in (kept, ended, closed, outside):
        Contact.objects.create(relation=relation, name="Ana", phone="02")
    step(ended, Stage.ENDED, day - timedelta(days=182))
    Relation.objects.filter(pk=closed.pk).update(valid_to=day - timedelta(days=182))
    assert forget_contacts(at=now) == 2
    assert sorted(str(one.relation) for one in Contact.objects.all()) == ["Kept", "Outside"]


def a_picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def test_a_logo_is_written_anew_and_shown_to_the_team_alone(centre, manager, client):
    relation = an_institution(centre, "School")
    address = at(centre, "new_logo", relation.pk)
    wrong = SimpleUploadedFile("logo.png", b"<svg onload='x'>")
    assert client.post(address, {"logo": wrong}).status_code == 422
    hidden = a_picture() + b"hidden words"
    assert client.post(address, {"logo": SimpleUploadedFile("logo.png", hidden)}).status_code == 302
    own = at(centre, "logo", relation.pk)
    got = client.get(own)
    assert (got["Content-Type"], b"hidden" in got.content) == ("image/png", False)
    client.force_login(a_person(Role.ADVISER, centre=centre))
    assert client.get(own).status_code == 403
    client.logout()
    assert client.get(own).status_code == 302
    client.force_login(manager)
    client.post(at(centre, "remove_logo", relation.pk))
    assert client.get(own).status_code == 404


def test_the_list_is_narrowed_sorted_and_taken_away(centre, manager, client):
    theme = a_theme(centre)
    an_institution(centre, "School", themes=[theme], fields=["education"], parts=["mission", "event"])
    an_institution(centre, "Bank", kind="employer", parts=["funder"], valid_from=date(2020, 1, 1))
    a_prospect(centre, "Museum", fields=["culture"])
    address = at(centre, "institutions")

    def names(query):
        found = client.get(f"{address}?{query}").context["found"]
        lines = [*found.partners, *found.sought, *found.outside, *found.closed]
        return [str(line.relation) for line in lines]

    assert names("") == ["Bank", "School", "Museum"]
    assert names("kind=employer") == ["Bank"]
    assert names("field=culture") == ["Museum"]
    assert names("part=event") == ["School"]
    assert names("stage=prospect") == ["Museum"]
    assert names(f"theme={theme.pk}") == ["School"]
    assert names("sort=since&stage=active") == ["Bank", "School"]
    assert names("theme=x&kind=nonsense") == ["Bank", "School", "Museum"]
    lines = (
        client.get(at(centre, "institutions_file", "csv") + "?kind=employer").content.decode().splitlines()
    )
    assert len(lines) == 2
    assert lines[1].startswith("Bank,Employer,")
    book = load_workbook(io.BytesIO(client.get(at(centre, "institutions_file", "xlsx")).content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["Bank", "School", "Museum"]
    assert client.get(at(centre, "institutions_file", "pdf")).status_code == 404


def test_a_prospect_is_added_from_the_board(centre, today, manager, client):
    address = at(centre, "new_institution") + "?as=prospect"
    assert client.get(address).context["form"]["standing"].value() == "prospect"
    form = {"name": "Museum", "kind": "ngo", "standing": "prospect", "valid_from": today}
    form |= {"fields_of_work": ["culture"], "parts": ["event"], "languages": ["fr"]}
    assert client.post(address, form).status_code == 302
    relation = Relation.objects.get()
    found = (relation.stage, relation.standing, relation.fields, relation.parts, relation.languages)
    assert found == ("prospect", "outside", ["culture"], ["event"], ["fr"])
    assert relation.steps.get().by == manager
    change = at(centre, "change_institution", relation.pk)
    assert client.post(change, form | {"standing": "outside", "parts": []}).status_code == 302
    relation.refresh_from_db()
    assert (relation.stage, relation.parts) == ("prospect", [])


def test_advisers_and_other_centres_stay_out(centre, client):
    relation = an_institution(centre, "School")
    client.force_login(a_person(Role.ADVISER, centre=centre))
    for name in ("pipeline", "matters", "agreements", "contributions"):
        assert client.get(at(centre, name)).status_code == 403
    other = a_centre(network=centre.network)
    client.force_login(a_person(Role.DIRECTOR, centre=other))
    for name in ("institution", "step", "next_action", "new_contact", "new_place", "new_logo"):
        assert client.get(at(other, name, relation.pk)).status_code == 404


@pytest.mark.parametrize("name", ["institutions", "pipeline", "matters"])
def test_a_page_asks_the_same_for_one_and_for_three(
    centre, manager, client, django_assert_max_num_queries, name
):
    def another(n):
        relation = an_institution(centre, f"School {n}", themes=[a_theme(centre, f"t{n}")])
        an_agreement(relation, last_day=LONG_AGO + timedelta(days=n))
        a_prospect(centre, f"Prospect {n}")

    def asked():
        with django_assert_max_num_queries(30) as found:
            client.get(at(centre, name))
        return len(found)

    another(1)
    client.get(at(centre, name))
    one = asked()
    another(2), another(3)
    assert asked() == one
