"""What is on, kits and rooms, the programme, who comes, classes."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from e2e.walk.places.place import ELEVEN_S_DAY, At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _what_is_on(scene)
    yield from _kits(scene)
    yield from _programme(scene)
    yield from _classes(scene)
    yield from _days_of_classes(scene)
    yield from _coming(scene)


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


def _programme(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
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
    yield at("agenda:undo_import", pk=scene.rows["school import"])


def _days_of_classes(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    for name in ("visit planned", "visit today", "visit over", "visit asked"):
        pk = scene.rows[name]
        yield at("agenda:visit_day", pk=pk)
        yield at("agenda:visit_presence", pk=pk)
        yield at("agenda:visit_preparation", pk=pk)
    yield at("agenda:visit_day", "calling", pk=scene.rows["visit planned"])
    yield at("agenda:objectives")
    yield at("agenda:objectives", "coordinator", "?year=2020")
    for name in ("planned", "over", "few"):
        token = scene.rows[f"visit {name}, address"]
        yield Place("agenda:teacher_day", "", f"/visit/{token}/day/")
    yield Place("agenda:teacher_day", "", "/visit/nothing/day/", status=404)
    yield Place("agenda:pupil_statement", "", f"/my-visit/{scene.centre.slug}/")


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
