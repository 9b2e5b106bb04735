"""What a half-day needs: seats, languages, people from different institutions who sit together."""

from __future__ import annotations

from collections import defaultdict

from parvis.rota.planning.building import Building
from parvis.rota.planning.problem import Subject


def seats(b: Building) -> None:
    """No more people than seats; an empty one costs."""
    for (slot, task), capacity in b.grid.capacity.items():
        if b.grid.slots[slot].day < 0:
            continue
        columns = [column for _, column in b.at(slot, task)]
        if len(columns) > capacity:
            b.model.at_most(columns, capacity, Subject("seats", slot=slot, task=task))
        need = b.grid.needs.get((slot, task))
        if need is not None and b.problem.weights.uncovered:
            empty = b.model.slack(b.problem.weights.uncovered, Subject("uncovered", slot=slot, task=task))
            b.model.row([(empty, 1.0), *((column, 1.0) for column in columns)], low=need.seats)


def languages(b: Building) -> None:
    """Of those who sit at a task, so many speak a language; one who is missing costs."""
    for need in b.problem.needs:
        for language, count in need.languages:
            if b.grid.slots[need.slot].day < 0 or not b.problem.weights.language:
                continue
            speak = [
                column
                for person, column in b.at(need.slot, need.task)
                if language in b.grid.people[person].languages
            ]
            about = Subject("language", slot=need.slot, task=need.task, language=language)
            missing = b.model.slack(b.problem.weights.language, about)
            b.model.row([(missing, 1.0), *((column, 1.0) for column in speak)], low=count)


def mixed_pairs(b: Building) -> None:
    """Those who sit together come from different institutions; each who comes from one that is there already costs."""
    for need in b.problem.needs:
        if not need.mixed or b.grid.slots[need.slot].day < 0 or not b.problem.weights.unmixed:
            continue
        together: dict[int | None, list[int]] = defaultdict(list)
        for person, column in b.at(need.slot, need.task):
            together[b.grid.people[person].institution].append(column)
        for institution, columns in together.items():
            if len(columns) > 1 and b.grid.capacity[need.slot, need.task] > 1:
                about = Subject("unmixed", slot=need.slot, task=need.task, institution=institution)
                more = b.model.slack(b.problem.weights.unmixed, about)
                b.model.row([(more, -1.0), *((column, 1.0) for column in columns)], high=1.0)
