"""What the planner found, as sentences a director understands. Names of people are in them: for those who plan, nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from parvis.rota.models import Part
from parvis.rota.planning.conflicts import Conflict
from parvis.rota.planning.findings import (
    FewInstitutions,
    Gap,
    Obstacle,
    Proof,
    Reason,
    UnmetWish,
    WishKind,
    WishReason,
)
from parvis.rota.planning.problem import Finding, Limits, Problem, Subject
from parvis.rota.planning.repair import Proposal
from parvis.rota.queries.planning_names import Names
from parvis.rota.reports import clock
from parvis.rota.rule_words import SOFT
from parvis.shared.speaking import SMALL_MONTHS, a_day

MOST_NAMES = 8
MOST_RULES = 8


def language_said(code: str) -> str:
    """A language as it is named within a sentence."""
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name if (get_language() or "en").split("-")[0] in ("en", "de") else name[:1].lower() + name[1:]


def listed(words: Iterable[str]) -> str:
    """“A, B and C”; of many, the first ones and how many more."""
    words = list(words)
    more = len(words) - MOST_NAMES
    if more > 1:
        others = ngettext("%(n)d other", "%(n)d others", more) % {"n": more}
        words = [*words[:MOST_NAMES], others]
    return str(get_text_list(words, _("and")))


def weekday(day: date) -> str:
    """“Tuesday”, as it stands within a sentence."""
    said = date_format(day, "l")
    return said.lower() if (get_language() or "en") in {"fr", *SMALL_MONTHS} else said


@dataclass(frozen=True)
class PlanningWords:
    """Says what was found in one problem, in the active language."""

    problem: Problem
    names: Names

    def said(self, finding: Gap | FewInstitutions | UnmetWish) -> list[str]:
        """One finding, sentence by sentence: what, why, what can be done."""
        match finding:
            case Gap():
                return self._gap(finding)
            case UnmetWish():
                return [self._wish(finding)]
            case FewInstitutions():
                return self._few(finding)

    # when

    def when(self, slots: Sequence[int]) -> str:
        """“on the morning of Tuesday 3 March 2026”, “on Tuesday mornings from 3 March 2026 to 24 March 2026”."""
        half_days = [self.names.half_days[slot] for slot in slots]
        first, last = half_days[0], half_days[-1]
        same = {(half_day.day.weekday(), half_day.part, half_day.site) for half_day in half_days}
        if len(half_days) > 1 and len(same) > 1:
            said = str(get_text_list([self.when([slot]) for slot in slots], _("and")))
            return said if len(slots) <= 3 else self._many(slots)
        if len(half_days) > 1:
            said = RUNS[first.part]() % {
                "weekday": weekday(first.day),
                "first": a_day(first.day),
                "last": a_day(last.day),
            }
        else:
            said = ONCE[first.part]() % {"day": f"{weekday(first.day)} {a_day(first.day)}"}
        return _("%(when)s at %(site)s") % {"when": said, "site": first.site} if first.site else said

    def _many(self, slots: Sequence[int]) -> str:
        days = sorted(self.names.half_days[slot].day for slot in slots)
        return ngettext(
            "at %(n)d half-day from %(first)s to %(last)s",
            "at %(n)d half-days from %(first)s to %(last)s",
            len(slots),
        ) % {"n": len(slots), "first": a_day(days[0]), "last": a_day(days[-1])}

    def people(self, keys: Iterable[int]) -> str:
        """Their names, in the order of the alphabet."""
        return listed(sorted(self.names.people.get(key, _("somebody")) for key in keys))

    def task(self, task: str | None) -> str:
        """A duty as it is called here."""
        return self.names.tasks.get(task or "", task or "")

    # gaps

    def _gap(self, gap: Gap) -> list[str]:
        return [
            self._what(gap),
            *self._why(gap),
            *(
                [_("Could learn it and come then: %(names)s.") % {"names": self.people(gap.learners)}]
                if gap.learners
                else []
            ),
            *self._what_can_be_done(gap),
        ]

    def _what(self, gap: Gap) -> str:
        words = {"task": self.task(gap.task), "when": self.when(gap.slots), "n": gap.missing}
        if gap.language:
            words["language"] = language_said(gap.language)
            return (
                ngettext(
                    "“%(task)s”: one person who speaks %(language)s is missing %(when)s.",
                    "“%(task)s”: %(n)d people who speak %(language)s are missing %(when)s.",
                    gap.missing,
                )
                % words
            )
        return (
            ngettext(
                "“%(task)s”: one seat is empty %(when)s.",
                "“%(task)s”: %(n)d seats are empty %(when)s.",
                gap.missing,
            )
            % words
        )

    def _why(self, gap: Gap) -> list[str]:
        words = {"language": language_said(gap.language) if gap.language else ""}
        if gap.reason is Reason.NOBODY_DOES:
            if gap.language:
                return [_("Nobody in the team does this and speaks %(language)s.") % words]
            return [_("Nobody in the team does this.")]
        if gap.reason is Reason.EVERYBODY_THERE:
            if gap.language:
                return [_("Everybody who does this and speaks %(language)s is there already.") % words]
            return [_("Everybody who does this is there already.")]
        obstacles = [self._obstacle(obstacle) for obstacle in gap.obstacles]
        if gap.reason is Reason.SOMEBODY_FREE:
            return obstacles
        if gap.language:
            return [_("Nobody who does this and speaks %(language)s is free then.") % words, *obstacles]
        return [_("Nobody who does this is free then."), *obstacles]

    def _obstacle(self, obstacle: Obstacle) -> str:
        said = {
            "available": _("Cannot come then: %(names)s."),
            "elsewhere": _("On duty for something else at that time: %(names)s."),
            "per_day": _("Would have more half-days on that day than agreed: %(names)s."),
            "per_week": _("Would have more half-days in that week than agreed: %(names)s."),
            "days_in_a_row": _("Would come more days in a row than agreed: %(names)s."),
            "rest": _("Would have too little rest between two days: %(names)s."),
            "free": _("Could come: %(names)s."),
        }.get(obstacle.what, _("Would break a rule: %(names)s."))
        return said % {"names": self.people(obstacle.people)}

    def _what_can_be_done(self, gap: Gap) -> list[str]:
        at = self.when(gap.slots[:1])
        if gap.proof is Proof.UNKNOWN:
            return [_("The time was too short to say whether it can be filled.")]
        if gap.proof is Proof.CAN_BE_FILLED:
            ways = [way for way in gap.ways if gap.reason is not Reason.SOMEBODY_FREE or way.changes > 1]
            changes = [self.changes(way, at=gap.slots[0]) for way in ways]
            if len(gap.slots) == 1:
                return [_("It could be filled: %(changes)s.") % {"changes": way} for way in changes]
            words = _("It could be filled %(when)s: %(changes)s.")
            return [words % {"when": at, "changes": way} for way in changes]
        if gap.proof is Proof.OPENS_ANOTHER:
            said = _("No plan fills it %(when)s and keeps every other place filled.") % {"when": at}
            return [said, *([self.contradiction(gap.conflict)] if gap.conflict else [])]
        return []

    def changes(self, proposal: Proposal, at: int | None = None) -> str:
        """The changes of a repair: “Ana comes …; Bo goes from … to …”; the half-day ``at`` need not be said again."""
        said = [
            self._at(
                _("%(name)s goes from “%(before)s” to “%(after)s”")
                % {
                    "name": self.people([move.after.person]),
                    "before": self.task(move.before.task),
                    "after": self.task(move.after.task),
                },
                move.after.slot,
                at,
            )
            for move in proposal.moved
        ]
        comes, goes = _("%(name)s comes for “%(task)s”"), _("%(name)s no longer comes for “%(task)s”")
        for words, duties in ((comes, proposal.called_in), (goes, proposal.cancelled)):
            for duty in duties:
                named = {"name": self.people([duty.person]), "task": self.task(duty.task)}
                said.append(self._at(words % named, duty.slot, at))
        said += [
            _("%(name)s would rather not") % {"name": self.people([effect.about.person])}
            for effect in proposal.effects
            if effect.about.rule == "rather_not" and effect.about.person is not None
        ]
        return "; ".join(said) if said else _("nothing changes")

    def _at(self, said: str, slot: int, known: int | None) -> str:
        return said if slot == known else f"{said} {self.when([slot])}"

    def left_open(self, finding: Finding) -> str:
        """What a repair leaves open that was not open before."""
        words = {
            "task": self.task(finding.about.task),
            "when": self.when([finding.about.slot]) if finding.about.slot is not None else "",
            "n": round(finding.amount),
            "language": language_said(finding.about.language or ""),
        }
        said = {
            "uncovered": _("“%(task)s”: empty seats %(when)s: %(n)d"),
            "language": _("“%(task)s”: people who speak %(language)s missing %(when)s: %(n)d"),
            "below_minimum": _("Institutions missing under the minimum %(when)s: %(n)d"),
            "unmixed": _("“%(task)s”: two from one institution sit together %(when)s"),
        }
        return said.get(finding.about.rule, str(SOFT.get(finding.about.rule, finding.about.rule))) % words

    # conflicts

    def contradiction(self, conflict: Conflict) -> str:
        """The rules that cannot all be kept."""
        demands = [
            self._demand(demand.slot, demand.task, demand.people, demand.language)
            for demand in conflict.demands
        ]
        rules = [self.rule(rule) for rule in conflict.rules]
        if len(demands) + len(rules) > MOST_RULES:
            words = {"places": len(demands), "rules": len(rules)}
            return _("Places (%(places)d) and rules (%(rules)d) of that time contradict each other.") % words
        if len(demands) + len(rules) == 1:
            return _("This cannot be: %(rules)s.") % {"rules": demands[0] if demands else rules[0]}
        return _("These cannot all be kept: %(rules)s.") % {"rules": "; ".join([*demands, *rules])}

    def _demand(self, slot: int, task: str, people: int, language: str) -> str:
        words = {"task": self.task(task), "n": people, "when": self.when([slot])}
        if language:
            said = ngettext(
                "%(n)d person who speaks %(language)s for “%(task)s” %(when)s",
                "%(n)d people who speak %(language)s for “%(task)s” %(when)s",
                people,
            )
            return said % (words | {"language": language_said(language)})
        return (
            ngettext("%(n)d person for “%(task)s” %(when)s", "%(n)d people for “%(task)s” %(when)s", people)
            % words
        )

    def rule(self, rule: Subject) -> str:
        """A rule of one person, with the number that was agreed."""
        limits = next((it.limits for it in self.problem.people if it.key == rule.person), Limits())
        name = {"name": self.people([rule.person]) if rule.person is not None else ""}
        if rule.rule == "per_day":
            day = a_day(self.names.first_day + timedelta(days=rule.day or 0))
            said = ngettext(
                "%(name)s: at most %(n)d half-day on %(day)s",
                "%(name)s: at most %(n)d half-days on %(day)s",
                limits.per_day or 0,
            )
            return said % (name | {"n": limits.per_day or 0, "day": day})
        if rule.rule == "per_week":
            said = ngettext(
                "%(name)s: at most %(n)d half-day in the week of %(day)s",
                "%(name)s: at most %(n)d half-days in the week of %(day)s",
                limits.per_week or 0,
            )
            return said % (name | {"n": limits.per_week or 0, "day": a_day(self._monday(rule.week or 0))})
        if rule.rule == "days_in_a_row":
            said = ngettext(
                "%(name)s: at most %(n)d day in a row",
                "%(name)s: at most %(n)d days in a row",
                limits.days_in_a_row or 0,
            )
            return said % (name | {"n": limits.days_in_a_row or 0})
        if rule.rule == "rest":
            return _("%(name)s: %(hours)s hours of rest between two days") % (
                name | {"hours": clock(limits.rest)}
            )
        words = name | {
            "task": self.task(rule.task),
            "when": self.when([rule.slot]) if rule.slot is not None else "",
        }
        return _("chosen by hand: %(name)s for “%(task)s” %(when)s") % words

    def _monday(self, week: int) -> date:
        first = self.names.first_day
        return first - timedelta(days=first.weekday()) + timedelta(weeks=week)

    # wishes, institutions, shares

    def _wish(self, wish: UnmetWish) -> str:
        words = {"name": self.people([wish.person]), "when": self.when(wish.slots)}
        if wish.kind is WishKind.RATHER_NOT:
            what = _("%(name)s would rather not come %(when)s.") % words
        else:
            what = _("%(name)s comes %(when)s, and would prefer another half-day of that week.") % words
        rule = str(SOFT[wish.rule]) if wish.rule else ""
        why = {
            WishReason.NOBODY_ELSE: _("Nobody else could take the place."),
            WishReason.PREFERRED_TAKEN: _("No seat is free at the half-days that they prefer."),
            WishReason.COSTS_MORE: (
                _("Another plan would be worse in: %(rule)s.") % {"rule": rule}
                if rule
                else _("Another plan would be no better.")
            ),
            WishReason.COULD_BE_MET: _("This plan can be made better."),
            WishReason.UNKNOWN: _("The time was too short to say why."),
        }[wish.reason]
        return f"{what} {why}"

    def _few(self, few: FewInstitutions) -> list[str]:
        said = ngettext(
            "Only %(there)d institution is there %(when)s; at least %(wanted)d are wanted.",
            "Only %(there)d institutions are there %(when)s; at least %(wanted)d are wanted.",
            few.there,
        ) % {"there": few.there, "wanted": few.wanted, "when": self.when(few.slots)}
        if few.could >= few.wanted:
            return [said]
        could = ngettext(
            "Only %(n)d institution has anybody who can come then.",
            "Only %(n)d institutions have anybody who can come then.",
            few.could,
        )
        return [said, could % {"n": few.could}]


ONCE = {
    Part.MORNING: lambda: _("on the morning of %(day)s"),
    Part.AFTERNOON: lambda: _("on the afternoon of %(day)s"),
    Part.EVENING: lambda: _("on the evening of %(day)s"),
}
RUNS = {
    Part.MORNING: lambda: _("on %(weekday)s mornings from %(first)s to %(last)s"),
    Part.AFTERNOON: lambda: _("on %(weekday)s afternoons from %(first)s to %(last)s"),
    Part.EVENING: lambda: _("on %(weekday)s evenings from %(first)s to %(last)s"),
}
