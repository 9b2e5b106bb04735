"""Danger words are found in every language, however they are typed, and ordinary questions are left alone.

``danger_sentences.tsv`` holds the sentences. docs/decisions/0028-danger-words.md says which of them the lists had never seen.
"""

import csv
import re
import time
from pathlib import Path

import pytest
from django.conf import settings

from parvis.guidance.visitor_danger import Kind, find
from parvis.guidance.visitor_danger.phrases import AGE, HARMLESS, phrases
from parvis.guidance.visitor_danger.reading import folded

LANGUAGES = [code for code, _name in settings.LANGUAGES]
with Path(__file__).with_name("danger_sentences.tsv").open(encoding="utf-8", newline="") as file:
    SENTENCES = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
TRUE = [row for row in SENTENCES if row["kinds"] != "-"]
HARMLESS_ONES = [row for row in SENTENCES if row["kinds"] == "-"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_about_a_danger_is_found(language):
    spoken = [row for row in TRUE if row["language"] == language]
    assert len(spoken) >= 15
    assert [row["sentence"] for row in spoken if row["kinds"] not in find(row["sentence"])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_question_is_left_alone(language):
    spoken = [row for row in HARMLESS_ONES if row["language"] == language]
    assert len(spoken) >= 14
    assert [row["sentence"] for row in spoken if find(row["sentence"])] == []


def changed(text: str) -> dict[str, str]:
    """The same sentence as a telephone, an old keyboard or a copied page may give it."""
    return {
        "capitals": text.upper(),
        "hidden": re.sub(r"(\w)(\w)", "\\1\u200b\\2", text),
        "typographic": text.replace("'", "’"),
        "straight": text.replace("’", "'"),
        "drawn out": re.sub(r"([aeiouаеиоу])\b", r"\1\1\1\1", text),
        "lines": text.replace(" ", "\n"),
    }


@pytest.mark.parametrize("way", changed(""))
def test_however_it_is_typed(way):
    assert [row["sentence"] for row in TRUE if not find(changed(row["sentence"])[way])] == []


def test_without_accents():
    bare = str.maketrans("àâäáãéèêëíìîïóòôöõøúùûüçñčćšž", "aaaaaeeeeiiiiooooooouuucnccsz"[:29])
    european = [row for row in TRUE if row["language"] not in {"bg", "uk", "ar"}]
    assert [row["sentence"] for row in european if not find(row["sentence"].lower().translate(bare))] == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ich will mich toeten", {Kind.SELF}),  # ö as it is written where there is none
        ("Han slaar mig", {Kind.VIOLENCE}),
        ("бє мене чоловік", {Kind.VIOLENCE}),
        ("أُرِيدُ أَنْ أَمُوتَ", {Kind.SELF}),
        ("اريد ان اموت", {Kind.SELF}),
        ("I'm 15 and I want to die", {Kind.SELF, Kind.MINOR}),
        ("I'm 45 and I want to die", {Kind.SELF}),
        ("Hello, je veux mourir", {Kind.SELF}),  # the page's language says nothing about the text's
    ],
)
def test_spellings_ages_and_mixed_languages(text, kinds):
    assert find(text) == kinds


def test_nothing_is_found_in_nothing():
    assert find("") == find("   \n") == find("….?!") == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_every_kind_and_each_line_once(language):
    lines = phrases(language)
    assert {line.kind for line in lines} == {*Kind.values, HARMLESS, AGE}
    assert len({(line.kind, line.text) for line in lines}) == len(lines)
    assert [
        line.text
        for line in lines
        if not re.search(r"\w", line.text) or line.text.count("(") != line.text.count(")")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_matches_just_anything(language):
    """A line whose parts may all be missing would mark every question."""
    assert [line.text for line in phrases(language) if re.search(line.pattern, folded("a b c d e f"))] == []


def test_a_long_text_takes_little_time():
    start = time.perf_counter()
    find("I want to " * 2_000)
    find("not want " * 5_000)
    assert time.perf_counter() - start < 20
