"""The queue and its screens, the day and its end, files of the past."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from e2e.walk.places.place import DRAFT, At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _visitors(scene)
    yield from _of_the_day(scene)
    yield from _evening(scene)
    yield from _past(scene)


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


def _evening(scene: Scene) -> Iterator[Place]:
    at, yesterday = At(centre=scene.centre.slug), scene.rows["yesterday"]
    yield at("reception:closing")
    yield at("reception:days")
    yield at("reception:closing_day", day=yesterday)


def _past(scene: Scene) -> Iterator[Place]:
    at, files = At(centre=scene.centre.slug), scene.files
    yield at("reception:past")
    for file in ("reading", "failed", "done", "undone"):
        yield at("reception:past_file", pk=files[file].pk)
    for file in ("read", "checked"):
        yield at("reception:past_columns", pk=files[file].pk)
        yield at("reception:past_codes", pk=files[file].pk)
    yield at("reception:past_preview", pk=files["checked"].pk)
