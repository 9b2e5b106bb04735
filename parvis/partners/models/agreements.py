"""What was agreed in writing: from when to when, how it ends, and what each agreement pledges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.accounts.models import User
from parvis.centres.models import Centre, Theme
from parvis.partners.models.institutions import Relation
from parvis.partners.terms import deadline, months_later, term_end

FTE_HOURS = 1607  # a full-time year in France: code général de la fonction publique, art. L611-1; code du travail, L3121-41


class PartnerSettings(models.Model):
    """How a centre counts what partners pledge."""

    centre = models.OneToOneField(Centre, models.PROTECT, related_name="partner_settings")
    fte_hours = models.PositiveSmallIntegerField(
        _("hours of a full-time year"),
        default=FTE_HOURS,
        validators=[MinValueValidator(500), MaxValueValidator(3000)],
    )

    def __str__(self) -> str:
        return f"{self.centre}: {self.fte_hours}"


class Per(models.TextChoices):
    """How often what is promised is due."""

    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")
    ONCE = "once", _("once")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def standing(self) -> AgreementQuerySet:
        """Those that were not withdrawn, the oldest first."""
        return self.filter(withdrawn_at=None).order_by("starts_on", "pk")


class Agreement(models.Model):
    """What an institution and a centre agreed, from a day on. Never changed: a later one takes its place, or it is withdrawn."""

    class Kind(models.TextChoices):
        CONVENTION = "convention", _("Convention")
        CHARTER = "charter", pgettext_lazy("agreement", "Charter")
        LETTER = "letter", _("Letter of agreement")
        MEMORANDUM = "memorandum", _("Memorandum of understanding")

    key = models.UUIDField(unique=True, editable=False)  # made by the page: sent twice, it is there once
    relation = models.ForeignKey(Relation, models.PROTECT, related_name="agreements")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name=_("replaces")
    )
    kind = models.CharField(pgettext_lazy("kind of agreement", "kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160, blank=True)
    parties = models.CharField(_("other parties"), max_length=280, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    charter_signed_on = models.DateField(_("charter signed on"), null=True, blank=True)
    starts_on = models.DateField(_("in force from"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    renewal_months = models.PositiveSmallIntegerField(
        _("tacitly renewed by, in months"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    notice_months = models.PositiveSmallIntegerField(_("notice period, in months"), null=True, blank=True)
    noticed_on = models.DateField(_("notice given on"), null=True, blank=True)
    noticed_last_day = models.DateField(_("last day after notice"), null=True, blank=True)
    fte_hours = models.PositiveSmallIntegerField(_("hours of a full-time year"), default=FTE_HOURS)
    money = models.DecimalField(_("money"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    money_per = models.CharField(max_length=8, choices=Per.choices, blank=True)
    in_kind = models.CharField(_("in kind"), max_length=500, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=280, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(withdrawn_at=None), name="one_agreement_takes_the_place"
            ),
            models.CheckConstraint(
                name="agreement_days_in_order", condition=Q(last_day=None) | Q(last_day__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="agreement_renewed_has_a_last_day",
                condition=Q(renewal_months=None) | Q(last_day__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_notice_whole",
                condition=Q(noticed_on=None, noticed_last_day=None)
                | Q(noticed_on__isnull=False, noticed_last_day__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_money_whole",
                condition=Q(money=None, currency="", money_per="")
                | (Q(money__isnull=False) & ~Q(currency="") & ~Q(money_per="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def own_last_day(self) -> date | None:
        """Its last day by its own words and by notice; none while it goes on. A later agreement may end it sooner."""
        if self.noticed_last_day:
            return self.noticed_last_day
        return None if self.renewal_months else self.last_day

    def term_end(self, day: date) -> date | None:
        """The last day of the term that runs on ``day``: until then it cannot end by itself."""
        if self.noticed_last_day or self.last_day is None:
            return self.own_last_day
        return term_end(self.last_day, self.renewal_months, day)

    def notice_by(self, day: date) -> date | None:
        """The last day on which notice prevents the next renewal; none where there is nothing to prevent."""
        end = self.term_end(day)
        if not self.renewal_months or self.noticed_last_day or end is None:
            return None
        return deadline(end, self.notice_months or 0)

    def after_notice(self, day: date) -> date:
        """The last day where notice is given on ``day``: of the first term that the notice still reaches, or when it has run out."""
        out = months_later(day, self.notice_months or 0)
        if self.last_day is None:
            return max(out, self.starts_on)
        if not self.renewal_months:
            return max(min(out, self.last_day), self.starts_on)
        return term_end(self.last_day, self.renewal_months, max(out, self.starts_on))


class Pledge(models.Model):
    """Time that an agreement promises: for a theme or for any, in hours or in full-time equivalents."""

    class Unit(models.TextChoices):
        HOURS = "hours", _("hours")
        FTE = "fte", _("full-time equivalents")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="pledges")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.CharField(max_length=5, choices=Unit.choices)
    amount = models.DecimalField(
        max_digits=8, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    per = models.CharField(max_length=8, choices=[one for one in Per.choices if one[0] != Per.ONCE])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="pledge_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="pledge_comes_back", condition=~Q(per=Per.ONCE)),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_unit_display()} {self.get_per_display()}"

    def minutes(self, fte_hours: int) -> Fraction:
        """Exact minutes that it promises in one whole period of its own (``per``)."""
        amount = Fraction(self.amount)
        if self.unit == self.Unit.HOURS:
            return amount * 60
        return amount * fte_hours * 60 / {Per.MONTH: 12, Per.QUARTER: 4, Per.YEAR: 1}[Per(self.per)]
