from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.shared.navigation import Place, register


class StatisticsConfig(AppConfig):
    name = "parvis.statistics"
    label = "statistics"

    def ready(self) -> None:
        register(
            Place(50, "statistics:today", _("Today"), "sun", "see_figures"),
            Place(51, "statistics:this_week", _("This week"), "chart-column", "see_figures"),
        )
