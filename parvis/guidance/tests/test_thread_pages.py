"""The visitor's own pages: opened by any spelling of the code, by nothing else; nobody else's thread is ever shown."""

import json
import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from parvis.centres.factories import a_centre, a_person
from parvis.guidance import actions
from parvis.guidance.factories import a_conversation, a_line, a_thread
from parvis.guidance.models import Entry, Keeps, Kind, Thread
from parvis.guidance.receipt import Receipt
from parvis.guidance.scope import COOKIE, LASTS, packed, unpacked
from parvis.guidance.visitor_limits import TRIES, limiter
from parvis.guidance.visitor_paper import SOURCE
from parvis.shared.paper import pdf

pytestmark = pytest.mark.django_db
OPEN = "/thread/"
MINE = "/thread/mine/"


@pytest.fixture(autouse=True)
def _no_tries_before():
    limiter().storage.reset()


@pytest.fixture
def centre():
    return a_centre(name="Lyon")


@pytest.fixture
def kept(centre):
    """A thread with two steps, and the receipt of it."""
    opened, receipt = a_thread(centre, timezone.now())
    a_line(opened, "Ask for the leaflet", timezone.now())
    a_line(opened, "Come back in spring", timezone.now())
    return opened, receipt


def opened_in(receipt: Receipt) -> Client:
    client = Client()
    assert client.post(OPEN, {"code": receipt.letters()}).status_code == 302
    return client


@pytest.mark.parametrize("language", ["en", "fr", "ar", "uk"])
def test_any_spelling_opens_it(kept, language):
    _opened, receipt = kept
    spellings = [
        " ".join(receipt.words("fr")),
        " ".join(word[:4] for word in receipt.words("es")).upper(),
        receipt.letters().lower(),
        f"https://example.org/thread/#{receipt.letters()}",
    ]
    for spelling in spellings:
        client = Client()
        answer = client.post(f"{OPEN}?language={language}", {"code": spelling})
        assert (answer.status_code, answer["Location"]) == (302, f"{MINE}?language={language}")
        page = client.get(answer["Location"]).content.decode()
        assert "Ask for the leaflet" in page
        assert f'lang="{language}"' in page


def test_a_misread_code_is_told_and_nothing_is_asked_of_the_database(kept, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = Client().post(OPEN, {"code": "abandon ability xxxxx"})
    assert page.status_code == 422
    assert "number 3 is not one of ours" in page.content.decode()


def test_unknown_expired_and_erased_get_the_same_answer(centre, kept):
    now = timezone.now()
    _old, expired = a_thread(centre, now - timedelta(days=200), keeps=Keeps.THREE)
    gone, erased = a_thread(centre, now)
    actions.erase_thread(thread=gone.thread)
    answers = []
    for receipt in (Receipt.new(), expired, erased):
        for accept in ("text/html", "application/json"):
            answer = Client().post(OPEN, {"code": receipt.letters()}, headers={"accept": accept})
            answers.append(
                (
                    accept,
                    answer.status_code,
                    answer.content,
                    sorted(answer.headers.items()),
                    bool(answer.cookies),
                )
            )
    assert len({repr(answer) for answer in answers}) == 2
    assert {(answer[1], answer[4]) for answer in answers} == {(302, False), (200, False)}


def test_the_same_number_of_queries_whatever_the_reason(centre, django_assert_num_queries):
    _old, expired = a_thread(centre, timezone.now() - timedelta(days=200), keeps=Keeps.THREE)
    for receipt in (Receipt.new(), expired):
        with django_assert_num_queries(1):  # one look-up
            Client().post(OPEN, {"code": receipt.letters()})


def test_one_and_three_lines_cost_the_same(centre, django_assert_num_queries):
    now = timezone.now()
    for lines in (1, 3):
        opened, receipt = a_thread(centre, now)
        for n in range(lines):
            a_line(opened, f"step {n}", now)
        client = opened_in(receipt)
        with django_assert_num_queries(7):
            client.get(MINE)


def test_the_code_is_in_no_address_title_or_cookie(kept):
    opened, receipt = kept
    client = opened_in(receipt)
    page = client.get(MINE).content.decode()
    cookie = client.cookies[COOKIE]
    for spelling in [receipt.letters(), *receipt.words("fr"), str(receipt.secret), opened.key.hex()]:
        assert spelling not in cookie.value
        assert spelling not in re.search("<title>(.*?)</title>", page, re.DOTALL)[1]
    assert receipt.letters() not in page
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", OPEN)


@pytest.mark.parametrize(
    "address", [MINE, "/thread/mine/data/", "/thread/mine/paper/", "/thread/mine/erase/"]
)
def test_without_the_code_each_page_leads_to_where_it_is_typed(kept, address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"{OPEN}?language=en")


def test_a_cookie_holds_for_half_an_hour_and_is_nobody_elses(kept, monkeypatch):
    client = opened_in(kept[1])
    assert client.get(MINE).status_code == 200
    changed = client.cookies[COOKIE].value[:-6] + "AAAAA="
    other = Client()
    other.cookies[COOKIE] = changed
    assert other.get(MINE).status_code == 302
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=LASTS + 1))
    assert client.get(MINE).status_code == 302


def test_signed_in_people_see_no_thread_without_its_code(kept, centre):
    client = Client()
    client.force_login(a_person("director", centre=centre))
    assert client.get(MINE).status_code == 302


def test_a_step_is_ticked_and_unticked_and_sent_again_changes_nothing(kept):
    opened, receipt = kept
    client = opened_in(receipt)
    entry = Entry.objects.earliest("pk")
    for done, says in [("1", True), ("1", True), ("0", False)]:
        answer = client.post(reverse("guidance:tick", args=[entry.key]), {"done": done})
        assert answer.status_code == 302
        entry.refresh_from_db()
        assert opened.read(entry)["done"] is says
    assert entry.revision == 3  # of three, one changed nothing


def test_another_threads_step_is_not_there(kept, centre):
    other, _receipt = a_thread(centre, timezone.now())
    a_line(other, "theirs", timezone.now())
    client = opened_in(kept[1])
    theirs = Entry.objects.latest("pk")
    assert client.post(reverse("guidance:tick", args=[theirs.key]), {"done": "1"}).status_code == 404
    assert client.post(reverse("guidance:tick", args=[uuid4()]), {"done": "1"}).status_code == 404


def test_who_read_it_is_shown_by_day_centre_and_role_and_never_by_name(kept, centre):
    adviser = a_person("adviser", centre=centre, name="Zebulon Quxley")
    talk = a_conversation(kept[1], centre, adviser, timezone.now())
    page = opened_in(kept[1]).get(MINE).content.decode()
    assert "Lyon</bdi>, an adviser" in page
    assert "open now" in page
    assert "Zebulon" not in page
    actions.end_conversations(grants=[talk.grant], at=timezone.now())
    assert "open now" not in opened_in(kept[1]).get(MINE).content.decode()


def test_it_is_taken_away_as_data(kept):
    data = json.loads(opened_in(kept[1]).get("/thread/mine/data/").content)
    assert [entry["text"] for entry in data["entries"]] == ["Ask for the leaflet", "Come back in spring"]
    assert (data["begun_at"], data["read"]) == ("Lyon", [])


@pytest.mark.parametrize("language", ["en", "ar", "uk"])
def test_it_is_taken_away_on_paper(kept, language):
    answer = opened_in(kept[1]).get(f"/thread/mine/paper/?language={language}")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"pdfuaid" in answer.content


def test_how_long_it_is_kept(kept):
    client = opened_in(kept[1])
    client.post("/thread/mine/keep/", {"keeps": "24"})
    assert Thread.objects.get().keeps == Keeps.TWENTY_FOUR
    client.post("/thread/mine/keep/", {"keeps": "7"})
    assert Thread.objects.get().keeps == Keeps.TWENTY_FOUR


def test_erasing_asks_once_and_leaves_nothing(kept):
    client = opened_in(kept[1])
    assert "Erase everything?" in client.get("/thread/mine/erase/").content.decode()
    assert Thread.objects.count() == 1
    assert client.post("/thread/mine/erase/")["Location"].startswith("/thread/erased/")
    assert (Thread.objects.count(), client.get(MINE).status_code) == (0, 302)
    assert client.post("/thread/mine/erase/").status_code == 302


def test_closing_forgets_the_code_on_this_screen(kept):
    client = opened_in(kept[1])
    client.post("/thread/close/")
    assert client.get(MINE).status_code == 302


def test_many_tries_from_one_network_wait_and_others_do_not(kept):
    receipt = kept[1]
    for _n in range(TRIES.amount):
        Client().post(OPEN, {"code": Receipt.new().letters()}, REMOTE_ADDR="192.0.2.7")
    late = Client().post(OPEN, {"code": receipt.letters()}, REMOTE_ADDR="192.0.2.7")
    assert (late.status_code, late["Retry-After"]) == (429, "600")
    assert Client().post(OPEN, {"code": receipt.letters()}, REMOTE_ADDR="192.0.2.8").status_code == 302


def test_another_site_cannot_open_or_erase(kept):
    client = Client(enforce_csrf_checks=True)
    assert client.post(OPEN, {"code": kept[1].letters()}).status_code == 403


def test_a_thread_holds_what_the_page_shows_in_each_part(centre):
    opened, receipt = a_thread(centre, timezone.now())
    for kind in Kind:
        a_line(opened, f"about {kind.value}", timezone.now(), kind)
    page = opened_in(receipt).get(f"{MINE}?language=fr").content.decode()
    assert [kind for kind in Kind if f"about {kind.value}" not in page] == []


def test_paper_is_set_in_the_letters_of_the_pages():
    """Each script finds its own font, and none falls back on the compiler's."""
    said = {"title": "Ваша нитка", "language": "uk", "rtl": False, "centre": "Česká Škola", "lead": "خيطك", "foot": "",
            "parts": [], "readings": [], "readings_title": ""}  # fmt: skip
    with pikepdf.open(BytesIO(pdf(SOURCE, said))) as made:
        named = [one.get("/BaseFont") for one in made.objects if isinstance(one, pikepdf.Dictionary)]
    used = {str(name).partition("+")[2] for name in named if name is not None}
    assert {name[:8] for name in used} == {"Atkinson", "NotoSans"}, used


def test_what_travels_in_a_page_holds_for_six_hours(monkeypatch):
    sealed, now = packed({"secret": 7}, "new thread"), timezone.now()
    assert unpacked(sealed, "new thread")["secret"] == 7
    assert unpacked(sealed, "cookie") is None
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=6, seconds=1))
    assert unpacked(sealed, "new thread") is None
