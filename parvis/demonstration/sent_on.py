"""Institutions of the demonstration, who comes from them, and visitors who were sent on in the past months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random
from uuid import UUID

from i18nfield.strings import LazyI18nString

from parvis.accounts.models import User
from parvis.accounts.roles import Role
from parvis.centres.models import Theme
from parvis.demonstration.ground import Ground
from parvis.demonstration.institutions import INVENTED, Invented
from parvis.guidance.models import FollowUp, Redirection
from parvis.guidance.receipt import ALPHABET
from parvis.partners.actions import Described, add_institution
from parvis.partners.models import Belonging, Institution

LENT = [Role.ADVISER, Role.FACILITATOR]  # whoever else works there is the centre's own
MONTHS = timedelta(days=150)  # of redirections
A_HUNDRED_VISITS = 3  # redirections noted for them
TO_ITSELF = 0.22  # share of them to the institution that the adviser comes from
WARM = 0.4
KNOWN_AFTER = timedelta(days=6)  # by then nearly all were asked about
WORDS_KEPT = timedelta(days=30)
NOTES = {
    "fr": ("Vient avec son CV.", "Apporte l’attestation.", "Préfère le matin.", "Dossier à remplir avant."),
    "fi": ("Tuo todistukset mukaan.", "Mieluiten aamulla.", "Hakemus täytetään yhdessä."),
}


def furnish_partners(ground: Ground, since: date) -> dict[str, Institution]:
    """The centre's institutions, and where each adviser comes from: neighbours at a desk from different ones."""
    centre = ground.centre
    found = {}
    for one in INVENTED[centre.service_model]:
        own, english = one.for_visitors
        said = Described(
            name=one.name,
            kind=one.kind,
            standing=one.standing,
            valid_from=since,
            themes=[ground.themes[key] for key in one.themes],
            address=one.address,
            phone=one.phone,
            for_staff=one.for_staff,
            for_visitors=LazyI18nString({centre.language: own, "en": english}),
        )
        found[one.name] = add_institution(centre=centre, said=said).institution
    at_desks = User.objects.filter(assignments__centre=centre, assignments__role__in=LENT)
    people = list(at_desks.distinct().order_by("pk"))
    lenders = _in_turn([one for one in INVENTED[centre.service_model] if one.lends], len(people))
    Belonging.objects.bulk_create(
        Belonging(person=person, centre=centre, institution=found[lender.name], valid_from=since)
        for person, lender in zip(people, lenders, strict=True)
    )
    return found


def write_redirections(ground: Ground, institutions: dict[str, Institution], first: date, today: date) -> int:
    """Visitors who were sent on between those days; returns how many."""
    random = Random(f"{ground.seed}/{ground.centre.slug}/sent on")  # noqa: S311
    first = max(first, today - MONTHS)
    hours, rows = ground.hours(first, today), []
    for back in range((today - first).days, -1, -1):
        day = today - timedelta(days=back)
        many = ground.public.visits * A_HUNDRED_VISITS / 100 * (0.3 if day == today else 1)
        for _n in range(round(random.uniform(0.4, 1.6) * many) if hours[day] else 0):
            rows.append(_drawn(ground, institutions, random, day, today))
    _refer(rows, random)
    Redirection.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _drawn(
    ground: Ground, institutions: dict[str, Institution], random: Random, day: date, today: date
) -> Redirection:
    invented = INVENTED[ground.centre.service_model]
    talks = ground.public.talks
    theme = ground.themes[random.choices([*talks], [talk.share for talk in talks.values()])[0]]
    lender = random.choices(invented, [one.lends for one in invented])[0]
    to = lender if random.random() < TO_ITSELF else _elsewhere(invented, lender, theme, random)
    row = Redirection(
        key=UUID(int=random.getrandbits(128), version=4),
        centre=ground.centre,
        date=day,
        theme=theme,
        from_institution=institutions[lender.name],
        to_institution=institutions[to.name],
        kind=Redirection.Kind.COLD,
    )
    if random.random() < WARM:
        _warm(row, ground, random, today)
    return row


def _refer(rows: list[Redirection], random: Random) -> None:
    """A reference of its own to each, but for those of which it is forgotten by now."""
    drawn: set[str] = set()
    today = max((row.date for row in rows), default=date.max)
    for row in rows:
        if (row.settled_on or row.due_on or row.date) < today - WORDS_KEPT:
            row.note = ""
            continue
        while row.reference in drawn or not row.reference:
            row.reference = "".join(random.choices(ALPHABET, k=5))
        drawn.add(row.reference)


def _warm(row: Redirection, ground: Ground, random: Random, today: date) -> None:
    row.kind, row.agreed = Redirection.Kind.WARM, True
    after = random.randint(1, 9)
    if random.random() < 0.7:
        row.appointment_on = _workday(row.date + timedelta(days=after))
        row.appointment_at = time(random.choice([9, 10, 11, 14, 15, 16]), random.choice([0, 30]))
    row.due_on = _workday((row.appointment_on or row.date + timedelta(days=after)) + timedelta(days=1))
    notes = NOTES.get(ground.centre.language, NOTES["fr"])
    row.note = random.choice(notes) if random.random() < 0.3 else ""
    asked = today - row.due_on > KNOWN_AFTER or (row.due_on < today and random.random() < 0.6)
    row.follow_up = FollowUp.OPEN
    if asked:
        row.follow_up = random.choices([FollowUp.MET, FollowUp.NOT_MET, FollowUp.UNKNOWN], [68, 17, 15])[0]
        row.settled_on = min(today - timedelta(days=1), row.due_on + timedelta(days=random.randint(0, 3)))


def _elsewhere(invented: Sequence[Invented], lender: Invented, theme: Theme, random: Random) -> Invented:
    others = [one for one in invented if one is not lender]
    fitting = [one for one in others if theme.key in one.themes]
    return random.choice(fitting if fitting and random.random() < 0.8 else others)


def _in_turn(lenders: Sequence[Invented], people: int) -> list[Invented]:
    """A lender for each person, in proportion, one after the other."""
    found: list[Invented] = []
    for n in range(people):
        shares = [(one.lends * (n + 1) / 100 - found.count(one), one.name) for one in lenders]
        wanted = max(shares)[1]
        found.append(next(one for one in lenders if one.name == wanted))
    return found


def _workday(day: date) -> date:
    """That day, or the Monday after a week-end."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
