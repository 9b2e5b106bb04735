"""Threads, needs and proposals, questions online, redirections."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places.place import At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _threads(scene)
    yield from _needs(scene)
    yield from _questions(scene)
    yield from _numbers(scene)
    yield from _redirections(scene)


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


def _numbers(scene: Scene) -> Iterator[Place]:
    at, rows = At(centre=scene.centre.slug), scene.rows
    yield at("guidance:emergency_numbers")
    yield at("guidance:new_number")
    yield at("guidance:number", pk=rows["emergency number"])


def _redirections(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield at("guidance:follow_ups")
    yield at("guidance:redirected")
    yield at("guidance:redirect_somebody")
    yield at("guidance:redirect_visitor", "talking", ticket=scene.tickets["interview"].pk)
    yield at("guidance:redirect_visitor", "talking", ticket=scene.tickets["coded"].pk)
