"""How the centre takes questions, and its models of answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.accounts.roles import Permission
from parvis.centres.scope import CentreRequest, centre_page
from parvis.guidance.actions import GuidanceError
from parvis.guidance.actions import questions as actions
from parvis.guidance.forms.questions.centre import AnswerModelForm, SettingsForm
from parvis.guidance.models import AnswerModel, QuestionSettings
from parvis.guidance.queries.questions import models_of_answers
from parvis.shared.plain import plain

WRONG = 422


@require_http_methods(["GET", "POST"])
@centre_page(Permission.MANAGE_CENTRE)
def question_settings(request: CentreRequest) -> HttpResponse:
    """Taking questions or not, the promise, the second reader."""
    kept = QuestionSettings.objects.filter(centre=request.centre).first()
    form = SettingsForm(request.POST or None, instance=kept or QuestionSettings(centre=request.centre))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.set_questions(
            centre=request.centre,
            taken=said["taken"],
            promise=said["promise"],
            reviewed=said["reviewed"],
            live=form.live_hours(),
        )
        messages.success(request, _("Saved."))
        return redirect("guidance:question_settings", centre=request.centre.slug)
    status = WRONG if request.method == "POST" else 200
    context = {"form": form, "tab": "settings", "taken": bool(kept and kept.taken)}
    return render(request, "guidance/questions/settings.html", context, status=status)


@require_GET
@centre_page(Permission.ANSWER)
def answer_models(request: CentreRequest) -> HttpResponse:
    """The texts that answers use again, by title; some words of one find it."""
    words = request.GET.get("words", "").strip()[:60]
    found = models_of_answers(request.centre)
    shown = [model for model in found if plain(words) in plain(f"{model.title} {model.text}")]
    context = {"models": shown, "any": bool(found), "words": words, "tab": "models"}
    return render(request, "guidance/questions/models.html", context)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ANSWER)
def answer_model_new(request: CentreRequest) -> HttpResponse:
    """Make one."""
    return _model(request, None)


@require_http_methods(["GET", "POST"])
@centre_page(Permission.ANSWER)
def answer_model(request: CentreRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _model(request, get_object_or_404(AnswerModel, centre=request.centre, pk=pk))


@require_POST
@centre_page(Permission.ANSWER)
def answer_model_remove(request: CentreRequest, pk: int) -> HttpResponse:
    """Take one away."""
    actions.remove_model(model=get_object_or_404(AnswerModel, centre=request.centre, pk=pk))
    messages.success(request, _("The model is gone. Answers that used it stay as they are."))
    return redirect("guidance:answer_models", centre=request.centre.slug)


def _model(request: CentreRequest, model: AnswerModel | None) -> HttpResponse:
    at = request.centre.now()
    themes = list(request.centre.themes.open_on(request.centre.local_day(at)))
    form = AnswerModelForm(request.POST or None, centre=request.centre, themes=themes, model=model)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_model(
                centre=request.centre,
                key=form.the_key() if model is None else model.key,
                title=form.cleaned_data["title"],
                text=form.the_text(),
                theme=form.the_theme(),
                at=at,
            )
        except GuidanceError as error:
            form.add_error("title", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("guidance:answer_models", centre=request.centre.slug)
    status = WRONG if request.method == "POST" else 200
    context = {"form": form, "model": model}
    return render(request, "guidance/questions/model.html", context, status=status)
