"""The texts of a kit's version: in which languages they are worded, which lack one, and which is written first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from i18nfield.strings import LazyI18nString

from parvis.agenda.models import KitVersion
from parvis.centres.models import Centre, Holder
from parvis.centres.queries.codes import languages_of
from parvis.surveys.fingerprints import words_of

SHORT = ("summary",)
LONG = ("aim", "material", "notes")


@dataclass(frozen=True)
class Text:
    """One text: the row and the column that hold it, and its wording by language."""

    name: str  # what a form calls it: “step-12-text”
    row: Model
    column: str
    words: dict[str, str]
    long: bool = False

    def in_language(self, language: str) -> str:
        """Its wording, or nothing."""
        return self.words.get(language, "")


def texts_of(version: KitVersion) -> list[Text]:
    """Every text of a version that says something in some language, in the order of the page; its kit's title first."""
    return [text for text in _all_texts(version) if text.words]


def _all_texts(version: KitVersion) -> Iterator[Text]:
    yield _text("kit", version.kit, "title")
    for column in SHORT:
        yield _text("version", version, column)
    for column in LONG:
        yield _text("version", version, column, long=True)
    for step in version.steps.all():
        yield _text("step", step, "title")
        yield _text("step", step, "text", long=True)


def _text(kind: str, row: Model, column: str, *, long: bool = False) -> Text:
    value: LazyI18nString | str = getattr(row, column)
    return Text(f"{kind}-{row.pk}-{column}", row, column, words_of(value), long)


def missing_in(version: KitVersion, language: str) -> list[Text]:
    """The texts without a wording in ``language``."""
    return [text for text in texts_of(version) if not text.in_language(language)]


def written_in(version: KitVersion) -> str:
    """The language in which it is written first: the holder's own, else English, else whichever its title has."""
    spoken = list(words_of(version.kit.title))
    own = main_language(version.kit.holder)
    return next((code for code in (own, "en") if code in spoken), spoken[0] if spoken else own)


def main_language(holder: Holder) -> str:
    """A centre's own; a network has none of its own, and begins with English."""
    return holder.language if isinstance(holder, Centre) else "en"


def languages_for(holder: Holder) -> list[str]:
    """All that a holder speaks, its own language first."""
    first = main_language(holder)
    return [first, *(code for code in languages_of(holder) if code != first)]


def reworded(before: LazyI18nString | str, language: str, text: str) -> LazyI18nString:
    """``text`` in ``language``. Other languages stay where it says what it said; else an old translation would say something else."""
    old = words_of(before)
    if old.get(language, "") == text:
        return LazyI18nString(old)
    return LazyI18nString({language: text} if text else {})
