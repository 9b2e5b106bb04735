"""What a talk was about, in keys of the code lists, and what else a reception's day holds besides tickets.

Shares are assumptions, except ages and what visitors come for (Val-de-Marne 2014; see ``arrivals``) and first visits
(61 % had never been to such a centre). Nothing here touches the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from parvis.demonstration.arrivals import LAST_TICKET, MONTHS, WEEKDAYS, Circumstances, Hours, lasting
from parvis.demonstration.publics import Public

Shares = Mapping[str, float]

NEEDS: dict[str, Shares] = {
    "choose": {"know_oneself": 3, "discover_occupations": 4, "build_project": 5, "find_placement": 1},
    "train": {"find_training": 5, "finance_training": 4, "recognise_diploma": 1, "validate_experience": 1},
    "job": {"find_offers": 4, "application": 5, "interview": 2, "digital": 1, "mobility": 1},
    "change": {"change_job": 5, "rights": 2, "build_project": 3, "validate_experience": 2},
    "business": {"business_idea": 4, "business_steps": 5, "finance_training": 1, "rights": 1},
    "finance": {"rights": 4, "daily_life": 4, "finance_training": 1},
    "studies": {"build_project": 4, "find_training": 4, "recognise_diploma": 1},
    "work_wellbeing": {"rights": 3, "know_oneself": 2, "health": 2},
    "health": {"health": 6, "daily_life": 1},
    "courses": {"find_training": 4, "learn_language": 2, "digital": 2},
    "work_experience": {"find_placement": 4, "application": 4, "find_offers": 3, "interview": 1},
    "housing": {"housing": 6, "rights": 1, "daily_life": 2},
    "coaching": {"know_oneself": 4, "build_project": 3, "daily_life": 2},
    "voluntary": {"leisure": 3, "discover_occupations": 2},
    "free_time": {"leisure": 5, "daily_life": 1},
}
SERVICES: Shares = {
    "advice": 52,
    "information": 30,
    "document_check": 8,
    "tool": 4,
    "online_step": 3,
    "follow_up": 3,
}
OUTCOMES: Shares = {
    "next_step": 40, "answered": 33, "partly": 9, "redirected": 9, "come_back": 6, "not_answered": 2, "ended_early": 1,
}  # fmt: skip
RESOURCES: Shares = {
    "training_database": 5, "occupation_database": 5, "job_board": 5, "leaflet": 6, "print": 3, "computer": 3,
    "labour_market": 2, "programme": 3, "skills_tool": 1, "interest_tool": 2, "video": 1,
}  # fmt: skip
REDIRECTIONS: Shares = {
    "other_theme": 4, "centre_event": 5, "centre_documentation": 4, "employment_service": 6, "youth_service": 3,
    "training_provider": 4, "chamber": 2, "validation_centre": 1, "social_service": 2, "association": 2,
    "employer": 2, "health_service": 1, "housing_service": 1, "legal_service": 1, "school_guidance": 2,
}  # fmt: skip
UNMET: Shares = {
    "training_full": 5, "no_funding": 6, "no_training_here": 4, "no_placement": 3, "no_job": 3, "language": 3,
    "childcare": 2, "transport": 3, "digital_access": 2, "too_long_wait": 2, "no_adviser": 2, "housing": 2,
    "opening_hours": 1, "no_recognition": 1, "health_wait": 1,
}  # fmt: skip
AWAY: Shares = {"phone": 42, "email": 24, "corridor": 26, "chat": 5, "video": 2, "post": 1}
NON_CONTACTS: Shares = {
    "wrong_door": 5, "way_asked": 4, "hang_up": 4, "wrong_number": 3, "outside_mission": 2, "delivery": 1,
    "advertising": 2, "for_staff": 2,
}  # fmt: skip
PUPILS = ("under_15", "15_17")
PROFILE: dict[str, Shares] = {
    "first_visit": {"first_ever": 55, "first_here": 6, "returning": 39},
    "gender": {"woman": 57, "man": 42, "other": 1},
    "education": {
        "none": 13, "lower_secondary": 6, "vocational": 18, "upper_secondary": 21, "short_higher": 17, "bachelor": 10,
        "master": 9, "foreign": 3, "at_school": 3,
    },
    "referral": {
        "people": 31, "employment_service": 22, "school": 9, "internet": 12, "passing_by": 8, "association": 6,
        "social_service": 4, "social_network": 4, "employer": 1, "event": 2, "press": 1,
    },
}  # fmt: skip
ASKED, ANSWERED, SKIPPED = 0.72, 0.84, 0.07  # of those received; of those asked; of the questions
CODED = 0.985  # talks whose act is recorded: somebody always forgets
ASIDES, NON_CONTACTS_A_DAY, WORKSHOPS = (
    0.19,
    0.03,
    0.3,
)  # per ticket expected; per ticket expected; on a weekday
NOTES = 0.06


@dataclass(frozen=True)
class Coded:
    """One act in keys. ``ages`` adds up to the size for a group, and is empty for one visitor."""

    service: str
    codes: tuple[tuple[str, str], ...]  # (list, key)
    ages: Mapping[str, int] = field(default_factory=dict)
    note: int | None = None  # which of the house's short notes


@dataclass(frozen=True)
class Aside:
    """Somebody answered without a ticket, or a non-contact."""

    at: float
    channel: str
    theme: str
    minutes: int
    size: int = 1
    non_contact: str = ""
    service: str = ""


def pick(random: Random, shares: Shares) -> str:
    """One key, as often as its share says."""
    return random.choices(list(shares), list(shares.values()))[0]


def coded(random: Random, theme: str, ages: Shares, *, size: int = 1, service: str = "") -> Coded:
    """How an adviser codes a talk about ``theme``."""
    found = [
        ("need", key) for key in {pick(random, NEEDS[theme]) for _ in range(1 + (random.random() < 0.35))}
    ]
    outcome = pick(random, OUTCOMES)
    found.append(("outcome", outcome))
    if random.random() < 0.5:
        found.append(("resource", pick(random, RESOURCES)))
    if outcome == "redirected" or random.random() < 0.22:
        found.append(("redirection", pick(random, REDIRECTIONS)))
    if outcome in ("not_answered", "partly") or random.random() < 0.035:
        found.append(("unmet_need", pick(random, UNMET)))
    members = Counter(pick(random, ages) for _ in range(size)) if size > 1 else {}
    note = random.randrange(10) if random.random() < NOTES else None
    return Coded(service or pick(random, SERVICES), tuple(sorted(found)), dict(members), note)


def asides_of(public: Public, day: date, hours: Hours, random: Random, around: Circumstances) -> list[Aside]:
    """Calls, e-mails, the corridor, workshops, wrong doors: what the day holds without a ticket."""
    if not hours:
        return []
    busy = public.visits * MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * around.arrivals
    themes = {key: talk.share for key, talk in public.talks.items()}
    found = []
    for _number in range(round(busy * ASIDES * random.uniform(0.75, 1.25))):
        theme = pick(random, themes)
        minutes = max(2, round(lasting(public.talks[theme], random) / 2.5))
        found.append(Aside(_moment(hours, random), pick(random, AWAY), theme, minutes))
    for _number in range(round(busy * NON_CONTACTS_A_DAY * random.uniform(0.3, 1.7))):
        key = pick(random, NON_CONTACTS)
        channel = "phone" if key in ("hang_up", "wrong_number", "advertising") else "desk"
        found.append(Aside(_moment(hours, random), channel, "", 1, non_contact=key))
    if day.weekday() < 5 and random.random() < WORKSHOPS * around.arrivals:
        size = random.randint(4, 13)
        starts = hours[-1][0] + 60.0 if len(hours) > 1 else hours[0][0] + 300.0
        if starts + 100 < hours[-1][1]:
            theme = pick(random, themes)
            found.append(Aside(starts + 95, "desk", theme, 90, size, service="group_session"))
    return sorted(found, key=lambda aside: aside.at)


def _moment(hours: Hours, random: Random) -> float:
    opens, closes = random.choices(hours, [closes - opens for opens, closes in hours])[0]
    return random.uniform(opens + 5, closes - LAST_TICKET)


def profile_answers(random: Random, public: Public) -> dict[str, str] | None:
    """List -> key of what was answered; None where the questions were seen and nothing was said."""
    if random.random() > ANSWERED:
        return None
    found = {}
    for question, shares in {**PROFILE, "age_band": public.ages, "status": public.statuses}.items():
        if random.random() >= SKIPPED:
            silent = random.random() < 0.025
            found[question] = "not_communicated" if silent else pick(random, shares)
    return found


def walked_in(people: int, random: Random) -> int:
    """How many came through the door in an hour in which ``people`` are accounted for: companions, self-service, workers."""
    return people + sum(random.random() < 0.42 for _ in range(people)) + random.randrange(3)
