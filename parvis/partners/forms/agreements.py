"""What may be typed about an agreement: its words, its lines of pledged time, notice, withdrawal, documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from parvis.centres.forms.hours import DateInput
from parvis.centres.models import Centre, Theme
from parvis.partners import papers
from parvis.partners.actions import Agreed, Money, Promise
from parvis.partners.forms.base import ROWS, CentreForm
from parvis.partners.forms.keyed import KeyedForm
from parvis.partners.models import Agreement, Per, Pledge
from parvis.shared.free_text import NoNameField

SPARE = 3  # empty lines for what is pledged
CURRENCIES = [
    "EUR",
    "CHF",
    "GBP",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "RON",
    "BGN",
    "CAD",
    "XOF",
    "MAD",
    "TND",
]
PERS = [one for one in Per.choices if one[0] != Per.ONCE]


class AgreementForm(KeyedForm):
    """An agreement as it is put down."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=Agreement.Kind.choices,
        widget=forms.RadioSelect,
        initial=Agreement.Kind.CONVENTION,
    )
    title = forms.CharField(
        label=pgettext_lazy("of an agreement", "Title"),
        max_length=160,
        required=False,
        help_text=_("As it stands on the paper, if it has one."),
    )
    parties = forms.CharField(
        label=_("Other parties"),
        max_length=280,
        required=False,
        help_text=_("Institutions that sign it beside this one and the centre. Never a person."),
    )
    signed_on = forms.DateField(label=_("Signed on"), required=False, widget=DateInput())
    charter_signed_on = forms.DateField(
        label=_("Charter of the centre signed on"),
        required=False,
        widget=DateInput(),
        help_text=_("Free, anonymous, plural: the day on which the partner signed it, too."),
    )
    starts_on = forms.DateField(label=_("It begins on"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput(), help_text=_("Empty: without an end.")
    )
    renewal_months = forms.IntegerField(
        label=_("Tacitly renewed by, in months"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("12 for “from year to year”. Empty: it ends with its last day."),
    )
    notice_months = forms.IntegerField(
        label=_("Notice period, in months"), required=False, min_value=0, max_value=36
    )
    money = forms.DecimalField(
        label=_("Money"), required=False, min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])
    money_per = forms.ChoiceField(label=_("How often"), choices=Per.choices, initial=Per.YEAR)
    in_kind = NoNameField(
        label=_("In kind"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("Rooms, equipment, documentation, printing. No names."),
    )
    remark = NoNameField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs=ROWS),
        help_text=_("What the team should know about it. No names: people stand under contacts."),
    )
    why = NoNameField(
        label=_("What was wrong"), help_text=_("Both stay readable; only this one counts from now on.")
    )

    def __init__(
        self, *args: Any, corrects: bool = False, after: Agreement | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.after = after
        if not corrects:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, last = data.get("starts_on"), data.get("last_day")
        if starts and last and last < starts:
            self.add_error("last_day", gettext("It ends before it begins."))
        if starts and self.after and starts <= self.after.starts_on:
            self.add_error("starts_on", gettext("It takes the place of the other one from a later day on."))
        if data.get("renewal_months") and not last and "last_day" not in self.errors:
            self.add_error("last_day", gettext("What is renewed has a last day first."))
        return data

    def said(self, promises: Sequence[Promise]) -> Agreed:
        """What the actions take."""
        data = self.cleaned_data
        plain = (
            *("title", "parties", "signed_on", "charter_signed_on", "starts_on", "last_day"),
            *("renewal_months", "notice_months", "in_kind", "remark"),
        )
        money = Money(data["money"], data["currency"], Per(data["money_per"])) if data["money"] else None
        return Agreed(
            kind=Agreement.Kind(data["kind"]),
            promises=promises,
            money=money,
            **{name: data[name] for name in plain},
        )


class PledgeForm(forms.Form):
    """One line of pledged time; an empty one says nothing."""

    amount = forms.DecimalField(
        label=_("How much"), required=False, min_value=Decimal("0.01"), max_digits=8, decimal_places=2
    )
    unit = forms.ChoiceField(label=_("Hours or full-time equivalents"), choices=Pledge.Unit.choices)
    per = forms.ChoiceField(label=_("How often"), choices=PERS)
    theme = forms.ChoiceField(label=_("Theme"), required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, themes: dict[str, Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = themes
        field: Any = self.fields["theme"]
        field.choices = [("", gettext("any theme")), *((pk, str(one.name)) for pk, one in themes.items())]

    def has_changed(self) -> bool:
        """An amount makes a line; what is chosen beside an empty one says nothing."""
        return bool(self["amount"].data) or bool(self.initial.get("amount"))

    def promise(self) -> Promise | None:
        """What the actions take; none for an empty line."""
        data = self.cleaned_data
        if not data.get("amount"):
            return None
        unit, per = Pledge.Unit(data["unit"]), Per(data["per"])
        return Promise(self.themes.get(data["theme"]), unit, data["amount"], per)


class PledgeLines(forms.BaseFormSet[PledgeForm]):
    """The lines of an agreement."""

    def promises(self) -> list[Promise]:
        return [one for form in self.forms if (one := form.promise())]


def pledge_lines(data: Any, *, themes: Sequence[Theme], agreement: Agreement | None) -> PledgeLines:
    """The lines of ``agreement`` and some empty ones."""
    made = forms.formset_factory(
        PledgeForm, formset=PledgeLines, extra=SPARE, max_num=20, absolute_max=20, validate_max=True
    )
    initial = [
        {"amount": one.amount, "unit": one.unit, "per": one.per, "theme": str(one.theme_id or "")}
        for one in (agreement.pledges.all() if agreement else ())
    ]
    by_pk = {str(theme.pk): theme for theme in themes}
    lines = made(data, initial=initial, prefix="pledges", form_kwargs={"themes": by_pk})
    return cast("PledgeLines", lines)


def agreement_values(agreement: Agreement) -> dict[str, Any]:
    """The form's values for an agreement that is put down again."""
    plain = (
        *("kind", "title", "parties", "signed_on", "charter_signed_on", "starts_on", "last_day"),
        *("renewal_months", "notice_months", "money", "in_kind", "remark"),
    )
    values = {name: getattr(agreement, name) for name in plain}
    if agreement.money:
        values |= {"currency": agreement.currency, "money_per": agreement.money_per}
    return values


class NoticeForm(forms.Form):
    """That one side gave notice."""

    on = forms.DateField(label=_("Notice given on"), widget=DateInput())
    last_day = forms.DateField(
        label=_("Last day of the agreement"),
        widget=DateInput(),
        help_text=_("Reckoned from the notice period; the paper may say another day."),
    )


class WithdrawForm(CentreForm):
    """Why an agreement was put down by mistake."""

    why = NoNameField(label=_("Why"), help_text=_("It stays readable with this reason, and counts nowhere."))


class FteForm(forms.Form):
    """How many hours a full-time year has."""

    fte_hours = forms.IntegerField(
        label=_("Hours of a full-time year"),
        min_value=500,
        max_value=3000,
        help_text=_(
            "1,607 in France by law; about 1,720 in Finland. It turns full-time equivalents into hours, in agreements"
            " that are put down from now on: those that are there keep their own figure."
        ),
    )


class DocumentForm(KeyedForm):
    """A file of an agreement."""

    title = forms.CharField(
        label=_("What it is"),
        max_length=120,
        help_text=_("“Signed convention”, “Annex 2: calendar”. It becomes the name of the file."),
    )
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, Word, Excel or OpenDocument, up to 15 MB, without macros.")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > papers.LARGEST:
            raise forms.ValidationError(gettext("It is larger than 15 MB."))
        if papers.kind_of(file.read()) is None:
            raise forms.ValidationError(
                gettext("It is neither PDF, Word, Excel nor OpenDocument, or it holds macros.")
            )
        file.seek(0)
        return file


def offered_themes(centre: Centre, day: date, agreement: Agreement | None = None) -> list[Theme]:
    """Themes in force, and those that an agreement names: one query."""
    named = {one.theme_id for one in agreement.pledges.all()} if agreement else set()
    themes = Theme.objects.filter(centre=centre).order_by("position", "pk")
    return [one for one in themes if one.pk in named or one.valid_to is None or one.valid_to > day]
