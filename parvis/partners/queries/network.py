"""What a network's coordinator sees of its institutions: how many centres work with each, and which may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.apps import apps
from django.db import models

from parvis.centres.models import Centre, Network
from parvis.partners.models import Institution, Relation, Step
from parvis.shared.plain import plain

ALIKE = 0.86  # of one; “Mission locale du Val” and “Mission Locale Val” are 0.9


@dataclass(frozen=True)
class NetworkLine:
    """One institution and the centres that work with it."""

    institution: Institution
    centres: list[Centre]


@dataclass(frozen=True)
class NetworkInstitutions:
    """The list, and pairs whose names are nearly the same."""

    lines: list[NetworkLine]
    alike: list[tuple[Institution, Institution]]


def network_institutions(network: Network, search: str = "") -> NetworkInstitutions:
    """Every institution of a network by name: two queries."""
    found = sorted(Institution.objects.filter(network=network), key=lambda one: (_plain(one.name), one.pk))
    centres: dict[int, list[Centre]] = defaultdict(list)
    relations = Relation.objects.filter(institution__network=network).select_related("centre")
    for relation in relations.order_by("centre__name"):
        centres[relation.institution_id].append(relation.centre)
    wanted = _plain(search.strip())
    lines = [NetworkLine(one, centres[one.pk]) for one in found if wanted in _plain(one.name)]
    return NetworkInstitutions(lines, [] if wanted else _alike(found))


def _alike(found: list[Institution]) -> list[tuple[Institution, Institution]]:
    """Pairs of nearly the same name. A network has hundreds of institutions, not thousands."""
    names = [(one, _plain(one.name)) for one in found]
    pairs = []
    for n, (one, name) in enumerate(names):
        matcher = SequenceMatcher(b=name, autojunk=False)
        for other, its in names[n + 1 :]:
            matcher.set_seq1(its)
            if (
                matcher.real_quick_ratio() > ALIKE
                and matcher.quick_ratio() > ALIKE
                and matcher.ratio() > ALIKE
            ):
                pairs.append((one, other))
    return pairs


def _plain(text: str) -> str:
    return " ".join(plain(text).replace("-", " ").split())


def pointing_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every table and column that points to ``model``, in whichever room; links to themes go with their row."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_fields:
            if field.is_relation and field.related_model is model and not other._meta.auto_created:
                yield other, field.name


def steps_left_out(keep: Institution, gone: Institution) -> int:
    """How many steps of ``gone``'s partnerships would go, at centres where ``keep`` has a history of its own: one query."""
    told = Step.objects.filter(relation__institution=keep).values("relation__centre")
    return Step.objects.filter(relation__institution=gone, relation__centre__in=told).count()


def what_moves(gone: Institution) -> list[tuple[str, int]]:
    """How many rows of each table point to ``gone`` or to what centres say about it: as many queries as tables."""
    found: dict[str, int] = {}
    for model, column in pointing_to(Institution):
        count = model._default_manager.filter(**{column: gone}).count()
        found[model._meta.label] = found.get(model._meta.label, 0) + count
    for model, column in pointing_to(Relation):
        count = model._default_manager.filter(**{f"{column}__institution": gone}).count()
        found[model._meta.label] = found.get(model._meta.label, 0) + count
    return [(label, n) for label, n in found.items() if n]


def centres_with_both(keep: Institution, gone: Institution) -> list[Centre]:
    """The centres at which the two become one: one query."""
    centres = Centre.objects.filter(relations__institution=keep).filter(relations__institution=gone)
    return list(centres.distinct().order_by("name"))
