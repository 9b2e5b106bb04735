"""A visitor answers at the exit, on the kiosk, in Arabic; another one on the way home, by phone."""

from __future__ import annotations

import os
import re
from uuid import uuid4

import pytest
from i18nfield.strings import LazyI18nString
from playwright.sync_api import expect

from parvis.centres.actions import Plan, create_centre, create_network
from parvis.centres.models import ServiceModel
from parvis.surveys.actions.collections import Put, open_collection
from parvis.surveys.actions.versions import open_version
from parvis.surveys.factories import LONG_AGO, a_draft, a_question_in
from parvis.surveys.models import Option, Question, QuestionKind, Refusals, Response, Version, Way, Words

pytestmark = pytest.mark.journey
LOOK = os.environ.get("PARVIS_LOOK")


def in_three(en, fr, ar):
    return LazyI18nString({"en": en, "fr": fr, "ar": ar})


TEXTS = {
    "helped": in_three(
        "Did you find what you came for?",
        "Avez-vous trouvé ce que vous cherchiez ?",
        "هل وجدت ما جئت من أجله؟",
    ),
    "missing": in_three("What was missing?", "Qu’est-ce qui a manqué ?", "ما الذي كان ناقصًا؟"),
    "welcome": in_three("How were you welcomed?", "Comment avez-vous été accueilli ?", "كيف كان استقبالك؟"),
    "themes": in_three("What did you come for?", "Pour quoi êtes-vous venu ?", "ما سبب زيارتك؟"),
    "more": in_three(
        "Anything else you would like to say?", "Souhaitez-vous ajouter quelque chose ?", "هل تود إضافة شيء؟"
    ),
}
OPTIONS = {
    "somebody": in_three("Somebody to talk to", "Quelqu’un à qui parler", "شخص أتحدث إليه"),
    "paper": in_three("A document", "Un document", "وثيقة"),
    "time": in_three("Time", "Du temps", "الوقت"),
    "path": in_three("Choose my path", "Choisir ma voie", "اختيار مساري"),
    "training": in_three("Find a training", "Trouver une formation", "إيجاد تدريب"),
    "job": in_three("Find a job", "Trouver un emploi", "إيجاد عمل"),
    "change": in_three("Change jobs", "Changer de métier", "تغيير المهنة"),
}


@pytest.fixture
def version(site):
    """Satisfaction at the exit, in English, French and Arabic."""
    from django.utils import timezone  # noqa: PLC0415

    at = timezone.now()
    network = create_network(name="Réseau", service_models=[ServiceModel.CITE_DES_METIERS], at=at)
    plan = Plan(languages=("fr", "en", "ar"))
    centre = create_centre(
        network=network,
        service_model=ServiceModel.CITE_DES_METIERS,
        name="Cité des métiers",
        at=at,
        plan=plan,
    )
    draft = a_draft(centre, title=in_three("Your visit today", "Votre visite d’aujourd’hui", "زيارتك اليوم"))
    a_question_in(draft, "helped", QuestionKind.YES_NO, required=True)
    a_question_in(
        draft,
        "missing",
        QuestionKind.CHOICE,
        options=["somebody", "paper", "time"],
        only_if={"helped": ["no"]},
    )
    ends = {"low": in_three("Badly", "Mal", "سيئ"), "high": in_three("Very well", "Très bien", "جيد جدًا")}
    a_question_in(draft, "welcome", QuestionKind.SCALE, **ends)
    a_question_in(
        draft, "themes", QuestionKind.SEVERAL, options=["path", "training", "job", "change"], most=2
    )
    a_question_in(draft, "more", QuestionKind.TEXT)
    for question in Question.objects.filter(version=draft):
        question.text = TEXTS[question.key]
        question.save()
    for option in Option.objects.filter(question__version=draft):
        option.label = OPTIONS[option.key]
        option.save()
    return open_version(version=Version.objects.get(pk=draft.pk), languages=["fr", "en", "ar"], on=LONG_AGO)


def asked(version, way):
    centre = version.questionnaire.centre
    put = Put(way=way, opens_on=LONG_AGO, languages=["fr", "en", "ar"])
    return open_collection(version=version, holder=centre, key=uuid4(), put=put)


def ready(page, address):
    page.goto(address)
    page.wait_for_selector("html[data-survey-state=ready]")


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png")


def tap(page, text, role="button"):
    page.wait_for_timeout(450)  # a human being is slower than the guard against double taps
    page.get_by_role(role, name=text, exact=True).click()


def on(page):
    page.wait_for_timeout(450)
    page.locator("[data-next]").click()


def chosen_in_arabic(page, accessible):
    """From the house's language to Arabic, and the first two questions."""
    with page.expect_navigation():
        tap(page, re.compile("العربي"))
    page.wait_for_selector("html[dir=rtl][data-survey-state=ready]")
    expect(page.locator("h1:visible")).to_have_text("زيارتك اليوم")
    look(page, "kiosk-ar-welcome")
    accessible(page)
    tap(page, "ابدأ")
    expect(page.locator("legend:visible")).to_be_focused()
    look(page, "kiosk-ar-helped")
    accessible(page)
    page.get_by_text("لا", exact=True).click()
    tap(page, "متابعة")
    expect(page.locator("legend:visible")).to_have_text("ما الذي كان ناقصًا؟")
    for button in page.locator("button:visible, label.choice:visible").all():
        assert button.bounding_box()["height"] >= 80, button.inner_text()
    page.get_by_text("شخص أتحدث إليه").click()
    look(page, "kiosk-ar-missing")


def the_rest_in_arabic(page, accessible):
    """A scale, two of four, no words; and sent."""
    on(page)
    page.locator("label.chip:visible").nth(3).click()
    look(page, "kiosk-ar-scale")
    accessible(page)
    on(page)
    page.get_by_text("إيجاد عمل").click()
    page.get_by_text("إيجاد تدريب").click()
    expect(page.get_by_role("checkbox", name="تغيير المهنة")).to_be_disabled()
    on(page)
    look(page, "kiosk-ar-text")
    accessible(page)
    page.wait_for_timeout(450)
    page.locator("[data-send]").click()
    page.wait_for_url("**thanks=1")
    look(page, "kiosk-ar-thanks")
    accessible(page)


def test_at_the_kiosk_in_arabic_and_it_forgets(site, person, accessible, version):
    kiosk = asked(version, Way.KIOSK)
    page = person("kiosk")
    ready(page, f"{site}/s/{kiosk.token}/")
    look(page, "kiosk-fr-welcome")
    accessible(page)
    chosen_in_arabic(page, accessible)
    the_rest_in_arabic(page, accessible)
    kept = Response.objects.get()
    assert kept.answers == {
        "helped": "no",
        "missing": "somebody",
        "welcome": 4,
        "themes": ["training", "job"],
    }
    assert kept.language == "ar"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('survey'))") == []
    page.wait_for_url(f"**/s/{kiosk.token}/", timeout=30_000)  # by itself, and in the house's language
    page.wait_for_selector("html[dir=ltr][data-survey-state=ready]")
    assert page.locator("input:checked").count() == 0


def test_no_thanks_is_as_welcome_and_counts(site, person, version):
    kiosk = asked(version, Way.KIOSK)
    page = person("kiosk")
    ready(page, f"{site}/s/{kiosk.token}/")
    tap(page, "Non merci")
    page.wait_for_url("**declined=1**")
    expect(page.locator("h1")).to_have_text("C’est tout à fait bien ainsi")
    assert [(r.kind, r.number) for r in Refusals.objects.all()] == [("declined", 1)]
    assert Response.objects.count() == 0


def test_the_kiosk_by_keyboard_alone_and_starting_over(site, person, version):
    kiosk = asked(version, Way.KIOSK)
    page = person("kiosk")
    ready(page, f"{site}/s/{kiosk.token}/")
    page.wait_for_timeout(450)
    page.get_by_role("button", name="Commencer", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("legend:visible")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Oui")).to_be_checked()
    page.wait_for_timeout(450)
    page.keyboard.press("Enter")
    expect(page.locator("legend:visible")).to_have_text("Comment avez-vous été accueilli ?")
    tap(page, "Retour")
    expect(page.get_by_role("radio", name="Oui")).to_be_checked()
    tap(page, "Recommencer")
    page.wait_for_selector("[data-begin-row]:visible")
    assert page.locator("input:checked").count() == 0
    page.wait_for_timeout(500)
    assert [(r.kind, r.number) for r in Refusals.objects.all()] == [("unfinished", 1)]


def test_by_phone_what_was_answered_waits_on_the_device(site, person, accessible, version):
    link = asked(version, Way.QR)
    page = person("phone")
    ready(page, f"{site}/s/{link.token}/")
    look(page, "phone-fr")
    accessible(page)
    page.get_by_text("Non", exact=True).click()
    page.get_by_text("Du temps").click()
    page.locator("textarea").fill("Plus de chaises, dit Martin Dupont au 06 12 34 56 78")
    page.reload()
    page.wait_for_selector("html[data-survey-state=ready]")
    expect(page.get_by_role("radio", name="Non")).to_be_checked()
    expect(page.get_by_text("Vos réponses d’avant sont encore là")).to_be_visible()
    tap(page, "Envoyer mes réponses")
    expect(page.locator(".survey-text [role=alert]")).to_contain_text("06 12 34 56 78")
    look(page, "phone-fr-fault")
    accessible(page)
    page.locator("textarea").fill("Plus de chaises")
    tap(page, "Envoyer mes réponses")
    page.wait_for_url("**thanks=1")
    assert Response.objects.get().answers == {"helped": "no", "missing": "time", "more": True}
    assert Words.objects.get().text == "Plus de chaises"
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('survey'))") == []
