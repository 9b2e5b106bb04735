"""What people do with their own account."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from parvis.accounts.models import Session, User


@transaction.atomic
def introduce_oneself(*, person: User, name: str, language: str) -> User:
    """Changes how colleagues call ``person`` and the language in which pages speak to them."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    return person


@transaction.atomic
def choose_language(*, person: User, language: str) -> User:
    """Changes the language in which pages speak to ``person``."""
    person.language = language
    person.save(update_fields=["language"])
    return person


@transaction.atomic
def end_session(*, session: UserSession) -> None:
    """Sign out the browser behind ``session``; its next page asks to sign in."""
    session.end()


@transaction.atomic
def forget_ended_sessions(*, at: datetime) -> int:
    """Drop addresses and browsers of sessions that are over, by signing out or by themselves; returns how many."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return int(UserSession.objects.exclude(session_key__in=alive).delete()[0])
