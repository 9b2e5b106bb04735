"""How a centre takes questions, and the texts that its answers use again."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.centres.models import Centre, Theme
from parvis.guidance.actions.questions import LiveHours
from parvis.guidance.forms.questions.live import weekday_field
from parvis.guidance.models import AnswerModel, QuestionSettings
from parvis.shared.free_text import Kind, NoNameField, spot
from parvis.shared.speaking import language_names

MAY_STAND = {Kind.PHONE, Kind.STREET}  # where to call and where to go: places, not people
LONGEST = 8000


KEPT = ("live_from", "live_until", "live_wait")


class SettingsForm(forms.ModelForm[QuestionSettings]):
    """Whether and how questions are taken."""

    class Meta:
        model = QuestionSettings
        widgets = {  # as Django reads it
            "live_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "live_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        fields = ("taken", "promise", "reviewed", "live", "live_days", "live_from", "live_until", "live_wait")

    live_days = weekday_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {name: getattr(self.instance, name) for name in KEPT}
        for name in KEPT:
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in KEPT:  # left empty: as it was
            if said.get(name) is None and name not in self.errors:
                said[name] = self.kept[name]
        begins, ends = said.get("live_from"), said.get("live_until")
        if begins and ends and begins >= ends:
            self.add_error("live_until", _("They end after they begin: please look at both hours."))
        if said.get("live") and not said.get("live_days"):
            self.add_error("live_days", _("Choose at least one day."))
        return said

    def live_hours(self) -> LiveHours:
        said = self.cleaned_data
        return LiveHours(
            on=said["live"],
            days=said["live_days"],
            begins=said["live_from"],
            ends=said["live_until"],
            wait=said["live_wait"],
        )


class AnswerModelForm(forms.Form):
    """A title, and a text in each language of the centre; the first is needed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = NoNameField(label=_("Title"), max_length=120, help_text=_("How colleagues find it."))

    def __init__(
        self, *args: Any, centre: Centre, themes: list[Theme], model: AnswerModel | None, **kwargs: Any
    ) -> None:
        said: dict[str, Any] = {"key": uuid4()}
        texts = model.text.data if model and isinstance(model.text.data, dict) else {}
        if model:
            said = {"key": model.key, "title": model.title, "theme": model.theme_id}
            said |= {f"text_{code}": text for code, text in texts.items()}
        super().__init__(*args, **kwargs | {"initial": said})
        self.country, self.kept = centre.country, texts
        title: Any = self.fields["title"]
        title.country = centre.country
        self.fields["theme"] = forms.TypedChoiceField(
            label=_("Theme"),
            required=False,
            choices=[("", _("Every theme")), *((theme.pk, str(theme.name)) for theme in themes)],
            coerce=int,
            empty_value=None,
        )
        self.themes = {theme.pk: theme for theme in themes}
        self.codes = list(dict.fromkeys([centre.language, *centre.languages]))
        for code, name in language_names(self.codes):
            attrs = {"rows": 8 if code == self.codes[0] else 4, "lang": code, "dir": "auto"}
            self.fields[f"text_{code}"] = forms.CharField(
                label=name,
                required=code == self.codes[0],
                max_length=LONGEST,
                widget=forms.Textarea(attrs=attrs),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for code in self.codes:
            text = said.get(f"text_{code}") or ""
            for found in [one for one in spot(text, country=self.country) if one.kind not in MAY_STAND][:3]:
                self.add_error(
                    f"text_{code}",
                    _(
                        "“%(found)s” looks like %(kind)s. Models name nobody: please take it out, the rest is kept."
                    )
                    % {"found": found.text.strip(), "kind": found.kind.label},
                )
        return said

    def the_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def the_text(self) -> LazyI18nString:
        """The text in every language it was written in; those of languages that the centre speaks no longer stay."""
        written = {code: self.cleaned_data[f"text_{code}"] for code in self.codes}
        kept = {code: text for code, text in self.kept.items() if code not in written}
        return LazyI18nString(kept | {code: text for code, text in written.items() if text})

    def the_theme(self) -> Theme | None:
        return self.themes.get(self.cleaned_data["theme"])

    @property
    def first_text(self) -> Any:
        return self[f"text_{self.codes[0]}"]

    @property
    def other_texts(self) -> list[Any]:
        return [self[f"text_{code}"] for code in self.codes[1:]]
