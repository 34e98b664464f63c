"""The legal forms of organisations: words that tell no two organisations apart.

Names: book 2 of the Burgerlijk Wetboek and the trade register for the Netherlands, the Wetboek van vennootschappen en
verenigingen for Belgium, and the forms that the registers of Germany, Luxembourg, France and the United Kingdom keep;
and what a foundation and an association are called in Frisian and in the languages of people who came to live here.
The one list of the house: the guard, the exclusion list, the question of duplicates and the import all use it.
"""

from __future__ import annotations

from typing import NamedTuple

from tweeluik.words.folding import squeeze

_ANYWHERE = """
    stichting stg fundatie foundation fondation stiftung vakfi
    vereniging association verein dernegi vzw ivzw izw asbl aisbl
    cooperatie cooperatief cooperatieve genossenschaft eenmanszaak
    vof bv nv ua
    stifting feriening stowarzyszenie fundacja fundacion asociacion associacao fundacao associazione fondazione
    fundashon asosiashon fundatia asociatia vakif dernek
"""

_IN_FRONT = """
    bond federatie federation maatschap genootschap kerkgenootschap
"""
"""Behind a name these are a part of it, but for a comma or brackets: `Klaverzoom (federatie)`."""

_BEHIND = """
    bvba cvba sprl srl sarl scrl commv commva esv eesv gecv
    gmbh ggmbh egmbh gmbhcokg kgaa gbr ohg ltd limited llp incorporated
"""

_IN_CAPITALS = """
    st sticht ver coop fed anbi cv wa ba io il sa sas sca sc snc se sce ev eg ag kg ug plc cic cio inc
"""
"""Words of everyday language, or parts of them, unless written in capitals or with a point: `St.`, `e.V.`, `SA`."""

_SEVERAL_WORDS = """
    besloten vennootschap
    naamloze vennootschap
    vennootschap onder firma
    commanditaire vennootschap
    onderlinge waarborgmaatschappij
    vereniging zonder winstoogmerk
    uitgesloten aansprakelijkheid
    beperkte aansprakelijkheid
    met uitgesloten aansprakelijkheid
    met beperkte aansprakelijkheid
    in oprichting
    in liquidatie
    eingetragener verein
    gemeinnützige gmbh
    gmbh & co kg
    association sans but lucratif
"""


def _squeezed(words: str) -> frozenset[bytes]:
    return frozenset(map(squeeze, words.split()))


_NAMED, _FIRST, _LAST, _CAPITALS = map(_squeezed, (_ANYWHERE, _IN_FRONT, _BEHIND, _IN_CAPITALS))
_PHRASES = frozenset(
    b" ".join(filter(None, map(squeeze, line.split()))) for line in _SEVERAL_WORDS.strip().splitlines()
)

FORMS = _NAMED | _FIRST | _LAST | _CAPITALS
"""Every form of one word, as its folded letters: `B.V.` and `bv` are one."""

UNMISTAKABLE = frozenset(form.decode() for form in _NAMED)
"""Those that mean nothing else wherever they stand in a name, folded."""

_LONGEST = 4
_APART = " ,;:-\u2013\u2014/"
_AROUND = f"{_APART}()[]"
_ARTICLES = frozenset((b"de", b"het", b"een", b"the"))


class Parted(NamedTuple):
    """A name without its legal forms, and these as they were written, from the front to the back."""

    bare: str
    forms: tuple[str, ...]


def part(name: str) -> Parted:
    """Take the legal forms off a name. What is nothing but legal forms keeps the last of them."""
    words = name.split()
    if all(len(squeeze(word)) <= 1 for word in words):
        return Parted(name, ())  # letters that stand apart are a word
    front: list[str] = []
    back: list[str] = []
    while count := _in_front(words):
        form = words[:count]
        front.append(" ".join(form[1:] if _is_article(form) else form).strip(_AROUND))
        words = words[count:]
    while count := _behind(words):
        back.append(" ".join(words[-count:]).strip(_AROUND))
        words = words[:-count]
    forms = (*front, *reversed(back))
    return Parted(" ".join(words).strip(_APART), forms) if forms else Parted(name, ())


def is_form(name: str) -> bool:
    """Whether a text is a legal form and nothing else."""
    words = name.split()
    return bool(words) and (_is_phrase(words) or all(squeeze(word) in FORMS for word in words))


def is_form_alone(name: str) -> bool:
    """Whether it is a legal form and nothing else, and can be nothing else: `SA` may be short for a name."""
    return is_form(name) and any(squeeze(word) in _NAMED for word in name.split())


def _is_article(words: list[str]) -> bool:
    return len(words) > 1 and squeeze(words[0]) in _ARTICLES


def _in_front(words: list[str]) -> int:
    """How many words in front are one legal form, an article before it included; never all of them."""
    article = _is_article(words)
    rest = words[1:] if article else words
    for count in range(min(_LONGEST, len(rest) - 1), 0, -1):
        if _is_phrase(rest[:count]) or (count == 1 and _is_word(rest[0], _NAMED | _FIRST)):
            return count + article
    return 0


def _behind(words: list[str]) -> int:
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        apart = words[-count - 1].endswith(",") or words[-count].startswith(("(", "["))
        if _is_phrase(words[-count:]):
            return count
        if count == 1 and _is_word(words[-1], FORMS if apart else _NAMED | _LAST):
            return count
    return 0


def _is_word(word: str, forms: frozenset[bytes]) -> bool:
    letters = squeeze(word)
    marked = "." in word or any(map(str.isupper, word.strip(_AROUND)[1:]))
    return letters in forms or (letters in _CAPITALS and marked)


def _is_phrase(words: list[str]) -> bool:
    """Several words, or a form of which every letter stands apart: `B. V.`."""
    letters = [squeeze(word) for word in words]
    spelled = len(words) > 1 and all(len(each) == 1 for each in letters) and b"".join(letters) in FORMS
    return spelled or b" ".join(filter(None, letters)) in _PHRASES
