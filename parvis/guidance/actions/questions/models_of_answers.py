"""Texts that answers use again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.errors import GuidanceError
from parvis.guidance.models import AnswerModel


class TitleTaken(GuidanceError):
    """Another model of the centre has that title."""

    sentence = _("Another model has this title already.")


@transaction.atomic
def keep_model(
    *, centre: Centre, key: UUID, title: str, text: LazyI18nString, theme: Theme | None, at: datetime
) -> AnswerModel:
    """Make a model, or change the one of that ``key``. Raises ``TitleTaken``."""
    said = {"title": title, "text": text, "theme": theme, "changed_on": centre.local_day(at)}
    try:
        with transaction.atomic():
            return AnswerModel.objects.update_or_create(centre=centre, key=key, defaults=said)[0]
    except IntegrityError as error:
        raise TitleTaken from error


@transaction.atomic
def remove_model(*, model: AnswerModel) -> None:
    """Take a model away; answers that used it stay as they are. Again, changes nothing."""
    AnswerModel.objects.filter(pk=model.pk).delete()
