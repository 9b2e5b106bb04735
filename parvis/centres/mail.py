"""Mail that the team receives."""

from __future__ import annotations

from parvis.accounts import mail
from parvis.centres.models import Invitation


def send_invitation(invitation: Invitation, link: str) -> bool:
    """Sends the link in the language that was chosen for the person. Returns whether the mail left."""
    context = {"invitation": invitation, "place": invitation.place, "link": link}
    return mail.send(
        "centres/mail/invitation.txt", to=invitation.email, language=invitation.language, context=context
    )
