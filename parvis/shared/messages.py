"""Translations: which strings exist, which are missing, and the compiled files, all without gettext's programs.

Each room keeps its own ``locale/<language>/LC_MESSAGES/django.po``. Staff pages speak ``STAFF_LANGUAGES``; what a visitor
may read speaks every one of ``LANGUAGES``. A string is a visitor's when it stands in a template below
``templates/<room>/visitor/`` or in a module or folder whose name starts with ``visitor``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.conf import settings
from django.utils.translation import template as django_template

PACKAGE = Path(settings.BASE) / "parvis"
KEYWORDS = {
    name: None
    for name in ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
    + ("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy")
}


MAY_BREAK = {"fr": re.compile(r"\S [:;?!»](?=[\s<.,)]|$)|« \S")}  # spaces that a line must not end with


@dataclass(frozen=True)
class Message:
    """One string to translate: context or ``""``, the English, and its plural or ``""``."""

    context: str
    text: str
    plural: str


@dataclass(frozen=True)
class Gap:
    """A translation that is missing, no longer asked for, or at odds with another room's, in one file."""

    path: Path
    message: Message
    problem: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(PACKAGE)}: {self.problem}: {self.message.text!r}"


def rooms() -> list[Path]:
    """The rooms' folders."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def messages_of(room: Path) -> dict[Message, bool]:
    """Every string of a room, and whether a visitor may read it."""
    found: dict[Message, bool] = {}
    for path in sorted(room.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "tests" in path.parts or "migrations" in path.parts:
            continue
        visitors = any(part.startswith("visitor") for part in path.relative_to(room).parts)
        for message in _read(path):
            found[message] = found.get(message, False) or visitors
    return found


def _read(path: Path) -> Iterator[Message]:
    source = path.read_text()
    if path.suffix != ".py":
        # in brackets, because Python's tokenizer would stumble over a template's indentation
        source = f"(\n{django_template.templatize(source)}\n)"
    for _line, function, strings, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        parts = list(strings) if isinstance(strings, tuple | list) else [strings]
        context = parts.pop(0) if "pgettext" in str(function) else ""
        if parts and parts[0]:
            plural = parts[1] if str(function).startswith(("ngettext", "npgettext")) else ""
            yield Message(context or "", parts[0], plural or "")


def languages_for(visitors: bool) -> list[str]:
    """The languages that a string must speak. English is the source."""
    spoken = settings.LANGUAGES if visitors else settings.STAFF_LANGUAGES
    return [code for code, _name in spoken if code != "en"]


def po_path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def asked_for() -> Iterator[tuple[Path, str, list[Message]]]:
    """Each room's file of each language, and the strings that it should have, in the order of the code."""
    for room in rooms():
        wanted = messages_of(room)
        for language in languages_for(visitors=True):
            asked = [message for message, visitors in wanted.items() if language in languages_for(visitors)]
            yield po_path(room, language), language, asked


def collect() -> list[Path]:
    """Writes new strings into the rooms' files, untranslated, and drops those nobody asks for. Returns what changed."""
    changed = []
    for path, language, keep in asked_for():
        old = _entries(path)
        if not keep and not path.exists():
            continue
        if _write(path, language, [old.get(message) or _empty(message, language) for message in keep]):
            changed.append(path)
    return changed


def gaps() -> list[Gap]:
    """Everything that keeps a page from speaking a language it should."""
    found = []
    for path, language, asked in asked_for():
        entries = _entries(path)
        broken = [message for message, entry in entries.items() if _may_break(entry, language)]
        found += [Gap(path, message, "needs a no-break space before or after a mark") for message in broken]
        missing = [message for message in asked if not (m := entries.get(message)) or not _is_whole(m)]
        found += [Gap(path, message, "not translated") for message in missing]
        found += [Gap(path, message, "no longer asked for") for message in entries.keys() - set(asked)]
    return sorted([*found, *_said_otherwise()], key=str)


def _may_break(entry: polib.POEntry, language: str) -> bool:
    """Whether a line could begin with a mark that belongs to the word before it."""
    spaces = MAY_BREAK.get(language)
    said = [entry.msgstr, *entry.msgstr_plural.values()]
    return spaces is not None and any(spaces.search(words) for words in said)


def _said_otherwise() -> Iterator[Gap]:
    """Strings that two rooms translate differently: a page speaks with every room's words at once, so one would win."""
    for language in languages_for(visitors=True):
        said: dict[tuple[str, str], tuple[str, str]] = {}
        for room in rooms():
            for message, entry in _entries(po_path(room, language)).items():
                words = str(entry.msgstr or entry.msgstr_plural)
                first, where = said.setdefault((message.context, message.text), (words, room.name))
                if first != words:
                    problem = f"said otherwise in {where} (say the same, or give it a context)"
                    yield Gap(po_path(room, language), message, problem)


def build() -> int:
    """Compiles every room's files and returns how many."""
    paths = [path for room in rooms() for path in room.glob("locale/*/LC_MESSAGES/django.po")]
    for path in paths:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(paths)


def _entries(path: Path) -> dict[Message, polib.POEntry]:
    if not path.exists():
        return {}
    return {
        Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def _is_whole(entry: polib.POEntry) -> bool:
    values = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return bool(values) and all(values) and not entry.fuzzy


def _empty(message: Message, language: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict.fromkeys(range(plural_count(language)), "")
    return entry


def plural_count(language: str) -> int:
    """How many plural forms ``language`` has, from :data:`PLURALS`."""
    return int(PLURALS[language].split("nplurals=")[1].split(";")[0])


def _write(path: Path, language: str, entries: list[polib.POEntry]) -> bool:
    file = polib.POFile(wrapwidth=110)
    file.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS[language],
    }
    for entry in sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        entry.comment, entry.occurrences = "", []
        file.append(entry)
    text = str(file).rstrip() + "\n"
    if path.exists() and path.read_text() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return True


# The same as Django's own files, so that the library's strings and ours agree. Source: Unicode CLDR plural rules.
_TWO = "nplurals=2; plural=(n != 1);"
_EAST = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
PLURALS = {
    **dict.fromkeys(["nl", "de", "da", "fi", "bg"], _TWO),
    "fr": "nplurals=2; plural=(n > 1);",
    "it": _TWO,
    "es": _TWO,
    "pt": _TWO,
    "hr": _EAST,
    "uk": _EAST,
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 && n%100<=99 ? 4 : 5);",
}
