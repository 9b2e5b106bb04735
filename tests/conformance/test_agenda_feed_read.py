"""What a feed reader that is not ours (feedparser) finds in the feed of the programme is what the rows say."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any

import feedparser
import pytest
from django.utils import translation
from django.utils.html import strip_tags
from i18nfield.strings import LazyI18nString

from parvis.agenda.factories import a_session, an_event
from parvis.agenda.models import Event, Session
from parvis.centres.factories import a_centre, a_theme
from parvis.centres.models import Centre, Site
from parvis.shared.speaking import a_weekday

pytestmark = pytest.mark.django_db
TITLES = {
    "en": "Bread & <b>butter</b>; “letters” ]]>",
    "fr": "L’entretien d’embauche",
    "ar": "لقاء مع البنائين، وغيرهم",
}
TEXTS = {
    "en": "Bring <nothing>, & come.\n\nReally: \\n is no line.",
    "fr": "Entrée libre : c’est ouvert.",
    "ar": "نبدأ بأسئلتكم؛ ثم نكتب. " * 30 + "نهاية",
}
FREE = {
    "en": "Free. You need not say who you are.",
    "fr": "Gratuit. Vous n’avez pas à dire qui vous êtes.",
    "ar": "مجانا. لست بحاجة إلى أن تقول من أنت.",
}
CANCELLED = {
    "en": ("Cancelled: ", "Cancelled."),
    "fr": ("Annulé\N{NO-BREAK SPACE}: ", "Annulé."),
    "ar": ("أُلغي: ", "ملغى."),
}
ONLINE = {"en": "Online", "fr": "En ligne", "ar": "عبر الإنترنت"}
PLACE = "Main, 12, rue <Neuve>"


@pytest.fixture
def centre() -> Centre:
    """Sessions of one event, as planned, moved and cancelled; one of another event, online; and one that nobody may read."""
    found = a_centre(name="Lyon & Cie", languages=["fr", "en", "ar"], time_zone="Australia/Lord_Howe")
    Site.objects.filter(centre=found).update(name="Main", address="12, rue <Neuve>")
    event = an_event(found, description=LazyI18nString(TEXTS))
    event.title = LazyI18nString(TITLES)
    event.save()
    names = {"en": "Work & more", "fr": "Travail, etc.", "ar": "عمل"}
    event.themes.add(a_theme(found, name=LazyI18nString(names)))

    def after(days: int) -> datetime:
        return datetime.combine(found.local_day(found.now()) + timedelta(days=days), time(14, 30), found.zone)

    a_session(event, after(2))
    a_session(event, after(9), why="Later", sequence=1)
    a_session(event, after(16), state=Session.State.CANCELLED, why="Ill <again>", sequence=1)
    a_session(an_event(found, "Far"), after(23), link="https://x.org", site=None)
    a_session(an_event(found, "Secret", state=Event.State.DRAFT, publish_at=None), after(3))
    return found


def read(client: Any, centre: Centre, query: str) -> Any:
    response = client.get(f"/agenda/{centre.slug}/feed.atom{query}")
    found = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert (found.bozo, found.version, found.encoding) == (False, "atom10", "utf-8")
    return found


def public() -> list[Session]:
    return list(Session.objects.filter(event__state=Event.State.PUBLISHED).order_by("begins_at"))


def moment(said: str, parsed: Any) -> datetime:
    """As it is written, with its zone: the reader took it for the same."""
    found = datetime.fromisoformat(said)
    assert found.utcoffset() == timedelta()
    assert datetime.fromtimestamp(timegm(parsed), UTC) == found.replace(microsecond=0)
    return found


def when(session: Session, language: str) -> str:
    begins, ends = (session.centre.local(at) for at in (session.begins_at, session.ends_at))
    with translation.override(language):
        return f"{a_weekday(begins.date())}, {begins:%H:%M}–{ends:%H:%M}"


def title(session: Session, language: str) -> str:
    gone = CANCELLED[language][0] if session.state == Session.State.CANCELLED else ""
    return f"{gone}{session.event.title.localize(language)} · {when(session, language)}"


def text(session: Session, language: str) -> list[str]:
    """Its paragraphs."""
    said = [f"{when(session, language)} · {PLACE if session.site else ONLINE[language]}"]
    if session.state == Session.State.CANCELLED:
        said.append(f"{CANCELLED[language][1]} {session.why}")
    elif session.why:
        said.append(session.why)
    if session.event.themes.exists():
        said += TEXTS[language].split("\n\n")
    return [*said, FREE[language]]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_each_entry_is_its_session(client, centre, language):
    entries, sessions = read(client, centre, f"?language={language}").entries, public()
    assert len(sessions) == 4
    assert [one.id for one in entries] == [one.uid.urn for one in sessions]
    assert [one.title for one in entries] == [title(one, language) for one in sessions]
    paragraphs = [[unescape(strip_tags(part)) for part in one.summary.split("\n\n")] for one in entries]
    assert paragraphs == [text(one, language) for one in sessions]
    details = [part for one in entries for part in (one.title_detail, one.summary_detail)]
    assert {(part.type, part.language) for part in details} == {
        ("text/plain", language),
        ("text/html", language),
    }
    for entry, session in zip(entries, sessions, strict=True):
        event = session.event
        page = f"http://testserver/a/{event.slug}/?language={language}"
        assert [(one.rel, one.type, one.href) for one in entry.links] == [("alternate", "text/html", page)]
        labels = [event.kind.label, *(theme.name for theme in event.themes.all())]
        assert [one.term for one in entry.tags] == [one.localize(language) for one in labels]
        assert moment(entry.published, entry.published_parsed) == event.publish_at
        changed = max(session.changed_at, event.changed_at)
        assert moment(entry.updated, entry.updated_parsed) == changed
        assert client.get(entry.link).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_feed_says_whose_it_is(client, centre, language):
    feed = read(client, centre, f"?language={language}").feed
    assert feed.language == language
    assert feed.title.endswith(" · Lyon & Cie")
    assert (feed.subtitle, feed.author, "email" in feed.author_detail) == (
        FREE[language],
        "Lyon & Cie",
        False,
    )
    links = {one.rel: one.href for one in feed.links}
    own = f"http://testserver/agenda/{centre.slug}/"
    assert links == {
        "alternate": f"{own}?language={language}",
        "self": f"{own}feed.atom?language={language}",
    }
    newest = max(max(one.changed_at, one.event.changed_at) for one in public())
    assert moment(feed.updated, feed.updated_parsed) == newest


def test_its_ids_stay_when_a_session_is_moved_and_reworded(client, centre):
    before = read(client, centre, "?language=en")
    session = public()[0]
    later = {
        "begins_at": session.begins_at + timedelta(days=1),
        "ends_at": session.ends_at + timedelta(days=1),
    }
    Session.objects.filter(pk=session.pk).update(**later, sequence=1, changed_at=centre.now())
    Event.objects.filter(pk=session.event_id).update(title=LazyI18nString({"en": "Other words"}))
    after = read(client, centre, "?language=en")
    assert after.feed.id == before.feed.id
    assert [one.id for one in after.entries] == [one.id for one in before.entries]
    assert moment(after.entries[0].updated, after.entries[0].updated_parsed) > moment(
        before.entries[0].updated, before.entries[0].updated_parsed
    )
    assert after.entries[0].title == title(public()[0], "en")
    assert after.entries[0].title.startswith("Other words · ")


def test_the_same_session_has_one_id_in_every_language_and_the_feeds_differ(client, centre):
    feeds = [read(client, centre, f"?language={language}") for language in TITLES]
    assert len({tuple(one.id for one in feed.entries) for feed in feeds}) == 1
    assert len({feed.feed.id for feed in feeds}) == len(TITLES)


def test_a_filtered_feed_has_what_fits_and_an_empty_one_nothing(client, centre):
    far = public()[-1]
    assert [one.id for one in read(client, centre, "?where=online").entries] == [far.uid.urn]
    nothing = read(client, centre, "?q=nothing+like+it")
    assert (nothing.entries, bool(nothing.feed.id)) == ([], True)
