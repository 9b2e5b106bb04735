from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.accounts.roles import Permission
from parvis.centres import leaving
from parvis.reception import ways_on
from parvis.shared import retention
from parvis.shared.navigation import Place, register


class GuidanceConfig(AppConfig):
    name = "parvis.guidance"
    label = "guidance"

    def ready(self) -> None:
        from parvis.guidance.actions import forgetting_redirections, needs, questions  # noqa: PLC0415

        retention.register(retention.Rule("questions of which nobody spoke", questions.close_silent))
        leaving.register("proposals", needs.let_go)
        leaving.register("questions", questions.let_go_all)
        register(
            Place(27, "guidance:questions", _("Questions online"), "message-circle-question-mark", "answer")
        )
        register(Place(45, "guidance:needs", _("Unmet needs"), "lightbulb", "propose"))
        retention.register(
            retention.Rule("redirected tickets", forgetting_redirections.forget_redirected_tickets),
            retention.Rule("words about redirections", forgetting_redirections.forget_redirection_words),
        )
        ways_on.register(
            ways_on.WayOn(
                20,
                "guidance:redirect_visitor",
                _("To a partner or an outside body"),
                _("Send on"),
                "signpost",
                Permission.CALL,
            )
        )
        register(
            Place(
                86,
                "guidance:emergency_numbers",
                _("Emergency numbers"),
                "life-buoy",
                Permission.MANAGE_CENTRE,
            )
        )
        register(
            Place(52, "guidance:redirected", _("Redirections"), "signpost", Permission.SEE_FIGURES),
            Place(44, "guidance:follow_ups", _("Follow-ups"), "phone-outgoing", Permission.PROPOSE),
        )
