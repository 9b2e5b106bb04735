from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.shared import retention
from parvis.shared.navigation import Place, register


class PartnersConfig(AppConfig):
    name = "parvis.partners"
    label = "partners"

    def ready(self) -> None:
        from parvis.partners.actions import forgetting  # noqa: PLC0415  # models are loaded only now

        retention.register(retention.Rule(gettext_noop("who belonged where"), forgetting.forget_belongings))
        register(Place(79, "partners:institutions", _("Partners"), "handshake", Permission.MANAGE_PARTNERS))
