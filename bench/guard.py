"""How fast the guard is, and how much memory it takes: `python -m bench.guard [MEGABYTES] [ORGANISATIONS] [--write]`.

A made site of pages, cells and JSON of ordinary words, searched for every name, number and id of as many made
organisations; in a process of its own, whose most memory is what the table says (the site itself is in it).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bench.in_docs import numbers, publish, table
from tests.factories import a_partner, a_source
from tools.example.dice import Dice
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.door.withheld import withheld
from tweeluik.problems import Place
from tweeluik.source.records import Partner
from tweeluik.words import frequency

MEGABYTE = 1_000_000
CONSONANTS, VOWELS = "bdfghjklmnprstvwz", "aeiou"


def organisations(dice: Dice, number: int) -> Iterator[Partner]:
    """Names that no text has, each with a number and an id."""
    for n in range(number):
        first, last = (
            "".join(dice.pick(CONSONANTS) + dice.pick(VOWELS) for _ in range(4)).capitalize() for _ in range(2)
        )
        name = f"{dice.pick(('Stichting', 'Vereniging', 'Buurthuis'))} {first} {last}"
        yield replace(
            a_partner(f"p-{n:06x}", name=name, registration=f"{10_000_000 + n * 7}"),
            place=Place("partners.yaml", n + 1, 1),
        )


def site(dice: Dice, megabytes: int) -> Iterator[tuple[str, bytes]]:
    """Pages, tables of cells and JSON, until there is as much of it."""
    words = sorted(word for word in frequency.usual() if word.isalpha())
    left = megabytes * MEGABYTE
    for n in range(1 << 30):
        made = (_page, _page, _cells, _records)[n % 4](dice, words)
        yield f"deel/{n:05}.{('html', 'html', 'csv', 'json')[n % 4]}", made.encode()
        left -= len(made)
        if left <= 0:
            return


def _sentence(dice: Dice, words: list[str]) -> str:
    return " ".join(dice.pick(words) for _ in range(12)).capitalize() + "."


def _page(dice: Dice, words: list[str]) -> str:
    rows = "\n".join(_row(n, dice.pick(words)) for n in range(200))
    text = "\n".join(
        f'<p class="tekst">{_sentence(dice, words)} <em>{dice.pick(words)}</em> – één {_sentence(dice, words)}</p>'
        for _ in range(300)
    )
    head = f'<!doctype html>\n<html lang="nl"><head><title>{dice.pick(words)}</title></head>\n<body>\n'
    return f"{head}{text}\n<table>{rows}</table>\n</body></html>\n"


def _row(number: int, word: str) -> str:
    return f'<tr><th scope="row"><a href="#{word}">{word}</a></th><td>{number * 37 % 991}</td></tr>'


def _cells(dice: Dice, words: list[str]) -> str:
    return "code,label,value,status\r\n" + "".join(
        f"{dice.pick(words)},{dice.pick(words)},{n * 31 % 997},shown\r\n" for n in range(2000)
    )


def _records(dice: Dice, words: list[str]) -> str:
    rows = [{"code": dice.pick(words), "label": _sentence(dice, words), "value": n * 17 % 983} for n in range(500)]
    return json.dumps(rows, indent=1)


def measure(megabytes: int, number: int) -> dict[str, float]:
    """Processor seconds to name what is withheld and to search, the most megabytes in memory, and finds."""
    dice = Dice(14)
    files = dict(site(dice, megabytes))
    source = a_source(tuple(organisations(dice, number)))
    started = time.process_time()
    secrets = withheld(source, ())
    named = time.process_time()
    found = list(find_leaks(files, secrets))
    done = time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"named": named - started, "searched": done - named, "megabytes": most, "finds": len(found)}


def main() -> None:
    megabytes, number = [*islice(numbers(), 2), *(50, 20_000)[len(numbers()) :]]
    if "--measure" in sys.argv:
        print(json.dumps(measure(megabytes, number)))
        return
    rows = []
    for size, many in ((1, 200), (megabytes // 5, number // 5), (megabytes, number)):
        done = subprocess.run(
            [sys.executable, "-m", "bench.guard", str(size), str(many), "--measure"],
            capture_output=True,
            text=True,
            check=True,
        )
        told: dict[str, float] = json.loads(done.stdout)
        rows.append(
            (
                f"{size} MB",
                f"{many:,}",
                f"{told['named']:.1f} s",
                f"{told['searched']:.1f} s",
                f"{told['megabytes']:.0f} MB",
                int(told["finds"]),
            )
        )
    publish(
        "bench/guard.py",
        table(("site", "organisations", "naming what is withheld", "searching", "most memory", "finds"), rows),
    )


if __name__ == "__main__":
    main()
