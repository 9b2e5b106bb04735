"""One secret, every spelling; what is mistyped is told before anything is sent."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.guidance.receipt import (
    ALPHABET,
    LISTS,
    WORDS,
    Misread,
    Receipt,
    index_of,
    list_of,
    read,
)

MANY = 20_000
RECEIPTS = st.integers(0, 2**92 - 1).map(Receipt)


def refused(text):
    try:
        read(text)
    except Misread:
        return True
    return False


def of_random(seed, count=MANY):
    random = Random(seed)
    return random, [Receipt(random.getrandbits(92)) for _ in range(count)]


def test_each_list_has_2048_words_that_four_letters_tell_apart():
    for language in LISTS:
        assert len(set(list_of(language))) == len(index_of(language)) == 2048


def test_twenty_thousand_secrets_come_back_from_each_spelling():
    _random, receipts = of_random(1)
    for receipt in receipts:
        assert read(receipt.letters()) == receipt
        for language in LISTS:
            assert read(" ".join(receipt.words(language))) == receipt


@given(RECEIPTS)
def test_the_check_is_the_remainder_of_a_division(receipt):
    rest = receipt.spelled
    for bit in range(98, 6, -1):
        rest ^= (0b1000_1001 << bit - 7) * (rest >> bit & 1)
    assert rest == 0
    assert len(receipt.words("fr")) == WORDS


@given(RECEIPTS, st.sampled_from(sorted(LISTS)))
def test_any_way_of_writing_is_read(receipt, language):
    words, letters = receipt.words(language), receipt.letters()
    assert read(",".join(word.upper() for word in words)) == receipt
    assert read("\n".join(f"{place}. {word[:4]}" for place, word in enumerate(words, 1))) == receipt
    assert read(letters.lower().replace("-", " ")) == receipt
    assert read(letters.replace("0", "o").replace("1", "l")) == receipt


@given(RECEIPTS)
def test_languages_without_a_list_are_given_english_words(receipt):
    assert receipt.words("fi") == receipt.words("en")


def test_new_ones_differ():
    assert len({Receipt.new() for _ in range(1000)}) == 1000


def test_every_wrong_letter_is_caught():
    random, receipts = of_random(2, 500)
    for receipt in receipts:
        letters = receipt.letters()
        place = random.choice([at for at, letter in enumerate(letters) if letter != "-"])
        for other in ALPHABET:
            if other != letters[place]:
                assert refused(letters[:place] + other + letters[place + 1 :])


@pytest.mark.parametrize("language", sorted(LISTS))
def test_ninety_nine_wrong_words_in_a_hundred_are_caught(language):
    random, receipts = of_random(3)
    caught = 0
    for receipt in receipts:
        words = list(receipt.words(language))
        place = random.randrange(WORDS)
        words[place] = random.choice(
            [word for word in random.sample(list_of(language), 2) if word != words[place]]
        )
        caught += refused(" ".join(words))
    assert caught / len(receipts) >= 0.99


def test_ninety_nine_swaps_in_a_hundred_are_caught():
    random, receipts = of_random(4)
    caught = tried = 0
    for receipt in receipts:
        words = list(receipt.words("fr"))
        one, two = random.sample(range(WORDS), 2)
        if words[one] != words[two]:
            words[one], words[two] = words[two], words[one]
            tried += 1
            caught += refused(" ".join(words))
    assert caught / tried >= 0.99


def test_the_first_word_that_cannot_be_is_told():
    words = list(Receipt(7).words("fr"))
    words[4] = "qqqq"
    with pytest.raises(Misread) as told:
        read(" ".join(words))
    assert told.value.place == 5
    for short in ("", "one", " ".join(words[:4]), "x" * 5000, "\ud800", "0" * 19):
        assert refused(short)
