"""Who comes to each demonstration centre: how many, for what, in which languages. Where the numbers come from says ``arrivals``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """How often a theme is asked for, and how long its talks last: median minutes, spread of the logarithm."""

    share: float
    median: float
    spread: float = 0.55


@dataclass(frozen=True, eq=False)
class Public:
    """Who comes to one centre."""

    visits: float  # tickets on an ordinary open day
    talks: Mapping[str, Talk]
    languages: Mapping[str, float]  # shares; the first is spoken by every adviser
    ways: Mapping[str, float]  # shares of the ways in
    seats: int  # seats that are held on an ordinary half-day
    places: int  # where somebody can sit, the last ones left for people
    class_theme: str  # what school classes come for
    ages: Mapping[str, float]
    statuses: Mapping[str, float]
    communes: Mapping[str, float]  # starts of postcodes
    school: float = 1.0  # how strongly school holidays empty the place


CITE = Public(
    visits=178,
    talks={
        "choose": Talk(0.24, 22),
        "train": Talk(0.23, 18),
        "job": Talk(0.29, 14),
        "change": Talk(0.13, 25),
        "business": Talk(0.11, 23),
    },
    languages={"fr": 0.86, "en": 0.05, "ar": 0.04, "es": 0.02, "uk": 0.03},
    ways={"greeter": 0.47, "kiosk": 0.31, "phone_page": 0.13, "phone_call": 0.03, "appointment": 0.06},
    seats=11,
    places=14,
    class_theme="choose",
    ages={
        "under_15": 3,
        "15_17": 10,
        "18_24": 20,
        "25_29": 16,
        "30_44": 27,
        "45_54": 15,
        "55_64": 7,
        "65_over": 2,
    },
    statuses={
        "jobseeker_registered": 38,
        "jobseeker_not_registered": 9,
        "employed": 21,
        "student": 12,
        "pupil": 9,
        "apprentice": 4,
        "trainee": 2,
        "self_employed": 2,
        "retired": 1,
        "other": 2,
    },
    communes={"490": 46, "491": 22, "494": 14, "492": 8, "493": 5, "": 5},
)
OHJAAMO = Public(
    visits=24,
    talks={
        "finance": Talk(0.16, 16),
        "studies": Talk(0.2, 20),
        "work_wellbeing": Talk(0.07, 28),
        "health": Talk(0.05, 24),
        "courses": Talk(0.09, 16),
        "work_experience": Talk(0.2, 18),
        "housing": Talk(0.1, 18),
        "coaching": Talk(0.07, 30),
        "voluntary": Talk(0.02, 14),
        "free_time": Talk(0.04, 12),
    },
    languages={"fi": 0.84, "en": 0.12, "uk": 0.04},
    ways={"greeter": 0.74, "phone_page": 0.14, "phone_call": 0.03, "appointment": 0.09},
    seats=3,
    places=6,
    class_theme="studies",
    ages={"under_15": 6, "15_17": 27, "18_20": 33, "21_24": 23, "25_29": 11},
    statuses={"student": 30, "jobseeker_registered": 28, "employed": 14, "pupil": 18, "home": 4, "other": 6},
    communes={"331": 38, "332": 24, "335": 18, "337": 12, "": 8},
    school=0.5,
)
