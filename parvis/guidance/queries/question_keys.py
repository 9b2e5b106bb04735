"""How a centre opens the thread of a question that it has to answer."""

from __future__ import annotations

from uuid import UUID

from parvis.guidance.models import Question
from parvis.guidance.opened import Opened, unwrap_for_house
from parvis.shared.sealing.cipher import Unreadable, unseal, unseal_json
from parvis.shared.sealing.vault import vault


def opened_question(question: Question) -> Opened | None:
    """The thread of an open question; nothing once it is closed or erased."""
    share = vault().get(question.share_key) if question.wrapped and question.thread else None
    if share is None or question.thread is None:
        return None
    try:
        return Opened(question.thread, unwrap_for_house(question, share))
    except (Unreadable, KeyError):
        return None


def about_draft(key: UUID) -> str:
    """What a draft's seal is bound to."""
    return f"draft {key}"


def about_reply_to(key: UUID) -> str:
    """What an address's seal is bound to."""
    return f"reply to {key}"


def draft_of(opened: Opened, question: Question) -> dict[str, str]:
    """What was written so far: ``text``, and a second adviser's ``remark``."""
    if not question.draft:
        return {"text": "", "remark": ""}
    said: dict[str, str] = unseal_json(opened.key, question.draft, about=about_draft(question.key))
    return said


def reply_to_of(opened: Opened, question: Question) -> str:
    """The e-mail address that the visitor gave, or nothing."""
    if not question.reply_to:
        return ""
    return unseal(opened.key, question.reply_to, about=about_reply_to(question.key)).decode()
