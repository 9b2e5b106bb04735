"""A receipt pasted into a message is spotted however it is laid out, and ordinary messages are not taken for one."""

import random
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

from parvis.guidance.receipt import LISTS, SECRET_BITS, Receipt
from parvis.guidance.receipt_in_text import Span, holds_receipt

DICE = random.Random(27)
RECEIPTS = [Receipt(DICE.getrandbits(SECRET_BITS)) for _n in range(500)]

WORDS = {
    "in a row": " ".join,
    "in capitals, with commas": lambda words: ", ".join(words).upper() + ".",
    "numbered": lambda words: "\n".join(f"{n}. {word}" for n, word in enumerate(words, 1)),
    "numbered on one line": lambda words: " ".join(f"{n}) {word}" for n, word in enumerate(words, 1)),
    "with dashes": " – ".join,
    "in lines": "\r\n".join,
    "cut to four letters": lambda words: " ".join(word[:4] for word in words),
    "with invisible letters": lambda words: "\u200b ".join(words),
    "in a sentence": lambda words: f"Bonjour, mon code : {' '.join(words)} et je cherche un stage.",
}
LETTERS = {
    "as printed": str,
    "without dashes": lambda letters: letters.replace("-", ""),
    "in small letters": lambda letters: letters.lower().replace("-", " "),
    "in lines": lambda letters: letters.replace("-", "\n"),
    "one by one": lambda letters: " ".join(letters.replace("-", "")),
    "in fours": lambda letters: " ".join(
        letters.replace("-", "")[place : place + 4] for place in range(0, 20, 4)
    ),
    "numbered": lambda letters: "\n".join(f"{n}. {five}" for n, five in enumerate(letters.split("-"), 1)),
    "full-width": lambda letters: "".join(chr(ord(letter) + 0xFEE0) for letter in letters),
    "in a sentence": lambda letters: f"My code is {letters}, what now?",
}


@pytest.mark.parametrize("layout", WORDS)
@pytest.mark.parametrize("language", LISTS)
def test_nine_words_are_found(language, layout):
    missed = [one for one in RECEIPTS if not holds_receipt(WORDS[layout](list(one.words(language))))]
    assert missed == []


@pytest.mark.parametrize("layout", LETTERS)
def test_twenty_letters_are_found(layout):
    assert [one.letters() for one in RECEIPTS if not holds_receipt(LETTERS[layout](one.letters()))] == []


def test_the_place_is_that_of_what_was_typed():
    letters = RECEIPTS[0].letters()
    text = f"Ça\u200b, c’est {letters} !"
    assert [text[span.start : span.end] for span in holds_receipt(text)] == [letters]
    words = " ".join(RECEIPTS[0].words("fr"))
    assert holds_receipt(f"ok {words}") == [Span(3, 3 + len(words))]


@pytest.mark.parametrize("language", LISTS)
def test_one_word_mistyped_is_still_a_receipt(language):
    for one in RECEIPTS[:100]:
        words = list(one.words(language))
        words[4] = "zzz"
        assert holds_receipt(", ".join(words))


PROSE = {
    "en": [
        "I left school and",
        "My company will close next year, so",
        "Since the winter",
        "After three children",
    ],
    "fr": [
        "J’ai quitté l’école et",
        "Mon usine ferme l’an prochain, donc",
        "Depuis l’hiver",
        "Après un congé parental",
    ],
    "es": [
        "Dejé la escuela y",
        "Mi empresa cierra el próximo año, así que",
        "Desde el invierno",
        "Tras la baja",
    ],
    "it": [
        "Ho lasciato la scuola e",
        "La mia azienda chiude, quindi",
        "Da questo inverno",
        "Dopo la maternità",
    ],
    "pt": [
        "Deixei a escola e",
        "A minha empresa vai fechar, por isso",
        "Desde o inverno",
        "Depois da licença",
    ],
}
MIDDLE = {
    "en": [
        "I want to learn to",
        "I would like to know how to",
        "can you help me",
        "I need a paper in order to",
    ],
    "fr": [
        "je voudrais apprendre à",
        "j’aimerais savoir comment",
        "pouvez-vous m’aider à",
        "il me faut un papier pour",
    ],
    "es": ["quiero aprender a", "me gustaría saber cómo", "me pueden ayudar a", "necesito un papel para"],
    "it": ["vorrei imparare a", "vorrei sapere come", "potete aiutarmi a", "mi serve un documento per"],
    "pt": ["quero aprender a", "gostava de saber como", "podem ajudar-me a", "preciso de um papel para"],
}
ENDS = {
    "en": [
        "cook in a school kitchen",
        "drive a truck",
        "start a small shop",
        "care for old people",
        "work in a bank",
    ],
    "fr": [
        "cuisiner en collectivité",
        "conduire un camion",
        "ouvrir un commerce",
        "soigner",
        "travailler en banque",
    ],
    "es": [
        "cocinar en un colegio",
        "conducir un camión",
        "abrir una tienda",
        "cuidar mayores",
        "trabajar en un banco",
    ],
    "it": [
        "cucinare in una mensa",
        "guidare un camion",
        "aprire un negozio",
        "assistere anziani",
        "lavorare in banca",
    ],
    "pt": [
        "cozinhar numa cantina",
        "conduzir um camião",
        "abrir uma loja",
        "cuidar de idosos",
        "trabalhar num banco",
    ],
}
TAILS = [
    "",
    " 12/09/2026, 14h30.",
    " (06 12 34 56 78)",
    " BE68 5390 0754 7034",
    " 2024 2025 2026 15000 20000",
]


def test_two_thousand_ordinary_sentences_hold_none():
    sentences = [
        f"{start} {middle} {end}.{tail}"
        for language in PROSE
        for start, middle, end, tail in product(PROSE[language], MIDDLE[language], ENDS[language], TAILS)
    ]
    assert len(sentences) == 2000
    assert [text for text in sentences if holds_receipt(text)] == []
    assert holds_receipt("\n".join(sentences)) == []


def test_the_repositorys_own_pages_hold_none():
    base = Path(settings.BASE)
    pages = [*base.glob("*.md"), *base.glob("docs/**/*.md"), *base.glob("parvis/*/locale/*/LC_MESSAGES/*.po")]
    found = [
        (path.name, text[s.start : s.end])
        for path in pages
        for text in [path.read_text()]
        for s in holds_receipt(text)
    ]
    assert len(pages) > 40
    assert found == []


def test_a_long_text_takes_little_time():
    assert holds_receipt("about able 1A " * 5_000) == []
