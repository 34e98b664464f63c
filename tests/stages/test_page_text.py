"""What stands in a page and readers would not see, or see otherwise than it was meant."""

from __future__ import annotations

import pytest

from tweeluik.source.page_text import find_unshown

HEAD = "| a | b |\n|---|:-:|\n"
WIDE, SIGNS = "a row of a table with more cells", "signs of another program"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "| 1 | 2 | 3 |", [(2, WIDE)]),
        (HEAD + "| 1 | 2 |\n| 1 | 2 | 3 |\n| 1 | 2 | | 4 |", [(3, WIDE), (4, WIDE)]),
        ("a | b\n---|---\n1 | 2 | 3", [(2, WIDE)]),
        (HEAD + "| 1 | 2 |  |", []),
        (HEAD + "| 1 |", []),
        (HEAD + "| 1 \\| een | 2 |", []),
        (HEAD + "| 1 | 2 |\n\neen | twee | drie", []),
        ("Kop | titel\n---\neen | twee | drie", []),
        ("```\n" + HEAD + "| 1 | 2 | 3 |\n```", []),
        ("Voetnoot[^1].", [(0, SIGNS)]),
        ("Dit is ~~weg~~ en ==dit== ook.", [(0, SIGNS), (0, SIGNS)]),
        ("- [ ] nog\n- [x] klaar\n* [X] ook", [(0, SIGNS), (1, SIGNS), (2, SIGNS)]),
        ("Als a == b == c, en ~ 5 tot ~10.", []),
        ("- [link](https://example.org)\n- [](../over/)", []),
        ("Zo: `~~weg~~` en `[^1]`.", []),
        ("Titel\n=====", []),
    ],
)
def test_what_readers_would_not_see_as_meant_is_told_by_its_line(text: str, told: list[tuple[int, str]]) -> None:
    found = [(each.line, each.what) for each in find_unshown(text.split("\n"))]
    assert [line for line, _ in found] == [line for line, _ in told]
    assert all(what.startswith(start) for (_, what), (_, start) in zip(found, told, strict=True))
