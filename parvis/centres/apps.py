from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.shared import retention
from parvis.shared.navigation import Place, register


class CentresConfig(AppConfig):
    name = "parvis.centres"
    label = "centres"

    def ready(self) -> None:
        from parvis.centres.actions import forgetting  # noqa: PLC0415  # models are loaded only now

        retention.register(
            retention.Rule(gettext_noop("ended invitations"), forgetting.forget_invitations),
            retention.Rule(gettext_noop("accounts without a role"), forgetting.forget_former_colleagues),
        )
        register(
            Place(80, "centres:team", _("Team"), "users", Permission.MANAGE_TEAM),
            Place(85, "centres:settings", _("Settings"), "settings", Permission.MANAGE_CENTRE),
            Place(88, "centres:nights", _("What is forgotten"), "eraser", Permission.MANAGE_CENTRE),
            Place(90, "centres:codes", _("Code lists"), "tags", Permission.MANAGE_CODES),
            Place(95, "centres:network_of", _("Network"), "network", Permission.MANAGE_NETWORK),
        )
