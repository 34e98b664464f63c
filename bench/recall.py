"""What is found of what was planted, beside the search programs that people have: `python -m bench.recall [--write]`.

The plants are those of the tests (`tests/adversary/test_leaks.py`, `test_leaks_hidden.py`), one file each. The other
programs search for all that a person would hand them: the name, the aliases, the number and the id, whatever the case.
False alarms: names of ordinary words (`tests/adversary/test_false_alarms.py`) where these are words and no names.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from shutil import which

from bench.in_docs import publish, table
from tests.adversary.test_false_alarms import WORDS, ordinary_pages, secrets_of
from tests.adversary.test_leaks import CHANNELS, PARTNER, SECRETS
from tests.adversary.test_leaks_hidden import HIDDEN, OTHERS
from tweeluik.checks.guard.decoding import DEEPEST
from tweeluik.checks.guard.leaks import find_leaks
from tweeluik.checks.guard.secret import Secret

HANDED = (PARTNER.name, *PARTNER.aliases, str(PARTNER.registration), PARTNER.id)
HEADS = ("", "plants found or refused", "pages with a false alarm", "per thousand words")
PLANTS = {**CHANNELS, **{f"hidden: {name}": plant for name, plant in HIDDEN.items()}}

Find = Callable[[Iterable[str], Path], Iterable[str]]
"""The files below a folder in which a program finds any of these texts; an inner one behind the file that it is in."""

Search = Callable[[Mapping[str, bytes]], int]
"""How many of these files are found or refused."""


def by_guard(secrets: Iterable[Secret]) -> Search:
    """The guard, which knows all spellings of what it is to look for."""
    known = tuple(secrets)

    def search(files: Mapping[str, bytes]) -> int:
        # One by one: a find in the name of a file has its number in place of the name.
        return sum(1 for path, data in files.items() if next(find_leaks({path: data}, known), None) is not None)

    return search


def by_program(find: Find, texts: Iterable[str]) -> Search:
    """A program over the files and over their names."""
    wanted = tuple(texts)

    def search(files: Mapping[str, bytes]) -> int:
        with tempfile.TemporaryDirectory() as folder:
            for number, (path, data) in enumerate(files.items()):
                place = Path(folder) / f"{number}{Path(path).suffix}"
                place.write_bytes(data)
                (Path(folder) / f"{number}.name").write_text(path, encoding="utf-8")
            return len({Path(line).name.partition(".")[0] for line in find(wanted, Path(folder))})

    return search


def _by_lines(*command: str) -> Find:
    """A program that is given every text behind `-e` and prints a file on a line."""

    def find(texts: Iterable[str], folder: Path) -> Iterable[str]:
        patterns = [part for text in texts for part in ("-e", text)]
        done = subprocess.run([*command, *patterns, folder], capture_output=True, text=True, check=False)
        return done.stdout.splitlines()

    return find


def _by_gitleaks(texts: Iterable[str], folder: Path) -> Iterable[str]:
    """With a rule of its own for every text, in packed and encoded parts as deep as the guard goes."""
    rules = (
        f'[[rules]]\nid = "text-{number}"\nregex = {json.dumps(f"(?i){re.escape(text)}")}\n'
        for number, text in enumerate(texts)
    )
    with tempfile.TemporaryDirectory() as beside:
        settings, report = Path(beside) / "rules.toml", Path(beside) / "report.json"
        settings.write_text("\n".join(rules), encoding="utf-8")
        depth = ("--max-archive-depth", str(DEEPEST), "--max-decode-depth", str(DEEPEST), "--ignore-gitleaks-allow")
        told = ("-c", settings, "-f", "json", "-r", report, "--exit-code", "0", "--no-banner", "-l", "error")
        subprocess.run(["gitleaks", "dir", *depth, *told, folder], check=True)
        finds: list[dict[str, str]] = json.loads(report.read_text("utf-8"))
    return [each["File"].partition("!")[0] for each in finds]


PROGRAMS: Mapping[str, tuple[str, Find]] = {
    "gitleaks, with a rule for each": ("gitleaks", _by_gitleaks),
    "grep": ("grep", _by_lines("grep", "-r", "-l", "-a", "-i", "-F")),
    "ripgrep, also in packed files": ("rg", _by_lines("rg", "--no-config", "-uuu", "-z", "-l", "-a", "-i", "-F")),
}
"""Each with what it is called by; one that is not there is left out of the table."""


def alarms(search_of: Callable[[str], Search], pages: Mapping[str, bytes]) -> int:
    """Alarms of every name alone, over pages on which nobody is meant."""
    return sum(search_of(name)(pages) for name in WORDS)


def words_in(pages: Mapping[str, bytes]) -> int:
    """Words that a reader sees in the pages of a site."""
    shown = (
        re.sub(r"<[^<>]*>", " ", html.unescape(data.decode())) for path, data in pages.items() if path.endswith("html")
    )
    return sum(len(re.findall(r"[^\W\d_]{2,}", text)) for text in shown)


def main() -> None:
    """Measure, and publish the tables."""
    pages = {path: data for path, data in ordinary_pages().items() if path.endswith("html")}
    searched = words_in(pages) * len(WORDS)
    rows = [_row("the guard", by_guard((*SECRETS, *OTHERS)), lambda name: by_guard(secrets_of(name)), pages, searched)]
    for title, (command, find) in PROGRAMS.items():
        if which(command):
            handed, named = by_program(find, HANDED), lambda name, f=find: by_program(f, (name,))
            rows.append(_row(title, handed, named, pages, searched))
    over = f"{len(pages)} pages of {words_in(pages):,} words"
    told = f"{len(PLANTS)} plants; {len(WORDS)} names of ordinary words over {over}."
    publish(
        "bench/recall.py",
        f"{told}\n\n{table(HEADS, rows)}",
    )


def _row(
    title: str, search: Search, search_of: Callable[[str], Search], pages: Mapping[str, bytes], searched: int
) -> tuple[object, ...]:
    found, false = search(dict(_one_by_one())), alarms(search_of, pages)
    return title, f"{found} ({found / len(PLANTS):.1%})", false, f"{1000 * false / searched:.2f}"


def _one_by_one() -> Iterable[tuple[str, bytes]]:
    """The plants below names of their own; what is in the name of a file stays in it."""
    return ((f"{number}/{path}", data) for number, (path, data) in enumerate(PLANTS.values()))


if __name__ == "__main__":
    main()
