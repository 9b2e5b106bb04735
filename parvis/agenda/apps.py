from django.apps import AppConfig

from parvis.accounts.roles import Permission
from parvis.agenda import tabs as pages
from parvis.shared import tabs
from parvis.shared.navigation import Place, register


class AgendaConfig(AppConfig):
    name = "parvis.agenda"
    label = "agenda"

    def ready(self) -> None:
        tabs.register("agenda", pages.LABEL, pages.GROUPS)
        register(Place(16, "agenda:month", pages.LABEL, "calendar-days", Permission.ENTER, tabs="agenda"))
