from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from parvis.accounts.roles import Permission
from parvis.centres import leaving
from parvis.reception import talks, visitor_ways, ways_on
from parvis.reception.ways_on import WayOn
from parvis.shared import live, retention
from parvis.shared.navigation import Place, register
from parvis.shared.retention import Rule
from parvis.shared.sealing import needed

PLACES = [
    Place(22, "guidance:threads", _("Threads"), "spool", Permission.GUIDE),
    Place(27, "guidance:questions", _("Questions online"), "message-circle-question-mark", Permission.ANSWER),
    Place(
        53, "guidance:question_figures", _("Questions in figures"), "messages-square", Permission.SEE_FIGURES
    ),
    Place(52, "guidance:redirected", _("Redirections"), "signpost", Permission.SEE_FIGURES),
    Place(44, "guidance:follow_ups", _("Follow-ups"), "phone-outgoing", Permission.PROPOSE),
    Place(45, "guidance:needs", _("Unmet needs"), "lightbulb", Permission.PROPOSE),
    Place(86, "guidance:emergency_numbers", _("Emergency numbers"), "life-buoy", Permission.MANAGE_CENTRE),
]
WAYS_ON = [
    WayOn(
        20,
        "guidance:redirect_visitor",
        _("To a partner or an outside body"),
        _("Send on"),
        "signpost",
        Permission.CALL,
    ),
    WayOn(
        10,
        "guidance:thread_of_ticket",
        _("Thread"),
        _("Thread"),
        "spool",
        Permission.GUIDE,
        while_here=True,
    ),
    WayOn(
        30,
        "guidance:opinion_of_visitor",
        _("Their opinion"),
        _("Their opinion"),
        "message-square-quote",
        Permission.CALL,
        while_here=True,
    ),
]


class GuidanceConfig(AppConfig):
    name = "parvis.guidance"
    label = "guidance"

    def ready(self) -> None:
        from parvis.guidance import live_questions, live_talks, live_threads  # noqa: PLC0415  # models are loaded only now
        from parvis.guidance.actions import (  # noqa: PLC0415
            forgetting,
            forgetting_redirections,
            needs,
            questions,
        )
        from parvis.guidance.actions import talks as live_hours  # noqa: PLC0415
        from parvis.guidance.queries.visitor_questions import takes_questions  # noqa: PLC0415

        live.register(live_threads.PREFIX, live_threads.read, refresh=live_threads.LOOKED_AT, ends=True)
        live.register(live_talks.PREFIX, live_talks.read, refresh=live_talks.LOOKED_AT, ends=True)
        live.register(live_questions.PREFIX, live_questions.read, refresh=live_questions.LOOKED_AT, ends=True)
        needed.register("threads", forgetting.needed_shares)
        retention.register(
            Rule(gettext_noop("conversations that fell silent"), forgetting.end_silent_conversations),
            Rule(gettext_noop("times at which threads were read"), forgetting.forget_times_of_reading),
            Rule(gettext_noop("expired threads"), forgetting.erase_expired),
            Rule(gettext_noop("threads without a key"), forgetting.erase_without_share),
            Rule(gettext_noop("keys without a thread"), forgetting.destroy_left_shares),
            Rule(gettext_noop("questions of which nobody spoke"), questions.close_silent),
            Rule(gettext_noop("talks that nobody ended"), live_hours.end_left_talks),
            Rule(gettext_noop("duties online that nobody left"), live_hours.forget_duties),
            Rule(gettext_noop("files that were left over"), questions.forget_left_files),
            Rule(gettext_noop("redirected tickets"), forgetting_redirections.forget_redirected_tickets),
            Rule(gettext_noop("words about redirections"), forgetting_redirections.forget_redirection_words),
        )
        talks.register("conversations", forgetting.end_conversation_with)
        leaving.register("conversations", forgetting.end_conversations_of)
        leaving.register("proposals", needs.let_go)
        leaving.register("duty online", live_hours.leave_duty)
        leaving.register("questions", questions.let_go_all)
        ways_on.register(*WAYS_ON)
        visitor_ways.register(
            visitor_ways.Way(
                "guidance:ask_centre", _("Ask a question"), "message-circle-question-mark", takes_questions
            )
        )
        register(*PLACES)
