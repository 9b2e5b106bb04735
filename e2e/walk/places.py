"""Where each page is and who opens it. A new address that answers GET gets a line here, or its reason in ``no_page.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from e2e.walk.scene import Scene
from parvis.partners.models import Relation

STAFF_LANGUAGES = dict(settings.STAFF_LANGUAGES)
ELEVEN_S_DAY = "2026-03-03"  # on which the scene is
DRAFT = "00000000-0000-4000-8000-000000000007"  # a key as a page makes it
OWN_SCREEN = {  # on a screen or a sheet of its own, of one size: never on a phone
    "reception:kiosk",
    "reception:kiosk_in",
    "reception:board",
    "reception:door_poster",
    "asking:poster",
}


@dataclass(frozen=True)
class Place:
    """One page as one person sees it; ``who`` is empty for somebody who is not signed in."""

    name: str
    who: str
    address: str
    status: int = 200
    leads: str = ""  # where the address leads, if elsewhere
    language: str = "en"

    def speaking(self, language: str) -> Place:
        """Itself in ``language``: visitors' pages by their address, the others by the person's choice or the browser's."""
        if self.name == "reception:kiosk_in":
            token = self.address.split("/")[2]
            return replace(self, address=f"/k/{token}/{language}/", language=language)
        if self.name.startswith("surveys:") and self.name.endswith("preview"):
            return self  # its address says its language
        if self.name == "guidance:new_thread_in":
            return replace(self, address=f"{self.address[:-3]}{language}/", language=language)
        if self.name == "guidance:sheet":
            return replace(self, language=language)
        if self.address.startswith(("/places/", "/agenda/", "/a/", "/classes/", "/my-visit/")) or (
            self.address.startswith(
                ("/d/", "/t/", "/thread/", "/ask/", "/s/", "/class/", "/q/", "/visit/", "/coming/")
            )
            and self.status == 200
        ):
            mark = "&" if "?" in self.address else "?"
            return replace(self, address=f"{self.address}{mark}language={language}", language=language)
        if self.name in {"reception:board", "reception:kiosk", "centres:invitation"} and self.status == 200:
            return replace(self, language=language)
        signed_in = self.who not in ("", "half", "visitor")
        spoken = (
            language in STAFF_LANGUAGES
            or signed_in
            or self.address.startswith(("/t/", "/s/", "/class/", "/visit/"))
        )
        return replace(self, language=language if spoken else "en")


def places(scene: Scene) -> Iterator[Place]:
    """Every page, at each of the moments at which it looks different."""
    yield from _open(scene)
    yield from _visitors(scene)
    yield from _what_is_on(scene)
    yield from _account(scene)
    yield from _of_the_day(scene)
    yield from _evening(scene)
    yield from _reports(scene)
    yield from _past(scene)
    yield from _threads(scene)
    yield from _needs(scene)
    yield from _questions(scene)
    yield from _settings(scene)
    yield from _team(scene)
    yield from _lists(scene)
    yield from _partners(scene)
    yield from _rota(scene)
    yield from _covering(scene)
    yield from _surveys(scene)
    yield from _rota_ground(scene)
    yield from _questionnaires(scene)
    yield from _kits(scene)
    yield from _programme(scene)
    yield from _classes(scene)
    yield from _coming(scene)


def _open(scene: Scene) -> Iterator[Place]:
    yield Place("website:home", "", "/")
    yield Place("website:home", "staff", "/")
    yield Place("website:home", "nobody", "/")
    yield Place("(an address that is none)", "", "/nowhere/", 404)
    yield Place("(an address that is none)", "staff", "/nowhere/", 404)
    yield Place("(what one may not do)", "plain", f"/c/{scene.centre.slug}/team/", 403)
    for part in ("", "parts/", "forms/", "visitors/", "charts/"):
        yield Place("shared:design_part" if part else "shared:design", "", f"/design/{part}")
    for name in (
        "login",
        "reset_password",
        "reset_password_done",
        "inactive",
        "reset_password_from_key_done",
    ):
        yield Place(f"account_{name}", "", reverse(f"account_{name}"))
    link = scene.links["new password"]
    typed = link[: link.index("-")] + "-set-password/"
    yield Place("account_reset_password_from_key", "", link, leads=typed)
    yield Place("account_reset_password_from_key", "", "/account/password/reset/key/1-x/")
    yield Place("mfa_authenticate", "half", reverse("mfa_authenticate"))
    yield Place("centres:invitation", "", scene.links["new colleague"])
    yield Place("centres:invitation", "", scene.links["known colleague"])
    yield Place("centres:invitation", "nobody", scene.links["known colleague"])
    yield Place("centres:invitation", "", "/invitations/nothing/", 404)


def _what_is_on(scene: Scene) -> Iterator[Place]:
    here, slug = f"/agenda/{scene.centre.slug}/", scene.rows["public event"]
    yield Place("agenda:public_agendas", "", "/agenda/")
    for more in (
        "",
        "?view=month",
        "?month=2027-03",
        "?q=builders",
        "?q=builders&where=online",
        "?q=nothing+like+it",
    ):
        yield Place("agenda:public_agenda", "", f"{here}{more}")
    yield Place("agenda:subscribe", "", f"{here}subscribe/?where=online")
    yield Place("agenda:public_event", "", f"/a/{slug}/")
    yield Place("agenda:public_event", "", "/a/nothing/", 404)


def _visitors(scene: Scene) -> Iterator[Place]:
    yield Place("website:places", "", "/places/")
    yield Place("website:place", "", f"/places/{scene.centre.slug}/")
    yield Place("website:place", "", "/places/nothing/", 404)

    def of(name: str, kind: str, more: str = "", **parts: str) -> Place:
        token = scene.devices[kind].token
        return Place(
            f"reception:{name}", "", reverse(f"reception:{name}", kwargs={"token": token, **parts}) + more
        )

    yield of("board", "board")
    yield of("kiosk", "kiosk")
    yield of("kiosk_in", "kiosk", language="fr")
    theme = scene.centre.themes.get(key="job").pk
    yield of("door", "door")
    yield of("door", "door", f"?key={DRAFT}&theme={theme}")
    yield of("door", "door", f"?key={DRAFT}&theme={theme}&size=2")
    for ticket in scene.tickets.values():
        yield Place("reception:follow", "", reverse("reception:follow", kwargs={"token": ticket.token}))
    asked = reverse("reception:visitor_profile", kwargs={"token": scene.tickets["coded"].token})
    yield Place("reception:visitor_profile", "", asked)
    yield Place("reception:visitor_profile", "", f"{asked}?thanks=1")
    yield Place("reception:follow", "", "/t/nothing/", 404)
    for way in ("kiosk", "link", "adviser", "closed"):
        token = scene.rows[f"survey {way}"]
        yield Place("asking:answer", "", f"/s/{token}/", 410 if way == "closed" else 200)
        if way != "closed":
            yield Place("asking:answer", "", f"/s/{token}/?thanks=1")
            yield Place("asking:answer", "", f"/s/{token}/?declined=1")
    yield Place("asking:answer", "", "/s/nothing/", 404)
    for stage in ("ready", "open", "over"):
        yield Place("asking:screen", "", f"/class/{scene.rows[f'class {stage}']}/")
    yield Place("asking:screen", "", "/class/nothing/", 404)
    yield Place("asking:code", "", "/q/")


def _surveys(scene: Scene) -> Iterator[Place]:
    base = f"/c/{scene.centre.slug}/surveys/"
    yield Place("asking:surveys", "staff", base)
    yield Place("asking:new", "staff", f"{base}new/")
    for name in ("kiosk", "drawn"):
        yield Place("asking:survey", "staff", f"{base}{scene.rows[f'survey {name} row']}/")
    results = f"/c/{scene.centre.slug}/results/{scene.rows['survey closed row']}/"
    yield Place("statistics:survey_results", "staff", results)
    yield Place("statistics:survey_results", "staff", f"{results}?rows=again&columns=welcome&seen=others")
    yield Place("asking:poster", "staff", f"{base}{scene.rows['survey link row']}/poster/")
    yield Place("asking:new_class", "staff", f"{base}class/")
    yield Place("asking:at_desk", "staff", f"/c/{scene.centre.slug}/opinion/")
    yield Place("asking:survey", "staff", f"{base}{scene.rows['class over row']}/")
    yield from _paper(scene)


def _paper(scene: Scene) -> Iterator[Place]:
    base = f"/c/{scene.centre.slug}/sheets/"
    yield Place("asking:sheets", "staff", base)
    yield Place("asking:new_batch", "staff", f"{base}{scene.rows['survey paper row']}/")
    yield Place("asking:batch", "staff", f"{base}{scene.rows['survey pile']}/")
    yield Place("asking:survey", "staff", f"/c/{scene.centre.slug}/surveys/{scene.rows['survey paper row']}/")


def _account(scene: Scene) -> Iterator[Place]:
    def own(*names: str, who: str = "staff") -> Iterator[Place]:
        for name in names:
            yield Place(name, who, reverse(name))

    yield from own("accounts:account", "accounts:roles", "account_change_password", "usersessions_list")
    yield from own(
        "account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"
    )
    yield from own("account_reauthenticate")
    yield from own("account_set_password", who="new")
    yield from own("mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", who="guarded")
    yield from own("mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_reauthenticate", who="guarded")
    passkey = scene.people["guarded"].authenticator_set.get(type="webauthn").pk
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield Place(name, "guarded", reverse(name, kwargs={"pk": passkey}))


class At:
    """Addresses of one centre or network."""

    def __init__(self, **of: str) -> None:
        self.of = of

    def __call__(self, name: str, who: str = "staff", more: str = "", **parts: object) -> Place:
        return Place(name, who, reverse(name, kwargs={**self.of, **parts}) + more)


def _of_the_day(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    for name in (
        "greeter",
        "expected",
        "announcements",
        "acts",
        "act_new",
        "act_new_group",
        "refused",
        "exports",
    ):
        yield at(f"reception:{name}")
    for name in ("act_new_non_contact", "profile_new", "passages", "devices"):
        yield at(f"reception:{name}")
    yield at("reception:desk", "calling")
    yield at("reception:desk", "talking")
    yield at("reception:desk", "idle")
    yield at("reception:ticket_hand_over", "talking", ticket=scene.tickets["interview"].pk)
    yield at("reception:seat", "idle")
    yield at("reception:seat", "new")
    for ticket in ("uncoded", "interview"):
        yield at("reception:act_for_ticket", "talking", ticket=scene.tickets[ticket].pk)
    for act in scene.acts.values():
        yield at("reception:act_correct", pk=act.pk)
    for device in scene.devices.values():
        yield at("reception:device", pk=device.pk)
    yield at("reception:door_poster", device=scene.devices["door"].pk)
    yield at("demonstration:page")
    yield at("centres:start")


def _evening(scene: Scene) -> Iterator[Place]:
    at, yesterday = At(centre=scene.centre.slug), scene.rows["yesterday"]
    for name in (
        "reception:closing",
        "reception:days",
        "statistics:today",
        "statistics:this_week",
        "statistics:coverage",
    ):
        yield at(name)
    yield at("reception:closing_day", day=yesterday)
    yield at("statistics:explorer")
    yield at("statistics:explorer", more="?count=acts&picture=flows&period=this-year&compare=year")
    yield at("statistics:explorer", more="?count=waits&rows=hour&measure=half&period=today&seen=others")
    yield at("statistics:day", day=yesterday)
    yield at("statistics:week", day=yesterday)


def _reports(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    yield at("statistics:reports")
    yield at("statistics:new_report", model="ready:quarter")
    for report in ("report: draft", "report: dashboard", "report: published", "report: corrected"):
        yield at("statistics:report", pk=rows[report])
    yield at("statistics:publish_report", pk=rows["report: draft"])
    yield at("statistics:send_report", pk=rows["report: public"])
    yield at("statistics:public_figures", "")
    yield at("statistics:public_report", "", token=rows["token of a public report"])
    yield at("statistics:charter")
    yield at("statistics:open_data")
    yield at("statistics:open_year", year=2025)
    yield at("statistics:withdraw_open_edition", pk=rows["open data: edition"])
    yield at("statistics:public_open_data", "")
    yield at("statistics:public_open_edition", "", year=2025, number=2)
    for part in ("part: words", "part: typed", "part: departures"):
        yield at("statistics:report_part", pk=rows[part])


def _past(scene: Scene) -> Iterator[Place]:
    at, files = At(centre=scene.centre.slug), scene.files
    yield at("reception:past")
    for file in ("reading", "failed", "done", "undone"):
        yield at("reception:past_file", pk=files[file].pk)
    for file in ("read", "checked"):
        yield at("reception:past_columns", pk=files[file].pk)
        yield at("reception:past_codes", pk=files[file].pk)
    yield at("reception:past_preview", pk=files["checked"].pk)


def _threads(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield Place("guidance:open", "", "/thread/")
    yield Place("guidance:open", "", "/thread/?none=1")
    yield Place("guidance:thread", "visitor", "/thread/mine/")
    yield Place("guidance:erase", "visitor", "/thread/mine/erase/")
    yield Place("guidance:erased", "visitor", "/thread/erased/")
    yield at("guidance:threads", "talking")
    yield at("guidance:threads", "idle")
    yield at("guidance:new_thread", "talking")
    yield at("guidance:new_thread_in", "talking", language="en")
    yield at("guidance:conversation", "talking", key=scene.rows["conversation"])
    yield at("guidance:sheet", "talking", key=scene.rows["conversation"])


def _needs(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    yield at("guidance:needs")
    yield at("guidance:needs", "plain", "?span=year&show=bare")
    yield at("guidance:need_new")
    yield at("guidance:need", pk=rows["need"])
    yield at("guidance:need", pk=rows["need taken back"])
    yield at("guidance:proposals", more="?state=all")
    yield at("guidance:proposals", more="?words=nothing+like+it")
    yield at("guidance:proposal_new", more=f"?need={rows['need']}")
    for name in ("overdue", "done"):
        yield at("guidance:proposal", pk=rows[f"proposal {name}"])
        yield at("guidance:proposal_change", pk=rows[f"proposal {name}"])


def _questions(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    links = scene.links
    yield Place("guidance:ask", "", "/ask/")
    yield Place("guidance:ask_centre", "", f"/ask/{scene.centre.slug}/")
    yield Place("guidance:my_ask", "visitor", "/thread/mine/ask/")
    yield Place("guidance:my_ask_centre", "visitor", f"/thread/mine/ask/{scene.centre.slug}/")
    yield Place("guidance:my_question", "visitor", f"/thread/mine/questions/{links['mine']}/?asked=1")
    yield Place("guidance:my_question", "visitor", f"/thread/mine/questions/{links['mine, answered']}/")
    yield Place("guidance:my_talk", "visitor", f"/thread/mine/questions/{links['mine']}/talk/")
    yield at("guidance:online_duty")
    yield at("guidance:talk", pk=rows["question talked about"])
    yield at("guidance:questions")
    yield at("guidance:questions", more="?which=answered")
    yield at("guidance:questions", more="?words=nothing+like+it")
    for name in ("waiting", "drafted", "in review", "answered"):
        yield at("guidance:question", pk=rows[f"question {name}"])
    yield at("guidance:question", "calling", pk=rows["question in review"])
    yield at("guidance:answer_models")
    yield at("guidance:answer_model_new")
    yield at("guidance:answer_model", pk=rows["answer model"])
    yield at("guidance:question_settings")
    yield at("guidance:question_figures")
    yield at("guidance:question_figures", "plain", "?span=year")


def _settings(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    yield at("centres:nights")
    yield at("guidance:emergency_numbers")
    yield at("guidance:new_number")
    yield at("guidance:number", pk=rows["emergency number"])
    for name in ("settings", "waiting", "places", "new_site", "themes", "new_theme", "main_hours"):
        yield at(f"centres:{name}")
    for name in ("site", "space", "desk"):
        yield at(f"centres:{name}", pk=rows[name])
    yield at("centres:new_space", site=rows["site"])
    yield at("centres:new_desk", space=rows["space"])
    yield at("centres:theme", key="job")
    for name in ("hours", "new_exception"):
        yield at(f"centres:{name}", site=rows["site"])
    yield at("centres:exception", site=rows["site"], day=rows["exception"])
    for page in ("model", "themes", "waiting"):
        yield Place(
            "centres:new_centre_page", "staff", reverse("centres:new_centre_page", args=[DRAFT, page])
        )


def _team(scene: Scene) -> Iterator[Place]:
    at, there = At(centre=scene.centre.slug), At(network=scene.centre.network.slug)
    yield at("centres:team")
    yield at("centres:invite")
    for name in ("member_roles", "remove_member"):
        yield at(f"centres:{name}", person_id=scene.people["calling"].pk)
    yield there("centres:network")
    yield there("statistics:network_explorer")
    yield there("statistics:network_centres")
    yield there("statistics:network_spread")
    yield there("statistics:statements")
    yield there("statistics:new_statement")
    yield there("statistics:statement", pk=scene.rows["published figure"])
    yield there("statistics:network_together")
    yield at("statistics:beside")
    yield there("partners:network_institutions")
    shared = scene.centre.relations.order_by("pk").values_list("institution", flat=True)
    yield there("partners:network_institution", pk=shared[0])
    yield there("partners:network_merge", pk=shared[0], gone=shared[1])
    yield there("centres:network_team")
    yield there("centres:network_invite")
    coordinator = scene.centre.network.assignments.exclude(person=scene.people["staff"])[0]
    yield there("centres:network_remove_member", person_id=coordinator.person_id)


def _lists(scene: Scene) -> Iterator[Place]:
    code = scene.centre.codes.filter(list="need").order_by("position")[0].key
    for at, prefix in (
        (At(centre=scene.centre.slug), "centres:"),
        (At(network=scene.centre.network.slug), "centres:network_"),
    ):
        yield at(f"{prefix}codes")
        yield at(f"{prefix}mapping")
        yield at(f"{prefix}code_list", listed="need")
        yield at(f"{prefix}new_code", listed="need")
        yield at(f"{prefix}code", listed="need", key=code)


def _partners(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield at("partners:institutions")
    yield at("partners:new_institution")
    yield at("partners:institution", pk=scene.rows["institution"])
    yield at("partners:change_institution", pk=scene.rows["institution"])
    yield at("partners:step", pk=scene.rows["institution"])
    yield at("partners:next_action", pk=scene.rows["institution"])
    yield at("partners:new_logo", pk=scene.rows["institution"])
    yield at("partners:new_contact", pk=scene.rows["institution"])
    yield at("partners:contact", pk=scene.rows["institution"], contact_id=scene.rows["contact"])
    yield at("partners:new_place", pk=scene.rows["institution"])
    yield at("partners:place", pk=scene.rows["institution"], place_id=scene.rows["place"])
    yield at("partners:people")
    yield at("partners:person", person_id=scene.people["calling"].pk)
    yield from _coordination(scene)
    yield from _agreements(scene)


def _agreements(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield at("partners:new_agreement", pk=scene.rows["institution"])
    yield at("partners:agreements")
    yield at("partners:full_time")
    yield at("partners:agreement", pk=scene.rows["agreement"])
    yield at("partners:correct_agreement", pk=scene.rows["agreement"])
    yield at("partners:withdraw_agreement", pk=scene.rows["agreement"])
    yield at("partners:notice", pk=scene.rows["agreement"])
    yield at("partners:new_document", pk=scene.rows["agreement"])
    yield at("partners:pipeline")
    yield at("partners:matters")
    yield at("partners:contributions")
    yield at("partners:new_contribution")
    yield at("partners:contribution", pk=scene.rows["contribution"])
    yield at("guidance:follow_ups")
    yield at("guidance:redirected")
    yield at("guidance:redirect_somebody")
    yield at("guidance:redirect_visitor", "talking", ticket=scene.tickets["interview"].pk)
    yield at("guidance:redirect_visitor", "talking", ticket=scene.tickets["coded"].pk)


def _rota(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield at("rota:availability")
    yield at("rota:availability_of", person_id=scene.people["calling"].pk)
    for name in ("this_week", "this_month", "today", "mine", "feeds"):
        yield at(f"rota:{name}")
    yield at("rota:mine", "calling")
    yield at("rota:this_week", "plain", "?gaps=1")
    yield at("rota:week", "coordinator", day=scene.rows["yesterday"])
    yield at("rota:month", day="2030-01-01")
    yield at("rota:theme", key="train")
    yield at("rota:theme_from", key="train", day="2030-01-01")
    yield at("rota:person", person_id=scene.people["calling"].pk)
    for name in ("plans", "plan_new", "history"):
        yield at(f"rota:{name}")
    for name in ("draft", "planning", "no plan"):
        yield at("rota:plan", pk=scene.rows[name])
    draft = {"pk": scene.rows["draft"]}
    yield at("rota:plan_publish", **draft)
    yield at("rota:plan_why", **draft)
    yield at("rota:plan_compare", **draft, other=scene.rows["copy"])
    seat = draft | {"half_day": scene.rows["draft's half-day"], "task": scene.rows["draft's task"]}
    yield at("rota:plan_seat", **seat)
    yield at("rota:plan_seat", "staff", f"?who={scene.people['calling'].pk}", **seat)


def _coordination(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    for name in ("bodies", "new_body", "points", "decisions", "structure", "structure_models"):
        yield at(f"partners:{name}")
    yield at("partners:points", more="?state=overdue&words=nothing+like+it")
    yield at("partners:structure_model", model="agreement")
    for name in ("body", "change_body", "new_seats", "new_meeting"):
        yield at(f"partners:{name}", pk=rows["body"])
    yield at("partners:seat", pk=rows["seat held"])
    yield at("partners:new_mandate", pk=rows["seat vacant"])
    yield at("partners:mandate", pk=rows["mandate"])
    for which in ("held", "coming", "approved"):
        yield at("partners:meeting", pk=rows[f"meeting {which}"])
    for name in ("change_meeting", "agenda", "attendance", "new_item", "new_decision", "new_point"):
        yield at(f"partners:{name}", pk=rows["meeting held"])
    yield at("partners:correct_minutes", pk=rows["meeting approved"])
    yield at("partners:item", pk=rows["agenda item"])
    yield at("partners:decision", pk=rows["decision"])
    yield at("partners:point", pk=rows["action point"])


def _questionnaires(scene: Scene) -> Iterator[Place]:
    centre, rows = scene.centre, scene.rows
    both = (
        (At(centre=centre.slug), "", "centre’s"),
        (At(network=centre.network.slug), "network_", "network’s"),
    )
    for at, prefix, whose in both:
        yield at(f"surveys:{prefix}questionnaires")
        yield at(f"surveys:{prefix}new_questionnaire")
        yield at(f"surveys:{prefix}questionnaire", pk=rows[f"{whose} questionnaire"])
        for name in ("version", "opening", "around", "new_section"):
            yield at(f"surveys:{prefix}{name}", pk=rows[f"{whose} version"])
        yield at(f"surveys:{prefix}preview", pk=rows[f"{whose} version"], language="en")
        yield at(f"surveys:{prefix}translation", pk=rows[f"{whose} version"], language="nl")
        yield at(f"surveys:{prefix}section", pk=rows[f"{whose} version"], section=rows[f"{whose} section"])
        for kind in ("several", "grid"):
            yield at(f"surveys:{prefix}new_question", pk=rows[f"{whose} version"], kind=kind)
        for name in ("question", "conditions"):
            yield at(f"surveys:{prefix}{name}", pk=rows[f"{whose} question"])
    yield At(centre=centre.slug)("surveys:version", pk=rows["version opened"])


def _kits(scene: Scene) -> Iterator[Place]:
    centre, rows = scene.centre, scene.rows
    both = (
        (At(centre=centre.slug), "", "centre’s"),
        (At(network=centre.network.slug), "network_", "network’s"),
    )
    for at, prefix, whose in both:
        for more in ("", "?whose=shared", "?words=nothing+like+it"):
            yield at(f"agenda:{prefix}kits", more=more)
        yield at(f"agenda:{prefix}new_kit")
        for name in ("kit", "kit_about"):
            yield at(f"agenda:{prefix}{name}", pk=rows[f"{whose} kit"])
        for name in ("kit_draft", "kit_words", "new_kit_file"):
            yield at(f"agenda:{prefix}{name}", pk=rows[f"{whose} kit draft"])
        yield at(f"agenda:{prefix}kit_translation", pk=rows[f"{whose} kit draft"], language="nl")
        yield at(f"agenda:{prefix}new_kit_step", version=rows[f"{whose} kit draft"])
        yield at(f"agenda:{prefix}kit_step", pk=rows[f"{whose} kit step"])
    at = At(centre=centre.slug)
    yield at("agenda:kit", "coordinator", pk=rows["shared kit"])
    yield at("agenda:recordings")
    yield at("agenda:new_recording", session=rows["webinar"])
    for name in ("recording", "recording bare"):
        yield at("agenda:recording", pk=rows[name])
    yield at("agenda:public_recordings", "")
    yield at("agenda:public_recording", "", pk=rows["recording"])
    for name in ("rooms", "new_room", "new_equipment", "settings"):
        yield at(f"agenda:{name}")
    for name in ("room", "equipment"):
        yield at(f"agenda:{name}", pk=rows[name])
        yield at(f"agenda:change_{name}", pk=rows[name])
        yield at(f"agenda:{name}_week", "coordinator", pk=rows[name], day=ELEVEN_S_DAY)


def _rota_ground(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    for name in ("needs", "new_season", "make", "calendar", "extra_half_day", "school_holidays"):
        yield at(f"rota:{name}")
    for name in ("season", "change_season", "new_half_day"):
        yield at(f"rota:{name}", pk=scene.rows["season"])
    yield at("rota:half_day", pk=scene.rows["season"], half_day=scene.rows["season half-day"])
    yield at("rota:calendar_of", day="2026-04-01")
    yield at("rota:date", pk=scene.rows["half-day"])
    for who in ("staff", "coordinator"):
        for name in ("team", "calls"):
            yield at(f"rota:{name}", who)
        yield at("rota:call", who, pk=scene.rows["roster call"])
    yield at("rota:terms", person_id=scene.people["calling"].pk)
    yield at("rota:new_call")
    yield at("partners:speakers")
    yield at("partners:speaker", person_id=scene.people["coordinator"].pk)
    yield at("rota:school_holiday", pk=scene.rows["school holiday"])


def _covering(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    lender = Relation.objects.get(pk=scene.rows["institution"]).institution_id
    yield at("rota:asked", "calling")
    yield at("rota:asked", "talking")
    yield at("rota:exchange", "calling", slot=scene.rows["calling_slot"])
    yield at("rota:absence", "calling")
    yield at("rota:absence_of", person_id=scene.people["calling"].pk)
    yield at("rota:absences")
    yield at("rota:absences", "coordinator")
    yield at("rota:absence_slot", slot=scene.rows["absent_slot"])
    yield at("rota:duty_today")
    yield at("rota:duty_day", day=scene.rows["yesterday"])
    yield at("rota:duty_slot", slot=scene.rows["absent_slot"])
    yield at("rota:held_time", pk=scene.rows["held"])
    yield at("rota:ledger")
    yield at("rota:plurality")
    yield at("rota:plurality", "plain", "?period=2026-Q1")
    yield at("rota:control")
    yield at("rota:control_of", day=scene.rows["look ahead"])
    yield at("rota:ledger", "staff", "?period=2026")
    yield at("rota:ledger_own", "several")
    yield at("rota:ledger_partner", institution=lender)
    yield at("rota:ledger_partner", "coordinator", "?period=2026-03", institution=lender)


def _coming(scene: Scene) -> Iterator[Place]:
    rows = scene.rows
    for session in ("session", "full", "over"):
        parts = {"slug": rows["coming slug"], "pk": rows[f"coming {session}"]}
        yield Place("agenda:come", "", reverse("agenda:come", kwargs=parts))
    free = {"slug": rows["coming free slug"], "pk": rows["coming free"]}
    yield Place("agenda:come", "", reverse("agenda:come", kwargs=free))
    for moment in ("held", "online", "offered", "waiting", "back", "came"):
        token = rows[f"coming {moment}"]
        yield Place("agenda:mine", "", reverse("agenda:mine", kwargs={"token": token}))
    yield Place("agenda:mine", "", "/coming/nothing/", 404)
    at = At(centre=scene.centre.slug)
    for name in ("door", "count", "comings"):
        for session in ("session", "over", "free"):
            yield at(f"agenda:{name}", pk=rows[f"coming {session}"])
    yield at("agenda:event_questions", pk=rows["coming event"])


def _programme(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield from _days_of_classes(scene)
    for name in ("month", "week", "list"):
        yield at(f"agenda:{name}")
        yield at(f"agenda:{name}", "coordinator", "?words=nothing+like+it")
    for name in ("month_of", "week_of"):
        yield at(f"agenda:{name}", day="2030-01-01")
    yield at("agenda:new_event")
    for row in ("event", "event drafted"):
        yield at("agenda:event", pk=scene.rows[row])
        yield at("agenda:change_event", pk=scene.rows[row])
    yield at("agenda:event", "coordinator", pk=scene.rows["event"])
    yield at("agenda:plan", pk=scene.rows["event"])
    yield at("agenda:cancel_all", pk=scene.rows["event"])
    for row in ("session", "session cancelled", "session drafted"):
        yield at("agenda:session", pk=scene.rows[row])
    yield at("agenda:session", "coordinator", pk=scene.rows["session"])
    for name in ("move", "cancel", "facilitators"):
        yield at(f"agenda:{name}", pk=scene.rows["session"])
    yield at("agenda:announce")
    yield at("agenda:announce", "coordinator", "?where=online&look=dark")


def _classes(scene: Scene) -> Iterator[Place]:
    for moment in ("asked", "option", "sure", "cancelled"):
        token = scene.rows[f"visit {moment}, address"]
        yield Place("agenda:teacher_visit", "", f"/visit/{token}/")
        if moment != "cancelled":
            yield Place("agenda:teacher_withdraw", "", f"/visit/{token}/withdraw/")
    yield Place("agenda:teacher_visit", "", "/visit/nothing/", status=404)
    yield Place("agenda:ask_visit", "", f"/classes/{scene.centre.slug}/")
    yield Place("agenda:ask_visit", "", "/classes/nothing/", status=404)
    at = At(centre=scene.centre.slug)
    yield at("agenda:visits")
    yield at("agenda:visits", more="?q=nothing+like+it")
    for moment in ("asked", "option", "sure", "cancelled"):
        yield at("agenda:visit", pk=scene.rows[f"visit {moment}"])
    for name in ("schools", "new_school", "bring_schools", "reach"):
        yield at(f"agenda:{name}")
    yield at("agenda:schools", more="?q=nothing+like+it")
    yield at("agenda:school", pk=scene.rows["school"])
    yield at("agenda:school_file", pk=scene.rows["school file"])
    yield at("agenda:school_file", pk=scene.rows["school file kept"])


def _days_of_classes(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    for name in ("visit planned", "visit today", "visit over", "visit asked"):
        pk = scene.rows[name]
        yield at("agenda:visit_day", pk=pk)
        yield at("agenda:visit_presence", pk=pk)
        yield at("agenda:visit_preparation", pk=pk)
    yield at("agenda:visit_day", "coordinator", pk=scene.rows["visit planned"])
    yield at("agenda:objectives")
    yield at("agenda:objectives", "coordinator", "?year=2020")
    for name in ("planned", "over", "few"):
        token = scene.rows[f"visit {name}, address"]
        yield Place("agenda:teacher_day", "", f"/visit/{token}/day/")
    yield Place("agenda:teacher_day", "", "/visit/nothing/day/", status=404)
    yield Place("agenda:pupil_statement", "", f"/my-visit/{scene.centre.slug}/")
