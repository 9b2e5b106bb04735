"""Names and numbers are spotted however they are written; ordinary notes pass; nothing makes it stumble."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.shared.free_text import Kind, NoNameField, spot
from parvis.shared.tests.free_text.corpus import BAD, GOOD, score

PIECES = [
    "06",
    "12",
    "34",
    ".",
    "-",
    "/",
    "@",
    "(",
    ")",
    "FR76",
    "rue",
    "de",
    " Karim",
    "M.",
    "le",
    "né ",
    "s'appelle ",
    ":",
    "+",
    "éé",
]


class Note(forms.Form):
    note = NoNameField(required=False)


@pytest.mark.parametrize(("country", "text"), GOOD)
def test_an_ordinary_note_passes(country, text):
    assert spot(text, country=country) == []


@pytest.mark.parametrize(("country", "kind", "text"), BAD)
def test_what_tells_who_somebody_is_is_spotted(country, kind, text):
    assert kind in [found.kind for found in spot(text, country=country)]


def test_the_corpus_is_large_enough_and_its_figures_hold():
    figures = score()
    print(figures, f"precision {figures.precision:.3f}, recall {figures.recall:.3f}")  # noqa: T201
    assert figures.good >= 60
    assert figures.bad >= 60
    assert figures.precision >= 0.97
    assert figures.recall >= 0.97


@pytest.mark.parametrize(
    "text",
    [
        "appeler le 06\u200b12\u200b34\u200b56\u200b78",
        "appeler le ０６ １２ ３４ ５６ ７８",
        "appeler le 06\u00ad12\u206034\ufeff56\u202c78",
        "appeler le ⓪⑥①②③④⑤⑥⑦⑧",
        "appeler le 06–12–34–56–78",
        "appeler le 06\u00a012\u202f34\u200956\u200378",
    ],
)
def test_a_number_does_not_hide_behind_other_signs(text):
    assert [found.kind for found in spot(text)] == [Kind.PHONE]


@pytest.mark.parametrize("sign", ["@", "＠", "﹫", "\u200b@", " @ ", "(at)", "[ at ]", " arobase "])
def test_an_address_does_not_hide_behind_its_sign(sign):
    assert [found.kind for found in spot(f"écrire à lilas.b{sign}exemple.fr vite")] == [Kind.EMAIL]


def test_a_find_quotes_what_was_typed():
    text = "à rappeler ０６１２３４５６７８, merci"
    (found,) = spot(text)
    assert text[found.start : found.end] == found.text == "０６１２３４５６７８"


def test_the_form_says_what_it_saw_and_keeps_the_note():
    typed = {"note": "Vu avec Karim Benali, 06 12 34 56 78"}
    with translation.override("en"):
        form = Note(typed)
        assert form.errors["note"] == [
            "“Karim Benali” looks like a person’s name. Notes name nobody: please take it out, the rest is kept.",
            "“06 12 34 56 78” looks like a phone number. Notes name nobody: please take it out, the rest is kept.",
        ]
        assert form["note"].value() == typed["note"]


def test_an_ordinary_note_and_none_at_all_are_valid():
    assert Note({"note": "CV à revoir, rappel le 12/03"}).is_valid()
    assert Note({"note": ""}).is_valid()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=280), st.sampled_from(["FR", "BE", "FI", "DK", "XX", ""]))
def test_any_text_can_be_read(text, country):
    for found in spot(text, country=country):
        assert text[found.start : found.end] == found.text != ""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    )
)
def test_any_mixture_of_telling_pieces_can_be_read(pieces):
    text = "".join(pieces)
    finds = spot(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(finds))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(10**7, 10**8 - 1),
    st.sampled_from(["", " ", ".", "-", "\u200b", "\u00a0", "/"]),
    st.sampled_from("0٠０۰०"),
)
def test_a_french_mobile_is_always_seen(rest, between, nought):
    digits = f"06{rest}"
    local = "".join(chr(ord(nought) + int(d)) for d in digits)
    text = "tel " + between.join(local[i : i + 2] for i in range(0, 10, 2))
    assert spot(text), unicodedata.normalize("NFKC", text)
