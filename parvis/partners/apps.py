from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.centres import leaving
from parvis.partners import tabs as pages
from parvis.shared import nightly, retention, tabs
from parvis.shared.navigation import Place, register, register_network, register_settings


class PartnersConfig(AppConfig):
    name = "parvis.partners"
    label = "partners"

    def ready(self) -> None:
        from parvis.partners.actions import (  # noqa: PLC0415  # models are loaded only now
            decisions,
            forgetting,
            liaisons,
            reminders,
        )

        retention.register(retention.Rule(gettext_noop("who belonged where"), forgetting.forget_belongings))
        retention.register(
            retention.Rule(gettext_noop("who sat for an institution"), forgetting.forget_representatives)
        )
        retention.register(
            retention.Rule(gettext_noop("whom one called at former partners"), forgetting.forget_contacts)
        )
        nightly.register("reminders of agreements", reminders.remind)
        retention.register(
            retention.Rule(gettext_noop("who spoke for an institution"), liaisons.forget_liaisons)
        )
        leaving.register("liaisons", liaisons.end_liaisons)
        leaving.register("partners", decisions.let_actions_go)
        register_settings(
            Place(90, "partners:structure", _("Structure"), "landmark", Permission.MANAGE_PARTNERS)
        )
        register_network(
            Place(
                50, "partners:network_institutions", _("Institutions"), "handshake", Permission.MANAGE_NETWORK
            )
        )
        tabs.register("partners", pages.LABEL, pages.GROUPS)
        register(Place(79, "partners:institutions", pages.LABEL, "handshake", Permission.MANAGE_PARTNERS))
