"""What is printed, shared and framed of the programme: only what everybody may read, in the language that is asked for."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from parvis.accounts.roles import Role
from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Event, Facilitation, Organiser, Session
from parvis.agenda.queries.public.event import logos_of, page_of
from parvis.centres.factories import a_centre, a_person, a_theme, words
from parvis.partners.actions.documents import set_logo
from parvis.partners.factories import an_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return a_centre(name="Lyon", languages=["fr", "ar"])


@pytest.fixture
def event(centre):
    event = an_event(centre, "Meet the builders", summary=words("Ask what you like.", "Posez vos questions."))
    event.themes.add(a_theme(centre))
    session = a_session(event)
    person = a_person(Role.FACILITATOR, centre=centre, name="Zebulon Quxley")
    lender = an_institution(centre, "Kwibbelberg").institution
    Facilitation.objects.create(session=session, person=person, institution=lender)
    Organiser.objects.create(event=event, institution=lender, named=False)
    Organiser.objects.create(event=event, institution=an_institution(centre, "Chamber").institution)
    return event


def text_of(response) -> str:
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_a_poster_says_what_when_and_with_whom(client, event, size):
    response = client.get(f"/a/{event.slug}/poster/{size}.pdf", {"language": "en"})
    said = " ".join(text_of(response).split())
    for part in (
        "Meet the builders",
        "Ask what you like.",
        "With Chamber",
        "Free. You need not say who you are.",
        event.slug,
    ):
        assert part in said
    assert [name for name in ("Zebulon", "Kwibbelberg") if name in said] == []
    with pikepdf.open(BytesIO(response.content)) as read:
        box = [round(float(one)) for one in read.pages[0].mediabox]
        assert (len(read.pages), box[2:]) == (1, {"a4": [595, 842], "a3": [842, 1191]}[size])
        assert "pdfuaid" in str(read.Root.Metadata.read_bytes())


def test_words_in_another_language_than_the_sheet_keep_their_direction(client, event):
    response = client.get(f"/a/{event.slug}/poster/a4.pdf", {"language": "ar"})
    runs = []  # what is set from left to right, or from right to left, at one go

    def seen(text, *_place):
        runs.append(text.strip())

    PdfReader(BytesIO(response.content)).pages[0].extract_text(visitor_text=seen)
    assert "Ask what you like." in runs  # with its full stop, which would stand on the left


def test_the_month_is_one_sheet_with_what_is_cancelled(client, centre, event):
    for n in range(30):
        a_session(an_event(centre, f"Workshop {n}"), event.sessions.get().begins_at)
    a_session(event, event.sessions.get().begins_at, state=Session.State.CANCELLED, why="Ill")
    month = f"{centre.local(event.sessions.first().begins_at):%Y-%m}"
    response = client.get(f"/agenda/{centre.slug}/programme/{month}/a4.pdf", {"language": "en"})
    said = " ".join(text_of(response).split())
    assert ("Workshop 29" in said, said.count("Meet the builders"), "Cancelled" in said) == (True, 2, True)
    with pikepdf.open(BytesIO(response.content)) as read:
        assert len(read.pages) == 1


def test_a_card_is_as_large_as_networks_want_it(client, event):
    for language in ("en", "ar"):
        response = client.get(f"/a/{event.slug}/card.png", {"language": language})
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert Image.open(BytesIO(response.content)).size == (1200, 630)
    page = client.get(f"/a/{event.slug}/", {"language": "en"}).text
    assert f'property="og:image" content="http://testserver/a/{event.slug}/card.png?language=en"' in page


def test_logos_of_the_named_alone(centre, event):
    def a_logo(colour):
        out = BytesIO()
        Image.new("RGB", (8, 8), colour).save(out, "PNG")
        return out.getvalue()

    named, hidden = (
        event.organisers.get(named=named).institution.relations.get(centre=centre) for named in (True, False)
    )
    set_logo(relation=named, picture=a_logo("red"))
    set_logo(relation=hidden, picture=a_logo("blue"))
    page = page_of(event, centre.now())
    assert logos_of(page) == [a_logo("red")]
    type(named).objects.filter(pk=named.pk).update(logo=uuid4())
    assert logos_of(page) == []


@pytest.mark.parametrize("path", ["poster/a4.pdf", "poster/a3.pdf", "card.png"])
def test_of_a_draft_there_is_nothing(client, event, path):
    Event.objects.update(state=Event.State.DRAFT, publish_at=None)
    assert client.get(f"/a/{event.slug}/{path}").status_code == 404


def test_sizes_and_months_that_are_none(client, centre, event):
    month = f"{centre.local(event.sessions.get().begins_at):%Y-%m}"
    for path in (f"{month}/a5.pdf", "nothing/a4.pdf", "2000-01/a4.pdf"):
        assert client.get(f"/agenda/{centre.slug}/programme/{path}").status_code == 404
    assert client.get(f"/a/{event.slug}/poster/a5.pdf").status_code == 404


def test_only_the_frame_may_be_framed(client, centre, event):
    frame = client.get(f"/agenda/{centre.slug}/embed/", {"language": "en"})
    assert "X-Frame-Options" not in frame.headers
    assert frame["Content-Security-Policy"].endswith("frame-ancestors *")
    assert ("<script" in frame.text, 'target="_blank" rel="noopener"' in frame.text) == (False, True)
    assert [name for name in ("Zebulon", "Kwibbelberg") if name in frame.text] == []
    for path in (f"/agenda/{centre.slug}/", f"/a/{event.slug}/"):
        page = client.get(path)
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("most", "shown"), [("1", 1), ("30", 12), ("", 8), ("0", 1), ("9999", 8), ("٣", 8), ("x", 8)]
)
def test_as_many_as_the_address_asks_for(client, centre, event, most, shown):
    for _n in range(11):
        a_session(event)
    page = client.get(f"/agenda/{centre.slug}/embed/", {"most": most, "look": "dark"}).text
    assert (page.count("<li>"), 'data-look="dark"' in page) == (shown, True)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_to_announce_with(client, centre, event, django_assert_num_queries, many):
    for n in range(many - 1):
        a_session(an_event(centre, f"More {n}"))
    an_event(centre, "Secret", state=Event.State.DRAFT, publish_at=None)
    client.force_login(a_person(Role.RECEPTIONIST, centre=centre))
    address = f"/c/{centre.slug}/agenda/announce/"
    client.get(address)
    with django_assert_num_queries(6):
        page = client.get(address, {"where": "room", "look": "dark", "language": "ar"})
    assert "Secret" not in page.text
    for part in (
        "where=room&amp;amp;language=ar&amp;amp;look=dark",
        f"/a/{event.slug}/poster/a3.pdf?language=ar",
        "&lt;iframe",
    ):
        assert part in page.text


def test_who_may_not_announce(client, centre, event):
    address = f"/c/{centre.slug}/agenda/announce/"
    assert client.get(address).status_code == 302
    client.force_login(a_person(Role.DIRECTOR, centre=a_centre()))
    assert client.get(address).status_code == 404
