"""A centre's start, settings, team and lists; a network's team; invitations."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from e2e.walk.places.place import DRAFT, At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _invitations(scene)
    yield from _settings(scene)
    yield from _team(scene)
    yield from _lists(scene)


def _invitations(scene: Scene) -> Iterator[Place]:
    yield Place("centres:invitation", "", scene.links["new colleague"])
    yield Place("centres:invitation", "", scene.links["known colleague"])
    yield Place("centres:invitation", "nobody", scene.links["known colleague"])
    yield Place("centres:invitation", "", "/invitations/nothing/", 404)


def _settings(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    yield at("centres:start")
    yield at("demonstration:page")
    yield at("centres:nights")
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
