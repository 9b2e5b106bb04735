"""A visitor comes back four months later, meets somebody from another centre and institution, and does not start again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from parvis.accounts.roles import Role
from parvis.centres.factories import a_centre, a_person, a_theme
from parvis.guidance.models import Entry, Grant, Thread
from parvis.guidance.receipt import Misread, Receipt, read
from parvis.partners.actions import belong
from parvis.partners.factories import an_institution
from parvis.reception import actions
from parvis.reception.factories import a_seat, a_ticket
from parvis.reception.tests.pages import a_house

pytestmark = pytest.mark.journey
FOUR_MONTHS = timedelta(days=122)
SAMPLES = 300


def test_from_an_interview_to_another_centre_and_to_nothing(site, person, accessible):
    house = a_house()
    now = house.centre.now()
    seat = a_seat([house.jobs], now, person=house.adviser, languages=["en"])
    ticket = a_ticket(house.jobs, now, language="en")
    actions.call_next(seat=seat, at=now)
    actions.start_interview(seat=seat, ticket=ticket, at=now)

    words = begins_at_the_desk(site, person, accessible, house)
    rests_for(FOUR_MONTHS)
    goes_on_elsewhere(site, person, accessible, house, words)
    reads_and_erases_it(site, person, accessible, words)
    assert (Thread.objects.count(), Entry.objects.count(), Grant.objects.count()) == (0, 0, 0)


def begins_at_the_desk(site, person, accessible, house) -> list[str]:
    """The screen is turned; the visitor agrees, takes the code, and the plan is written and printed."""
    page: Page = person("desk", language="en", user=house.adviser)
    page.goto(f"{site}/c/{house.centre.slug}/desk/")
    page.get_by_role("link", name="Thread", exact=True).first.press("Enter")
    page.get_by_role("link", name="Begin a thread").press("Enter")
    accessible(page)
    page.get_by_role("link", name="English").press("Enter")
    expect(
        page.get_by_role("heading", name="Would you like your next talk to go on from here?")
    ).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Show me my code").press("Enter")
    expect(page.get_by_text("Without your yes, nothing is kept.")).to_be_visible()
    page.get_by_role("checkbox").press("Space")
    page.get_by_role("button", name="Show me my code").press("Enter")
    expect(page.get_by_role("heading", name="This is your code")).to_be_visible()
    accessible(page)
    words = page.locator(".code-words li span").all_inner_texts()
    page.emulate_media(media="print")  # the card, and nothing else
    expect(page.locator(".code-card")).to_be_visible()
    expect(page.get_by_role("button", name="Begin my thread")).to_be_hidden()
    page.emulate_media(media="screen")
    for field in page.locator("input[name^=word_]").all():
        number = int(re.sub(r"\D", "", field.get_attribute("name")))
        field.fill(words[number - 1][:4].upper())
    page.get_by_role("button", name="Begin my thread").press("Enter")
    writes_the_plan(page, accessible)
    return words


def writes_the_plan(page: Page, accessible) -> None:
    """What was asked, a first step, the sheet; and the thread is closed."""
    expect(page.get_by_text("The visitor reads every word of this.")).to_be_visible()
    asked = page.locator("#part-asked")
    asked.get_by_role("textbox").fill(
        "You have cooked for eight years and look for work with fewer hours standing"
    )
    asked.get_by_role("button", name="Write it down").press("Enter")
    expect(asked.locator(".said")).to_contain_text("cooked for eight years")
    step = page.locator("#part-step")
    step.locator("summary").press("Enter")
    step.get_by_label("In plain words").fill("Look at what a training kitchen does")
    step.get_by_label("Where, or with what?").fill("Documentation, yellow shelf")
    step.get_by_role("button", name="Write it down").press("Enter")
    expect(step.locator(".said")).to_contain_text("yellow shelf")
    accessible(page)
    page.get_by_role("link", name="Plan sheet").press("Enter")
    expect(page.get_by_role("heading", name="Your plan")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Back").press("Enter")
    page.get_by_role("button", name="Close the thread").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Close the thread").press("Enter")
    expect(page.get_by_text("Only the visitor's code opens it now.")).to_be_visible()


def rests_for(months: timedelta) -> None:
    """As long ago as if it had been then: the house's clock cannot be turned from here, so its rows are."""
    thread = Thread.objects.get()
    Thread.objects.update(used_on=thread.used_on - months, expires_on=thread.expires_on - months)
    Entry.objects.update(day=thread.used_on - months)
    for grant in Grant.objects.all():
        times = {"opened_at": grant.opened_at - months, "used_at": grant.used_at - months}
        Grant.objects.filter(pk=grant.pk).update(**times, ended_at=grant.ended_at - months)


def goes_on_elsewhere(site, person, accessible, house, words: list[str]) -> None:
    """Another centre of the network, an adviser of another institution: the code opens the same thread."""
    other = a_centre(network=house.centre.network, name="Elsewhere", language="en", languages=["en", "fr"])
    a_theme(other)
    colleague = a_person(Role.ADVISER, centre=other)
    for somebody, centre in ((house.adviser, house.centre), (colleague, other)):
        lender = an_institution(centre, f"Lender of {centre.name}").institution
        belong(centre=centre, person=somebody, to=lender, on=centre.local_day(centre.now()))
    page: Page = person("desk", language="en", user=colleague)
    page.goto(f"{site}/c/{other.slug}/threads/")
    accessible(page)
    field = page.get_by_role("textbox", name="Your code")
    field.fill(" ".join([*words[:8], words[0]]))
    field.press("Enter")
    expect(page.locator("[data-problem]")).to_contain_text(
        re.compile("One word or letter is wrong|is not one of ours")
    )
    field.fill(" ".join(words).title())
    field.press("Enter")
    expect(page.locator("#part-asked")).to_contain_text("cooked for eight years")
    expect(page.locator("#part-step")).to_contain_text(
        house.centre.name
    )  # where it was written, never by whom
    option = page.locator("#part-option")
    option.locator("summary").press("Enter")
    option.get_by_role("textbox").fill("Teach apprentices in a training kitchen")
    option.get_by_role("button", name="Write it down").press("Enter")
    expect(option.locator(".said")).to_contain_text("Teach apprentices")
    page.get_by_role("button", name="Close the thread").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Close the thread").press("Enter")
    expect(page.get_by_text("Only the visitor's code opens it now.")).to_be_visible()


def reads_and_erases_it(site, person, accessible, words: list[str]) -> None:
    """At home, from the square on the card: read, ticked, taken away, erased."""
    page: Page = person("phone", language="fr")
    page.goto(f"{site}/thread/#{read(' '.join(words)).letters()}")
    expect(page).to_have_url(f"{site}/thread/")  # the code is out of the address, and of the history
    page.get_by_role("button", name="Ouvrir mon fil").press("Enter")
    expect(page.get_by_text("cooked for eight years")).to_be_visible()
    expect(page.get_by_text("Teach apprentices")).to_be_visible()
    accessible(page)
    expect(page.locator(".readings li")).to_have_count(2)
    page.locator(".tick-box").first.press("Enter")
    expect(page.locator(".said-done")).to_contain_text("training kitchen")
    with page.expect_download() as paper:
        page.locator("a[download]").first.press("Enter")
    assert paper.value.path().read_bytes().startswith(b"%PDF-")
    page.locator(".thread-yours summary").press("Enter")
    page.get_by_role("link", name="Tout effacer").press("Enter")
    accessible(page)
    page.get_by_role("button", name="Oui, tout effacer").press("Enter")
    expect(page).to_have_url(re.compile("/thread/erased/"))
    accessible(page)
    page.goto(f"{site}/thread/")
    page.get_by_role("textbox").fill(" ".join(words))
    page.get_by_role("textbox").press("Enter")
    expect(page.locator("[data-problem]")).to_be_visible()


def test_the_page_reads_a_code_as_the_house_does(site, person):
    """300 codes, right and with one thing wrong: what the page says before sending is what the house would say."""
    page: Page = person("phone", language="en")
    page.goto(f"{site}/thread/")
    page.get_by_role("textbox").focus()
    wrong = []
    for n in range(SAMPLES):
        receipt = Receipt.new()
        spelled = (" ".join(receipt.words(("en", "fr", "it", "es", "pt")[n % 5])), receipt.letters())[n % 2]
        if n % 3 == 1:
            at = n % len(spelled)
            spelled = spelled[:at] + ("q" if spelled[at] != "q" else "7") + spelled[at + 1 :]
        elif n % 3 == 2:
            parts = re.split(r"[ -]", spelled)
            parts[0], parts[1] = parts[1], parts[0]
            spelled = " ".join(parts)
        said = page.evaluate("text => window.parvisCode.misread(text)", spelled)
        try:
            read(spelled)
            house = ""
        except Misread as misread:
            house = "wrongAt" if misread.place else "not"
        page_says = said[0] if said[0] in ("", "wrongAt") else "not"
        if page_says != house:
            wrong.append((spelled, said, house))
    assert wrong == []
