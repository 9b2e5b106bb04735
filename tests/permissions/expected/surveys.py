"""Who may open which address: questionnaires, and asking with them."""

from __future__ import annotations

from parvis.accounts.roles import Permission as P

# Open to anybody, and why that is right.
PUBLIC = {
    "asking:answer": "opened by the survey's own token",
    "asking:screen": "opened by the screen's own token, which a teacher was given",
    "asking:screen_deed": "opened by the screen's own token",
    "asking:code": "anybody may type a class's code; it is that of an open screen or not",
}

# Inside a centre: the permission that the person's roles there must allow.
CENTRE = {
    "surveys:questionnaires": P.ASK,
    "surveys:new_questionnaire": P.ASK,
    "surveys:questionnaire": P.ASK,
    "surveys:questionnaire_deed": P.ASK,
    "surveys:version": P.ASK,
    "surveys:paper": P.ASK,
    "surveys:preview": P.ASK,
    "surveys:order": P.ASK,
    "surveys:opening": P.ASK,
    "surveys:around": P.ASK,
    "surveys:translation": P.ASK,
    "surveys:new_section": P.ASK,
    "surveys:section": P.ASK,
    "surveys:new_question": P.ASK,
    "surveys:version_deed": P.ASK,
    "surveys:question": P.ASK,
    "surveys:conditions": P.ASK,
    "surveys:remove": P.ASK,
    "asking:new_class": P.ASK,
    "asking:at_desk": P.CALL,
    "asking:hand_over": P.CALL,
    "asking:sheets": P.CODE,
    "asking:new_batch": P.CODE,
    "asking:printed": P.CODE,
    "asking:batch": P.CODE,
    "asking:batch_deed": P.CODE,
    "asking:surveys": P.ASK,
    "asking:new": P.ASK,
    "asking:survey": P.ASK,
    "asking:poster": P.ASK,
    "asking:deed": P.ASK,
}

# Inside a network: its coordinators only.
NETWORK = {
    "surveys:network_questionnaires": P.ASK,
    "surveys:network_new_questionnaire": P.ASK,
    "surveys:network_questionnaire": P.ASK,
    "surveys:network_questionnaire_deed": P.ASK,
    "surveys:network_version": P.ASK,
    "surveys:network_paper": P.ASK,
    "surveys:network_preview": P.ASK,
    "surveys:network_order": P.ASK,
    "surveys:network_opening": P.ASK,
    "surveys:network_around": P.ASK,
    "surveys:network_translation": P.ASK,
    "surveys:network_new_section": P.ASK,
    "surveys:network_section": P.ASK,
    "surveys:network_new_question": P.ASK,
    "surveys:network_version_deed": P.ASK,
    "surveys:network_question": P.ASK,
    "surveys:network_conditions": P.ASK,
    "surveys:network_remove": P.ASK,
}
