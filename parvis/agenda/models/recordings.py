"""What is left of a webinar: its recording, with captions and text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models import User
from parvis.agenda.models.sessions import Session


class Recording(models.Model):
    """The recording of a session, kept below DATA under its key; shown from ``published_at`` on, with captions and text."""

    key = models.UUIDField(unique=True, editable=False)  # made by the page; also the name of its file
    session = models.OneToOneField(Session, models.CASCADE, related_name="recording")
    kind = models.CharField(max_length=8)  # mp4 or webm
    size = models.PositiveBigIntegerField()
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    captions = models.TextField(_("captions"), blank=True)  # WebVTT
    text = models.TextField(_("text"), blank=True)
    published_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.session)
