"""A version as a visitor sees it, and on paper."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from parvis.centres.models import Holder
from parvis.shared.speaking import headed
from parvis.surveys.models import Version
from parvis.surveys.papers import questionnaire_pdf
from parvis.surveys.queries.choices import choices_of
from parvis.surveys.queries.sheet import Sheet, sheet
from parvis.surveys.queries.wording import missing_in, texts_of
from parvis.surveys.views.holders import AskRequest, today_of, version_of


@require_GET
def preview(request: AskRequest, holder: Holder, pk: int, language: str) -> HttpResponse:
    """Every question as it is put to a visitor, those of which not everybody is asked as well; nothing is sent."""
    row = version_of(holder, pk)
    codes = _spoken(row, language)
    words = {"back_label": _("Back to the questions"), "if_label": _("Asked only after certain answers")}
    words["reader"] = translation.get_language() or "en"
    with translation.override(language):
        shown: dict[str, object] = {
            "holder": holder,
            "version": row,
            "sheet": _all_asked(sheet(row, holder, today_of(holder))),
            "language": language,
            "codes": codes,
        }
        return headed(render(request, "surveys/preview.html", shown | words), language)


def _all_asked(shown: Sheet) -> Sheet:
    """With the questions that only some are asked."""
    parts = [
        replace(part, fields=[replace(one, is_asked=True) for one in part.fields]) for part in shown.parts
    ]
    return replace(shown, parts=parts)


@require_GET
def paper(request: AskRequest, holder: Holder, pk: int, language: str) -> HttpResponse:
    """The sheet to print."""
    row = version_of(holder, pk)
    _spoken(row, language)
    with translation.override(language):
        made = questionnaire_pdf(row, choices_of(row, holder, today_of(holder)), language, holder.name)
    response = HttpResponse(made, content_type="application/pdf")
    name = slugify(str(row.questionnaire.title)) or "questionnaire"
    response["Content-Disposition"] = f'attachment; filename="{name}-{language}.pdf"'
    return response


def _spoken(row: Version, language: str) -> list[str]:
    """The languages in which all is worded, and the one in which it is written; 404 for another."""
    spoken = {code for text in texts_of(row) for code in text.words}
    whole = [code for code in sorted(spoken - {""}) if not missing_in(row, code)]
    codes = [row.language, *(code for code in whole if code != row.language)]
    if language not in codes:
        raise Http404
    return codes
