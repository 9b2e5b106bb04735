"""The adviser's side: a code opens a thread for one conversation; two write; nobody else reads."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parvis.accounts.roles import Role
from parvis.centres.actions import team
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance.factories import a_line, a_thread
from parvis.guidance.forms.visitor_code import ConfirmForm
from parvis.guidance.models import Entry, Grant, Kind, Thread
from parvis.guidance.receipt import Receipt, fold
from parvis.guidance.visitor_limits import limiter
from parvis.partners.factories import an_institution
from parvis.reception import actions as reception
from parvis.reception.actions.transfers import Target
from parvis.reception.factories import a_seat, a_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_before():
    limiter().storage.reset()


@pytest.fixture
def house():
    """A desk with two advisers, a third one elsewhere, and somebody who comes back."""
    return House()


class House:
    def __init__(self) -> None:
        self.at = timezone.now()
        self.centre = a_centre(languages=["fr", "en"])
        self.theme = a_theme(self.centre)
        self.first, self.second, self.third = (a_person(Role.ADVISER, centre=self.centre) for _n in range(3))
        self.seat = a_seat([self.theme], self.at, person=self.first)
        a_seat([self.theme], self.at, person=self.second, place=2)
        self.opened, self.receipt = a_thread(self.centre, self.at)
        a_line(self.opened, "Ask for the leaflet", self.at)

    def of(self, person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    def address(self, name: str, **parts: object) -> str:
        return reverse(f"guidance:{name}", kwargs={"centre": self.centre.slug} | parts)

    def talk(self, person=None):
        """A conversation, by the code; its address."""
        client = self.of(person or self.first)
        answer = client.post(self.address("threads"), {"code": " ".join(self.receipt.words("fr"))})
        assert answer.status_code == 302
        return client, answer["Location"], Grant.objects.open().latest("pk").key


def test_the_code_opens_the_thread_for_everybody_at_the_desk(house):
    client, where, key = house.talk()
    assert "Ask for the leaflet" in client.get(where).content.decode()
    assert "Ask for the leaflet" in house.of(house.second).get(where).content.decode()
    assert house.of(house.third).get(where).status_code == 404
    assert where in house.of(house.second).get(house.address("threads")).content.decode()
    assert where not in house.of(house.third).get(house.address("threads")).content.decode()


def test_another_centre_does_not_see_it_and_reads_it_with_the_code_only(house):
    _client, where, key = house.talk()
    other = a_centre(network=house.centre.network)
    colleague = a_person(Role.ADVISER, centre=other)
    there = house.of(colleague)
    assert there.get(where).status_code == 404
    assert there.get(where.replace(house.centre.slug, other.slug)).status_code == 404
    address = reverse("guidance:threads", kwargs={"centre": other.slug})
    answer = there.post(address, {"code": house.receipt.letters()})
    assert "Ask for the leaflet" in there.get(answer["Location"]).content.decode()


def test_a_code_of_nothing_or_of_another_network_says_the_same(house):
    elsewhere = a_centre()
    _opened, foreign = a_thread(elsewhere, house.at)
    for receipt in (Receipt.new(), foreign):
        page = house.of(house.first).post(house.address("threads"), {"code": receipt.letters()})
        assert page.status_code == 422
        assert "No thread opens with this code." in page.content.decode()
        assert receipt.letters().lower() in page.content.decode().lower()  # what was typed is kept


def test_staff_never_see_the_code(house):
    client, where, key = house.talk()
    pages = [where, house.address("threads"), house.address("sheet", key=key)]
    for address in pages:
        page = client.get(address).content.decode()
        assert house.receipt.letters() not in page
        assert " ".join(house.receipt.words("fr")) not in page


def test_a_piece_is_written_once_and_seen_by_both(house):
    client, where, key = house.talk()
    own = str(uuid4())
    said = {
        "kind": "step",
        "key": own,
        "text": "Write to the school",
        "who": "you",
        "due": "2026-12-01",
        "where": "Blue room",
    }
    for _n in range(2):
        page = client.post(house.address("entries", key=key), said)
        assert page.status_code == 200
    assert Entry.objects.count() == 2
    page = house.of(house.second).get(house.address("lines", key=key)).content.decode()
    assert "Write to the school" in page
    assert "1 December 2026" in page


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This field is required"),
        ("Call Mr Martin on 06 12 34 56 78", "looks like a phone number"),
        ("RECEIPT", "This holds a code"),
    ],
)
def test_what_must_not_be_written_is_refused_beside_the_field_and_kept(house, text, says):
    client, _where, key = house.talk()
    text = " ".join(house.receipt.words("es")) if text == "RECEIPT" else text
    page = client.post(
        house.address("entries", key=key), {"kind": "option", "key": str(uuid4()), "text": text}
    )
    assert page.status_code == 422
    assert says in page.content.decode()
    assert text in page.content.decode()
    assert Entry.objects.count() == 1


def test_of_two_who_change_one_piece_the_second_sees_both(house):
    client, _where, key = house.talk()
    entry = Entry.objects.get()
    address = house.address("entry", key=key, entry=entry.key)
    assert 'value="1"' in client.get(address).content.decode()
    assert client.post(address, {"kind": "step", "revision": "1", "text": "Mine"}).status_code == 200
    late = house.of(house.second).post(address, {"kind": "step", "revision": "1", "text": "Yours"})
    page = late.content.decode()
    assert late.status_code == 409
    assert all(words in page for words in ["It now says:", "Mine", "Yours", 'value="2"'])
    assert (
        house.of(house.second).post(address, {"kind": "step", "revision": "2", "text": "Both"}).status_code
        == 200
    )
    entry.refresh_from_db()
    assert house.opened.read(entry)["text"] == "Both"


def test_a_removed_piece_can_be_put_back(house):
    client, _where, key = house.talk()
    entry = Entry.objects.get()
    page = client.post(
        house.address("entry_remove", key=key, entry=entry.key), {"kind": "step"}
    ).content.decode()
    assert not Entry.objects.exists()
    back = re.search(r'talk-gone.*?name="key" value="([^"]+)"', page, re.DOTALL)[1]
    client.post(
        house.address("entries", key=key), {"kind": "step", "key": back, "text": "Ask for the leaflet"}
    )
    assert house.opened.read(Entry.objects.get()) == {"text": "Ask for the leaflet"}
    again = client.post(house.address("entry_remove", key=key, entry=entry.key), {"kind": "step"})
    assert again.status_code == 200


def test_somebody_elses_change_of_a_removed_piece_keeps_the_words(house):
    client, _where, key = house.talk()
    entry = Entry.objects.get()
    address = house.address("entry", key=key, entry=entry.key)
    client.post(house.address("entry_remove", key=key, entry=entry.key), {"kind": "step"})
    late = client.post(address, {"kind": "step", "revision": "1", "text": "My words"})
    assert late.status_code == 409
    assert "My words" in late.content.decode()


@pytest.mark.parametrize("kind", ["question", "answer", "hand_over", "nothing"])
def test_staff_write_only_in_their_parts(house, kind):
    client, _where, key = house.talk()
    page = client.post(house.address("entries", key=key), {"kind": kind, "key": str(uuid4()), "text": "x"})
    assert page.status_code == 404


def test_a_piece_of_another_thread_is_not_reached(house):
    client, _where, key = house.talk()
    other, _receipt = a_thread(house.centre, house.at)
    a_line(other, "theirs", house.at)
    theirs = Entry.objects.latest("pk")
    page = client.get(house.address("entry", key=key, entry=theirs.key))
    assert "theirs" not in page.content.decode()
    client.post(house.address("entry_remove", key=key, entry=theirs.key), {"kind": "step"})
    assert Entry.objects.filter(pk=theirs.pk).exists()


def test_the_conversation_ends_for_both(house):
    client, where, key = house.talk()
    client.post(house.address("conversation_end", key=key))
    assert client.get(where).status_code == 404
    assert house.of(house.second).get(where).status_code == 404
    assert client.post(house.address("conversation_end", key=key)).status_code == 302
    assert (
        client.post(
            house.address("entries", key=key), {"kind": "step", "key": str(uuid4()), "text": "x"}
        ).status_code
        == 404
    )


def test_it_ends_when_the_visitor_leaves_the_desk(house):
    ticket = a_ticket(house.theme, house.at)
    reception.call_next(seat=house.seat, at=house.at)
    reception.start_interview(seat=house.seat, ticket=ticket, at=house.at)
    client, where, _key = house.talk()
    address = house.address("thread_of_ticket", ticket=ticket.pk)
    assert client.get(address)["Location"] == where
    desk = client.get(reverse("reception:desk", kwargs={"centre": house.centre.slug})).content.decode()
    assert f'href="{address}"' in desk
    for _n in range(2):
        reception.finish_interview(seat=house.seat, ticket=ticket, at=timezone.now())
        assert client.get(where).status_code == 404
    assert client.get(address)["Location"] == house.address("threads")


def test_it_ends_when_the_visitor_goes_to_a_colleague(house):
    ticket = a_ticket(house.theme, house.at)
    reception.call_next(seat=house.seat, at=house.at)
    reception.start_interview(seat=house.seat, ticket=ticket, at=house.at)
    client, where, _key = house.talk()
    reception.transfer(ticket=ticket, to=Target(theme=house.theme), at=timezone.now(), seat=house.seat)
    assert client.get(where).status_code == 404


def test_what_could_help_is_written_down_in_the_visitors_language(house):
    client, where, key = house.talk()
    relation = an_institution(
        house.centre,
        "House of Kitchens",
        themes=[house.theme],
        address="3 Square Street",
        for_visitors={"fr": "essayer un métier", "en": "try a trade"},
    )
    other = an_institution(house.centre, "Far Away")
    address = house.address("suggestions", key=key)
    page = client.get(address, {"theme": house.theme.pk}).content.decode()
    assert all(words in page for words in ["House of Kitchens", "essayer un métier", "desk"])
    assert "Far Away" not in page
    said = {"place": relation.pk, "key": str(uuid4())}
    for _n in range(2):
        assert client.post(house.address("suggest", key=key), said).status_code == 200
    entry = Entry.objects.get(kind=Kind.PLACE)
    assert house.opened.read(entry) == {
        "text": "House of Kitchens · essayer un métier",
        "where": "3 Square Street",
    }
    elsewhere = an_institution(a_centre(), "Another network's")
    assert client.post(house.address("suggest", key=key), said | {"place": elsewhere.pk}).status_code == 404
    assert client.get(address, {"theme": "0"}).status_code == 404
    assert other.pk != relation.pk


def test_a_trainee_is_marked(house):
    client, where, key = house.talk()
    for listens in ("1", "1", "0"):
        client.post(house.address("trainee", key=key), {"listens": listens})
        assert Grant.objects.get().trainee_listens is (listens == "1")


def test_whoever_loses_the_role_loses_the_conversation(house):
    client, where, key = house.talk()
    a_person(Role.DIRECTOR, centre=house.centre)
    team.remove_from_team(place=house.centre, person=house.first, at=house.at)
    assert client.get(where).status_code == 404
    assert Grant.objects.get().ended_at is not None


def test_the_sheet_speaks_the_visitors_language(house):
    client, _where, key = house.talk()
    Thread.objects.update(language="fr")
    page = client.get(house.address("sheet", key=key)).content.decode()
    assert '<html lang="fr"' in page
    assert "Votre plan" in page
    assert "Ask for the leaflet" in page


def test_one_and_three_pieces_cost_the_same(house, django_assert_num_queries):
    client, where, key = house.talk()
    client.get(where)
    for _n in range(2):
        with django_assert_num_queries(5):
            client.get(where)
        a_line(house.opened, "one more", house.at, Kind.OPTION)
        a_line(house.opened, "and another", house.at, Kind.STEP)


class TestBeginning:
    def begin(self, house, **said):
        return house.of(house.first).post(house.address("new_thread_in", language="fr"), said)

    def kept(self, page) -> str:
        return re.search(r'name="kept" value="([^"]+)"', page.content.decode())[1]

    def test_nothing_is_kept_without_a_yes(self, house):
        page = self.begin(house, keeps="12", kept=self.kept(self.begin(house)))
        assert page.status_code == 422
        assert Thread.objects.count() == 1  # that of the fixture

    def test_the_code_is_shown_and_three_of_its_words_begin_the_thread(self, house):
        client = house.of(house.first)
        address = house.address("new_thread_in", language="fr")
        agree = client.get(address)
        code = client.post(address, {"kept": self.kept(agree), "keeps": "6", "agreed": "on"})
        words = re.findall(r"<li><span>(\w+)</span></li>", code.content.decode())
        places = re.findall(r'name="word_(\d)"', code.content.decode())
        assert (len(words), len(places), Thread.objects.count()) == (9, 3, 1)
        said = {f"word_{place}": words[int(place) - 1].upper() for place in places} | {
            "kept": self.kept(code),
            "confirm": "1",
        }
        wrong = client.post(address, said | {f"word_{places[0]}": "xxxx"})
        assert (wrong.status_code, Thread.objects.count()) == (422, 1)
        for _n in range(2):  # sent again
            begun = client.post(address, said)
            assert begun.status_code == 302
        thread = Thread.objects.latest("pk")
        assert (Thread.objects.count(), thread.keeps, thread.language) == (2, 6, "fr")
        assert Grant.objects.filter(thread=thread).count() == 1
        assert client.get(begun["Location"]).status_code == 200
        assert Client().post("/thread/", {"code": " ".join(words)}).status_code == 302

    def test_without_accents_and_shortened_is_enough(self, house):
        for _n in range(50):
            receipt = Receipt.new()
            form = ConfirmForm(receipt=receipt, language="fr")
            typed = {f"word_{place}": fold(form.words[place - 1])[:4] for place in form.places}
            assert ConfirmForm(typed, receipt=receipt, language="fr").is_valid()

    def test_an_unknown_language_is_not_there(self, house):
        assert house.of(house.first).get(house.address("new_thread_in", language="xx")).status_code == 404

    def test_somebody_who_may_not(self, house):
        reception = a_person(Role.RECEPTIONIST, centre=house.centre)
        for name, parts in [("threads", {}), ("new_thread", {}), ("new_thread_in", {"language": "fr"})]:
            assert house.of(reception).get(house.address(name, **parts)).status_code == 403


def test_entries_are_written_by_role_and_centre_never_by_person(house):
    client, _where, key = house.talk()
    client.post(
        house.address("entries", key=key), {"kind": "option", "key": str(uuid4()), "text": "Think it over"}
    )
    entry = Entry.objects.latest("pk")
    assert (entry.centre, entry.role) == (house.centre, "adviser")
