"""The page on which a draft is written: its texts, its sequence, its languages, and putting it into use."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.agenda.actions import kit_steps as steps
from parvis.agenda.actions import kit_versions as versions
from parvis.agenda.forms.kits import StepForm, TranslationForm, UseForm, VersionForm
from parvis.agenda.kit_addresses import address_of
from parvis.agenda.kit_words import languages_for, texts_of, written_in
from parvis.agenda.queries import kits as queries
from parvis.agenda.views.kits.holders import KitRequest, draft_of, step_of, today_of
from parvis.centres.models import Holder
from parvis.centres.words import own_name

TAKEN_OUT = "kit step taken out"  # of the session: what was taken out last, so that it can be brought back


@require_GET
def kit_draft(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """A draft with all that can be done to it."""
    row = draft_of(holder, pk)
    taken = request.session.get(TAKEN_OUT)
    shown = {
        "holder": holder,
        "kit": row.kit,
        "version": row,
        "sequence": queries.sequence(row),
        "languages": queries.languages_of_version(row, languages_for(holder)),
        "changed": queries.changed_since_before(row),
        "form": UseForm(initial={"changes": row.changes}),
        "taken": _title(taken["said"]["title"], written_in(row)) if taken and taken["version"] == pk else "",
        "key": uuid4(),
    }
    return render(request, "agenda/kits/draft.html", shown)


def _title(words: dict[str, str], language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


@require_http_methods(["GET", "POST"])
def kit_words(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """Aim, level, duration, material, notes, objectives, questions afterwards."""
    row = draft_of(holder, pk)
    form = VersionForm(request.POST or None, version=row, language=written_in(row), holder=holder)
    form.offer(queries.objectives_of(holder, today_of(holder), row))
    back = address_of(holder, "kit_draft", pk)
    if request.method == "POST" and form.is_valid():
        try:
            versions.write_version(version=row, said=form.said())
        except versions.VersionIsFixed:
            return _fixed(request, holder, row.kit_id)
        messages.success(request, _("Saved."))
        return redirect(back)
    shown = {"holder": holder, "form": form, "title": _("What it says"), "back": back}
    shown["up"] = str(row.kit.title)
    return render(request, "agenda/kits/form.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def kit_step(
    request: KitRequest, holder: Holder, pk: int | None = None, version: int | None = None
) -> HttpResponse:
    """A part of the sequence that is there, or a new one at the end."""
    there = step_of(holder, pk) if pk else None
    row = there.version if there else draft_of(holder, version or 0)
    form = StepForm(request.POST or None, language=written_in(row), step=there)
    back = address_of(holder, "kit_draft", row.pk)
    if request.method == "POST" and form.is_valid():
        try:
            if there:
                steps.change_step(step=there, said=form.said())
            else:
                steps.add_step(version=row, said=form.said())
        except versions.VersionIsFixed:
            return _fixed(request, holder, row.kit_id)
        again = not there and "again" in request.POST
        return redirect(address_of(holder, "new_kit_step", row.pk) if again else f"{back}#sequence")
    title = str(there.title) if there else _("A part of the sequence")
    shown: dict[str, object] = {"holder": holder, "form": form, "title": title, "back": back}
    shown |= {"up": str(row.kit.title), "again": there is None}
    return render(request, "agenda/kits/form.html", shown, status=422 if form.errors else 200)


@require_POST
def remove_kit_step(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """A part goes; the page after it offers to bring it back."""
    step = step_of(holder, pk)
    try:
        said = steps.remove_step(step=step)
    except versions.VersionIsFixed:
        return _fixed(request, holder, step.version.kit_id)
    request.session[TAKEN_OUT] = {"version": step.version_id, "said": said}
    return redirect(address_of(holder, "kit_draft", step.version_id) + "#sequence")


@require_POST
def restore_kit_step(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """The part that was taken out last is back where it was."""
    row = draft_of(holder, pk)
    taken = request.session.get(TAKEN_OUT)
    if taken and taken["version"] == pk:
        try:
            steps.restore_step(version=row, said=taken["said"])
        except versions.VersionIsFixed:
            return _fixed(request, holder, row.kit_id)
        del request.session[TAKEN_OUT]
        messages.success(request, _("It is back where it was."))
    return redirect(address_of(holder, "kit_draft", pk) + "#sequence")


@require_POST
def order_kit_steps(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """The parts in another order."""
    row = draft_of(holder, pk)
    asked = request.POST.getlist("order")
    if not all(one.isdecimal() and len(one) < 19 for one in asked):
        raise Http404
    try:
        steps.put_in_order(version=row, steps=[int(one) for one in asked])
    except versions.VersionIsFixed:
        return _fixed(request, holder, row.kit_id)
    messages.success(request, _("The order was saved."))
    return redirect(address_of(holder, "kit_draft", pk) + "#sequence")


@require_http_methods(["GET", "POST"])
def kit_translation(request: KitRequest, holder: Holder, pk: int, language: str) -> HttpResponse:
    """A draft's words in another language, beside those in which it was written."""
    row = draft_of(holder, pk)
    lines = queries.languages_of_version(row, languages_for(holder))
    if language not in {line.code for line in lines if not line.first}:
        raise Http404
    texts, first = texts_of(row), written_in(row)
    names = {text.name: (text.in_language(language), text.long) for text in texts}
    form = TranslationForm(request.POST or None, language=language, names=names)
    if request.method == "POST" and form.is_valid():
        try:
            n = steps.translate(version=row, language=language, words=form.words())
        except versions.VersionIsFixed:
            return _fixed(request, holder, row.kit_id)
        messages.success(request, _("Saved.") if n else _("Nothing was changed."))
        return redirect(address_of(holder, "kit_translation", pk, language))
    pairs = [(text.in_language(first) or next(iter(text.words.values())), form[text.name]) for text in texts]
    shown: dict[str, object] = {"holder": holder, "version": row, "form": form, "pairs": pairs}
    shown |= {"languages": lines, "language": language, "own": own_name(language), "first": first}
    return render(request, "agenda/kits/translation.html", shown, status=422 if form.errors else 200)


@require_POST
def kit_into_use(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """Sessions are planned from it from now on."""
    row = draft_of(holder, pk)
    form = UseForm(request.POST)
    if not form.is_valid():
        for error in form.errors["changes"]:
            messages.error(request, str(error))
        return redirect(address_of(holder, "kit_draft", pk))
    try:
        versions.put_into_use(version=row, on=today_of(holder), changes=form.cleaned_data["changes"])
    except versions.NothingInIt:
        messages.error(request, _("Write its aim and at least one part of its sequence first."))
    except versions.TooLong as refusal:
        said = ngettext(
            "Its parts last %(n)d minute longer than the whole: make one shorter, or the whole longer.",
            "Its parts last %(n)d minutes longer than the whole: make one shorter, or the whole longer.",
            refusal.minutes,
        )
        messages.error(request, said % {"n": refusal.minutes})
    except versions.VersionIsFixed:
        return _fixed(request, holder, row.kit_id)
    else:
        messages.success(
            request, _("It is in use: sessions are planned from it, and it does not change any more.")
        )
        return redirect(address_of(holder, "kit", row.kit_id))
    return redirect(address_of(holder, "kit_draft", pk))


@require_POST
def delete_kit_draft(request: KitRequest, holder: Holder, pk: int) -> HttpResponse:
    """A draft is thrown away."""
    row = draft_of(holder, pk)
    try:
        gone = versions.delete_draft(version=row)
    except (versions.VersionIsFixed, versions.PlannedFrom):
        return _fixed(request, holder, row.kit_id)
    messages.success(request, _("The draft is gone."))
    return redirect(address_of(holder, "kits") if gone else address_of(holder, "kit", row.kit_id))


def _fixed(request: KitRequest, holder: Holder, kit: int) -> HttpResponse:
    messages.error(request, _("It was put into use meanwhile: it does not change any more."))
    return redirect(address_of(holder, "kit", kit))
