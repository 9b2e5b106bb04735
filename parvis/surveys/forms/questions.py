"""A section and a question as they are written, in the language of their version."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from parvis.centres.forms.words import WordsField
from parvis.centres.models import CodeList
from parvis.centres.words import own_name
from parvis.surveys.actions.writing import QuestionSaid
from parvis.surveys.fingerprints import words_of
from parvis.surveys.forms.rows import RowsField
from parvis.surveys.models import PROFILE_LISTS, Question, QuestionKind, Section
from parvis.surveys.queries.choices import Choices, values_of

K = QuestionKind
ENDS = (-30_000, 30_000)
SCALES: list[tuple[str, Any]] = [
    ("1-4", _("1 to 4: nobody stays in the middle")),
    ("1-5", _("1 to 5")),
    ("1-7", _("1 to 7")),
    ("0-10", _("0 to 10")),
]


class SectionForm(forms.Form):
    """A title, and a word of explanation."""

    def __init__(self, *args: Any, language: str, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = WordsField(
            label=_("Title"), languages=[language], max_length=80, initial=section.title if section else None
        )
        self.fields["help"] = WordsField(
            label=_("A word of explanation"),
            languages=[language],
            max_length=200,
            required=False,
            initial=section.help if section else None,
        )


class QuestionForm(forms.Form):
    """One question: its words, and what its kind needs."""

    key = forms.SlugField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self, *args: Any, kind: QuestionKind, language: str, question: Question | None = None, **kwargs: Any
    ) -> None:
        key = question.key if question else f"q{uuid4().hex[:10]}"
        super().__init__(*args, **kwargs | {"initial": {"key": key}})
        self.kind, self.language, self.question = kind, language, question
        self._words("text", _("Question"), 200, required=True)
        self._words("help", _("A word of explanation"), 200)
        if kind in {K.CHOICE, K.SEVERAL}:
            self._choices()
        elif kind == K.GRID:
            self._rows("lines", _("Lines"), 1)
            self._rows("answers", _("Answers, the same for each line"), 2)
        elif kind in {K.SCALE, K.PAIR}:
            self._scale()
        elif kind == K.NUMBER:
            self._ends()
        self.fields["required"] = forms.BooleanField(
            label=_("An answer is needed"),
            required=False,
            initial=question.required if question else False,
            help_text=_(
                "Who does not want to answer then cannot send the rest: for a question without which the rest says nothing."
            ),
        )

    def _now(self, name: str, otherwise: Any = None) -> Any:
        return getattr(self.question, name) if self.question else otherwise

    def _words(self, name: str, label: Any, longest: int, *, required: bool = False) -> None:
        self.fields[name] = WordsField(
            label=label,
            languages=[self.language],
            max_length=longest,
            required=required,
            initial=self._now(name),
        )

    def _rows(self, name: str, label: Any, at_least: int) -> None:
        there = self._now("lines" if name == "lines" else "own_options", [])
        rows = [(one.key, words_of(one.label).get(self.language, "")) for one in there]
        self.fields[name] = RowsField(label=label, language=self.language, at_least=at_least, initial=rows)

    def _choices(self) -> None:
        self.fields["code_list"] = forms.ChoiceField(
            label=_("Answers"),
            required=False,
            choices=[("", _("Written here")), *((one.value, one.label) for one in PROFILE_LISTS)],
            initial=self._now("code_list", ""),
            help_text=_(
                "Answers from one of the centre’s lists are those in force on the day, and are counted like the list’s own."
            ),
        )
        self._rows("answers", _("Answers written here"), 0)
        if self.kind == K.SEVERAL:
            self.fields["most"] = forms.IntegerField(
                label=_("At most so many"),
                required=False,
                min_value=1,
                max_value=50,
                initial=self._now("most"),
            )

    def _scale(self) -> None:
        now = f"{self._now('minimum', 1)}-{self._now('maximum', 5)}"
        known = dict(SCALES)
        self.fields["points"] = forms.ChoiceField(
            label=_("Points"), choices=SCALES if now in known else [*SCALES, (now, now)], initial=now
        )
        self._words("low", _("What the lowest means"), 60)
        self._words("high", _("What the highest means"), 60)

    def _ends(self) -> None:
        for name, label in (("minimum", _("Lowest")), ("maximum", _("Highest"))):
            self.fields[name] = forms.IntegerField(
                label=label, required=False, min_value=ENDS[0], max_value=ENDS[1], initial=self._now(name)
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = data.get("minimum"), data.get("maximum")
        if low is not None and high is not None and low >= high:
            self.add_error("maximum", gettext("The highest is not above the lowest."))
        written = self.kind in {K.CHOICE, K.SEVERAL} and not data.get("code_list")
        if written and "answers" in data and len(data["answers"]) < 2:
            self.add_error("answers", gettext("Write at least two answers, or choose a list."))
        return data

    def said(self) -> QuestionSaid:
        """The question as the form says it."""
        data = self.cleaned_data
        low, high = data.get("minimum"), data.get("maximum")
        if "points" in self.fields:
            low, high = (int(point) for point in data["points"].split("-"))
        listed = data.get("code_list", "")
        return QuestionSaid(
            kind=self.kind,
            text=data["text"],
            help=data["help"],
            required=data["required"],
            minimum=low,
            maximum=high,
            low=data.get("low", ""),
            high=data.get("high", ""),
            most=data.get("most"),
            code_list=CodeList(listed) if listed else "",
            answers=[] if listed else data.get("answers", []),
            lines=data.get("lines", []),
        )


class ConditionsForm(forms.Form):
    """After which answers to earlier questions a question is asked: one row of boxes for each of them."""

    def __init__(
        self, *args: Any, question: Question, earlier: list[Question], choices: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        now = {one.on_id: one.answers for one in question.conditions.all()}
        for one in earlier:
            labels = {choice.key: str(choice.label) for choice in choices[one.pk]}
            values = values_of(one, choices)
            yes_no = {"yes": gettext("Yes"), "no": gettext("No")} if one.kind == K.YES_NO else {}
            offered = [(value, (labels | yes_no).get(value, value)) for value in values]
            gone = [(value, value) for value in now.get(one.pk, []) if value not in values]
            if values:
                self.fields[f"on-{one.pk}"] = forms.MultipleChoiceField(
                    label=str(one.text),
                    required=False,
                    choices=[*offered, *gone],
                    widget=forms.CheckboxSelectMultiple,
                    initial=now.get(one.pk, []),
                )

    def conditions(self) -> dict[int, list[str]]:
        """The row number of each earlier question that matters, and the answers after which this one is asked."""
        return {int(name[3:]): chosen for name, chosen in self.cleaned_data.items() if chosen}


class TranslationForm(forms.Form):
    """Wordings in one language, beside those in which the version is written."""

    def __init__(self, *args: Any, language: str, names: dict[str, tuple[str, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (now, long) in names.items():
            widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
            widget.attrs |= {"lang": language, "dir": "auto"}
            self.fields[name] = forms.CharField(
                label=own_name(language),
                required=False,
                max_length=600 if long else 200,
                initial=now,
                widget=widget,
            )


class WordsAroundForm(forms.Form):
    """What stands before the first question, and after the last."""

    def __init__(
        self, *args: Any, language: str, welcome: LazyI18nString, thanks: LazyI18nString, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        said = (
            ("welcome", _("Before the first question"), welcome),
            ("thanks", _("After the last one"), thanks),
        )
        for name, label, now in said:
            self.fields[name] = WordsField(
                label=label, languages=[language], max_length=600, required=False, initial=now
            )
