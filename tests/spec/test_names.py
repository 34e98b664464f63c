"""What two names must have in common to be one organisation's, or a question: both sides of every boundary."""

from __future__ import annotations

import pytest

from tweeluik.words.known import Known
from tweeluik.words.matching import Likeness, Verdict, compare


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Klaverzoom Wilg", "Klaverzoom Wilgk", Likeness.SLIP),      # five letters, one too many
        ("Klaverzoom Lopik", "Klaverzoom Lobik", Likeness.SLIP),     # five letters
        ("Klaverzoom Lopi", "Klaverzoom Lobi", None),                # four letters
        ("Wilgtak", "Wilgtap", Likeness.SLIP),                       # a name of one word: seven letters
        ("Wilgta", "Wilgtu", None),                                  # six
        ("Klaver Dijkwerk", "Klaver Rijkwerk", Likeness.SLIP),       # the first letter: eight letters
        ("Klaver Dijkwer", "Klaver Rijkwer", None),                  # seven
        ("Wijkraad 12345", "Wijkraad 12346", None),                  # figures are no slip of the pen
        ("Klaverzoom Lopik Averlicht", "Klaverzoom Lobik Averlihct", None),  # two slips
    ],
)  # fmt: skip
def test_one_slip_of_the_pen_is_believed_in_a_word_that_is_long_enough(
    one: str, other: str, likeness: Likeness | None
) -> None:
    assert compare(Known((one,)), Known((other,))).likeness is likeness


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("De Weidehof", "Weidehof", Verdict.SAME),   # eight letters without the article
        ("De Weideho", "Weideho", Verdict.MAYBE),    # seven
        ("Stichting De Brug", "Brug", Verdict.MAYBE),
        ("Brug (Weide)", "Brug", Verdict.MAYBE),
    ],
)  # fmt: skip
def test_an_article_tells_nothing_where_enough_is_left(one: str, other: str, verdict: Verdict) -> None:
    for a, b in ((one, other), (other, one)):
        assert compare(Known((a,)), Known((b,))).verdict is verdict


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Klaver Lindes", "Klaver Linde", Likeness.STEMS),   # six letters lose an ending
        ("Klaver Rades", "Klaver Rade", Likeness.SLIP),      # five do not
        ("Kwik", "Quik", Likeness.SOUND),                    # four letters of sound
        ("Noer", "Nour", None),                              # three
        ("مركز النور", "Markaz an-Nur", Likeness.SCRIPT),
        ("مركز", "Markaz", None),                            # four consonants
        ("Merelhof Linde", "Marilhof Lande", None),          # the same consonants, but in one script
    ],
)  # fmt: skip
def test_another_spelling_is_a_question_where_it_is_no_chance(one: str, other: str, likeness: Likeness | None) -> None:
    for a, b in ((one, other), (other, one)):
        assert compare(Known((a,)), Known((b,))).likeness is likeness


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Klavers", "Klav. Utrecht", None),                                        # another number of words
        ("Klav. Zo.", "Klaver Zoom", Likeness.CUT),                                # six letters are left
        ("Klav. Z.", "Klaver Zoom", None),                                         # one letter is no word that was cut off
        ("Kla. Zo.", "Klaver Zoom", None),                                         # five
        ("Klav. Zo.", "Klaver Zo.", Likeness.CUT),                                 # of both something is cut off
        ("Klaverzoom Averlichten", "Klaverzoom Averlichten Weide", Likeness.CUT),  # twenty-two letters, in whole words
        ("Klaverzoom Averlicht", "Klaverzoom Averlicht Weide", None),              # nineteen
        ("Klaverzoom Averlichte", "Klaverzoom Averlichte Weide", Likeness.CUT),    # twenty
        ("Klaverzoom Aver", "Klaverzoom Averlicht Weide", Likeness.CUT),           # fourteen, broken off in a word
        ("Klaverzoom Ave", "Klaverzoom Averlicht Weide", None),                    # thirteen
        ("Klaverz Averl.", "Klaverzoom Averlicht", None),                          # one of both is cut off without a point
        ("Klaverzoom Capelle", "Klaverzoom", Likeness.PLACE),
        ("Klaverzoom aan den IJssel", "Klaverzoom", None),                         # no place by itself
        ("Klaverzoom Zuid", "Klaverzoom", None),
        ("Klaverzoom te koop", "Klaverzoom", None),                                # a place has a capital
    ],
)  # fmt: skip
def test_what_is_cut_off_or_says_where_is_a_question_where_enough_is_left(
    one: str, other: str, likeness: Likeness | None
) -> None:
    for a, b in ((one, other), (other, one)):
        assert compare(Known((a,)), Known((b,))).likeness is likeness
