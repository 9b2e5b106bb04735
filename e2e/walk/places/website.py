"""Pages that join several rooms, those that nobody has, and the design's."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places.place import Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield Place("website:home", "", "/")
    yield Place("website:home", "staff", "/")
    yield Place("website:home", "nobody", "/")
    yield Place("(an address that is none)", "", "/nowhere/", 404)
    yield Place("(an address that is none)", "staff", "/nowhere/", 404)
    yield Place("(what only a button asks for)", "", "/thread/close/", 405)
    yield Place(
        "(what only a button asks for)", "staff", f"/c/{scene.centre.slug}/settings/themes/order/", 405
    )
    yield Place("(what one may not do)", "plain", f"/c/{scene.centre.slug}/team/", 403)
    for part in ("", "parts/", "forms/", "visitors/", "charts/"):
        yield Place("shared:design_part" if part else "shared:design", "", f"/design/{part}")
    yield Place("website:places", "", "/places/")
    yield Place("website:place", "", f"/places/{scene.centre.slug}/")
    yield Place("website:place", "", "/places/nothing/", 404)
