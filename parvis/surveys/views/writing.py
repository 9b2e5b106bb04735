"""The page on which a version is written, its sections and questions, its languages, and its opening."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.centres.models import Holder
from parvis.centres.queries.codes import languages_of
from parvis.centres.words import own_name
from parvis.surveys.actions import questionnaires as drafts
from parvis.surveys.actions import versions as lives
from parvis.surveys.actions import writing as actions
from parvis.surveys.addresses import address_of
from parvis.surveys.forms.questionnaires import OpeningForm
from parvis.surveys.forms.questions import (
    ConditionsForm,
    QuestionForm,
    SectionForm,
    TranslationForm,
    WordsAroundForm,
)
from parvis.surveys.models import Question, QuestionKind, Section, Version, VersionIsFixed
from parvis.surveys.queries import questionnaires as queries
from parvis.surveys.queries.choices import choices_of, questions_of
from parvis.surveys.queries.in_words import ABOUT, FAULTS
from parvis.surveys.queries.wording import texts_of
from parvis.surveys.views.holders import AskRequest, question_of, section_of, today_of, version_of


@require_GET
def version(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """All that a version asks; where it is a draft, the page on which it is written."""
    row = version_of(holder, pk)
    choices = choices_of(row, holder, today_of(holder))
    shown = {
        "holder": holder,
        "version": row,
        "sections": queries.sections(row, choices),
        "languages": queries.languages_of_version(row, languages_of(holder)),
        "changed": queries.changed_since_before(row),
        "kinds": [(kind, ABOUT[kind]) for kind in QuestionKind],
    }
    return render(request, "surveys/version.html", shown)


@require_POST
def order(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """Sections and questions in another order, as one list: a question belongs to the section above it."""
    row = version_of(holder, pk)
    sections: list[int] = []
    questions: dict[int, int] = {}
    own = [section.pk for section in row.sections.all()]
    for one in request.POST.getlist("order"):
        kind, _dash, number = one.partition("-")
        if not number.isdecimal():
            raise Http404
        if kind == "section":
            sections.append(int(number))
        else:
            questions[int(number)] = (sections or own)[-1 if sections else 0]
    try:
        actions.put_in_order(version=row, sections=sections, questions=questions, on_day=today_of(holder))
    except lives.CannotBeReached as refusal:
        _say_faults(request, row, refusal)
    except VersionIsFixed:
        messages.error(request, _("It was opened meanwhile: it does not change any more."))
    else:
        messages.success(request, _("The order was saved."))
    return redirect(address_of(holder, "version", pk))


@require_http_methods(["GET", "POST"])
def section(request: AskRequest, holder: Holder, pk: int, section: int | None = None) -> HttpResponse:
    """A new section of a draft, or one that is there."""
    row = _draft(holder, pk)
    there = section_of(holder, section) if section else None
    form = SectionForm(request.POST or None, language=row.language, section=there)
    if request.method == "POST" and form.is_valid():
        said = {"title": form.cleaned_data["title"], "help": form.cleaned_data["help"]}
        if there:
            actions.change_section(section=there, **said)
        else:
            actions.add_section(version=row, **said)
        return redirect(address_of(holder, "version", pk))
    title = str(there.title) or _("Section without a title") if there else _("New section")
    shown = {"holder": holder, "version": row, "form": form, "title": title, "section": there}
    return render(request, "surveys/section.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_question(request: AskRequest, holder: Holder, pk: int, kind: str) -> HttpResponse:
    """One more question of a kind, at the end."""
    row = _draft(holder, pk)
    last = row.sections.last()
    if kind not in QuestionKind.values or last is None:
        raise Http404
    form = QuestionForm(request.POST or None, kind=QuestionKind(kind), language=row.language)
    if request.method == "POST" and form.is_valid():
        last.version = row
        made = actions.add_question(section=last, key=form.cleaned_data["key"], said=form.said())
        return redirect(address_of(holder, "version", pk) + f"#question-{made.pk}")
    return _question_page(request, holder, row, form)


@require_http_methods(["GET", "POST"])
def question(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """A question that is there."""
    there = question_of(holder, pk)
    row = there.version
    form = QuestionForm(
        request.POST or None, kind=QuestionKind(there.kind), language=row.language, question=there
    )
    if request.method == "POST" and form.is_valid():
        actions.change_question(question=there, said=form.said())
        return redirect(address_of(holder, "version", row.pk) + f"#question-{pk}")
    return _question_page(request, holder, row, form, there)


def _question_page(
    request: AskRequest, holder: Holder, row: Version, form: QuestionForm, there: Question | None = None
) -> HttpResponse:
    shown = {"holder": holder, "version": row, "form": form, "question": there, "about": ABOUT[form.kind]}
    shown["kind"] = form.kind
    return render(request, "surveys/question.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def conditions(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """After which answers a question is asked."""
    there = question_of(holder, pk)
    row = version_of(holder, there.version_id)
    asked = questions_of(row)
    earlier = asked[: [one.pk for one in asked].index(pk)]
    choices = choices_of(row, holder, today_of(holder))
    sent = request.POST if request.method == "POST" else None  # nothing ticked is an answer, too
    form = ConditionsForm(sent, question=there, earlier=earlier, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_only_if(question=there, conditions=form.conditions(), on_day=today_of(holder))
        except lives.CannotBeReached as refusal:
            form.add_error(None, str(next(FAULTS[fault] for fault in refusal.faults.values())))
        else:
            return redirect(address_of(holder, "version", row.pk) + f"#question-{pk}")
    shown = {"holder": holder, "version": row, "question": there, "form": form}
    return render(request, "surveys/conditions.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def around(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """The words before the first question and after the last one."""
    row = _draft(holder, pk)
    form = WordsAroundForm(
        request.POST or None, language=row.language, welcome=row.welcome, thanks=row.thanks
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.write_around(version=row, welcome=said["welcome"], thanks=said["thanks"])
        return redirect(address_of(holder, "version", pk))
    shown = {"holder": holder, "version": row, "form": form, "title": _("First and last words")}
    return render(request, "surveys/section.html", shown, status=422 if form.errors else 200)


@require_POST
def remove(request: AskRequest, holder: Holder, kind: str, pk: int) -> HttpResponse:
    """A question or an empty section of a draft goes."""
    if kind not in {"section", "question"}:
        raise Http404
    part: Section | Question = section_of(holder, pk) if kind == "section" else question_of(holder, pk)
    try:
        if isinstance(part, Section):
            actions.remove_section(section=part)
        else:
            actions.remove_question(question=part)
    except actions.StillUsed:
        said = (
            _("The section has questions: take them out, or move them to another section, first.")
            if kind == "section"
            else _("Another question is asked only after this one: change that first.")
        )
        messages.error(request, said)
    else:
        messages.success(request, _("Taken out."))
    return redirect(address_of(holder, "version", part.version_id))


@require_http_methods(["GET", "POST"])
def translation(request: AskRequest, holder: Holder, pk: int, language: str) -> HttpResponse:
    """A draft's words in another language, beside those in which it was written."""
    row = _draft(holder, pk)
    lines = queries.languages_of_version(row, languages_of(holder))
    if language not in {line.code for line in lines if line.code != row.language}:
        raise Http404
    texts = texts_of(row)
    names = {text.name: (text.in_language(language), text.long) for text in texts}
    form = TranslationForm(request.POST or None, language=language, names=names)
    if request.method == "POST" and form.is_valid():
        n = actions.translate(version=row, language=language, words=form.cleaned_data)
        messages.success(request, _("Saved.") if n else _("Nothing was changed."))
        return redirect(address_of(holder, "translation", pk, language))
    pairs = [(text.in_language(row.language), form[text.name]) for text in texts]
    shown: dict[str, object] = {"holder": holder, "version": row, "form": form, "pairs": pairs}
    shown |= {"languages": lines, "language": language, "own": own_name(language)}
    return render(request, "surveys/translation.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def opening(request: AskRequest, holder: Holder, pk: int) -> HttpResponse:
    """What is missing before a draft can be put to people; and then, that it can."""
    row = _draft(holder, pk)
    choices = choices_of(row, holder, today_of(holder))
    lines = queries.languages_of_version(row, languages_of(holder))
    form = OpeningForm(request.POST or None, languages=lines, initial={"changes": row.changes})
    if request.method == "POST" and form.is_valid():
        try:
            lives.open_version(
                version=row,
                languages=form.cleaned_data["languages"],
                on=today_of(holder),
                changes=form.cleaned_data["changes"],
            )
        except (lives.NothingAsked, lives.NotWorded, lives.CannotBeReached):
            form.add_error(None, _("It cannot be opened yet: what is missing stands on this page."))
        else:
            messages.success(request, _("It is open: it can be put to people, and does not change any more."))
            return redirect(address_of(holder, "version", pk))
    sections = queries.sections(row, choices)
    shown = {
        "holder": holder,
        "version": row,
        "form": form,
        "wrong": [line for part in sections for line in part.questions if line.fault],
        "asked": sum(len(part.questions) for part in sections),
        "languages": lines,
        "whole": sum(line.whole for line in lines),
    }
    return render(request, "surveys/opening.html", shown, status=422 if form.errors else 200)


@require_POST
def version_deed(request: AskRequest, holder: Holder, pk: int, deed: str) -> HttpResponse:
    """An open version is closed; a draft is thrown away."""
    row = version_of(holder, pk)
    back = address_of(holder, "questionnaire", row.questionnaire_id)
    if deed == "close":
        try:
            lives.close_version(version=row, on=today_of(holder))
        except lives.NotOpen:
            raise Http404 from None
        messages.success(request, _("Closed: it takes no more answers. Those that are there stay."))
    elif deed == "delete":
        try:
            gone = drafts.delete_draft(version=row)
        except VersionIsFixed:
            messages.error(request, _("It was opened meanwhile: it does not change any more."))
            return redirect(back)
        messages.success(request, _("The draft is gone."))
        return redirect(address_of(holder, "questionnaires") if gone else back)
    else:
        raise Http404
    return redirect(back)


def _draft(holder: Holder, pk: int) -> Version:
    row = version_of(holder, pk)
    if not row.is_draft:
        raise Http404
    return row


def _say_faults(request: AskRequest, row: Version, refusal: lives.CannotBeReached) -> None:
    texts = {question.key: str(question.text) for question in questions_of(row)}
    for key, fault in refusal.faults.items():
        said = _("Not changed. “%(question)s”: %(why)s") % {"question": texts[key], "why": FAULTS[fault]}
        messages.error(request, said)
