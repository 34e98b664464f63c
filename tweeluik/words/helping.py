"""The words of `--help`. A file of their own, which only a Dutch reader's help has to read."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False  # to import it from typing takes as long as all of this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tweeluik.words.language import Language

    InWords = Callable[[str], str]

_FILE = "catalogue/help.toml"


def words_of_help(language: Language) -> InWords:
    """What an English sentence of help is in a language; what is not known stays as it is, as with names."""
    if language == "en":
        return str
    dutch = read_words_of_help()
    return lambda english: dutch.get(english, english)


@cache
def read_words_of_help() -> Mapping[str, str]:
    """The Dutch of every sentence, by its English; what every command takes asks for it."""
    import tomllib  # noqa: PLC0415 - English help does without
    from pathlib import Path  # noqa: PLC0415

    raw: dict[str, list[tuple[str, str]]] = tomllib.loads((Path(__file__).parent / _FILE).read_text("utf-8"))
    return dict(raw["help"])
