"""Somebody asks at night; an adviser answers in time; it is read with the code, typed without accents, on another device."""

from __future__ import annotations

import unicodedata

import pytest
from playwright.sync_api import expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_person
from parvis.guidance.factories import takes_questions
from parvis.guidance.models import Entry, OpinionCount, Question
from parvis.guidance.visitor_limits import limiter
from parvis.reception.tests.pages import a_house

pytestmark = pytest.mark.journey


@pytest.fixture
def house(site):
    """A centre that takes questions."""
    limiter().storage.reset()
    house = a_house()
    takes_questions(house.centre)
    return house


def ask(page, site, house, text):
    """From the first page to the code, by keyboard; returns the code's nine words."""
    page.goto(f"{site}/ask/?language=fr")
    page.get_by_role("link", name=house.centre.name).press("Enter")
    page.get_by_role("radio", name="Je ne sais pas, ou autre chose").press("Space")
    page.get_by_label("Votre question").fill(text)
    page.get_by_role("button", name="Continuer").press("Enter")
    expect(page.get_by_role("heading", name="Seul votre code ouvre la réponse")).to_be_visible()
    page.locator("input[name=agreed]").press("Space")
    page.locator("form[data-ask] button.btn-primary").press("Enter")
    expect(page.locator(".code-words li")).to_have_count(9)
    words = page.locator(".code-words li").all_inner_texts()
    for field in page.locator("input[name^=word_]").all():
        field.fill(words[int(field.get_attribute("name").split("_")[1]) - 1])
    return words


def plain(words):
    """As somebody types them on another keyboard."""
    text = unicodedata.normalize("NFKD", " ".join(words).upper())
    return "".join(letter for letter in text if not unicodedata.combining(letter))


def adviser(house):
    return a_person(Role.ADVISER, centre=house.centre, name="Nadia Berger")


def answer(desk, site, house, accessible):
    """Takes it, begins a draft, comes back to it, sends the answer."""
    desk.goto(f"{site}/c/{house.centre.slug}/questions/")
    desk.get_by_role("button", name="I take it").press("Enter")
    expect(desk.get_by_text("Où apprendre à souder le soir ?")).to_be_visible()
    desk.get_by_label("The answer").press_sequentially("Au centre de formation, ")
    expect(desk.get_by_text("Draft kept at")).to_be_visible()
    desk.reload()
    written = desk.get_by_label("The answer")
    expect(written).to_have_value("Au centre de formation, ")
    written.fill("Au centre de formation, le jeudi à 18 h.")
    accessible(desk)
    desk.get_by_role("button", name="Send the answer").press("Enter")
    expect(desk.get_by_text("Sent. The visitor reads it with their code.")).to_be_visible()


def test_asked_at_night_answered_and_read(site, house, person, accessible):
    phone = person("phone", language="fr")
    words = ask(phone, site, house, "Où apprendre à souder le soir ?")
    phone.get_by_role("button", name="Envoyer ma question").press("Enter")
    expect(phone.get_by_role("heading", name="Votre question est chez nous")).to_be_visible()
    accessible(phone)

    answer(person("desk", user=adviser(house)), site, house, accessible)

    elsewhere = person("desk", language="fr")
    elsewhere.goto(f"{site}/thread/?language=fr")
    elsewhere.locator("textarea[name=code]").fill(plain(words))
    elsewhere.locator("form[data-code] button.btn-primary").press("Enter")
    elsewhere.get_by_role("link", name="Voici votre réponse").press("Enter")
    expect(elsewhere.get_by_text("Au centre de formation, le jeudi à 18 h.")).to_be_visible()
    assert "Nadia" not in elsewhere.content()
    for name in ("helped", "clear"):
        elsewhere.locator(f"input[name={name}][value='4']").press("Space")
    accessible(elsewhere)
    elsewhere.get_by_role("button", name="Le dire").press("Enter")
    expect(elsewhere.get_by_text("Merci. C’est compté, et rien de plus.")).to_be_visible()
    assert OpinionCount.objects.get().times == 1


def test_where_the_connection_is_away_the_words_stay_and_it_is_asked_once(site, house, person):
    phone = person("phone", language="fr", cuts=True)
    ask(phone, site, house, "Qui relit ma lettre ?")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Envoyer ma question").press("Enter")
    expect(phone.get_by_text("La connexion manque.")).to_be_visible()
    assert not Question.objects.exists()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Envoyer ma question").press("Enter")
    expect(phone.get_by_role("heading", name="Votre question est chez nous")).to_be_visible()
    assert (Question.objects.count(), Entry.objects.count()) == (1, 1)


def test_who_is_there_at_the_same_time_talks(site, house, person):
    phone = person("phone", language="fr")
    ask(phone, site, house, "Qui relit ma lettre ?")
    phone.get_by_role("button", name="Envoyer ma question").press("Enter")
    expect(phone.locator("#talk")).to_have_attribute("data-live-state", "live")
    question = Question.objects.get()

    desk = person("desk", user=adviser(house))
    desk.goto(f"{site}/c/{house.centre.slug}/questions/{question.pk}/")
    desk.get_by_role("button", name="I answer this one").press("Enter")
    expect(desk.locator("#talk")).to_have_attribute("data-live-state", "live")
    desk.get_by_label("The answer").fill("Nous. Pour quel métier ?")

    phone.locator(".ask-further summary").click()
    phone.locator("textarea[name=text]").fill("Pour un poste de soudeur.")
    phone.get_by_role("button", name="Envoyer", exact=True).press("Enter")
    expect(desk.get_by_text("Pour un poste de soudeur.")).to_be_visible()
    expect(desk.get_by_label("The answer")).to_have_value("Nous. Pour quel métier ?")

    expect(phone.locator("#talk")).to_have_attribute("data-live-state", "live")
    desk.get_by_role("button", name="Send the answer").press("Enter")
    expect(desk.get_by_text("Sent. The visitor reads it with their code.")).to_be_visible()
    expect(phone.get_by_text("Nous. Pour quel métier ?")).to_be_visible()
    expect(phone.get_by_role("heading", name="Voici votre réponse")).to_be_visible()
