from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.accounts.roles import Permission
from parvis.shared.navigation import Place, register


def _is_demonstration(centre: Any) -> bool:
    return bool(centre.is_demonstration)


class DemonstrationConfig(AppConfig):
    name = "parvis.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        entry = (90, "demonstration:page", _("Demonstration"), "clapperboard", Permission.MANAGE_CENTRE)
        register(Place(*entry, where=_is_demonstration))
