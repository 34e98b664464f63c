"""The pages for whoever comes new are true: words are in the code, decisions are dated, every file of tests has its line."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tools.tests_page import PAGE, page
from tweeluik.words.phrases import DUTCH

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
WORDS = re.findall(r"^\| (\w+) \| (.+?) \| (.+?) \|$", GLOSSARY.partition("|---|")[2], re.MULTILINE)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
TERMS = [
    (address, word or DUTCH.text(key), code)
    for address, word, key, code in re.findall(
        r'^  \("([\w-]+)", (?:"([^"]+)"|say\("([\w.-]+)"\)), .+, "(\w+)"\),$',
        (ROOT / "templates/public/terms.html").read_text("utf-8"),
        re.MULTILINE,
    )
]
CODE = "\n".join(each.read_text("utf-8") for each in sorted((ROOT / "tweeluik").rglob("*.py")))
PAGES = (
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/releasing.md",
    "docs/tests.md",
    "docs/glossary.md",
    "docs/decisions/README.md",
)


def test_every_word_of_the_glossary_is_one_of_the_code() -> None:
    assert len(WORDS) >= 50
    code = {*re.findall(r"\w+", CODE)}
    assert [word for word, _, _ in WORDS if word not in code] == []


def test_the_glossary_is_in_order_and_says_nothing_twice() -> None:
    words = [word.casefold() for word, _, _ in WORDS]
    assert words == sorted(set(words))
    assert len(WORDS) == len(re.findall(r"^\| ", GLOSSARY, re.MULTILINE)) - 1


def test_readers_are_told_what_the_words_of_the_glossary_mean() -> None:
    dutch = {word: said for word, _, said in WORDS}
    assert len(TERMS) >= 20
    assert [word for _, word, code in TERMS if word.casefold() not in dutch[code].casefold()] == []
    assert [address for address, *_ in TERMS] == sorted({address for address, *_ in TERMS})


@pytest.mark.parametrize("path", DECISIONS, ids=lambda each: each.stem)
def test_a_decision_says_when_why_what_and_what_not(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {int(path.stem[:4])}. ")
    assert re.search(r"^20\d\d-\d\d-\d\d, ", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Why", "What was chosen", "What was not"]
    assert len(re.findall(r"^- \*\*", text.partition("## What was not")[2], re.MULTILINE)) >= 2
    assert f"({path.name})" in (path.parent / "README.md").read_text("utf-8")


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(each.stem[:4]) for each in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("name", PAGES)
def test_every_path_that_a_page_names_is_there(name: str) -> None:
    file = ROOT / name
    text = re.sub(r"^```.*?^```$", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    named = {*re.findall(r"`((?:docs|tests|tools|tweeluik|bench)/[\w./]+)`", text)}
    linked = {file.parent / each for each in re.findall(r"\]\(([^)#:]+)\)", text)}
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
    assert [each for each in sorted(linked) if not each.exists()] == []


def test_every_file_of_tests_is_on_the_page_of_tests() -> None:
    """`python -m tools.tests_page` writes it from what the files say of themselves."""
    assert (ROOT / PAGE).read_text("utf-8") == page()


def test_the_readme_leads_to_these_pages() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [each for each in PAGES if each not in readme] == []


def test_no_page_names_a_file_that_git_does_not_keep() -> None:
    kept = subprocess.run(["git", "ls-files", *PAGES], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(kept.stdout.split()) == set(PAGES)
