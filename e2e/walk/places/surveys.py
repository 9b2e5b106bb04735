"""Questionnaires, and asking with them: on screens, by link, on paper, in a class."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places.place import At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _visitors(scene)
    yield from _surveys(scene)
    yield from _paper(scene)
    yield from _questionnaires(scene)


def _visitors(scene: Scene) -> Iterator[Place]:
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
    yield Place("asking:poster", "staff", f"{base}{scene.rows['survey link row']}/poster/")
    yield Place("asking:new_class", "staff", f"{base}class/")
    yield Place("asking:at_desk", "staff", f"/c/{scene.centre.slug}/opinion/")
    yield Place("asking:survey", "staff", f"{base}{scene.rows['class over row']}/")


def _paper(scene: Scene) -> Iterator[Place]:
    base = f"/c/{scene.centre.slug}/sheets/"
    yield Place("asking:sheets", "staff", base)
    yield Place("asking:new_batch", "staff", f"{base}{scene.rows['survey paper row']}/")
    yield Place("asking:batch", "staff", f"{base}{scene.rows['survey pile']}/")
    yield Place("asking:survey", "staff", f"/c/{scene.centre.slug}/surveys/{scene.rows['survey paper row']}/")


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
