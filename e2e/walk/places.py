"""Where each page is and who opens it. A new address that answers GET gets a line here, or its reason in ``NO_PAGE``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from e2e.walk.scene import Scene

NO_PAGE = {
    "guidance:my_lines": "a part of the question's page, which is here",
    "guidance:question_lines": "a part of the question's page, which is here",
    "guidance:my_file": "a file to download",
    "guidance:question_file": "a file to download",
    "reception:worker": "a script",
    "shared:live_now": "the text of a part of a page",
    "reception:greeter_now": "a part of the greeter's page, which is here",
    "reception:turn": "a part of the desk's page, which is here",
    "reception:past_progress": "a part of the page of a file that is being read, which is here",
    "reception:past_lines": "a part of the preview, which is here",
    "demonstration:now": "a part of the demonstration's page, which is here",
    "centres:where": "a part of the assistant's first page, which is here",
    "centres:export_codes": "a file to download",
    "centres:network_export_codes": "a file to download",
    "statistics:day_csv": "a file to download",
    "guidance:words": "lists of words for a script",
    "guidance:data": "a file to download",
    "guidance:paper": "a file to download",
    "guidance:thread_of_ticket": "leads to the thread that is open, or to where one is opened, which are here",
    "guidance:suggestions": "a part of the interview's page, which is here",
    "guidance:lines": "a part of the interview's page, which is here",
    "guidance:entry": "a part of the interview's page, which is here",
    "guidance:needs_csv": "a file to download",
    "guidance:needs_xlsx": "a file to download",
    "statistics:day_xlsx": "a file to download",
    "statistics:week_csv": "a file to download",
    "statistics:week_xlsx": "a file to download",
    "guidance:redirected_csv": "a file to download",
    "guidance:redirected_xlsx": "a file to download",
    "reception:export_file": "a file to download",
    "reception:export_progress": "a part of the page of exports, which is here",
    "mfa_download_recovery_codes": "a file to download",
    "mfa_login_webauthn": "data for the browser, not a page",
    "mfa_reauthenticate_webauthn": "needs a passkey that answers: e2e/test_joining_a_team.py has one",
    "centres:network_of": "leads to the network's page, which is here",
    "centres:new_centre": "leads to the assistant's first page, which is here",
    "reception:past_file": "leads to the step the file has reached; those without a step of their own are here",
}
STAFF_LANGUAGES = dict(settings.STAFF_LANGUAGES)
DRAFT = "00000000-0000-4000-8000-000000000007"  # a key as a page makes it
OWN_SCREEN = {  # on a screen or a sheet of its own, of one size: never on a phone
    "reception:kiosk",
    "reception:kiosk_in",
    "reception:board",
    "reception:door_poster",
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
        if self.name == "guidance:new_thread_in":
            return replace(self, address=f"{self.address[:-3]}{language}/", language=language)
        if self.name == "guidance:sheet":
            return replace(self, language=language)
        if self.address.startswith(("/d/", "/t/", "/thread/", "/ask/")) and self.status == 200:
            mark = "&" if "?" in self.address else "?"
            return replace(self, address=f"{self.address}{mark}language={language}", language=language)
        if self.name in {"reception:board", "reception:kiosk", "centres:invitation"} and self.status == 200:
            return replace(self, language=language)
        signed_in = self.who not in ("", "half", "visitor")
        spoken = language in STAFF_LANGUAGES or signed_in or self.address.startswith("/t/")
        return replace(self, language=language if spoken else "en")


def places(scene: Scene) -> Iterator[Place]:
    """Every page, at each of the moments at which it looks different."""
    yield from _open(scene)
    yield from _visitors(scene)
    yield from _account(scene)
    yield from _of_the_day(scene)
    yield from _evening(scene)
    yield from _past(scene)
    yield from _threads(scene)
    yield from _needs(scene)
    yield from _questions(scene)
    yield from _settings(scene)
    yield from _team(scene)
    yield from _lists(scene)
    yield from _partners(scene)


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


def _visitors(scene: Scene) -> Iterator[Place]:
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
    for name in ("reception:closing", "reception:days", "statistics:today", "statistics:this_week"):
        yield at(name)
    yield at("reception:closing_day", day=yesterday)
    yield at("statistics:day", day=yesterday)
    yield at("statistics:week", day=yesterday)


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
    yield at("partners:people")
    yield at("partners:person", person_id=scene.people["calling"].pk)
    yield at("guidance:follow_ups")
    yield at("guidance:redirected")
    yield at("guidance:redirect_somebody")
    yield at("guidance:redirect_visitor", "talking", ticket=scene.tickets["interview"].pk)
    yield at("guidance:redirect_visitor", "talking", ticket=scene.tickets["coded"].pk)
