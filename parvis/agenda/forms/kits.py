"""What a kit is, what a version and its parts say, and files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.agenda.actions.kit_steps import StepSaid
from parvis.agenda.actions.kit_versions import KitSaid
from parvis.agenda.kit_words import reworded
from parvis.agenda.models import KitStep, KitVersion
from parvis.agenda.queries.kits import Wanted
from parvis.centres.forms.words import WordsField
from parvis.centres.models import Code, Holder
from parvis.centres.words import own_name
from parvis.shared.attachments import LARGEST
from parvis.shared.free_text import NoNameField
from parvis.surveys.fingerprints import words_of
from parvis.surveys.models import Questionnaire

LONGEST = 4000  # characters of a long text


class ListForm(forms.Form):
    """Which kits are shown."""

    words = forms.CharField(label=_("Words"), required=False, max_length=80)
    for_classes = forms.BooleanField(label=_("For classes"), required=False)

    def __init__(self, *args: Any, objectives: Sequence[Code], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["objective"] = forms.TypedChoiceField(
            label=_("Objective"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("any objective")), *((one.pk, str(one)) for one in objectives)],
        )
        self.order_fields(["words", "objective", "for_classes"])

    def wanted(self, whose: str) -> Wanted:
        """What was asked for; what makes no sense asks for everything."""
        self.is_valid()
        data = self.cleaned_data
        return Wanted(
            data.get("words", ""), whose, bool(data.get("for_classes")), data.get("objective") or None
        )


class StartForm(forms.Form):
    """Starting from a ready kit, or from one that is offered: which one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    source = forms.CharField(widget=forms.HiddenInput, max_length=80)


class AboutForm(forms.Form):
    """A kit's title, and whether teachers may choose it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    for_classes = forms.BooleanField(
        label=_("Teachers may choose it for a class"),
        help_text=_("They read its title and its sentence, in their own language where it is worded."),
        required=False,
    )

    def __init__(
        self, *args: Any, languages: list[str], title: LazyI18nString | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()} | kwargs.get("initial", {})})
        self.fields["title"] = WordsField(label=_("Title"), languages=languages, max_length=80, initial=title)
        self.order_fields(["key", "title", "for_classes"])

    @property
    def the_key(self) -> UUID:
        """What makes a second try the same."""
        key: UUID = self.cleaned_data["key"]
        return key


def _long(label: Any, help_text: Any = "", rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=LONGEST, widget=widget
    )


def _plain(text: str) -> str:
    """Line ends as the database keeps them."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()


class VersionForm(forms.Form):
    """What a version says besides its sequence, in the language in which it is written first."""

    summary = forms.CharField(
        label=_("In one sentence"),
        required=False,
        max_length=200,
        help_text=_("Teachers and visitors read it."),
    )
    aim = _long(_("Aim"), _("What participants know or can do afterwards."))
    level = forms.ChoiceField(label=_("Level"), choices=KitVersion.Level.choices)
    minutes = forms.IntegerField(label=_("Minutes in all"), min_value=5, max_value=600)
    people = forms.IntegerField(label=_("People at most"), min_value=1, max_value=500, required=False)
    material = _long(_("Material"), _("One thing a line: it is printed as a list to tick off."))
    notes = _long(
        _("Notes for the facilitator"), _("What helps whoever gives it for the first time."), rows=7
    )

    def __init__(self, *args: Any, version: KitVersion, language: str, holder: Holder, **kwargs: Any) -> None:
        self.version, self.language = version, language
        now = {
            name: words_of(getattr(version, name)).get(language, "")
            for name in ("summary", "aim", "material", "notes")
        }
        super().__init__(*args, **kwargs | {"initial": self._said(version) | now})
        for name in now:
            self.fields[name].widget.attrs["lang"] = language
        asked = Questionnaire.objects.held_by(holder).filter(archived_on=None).order_by("pk")
        self.fields["evaluation"] = forms.ModelChoiceField(
            label=_("Questions afterwards"),
            queryset=asked,
            required=False,
            empty_label=_("no questions"),
            help_text=_("Written among the questionnaires, put to participants at the exit."),
            initial=version.evaluation_id,
        )

    @staticmethod
    def _said(version: KitVersion) -> dict[str, Any]:
        return {name: getattr(version, name) for name in ("level", "minutes", "people")}

    def offer(self, objectives: Sequence[Code]) -> None:
        """The objectives to choose from; no field where there are none."""
        if not objectives:
            return
        self._objectives = {str(code.pk): code for code in objectives}
        self.fields["objectives"] = forms.MultipleChoiceField(
            label=_("Objectives"),
            required=False,
            choices=[(pk, str(code)) for pk, code in self._objectives.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=[str(code.pk) for code in self.version.objectives.all()],
        )
        self.order_fields(["summary", "aim", "objectives"])

    def said(self) -> KitSaid:
        """What was typed."""
        data = self.cleaned_data

        def words(name: str) -> LazyI18nString:
            return reworded(getattr(self.version, name), self.language, _plain(data[name]))

        return KitSaid(
            summary=words("summary"),
            aim=words("aim"),
            material=words("material"),
            notes=words("notes"),
            level=KitVersion.Level(data["level"]),
            minutes=data["minutes"],
            people=data["people"],
            evaluation=data["evaluation"],
            objectives=[self._objectives[pk] for pk in data.get("objectives", [])],
        )


class StepForm(forms.Form):
    """One part of the sequence, in the language in which the kit is written first."""

    title = forms.CharField(label=_("Title"), max_length=120)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600)
    text = _long(_("What happens"))

    def __init__(self, *args: Any, language: str, step: KitStep | None = None, **kwargs: Any) -> None:
        self.language, self.step = language, step
        now: dict[str, Any] = {"minutes": 10}
        if step:
            now = {name: words_of(getattr(step, name)).get(language, "") for name in ("title", "text")}
            now["minutes"] = step.minutes
        super().__init__(*args, **kwargs | {"initial": now})
        for name in ("title", "text"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": "auto"}

    def said(self) -> StepSaid:
        """What was typed."""
        data = self.cleaned_data
        title, text = (self.step.title, self.step.text) if self.step else ("", "")
        return StepSaid(
            reworded(title, self.language, data["title"]),
            reworded(text, self.language, _plain(data["text"])),
            data["minutes"],
        )


class UseForm(forms.Form):
    """What changed in the version that is put into use."""

    changes = NoNameField(
        label=_("What changed, and why"),
        required=False,
        help_text=_("For those who gave the version before."),
    )


class FileForm(forms.Form):
    """A file of a kit."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What it is"),
        max_length=120,
        help_text=_("“Cards of occupations”, “Sheet for each group”. It becomes the name of the file."),
    )
    file = forms.FileField(label=_("File"), help_text=_("PDF or a picture (JPEG, PNG, WebP), up to 5 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"key": uuid4()}})

    def clean_file(self) -> Any:
        """Not larger than what can be cleaned."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("It is larger than 5 MB."))
        return file


class TranslationForm(forms.Form):
    """Wordings in one language, beside those in which the kit is written."""

    def __init__(self, *args: Any, language: str, names: dict[str, tuple[str, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (now, long) in names.items():
            widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
            widget.attrs |= {"lang": language, "dir": "auto"}
            self.fields[name] = forms.CharField(
                label=own_name(language),
                required=False,
                max_length=LONGEST if long else 200,
                initial=now,
                widget=widget,
            )

    def words(self) -> dict[str, str]:
        """What was typed, by the names of the texts."""
        return {name: _plain(text) for name, text in self.cleaned_data.items()}
