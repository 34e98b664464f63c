"""Five hundred pairs of invented names: what people make of one name, and names that are alike but another's.

A hundred were thought up by hand (`stages/data/name_pairs.tsv`), and not adjusted to what the matcher can. The others
are made from the names of the example: how it was miswritten does not depend on what the matcher forgives.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from tools.example.dice import Dice
from tools.example.names import Names
from tools.example.words import LOCAL, PLACES

BY_HAND = Path(__file__).parent / "stages" / "data" / "name_pairs.tsv"
HOW_MANY = 500
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Pair(NamedTuple):
    one: str
    other: str
    same: bool
    way: str
    """How the second differs from the first; `by hand` where a person thought it up."""


@cache
def pairs() -> tuple[Pair, ...]:
    """Always the same five hundred."""
    by_hand = tuple(_by_hand())
    dice = Dice(500)
    return (*by_hand, *islice(_made(dice, some_names(dice, 3000)), HOW_MANY - len(by_hand)))


def some_names(dice: Dice, number: int) -> list[str]:
    """Different names of organisations, as the example has them."""
    names, kinds, regions = Names(dice), sorted(LOCAL), sorted(PLACES)
    local = (names.local(dice.pick(kinds), dice.pick(regions)) for _ in range(number * 2))
    return list(islice(dict.fromkeys(name for name in local if name is not None), number))


def _by_hand() -> Iterator[Pair]:
    with BY_HAND.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Pair(row["one"], row["other"], row["same"] == "yes", "by hand")


def _made(dice: Dice, names: list[str]) -> Iterator[Pair]:
    """Three of one organisation to two of different ones."""
    words = {each: set(each.split()) for each in names}
    while True:
        for _ in range(3):
            way = dice.pick(sorted(WAYS))
            name = dice.pick(names)
            other = WAYS[way](dice, name)
            if other != name:
                yield Pair(name, other, same=True, way=way)
        for _ in range(2):
            one = dice.pick(names)
            alike = [each for each in names if each != one and words[each] & words[one]]
            yield Pair(one, dice.pick(alike or names), same=False, way="another organisation")


# --- what people make of a name ---------------------------------------------------------------------------------------


def slip(dice: Dice, name: str) -> str:
    """One letter of one word: left out, doubled, wrong, or in the wrong place; also the first."""
    words = name.split()
    at = dice.pick([n for n, word in enumerate(words) if len(word) >= 4] or [0])
    words[at] = _slipped(dice, words[at])
    return " ".join(words)


def _slipped(dice: Dice, word: str) -> str:
    at = dice.below(len(word) - 1) if len(word) > 1 else 0
    kind = dice.below(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + dice.pick(LETTERS) + word[at + 1 :]
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def other_form(dice: Dice, name: str) -> str:
    bare = name.removeprefix("Stichting ").removeprefix("Vereniging ")
    pattern = ("Stichting {}", "{}, stichting", "Stg. {}", "{} (Stichting)", "{} B.V.", "{} vzw", "Vereniging {}", "{}")
    return dice.pick(pattern).format(bare)


def without_accents(_dice: Dice, name: str) -> str:
    plain = dict(zip("àáâäåãçèéêëìíîïñòóôöøùúûüýşžŽÇÖÉÑŞ", "aaaaaaceeeeiiiinooooouuuuyszZCOENS", strict=True))
    return "".join(plain.get(letter, letter) for letter in name)


def turned(_dice: Dice, name: str) -> str:
    *front, last = name.split()
    return f"{last}, {' '.join(front)}" if front else name


def shouted(_dice: Dice, name: str) -> str:
    return name.upper()


def joined(dice: Dice, name: str) -> str:
    words = name.split()
    at = dice.below(len(words) - 1) if len(words) > 1 else 0
    sign = dice.pick(("-", "", " - "))
    return " ".join([*words[:at], sign.join(words[at : at + 2]), *words[at + 2 :]])


def with_letters(dice: Dice, name: str) -> str:
    letters = "".join(word[0] for word in name.split()).upper()
    return f"{name} ({letters})" if len(letters) > 1 else f"{name} ({dice.pick(LETTERS).upper()}NL)"


def with_a_small_word(dice: Dice, name: str) -> str:
    *front, last = name.split()
    return " ".join([*front, dice.pick(("in", "te", "van", "voor")), last]) if front else name


def and_sign(_dice: Dice, name: str) -> str:
    return name.replace(" & ", " en ") if " & " in name else name.replace(" en ", " & ")


def with_look_alikes(_dice: Dice, name: str) -> str:
    return name.translate(str.maketrans("aeoHT", "\u0430\u0435\u043e\u041d\u0422"))


def two_slips(dice: Dice, name: str) -> str:
    return slip(dice, slip(dice, name))


WAYS: Mapping[str, Callable[[Dice, str], str]] = {
    "a slip of the pen": slip, "another legal form": other_form, "without accents": without_accents, "turned round": turned,
    "in capitals": shouted, "joined or parted": joined, "with its letters behind": with_letters,
    "with a small word": with_a_small_word, "and or &": and_sign, "look-alike letters": with_look_alikes, "two slips": two_slips,
}  # fmt: skip
