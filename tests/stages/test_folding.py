"""What looks or reads the same is folded to the same letters."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from tweeluik.words.confusables import LOOK_ALIKES, WRITTEN
from tweeluik.words.folding import fold, letters, squeeze, words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("LINDENBRUG", "lindenbrug"), ("Líndenbrüg", "lindenbrug"), ("L\u0456ndenbrug", "lindenbrug"), ("\u0406jsbaan", "ijsbaan"),
        ("\u039d\u0391\u039c\u0395", "name"), ("\u041d\u0435t", "het"), ("\u1d38indenbrug", "lindenbrug"), ("Linden\u00adbrug", "lindenbrug"),
        ("Straße", "strasse"), ("Ærøsund", "aerosund"), ("I\u015f\u0131k \u0130ZM\u0130R", "isik izmir"), ("\ufb01ets", "fiets"), ("Þór", "thor"),
        ("\u0660\u0661\u0665\u06f9", "0159"), ("\u0967\u096a", "14"), ("\U000e0041\U000e0062", "ab"), ("L\u3164i\u115fn\uffa0d", "lind"), ("a\u2800b", "ab"),
        ("جمعي\u0640ة", "جمعية"), ("\uff21\uff22\uff23 \uff11", "abc 1"),
    ],
)  # fmt: skip
def test_a_text_is_read_as_the_eye_reads_it(written: str, read: str) -> None:
    assert letters(written) == letters(read)
    assert fold(written) == fold(read)


def test_no_letter_or_digit_of_ours_is_taken_for_another() -> None:
    ours = "".join(map(chr, range(128)))
    assert fold(ours) == ours.casefold()
    assert not any(chr(code).isascii() for code in LOOK_ALIKES)


def test_every_letter_is_folded_by_itself_and_what_it_is_folded_to_stays() -> None:
    dice, signs = Random(7), [*map(chr, (*range(0x80, 0xD800), *range(0x10000, 0x1F000)))]
    for many in (3, 30, 200):
        for _ in range(30):
            text = "".join(dice.choice((dice.choice(signs), "aB -")) for _ in range(many))
            assert squeeze(text) == b"".join(map(squeeze, text))
            assert squeeze(squeeze(text).decode()) == squeeze(text)


@pytest.mark.parametrize("name", ["Σοφία", "Галина Ґава", "Ԑлҥ", "Որբ"])
def test_a_letter_that_only_as_a_small_one_looks_like_ours_is_one_with_its_capital(name: str) -> None:
    assert letters(name.lower()) == letters(name.title()) == letters(name.casefold())


def test_every_look_alike_is_read_as_letters_and_digits_of_ours() -> None:
    assert len(LOOK_ALIKES) == sum(map(len, WRITTEN.values())) > 900
    for plain, signs in WRITTEN.items():
        assert (plain.isascii(), plain.isalnum(), plain.casefold()) == (True, True, plain)
        assert all(unicodedata.normalize("NFKD", sign) == sign and squeeze(sign).decode() == plain for sign in signs)


def test_every_letter_is_folded_by_itself_whatever_stands_beside_it() -> None:
    chance = Random(5)
    signs = [chr(code) for code in (*range(128), *range(0xA0, 0x530), *range(0x1100, 0x1120), 0x3164, 0xE0041, 0x1D160)]
    for _ in range(300):
        text = chance.choices(signs, k=8)
        assert fold("".join(("é", *text, "é"))) == "".join(("e", *(fold(f"é{each}")[1:] for each in text), "e"))


def test_words_end_where_signs_stand() -> None:
    assert words("Buurthuis 't Trefpunt, d'Orvelín & Zoon") == ["buurthuis", "t", "trefpunt", "d", "orvelin", "zoon"]
