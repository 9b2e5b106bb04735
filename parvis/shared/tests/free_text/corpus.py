"""The corpus of notes, and the figures it gives: ``python -m parvis.shared.tests.free_text.corpus`` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from parvis.shared.free_text.spotting import spot

HERE = Path(__file__).parent


def lines(name: str, parts: int) -> list[list[str]]:
    texts = (HERE / name).read_text().splitlines()
    return [line.split("|", parts - 1) for line in texts if line and not line.startswith("#")]


GOOD = lines("good.txt", 2)
BAD = lines("bad.txt", 3)


@dataclass(frozen=True)
class Score:
    """How many bad notes were refused, how many good ones, and how many of each there are."""

    caught: int
    bad: int
    refused: int
    good: int

    @property
    def precision(self) -> float:
        return self.caught / (self.caught + self.refused)

    @property
    def recall(self) -> float:
        return self.caught / self.bad


def score() -> Score:
    refused = sum(bool(spot(text, country=country)) for country, text in GOOD)
    caught = sum(bool(spot(text, country=country)) for country, _kind, text in BAD)
    return Score(caught=caught, bad=len(BAD), refused=refused, good=len(GOOD))


if __name__ == "__main__":
    result = score()
    print(f"{result}: precision {result.precision:.3f}, recall {result.recall:.3f}")  # noqa: T201
    for country, text in GOOD:
        if found := spot(text, country=country):
            print("refused:", text, [(one.kind.value, one.text) for one in found])  # noqa: T201
    for country, kind, text in BAD:
        if kind not in [one.kind.value for one in spot(text, country=country)]:
            print("not as", kind, ":", text, spot(text, country=country))  # noqa: T201
