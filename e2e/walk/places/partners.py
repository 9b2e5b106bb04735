"""Institutions, agreements, coordination; a network's institutions."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places.place import At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _institutions(scene)
    yield from _network(scene)
    yield from _coordination(scene)
    yield from _agreements(scene)
    yield from _speakers(scene)


def _institutions(scene: Scene) -> Iterator[Place]:
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


def _network(scene: Scene) -> Iterator[Place]:
    there = At(network=scene.centre.network.slug)
    yield there("partners:network_institutions")
    shared = scene.centre.relations.order_by("pk").values_list("institution", flat=True)
    yield there("partners:network_institution", pk=shared[0])
    yield there("partners:network_merge", pk=shared[0], gone=shared[1])


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


def _speakers(scene: Scene) -> Iterator[Place]:
    at = At(centre=scene.centre.slug)
    yield at("partners:speakers")
    yield at("partners:speaker", person_id=scene.people["coordinator"].pk)
