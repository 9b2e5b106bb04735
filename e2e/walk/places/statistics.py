"""Figures, reports, open data; a network's."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.walk.places.place import At, Place
from e2e.walk.scene import Scene


def places(scene: Scene) -> Iterator[Place]:
    yield from _figures(scene)
    yield from _reports(scene)
    yield from _network(scene)
    yield from _results(scene)


def _figures(scene: Scene) -> Iterator[Place]:
    at, yesterday = At(centre=scene.centre.slug), scene.rows["yesterday"]
    for name in ("today", "this_week", "coverage"):
        yield at(f"statistics:{name}")
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


def _network(scene: Scene) -> Iterator[Place]:
    at, there = At(centre=scene.centre.slug), At(network=scene.centre.network.slug)
    yield there("statistics:network_explorer")
    yield there("statistics:network_centres")
    yield there("statistics:network_spread")
    yield there("statistics:statements")
    yield there("statistics:new_statement")
    yield there("statistics:statement", pk=scene.rows["published figure"])
    yield there("statistics:network_together")
    yield at("statistics:beside")


def _results(scene: Scene) -> Iterator[Place]:
    results = f"/c/{scene.centre.slug}/results/{scene.rows['survey closed row']}/"
    yield Place("statistics:survey_results", "staff", results)
    yield Place("statistics:survey_results", "staff", f"{results}?rows=again&columns=welcome&seen=others")
