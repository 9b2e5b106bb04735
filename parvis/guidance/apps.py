from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.centres import leaving
from parvis.shared import retention
from parvis.shared.navigation import Place, register


class GuidanceConfig(AppConfig):
    name = "parvis.guidance"
    label = "guidance"

    def ready(self) -> None:
        from parvis.guidance.actions import needs, questions  # noqa: PLC0415  # models are loaded only now

        retention.register(retention.Rule("questions of which nobody spoke", questions.close_silent))
        leaving.register("proposals", needs.let_go)
        leaving.register("questions", questions.let_go_all)
        register(Place(45, "guidance:needs", _("Unmet needs"), "lightbulb", "propose"))
