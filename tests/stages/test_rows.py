"""What a search for rows of bytes finds is what a pattern finds, sign by sign."""

from __future__ import annotations

import re
from random import Random

import pytest

from tweeluik.checks.guard.encoded import runs_in
from tweeluik.checks.guard.rows import Kind, one_byte_each
from tweeluik.words.folding import beyond_ascii

PIECES = (
    "a", "Z", "0f", "deadbeef", "00112233445566778899", "c0ffee", "0000010", "VlierhuisOdem", "+/+/", "-_", "=", "==", "===", "\n", "\r\n", "\n\n",
    " ", "  ", ": ", '"', "'", '" + "', ">", "<", "x", "é", "\u2013", "\ud800", "\U0001f600", "?", "?" * 20, "\N{FULLWIDTH DIGIT ONE}" * 9,
)  # fmt: skip
"""What begins, goes on with, parts and ends a row."""

OF_DUMPS = ("0f", "ab", "deadbeef", " ", "  ", "\n", "\r\n", "00000010: ", "0000: ", ":", '"', ">", "x", "f", "é")


def texts(number: int, pieces: tuple[str, ...] = PIECES) -> list[str]:
    dice = Random(19)
    return ["".join(dice.choice(pieces) for _ in range(dice.randrange(60))) for _ in range(number)]


@pytest.mark.parametrize(("signs", "least"), [("0123456789abcdefABCDEF", 8), ("ab:\n ", 1), ("é", 1), ("0f?", 3)])
def test_rows_are_those_of_a_pattern_and_what_latin_1_has_not_is_a_question_mark(signs: str, least: int) -> None:
    pattern = re.compile(rf"[{re.escape(signs)}]{{{least},}}")
    some = 0
    for text in texts(400):
        seen = "".join(each if ord(each) < 256 else "?" for each in text)
        found = [each.span() for each in pattern.finditer(seen)]
        assert list(Kind(signs).rows(one_byte_each(text), least)) == found
        assert Kind(signs).is_row_in(one_byte_each(text), least) == bool(found)
        some += bool(found)
    assert some > 0


SIGN = "[A-Za-z0-9+/_-]"
JOINT = re.compile(rf"\r\n(?={SIGN}{{2}})(?<={SIGN}{{12}}\r\n)|\n(?={SIGN}{{2}})(?<={SIGN}{{12}}\n)")
IN_A_SCRIPT = re.compile(rf"""({SIGN}{{12}})\s*["']\s*\+\s*["']\s*(?={SIGN}{{2}})""")
DUMP = re.compile(
    r"""[ :\r\n"'>](?:[0-9a-fA-F]{2}){1,8}[ :\r\n]+(?:(?:[0-9a-fA-F]{2}){1,8}[ :\r\n]+)*(?:[0-9a-fA-F]{2}){1,8}(?![0-9a-zA-Z])"""
)
OFFSET = re.compile(r"^[0-9a-fA-F]{4,16}:? +", re.MULTILINE)
LINE = re.compile(
    r"^[0-9a-fA-F]{7,16}:? +((?:(?:[0-9a-fA-F]{2}){1,4} {1,2})*(?:[0-9a-fA-F]{2}){1,4})(?: .*)?$", re.MULTILINE
)


def test_runs_of_digits_are_those_that_patterns_find_in_the_whole_text() -> None:
    wide, many = re.compile(rf"{SIGN}{{16,}}={{0,2}}"), [0, 0, 0]
    for text in (*texts(700), *texts(700, OF_DUMPS)):
        whole = JOINT.sub("", IN_A_SCRIPT.sub(r"\1", text))
        found = dict.fromkeys((*wide.findall(text), *wide.findall(whole)))
        lines = ["".join(LINE.findall(text))] if "00000010" in text else []
        found_so = (*lines, *DUMP.findall(OFFSET.sub(" ", f" {text}")))
        dumps = (re.sub("[^0-9a-fA-F]", "", each) for each in found_so)
        runs = runs_in(text)
        assert runs.base64 == tuple(each for each in found if not each.islower() and not each.isdigit())
        over_lines = re.findall("[0-9a-fA-F]{16,}", whole) if whole != text else []
        assert runs.hexadecimal == tuple(dict.fromkeys((*re.findall("[0-9a-fA-F]{8,}", text), *over_lines)))
        assert runs.dumps == tuple(dict.fromkeys(each for each in dumps if len(each) >= 16))
        some = map(len, (runs.base64, runs.dumps, [whole] if whole != text else ()))
        many = [before + each for before, each in zip(many, some, strict=True)]
    assert min(many) > 50


def test_what_is_beyond_ascii_is_told_in_its_order() -> None:
    assert beyond_ascii("één – \u200b twee") == "éé–\u200b"
    assert not beyond_ascii("een")
