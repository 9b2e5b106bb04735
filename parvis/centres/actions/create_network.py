"""A network begins: its name and the lists that its centres count by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from i18nfield.strings import LazyI18nString

from parvis.centres.actions.slugs import free_slug
from parvis.centres.models import Code, CodeList, Network, ServiceModel
from parvis.centres.service_models import CodePreset, Preset, list_entries, preset, theme_entry


@transaction.atomic
def create_network(
    *, name: str, service_models: Iterable[ServiceModel], at: datetime, since: date | None = None
) -> Network:
    """Create a network whose lists hold what centres of ``service_models`` count by.

    ``since`` is the first day of the lists, for figures from before Parvis; without it, the day of ``at``.
    """
    network = Network.objects.create(name=name, slug=free_slug(Network.objects.all(), name))
    for model in service_models:
        bring_service_model(network=network, service_model=model, day=since or at.date())
    return network


def bring_service_model(*, network: Network, service_model: ServiceModel, day: date) -> None:
    """Add to the network's lists the entries of a service model that it never had; called within a transaction."""
    had = set(network.codes.filter(centre=None).values_list("list", "key"))
    missing = [
        Code(
            network=network,
            list=listed,
            key=entry.key,
            label=LazyI18nString(entry.label),
            position=position,
            not_communicated=entry.not_communicated,
            valid_from=day,
        )
        for listed, position, entry in _network_entries(preset(service_model))
        if (listed, entry.key) not in had
    ]
    Code.objects.bulk_create(missing)


def _network_entries(model: Preset) -> Iterable[tuple[CodeList, int, CodePreset]]:
    """The entries that ``model``'s centres count as, each with its place in the common order."""
    chosen = {listed: [entry.counts_as for entry in entries] for listed, entries in model.codes.items()}
    chosen[CodeList.THEME] = [theme_entry(theme.key).key for theme in model.themes]
    for listed, keys in chosen.items():
        for position, entry in enumerate(list_entries(listed)):
            if entry.key in keys:
                yield listed, position, entry
